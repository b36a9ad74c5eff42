"""What each network of the course costs, and how often it is right.

One row per network of `book/architectures.yml`, the ledger of who published it. Parameters, MACs,
memory of the outputs (float32, one image) and the receptive field of the last map are counted on a
model without numbers. Accuracies are those of the ledger, and those of torchvision's first weights.

Time is CPU time of one image on one thread. Every network runs beside ResNet-18, in turn: visits at
different moments, each of some rounds, and a ratio is taken within a round. What is quicker than 20
milliseconds is repeated until it has taken that long. The table is written after each visit;
`--counts` keeps its times and makes the rest anew.
"""

import argparse
import random
import re
import time
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import torch
import torchvision
import yaml
from torch import nn

from coursecnn import evidence, models
from coursecnn.models.blocks import SqueezeExcitation

LEDGER = Path(__file__).parents[1] / "book" / "architectures.yml"
BASE, VISITS, ROUNDS, SHORTEST, PER_VISIT = "resnet18", 2, (3, 8), 0.02, 0.5


def ledger():
    """From each name of the ledger to what is said of it, in the order of the models."""
    families = yaml.safe_load(LEDGER.read_text("utf-8"))
    found = {
        name: {**family, **network}
        for family in families
        for name, network in family["networks"].items()
    }
    return {name: found[name] for name in models.MODELS if name in found}


def published(name, entry):
    """Who published a network, and what accuracies are known."""
    authors, ours = entry.get("authors", {}), torchvisions(name)
    return {
        "name": name,
        **{key: entry.get(key) for key in ("title", "family", "tag", "year", "source")},
        "authors_top1": authors.get("top1"),
        "authors_top5": authors.get("top5"),
        "authors_how": authors.get("how"),
        "authors_where": authors.get("where"),
        **ours,
    }


def torchvisions(name):
    """Accuracies of torchvision's first weights, if it has the network, and whose they are."""
    if name not in torchvision.models.list_models(torchvision.models):
        return {"top1": None, "top5": None, "recipe": None}
    meta = torchvision.models.get_model_weights(name).IMAGENET1K_V1.meta
    measured = meta["_metrics"]["ImageNet-1K"]
    said = " ".join(meta["_docs"].split())
    kinds = {"ported": "are ported from", "new": "new training recipe", "simple": "simpl"}
    recipe = next(kind for kind, words in kinds.items() if re.search(words, said))
    return {"top1": measured["acc@1"], "top5": measured["acc@5"], "recipe": recipe}


def counted(name, channels, side):
    """What can be counted without a number: size, cost, memory, field."""
    with torch.device("meta"):
        model = models.build(name)
    found = models.summary(model, (channels, side, side))
    gated = without_gates(model)
    ungated = models.summary(model, (channels, side, side)) if gated else found
    return {
        "channels": channels,
        "image": side,
        "parameters": found.parameters,
        "macs": found.macs,
        "activation_bytes": found.activation_bytes,
        "field": last_field(ungated),
        "gated": gated,
    }


def without_gates(model):
    """Take the gates out of a model; whether there were any.

    A gate looks at whole maps: behind it every unit depends on the whole image.
    """
    gated = False
    for module in [*model.modules()]:
        for name, child in module.named_children():
            if isinstance(child, SqueezeExcitation):
                setattr(module, name, nn.Identity())
                gated = True
    return gated


def last_field(found):
    """Input pixels along each axis that a unit of the last map sees, also beyond the image.

    A map has more than one pixel. Fields only grow on the way, so the last map has the largest.
    """
    rows = zip(found.table["output"], found.fields, strict=True)
    maps = [field for size, field in rows if size and len(size) == 3 and size[1:] != (1, 1)]
    return max((max(field) for field in maps if field and None not in field), default=None)


def visits(entries):
    """CPU seconds of each network and of ResNet-18 beside it, round by round, after each visit."""
    order, base = random.Random(0), ready(BASE)
    base_image = torch.rand(1, 3, 224, 224)
    times = {name: [] for name in entries}
    for _ in range(VISITS):
        for name in order.sample([*entries], len(entries)):
            model, image = ready(name), torch.rand(1, *shape(entries[name]))
            seconds(base, base_image)
            seconds(model, image)  # they warm up
            first = seconds(model, image)
            repeats = max(1, round(SHORTEST / first))
            for _ in range(int(np.clip(PER_VISIT / (first * repeats), *ROUNDS))):
                pair = seconds(model, image, repeats), seconds(base, base_image)
                times[name].append(pair)
            print(name, f"{1000 * np.median(times[name], 0)[0]:.2f} ms", flush=True)
        yield {name: timed(np.array(pairs)) for name, pairs in times.items()}


def shape(entry):
    """Channels, height and width of an image for a network of the ledger."""
    channels, side = entry["image"]
    return channels, side, side


def ready(name):
    """A network that is asked for outputs alone; its weights are drawn, as time needs no better."""
    with torch.device("meta"):
        model = models.build(name).eval()
    model.to_empty(device="cpu")
    for weight in model.parameters():
        drawn = torch.randn(min(weight.numel(), 1_000_003)) * (2 / weight[0].numel()) ** 0.5
        weight.data = drawn.repeat(-(-weight.numel() // len(drawn)))[: weight.numel()].reshape(
            weight.shape
        )
    for buffer_name, buffer in model.named_buffers():
        buffer.fill_(1 if "running_var" in buffer_name else 0)
    return model


def seconds(model, image, repeats=1):
    """CPU seconds of one pass, the mean of some."""
    with torch.inference_mode():
        start = time.process_time()
        for _ in range(repeats):
            model(image)
        return (time.process_time() - start) / repeats


def timed(pairs):
    """Medians and quartiles: milliseconds, and the ratio to ResNet-18 within rounds."""
    low, middle, high = np.quantile(1000 * pairs[:, 0], [0.25, 0.5, 0.75])
    ratio = np.quantile(pairs[:, 0] / pairs[:, 1], [0.25, 0.5, 0.75])
    values = [middle, low, high, ratio[1], ratio[0], ratio[2]]
    names = ["ms", "ms_low", "ms_high", "ratio", "ratio_low", "ratio_high"]
    return {name: float(f"{value:.3g}") for name, value in zip(names, values, strict=True)} | {
        "rounds": len(pairs)
    }


def processor():
    """What the machine calls its processor."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next(line.split(":")[1].strip() for line in lines if "model name" in line)


def save(rows, times, notes):
    """Write the table."""
    table = pd.DataFrame([row | times[name] for name, row in rows.items()])
    table = table.astype({"year": "Int64", "field": "Int64", "rounds": "Int64"})
    evidence.save("architectures", table, notes | {"torchvision": torchvision.__version__})


def main():
    """Count, and measure or keep the times that the table has."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--counts", action="store_true", help="keep the times of the table")
    entries = ledger()
    rows = {
        name: published(name, entry) | counted(name, *entry["image"])
        for name, entry in entries.items()
    }
    if parser.parse_args().counts:
        old = evidence.load("architectures").set_index("name").loc[:, "ms":]
        made = evidence.made("architectures")
        notes = {key: made[key] for key in ("processor", "times measured")}
        save(rows, old.to_dict("index"), notes)
        return
    notes = {"processor": processor(), "times measured": str(date.today())}
    for times in visits(entries):
        save(rows, times, notes)


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    main()
