"""What a GPU makes of `fit`: accuracy on CIFAR-10 against seconds, and images/s by precision.

Each run is a row of gpu.csv, and gpu.md is written from there; where there is no GPU, its cells
stay empty. `--quick` tries everything in small, also on a CPU, and writes nothing.
"""

import os

os.environ["COURSECNN_PROGRESS"] = "0"

import argparse
from itertools import product
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd
import torch
from parts.clock import machine, markdown_table, write

from coursecnn import augment, data, models, training
from coursecnn.data import ImageSet
from coursecnn.training.settings import PRECISIONS

TABLE = Path(__file__).with_suffix(".csv")
COLUMNS = ["gpu", "part", "net", "precision", "channels_last", "epochs", "seed", "images",
           "seconds", "accuracy"]  # fmt: skip
EPOCHS, SEEDS, ROUNDS = (5, 10, 20, 40), 3, 3
# net: options of the model, pixels, images, batch
NETS = {"resnet9": ({"width": 64}, 32, 45_000, 512), "resnet50": ({}, 224, 4_096, 256)}


def seconds(call):
    """Wall seconds of a call, until the GPU has done its work."""
    begin = perf_counter()
    call()
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return perf_counter() - begin


def learn(model, train, *, epochs, seed, precision, channels_last=True, batch_size=512):
    """The recipe of training.py, in larger batches."""
    changes = augment.compose(augment.random_crop(4, padding_mode="reflect"), augment.random_flip())
    training.fit(
        model, train, epochs=epochs, batch_size=batch_size, lr=0.01, weight_decay=5e-4,
        label_smoothing=0.1, augment=changes, seed=seed, channels_last=channels_last,
        precision=precision,
    )  # fmt: skip


def accuracies(quick):
    """Longer and longer runs of ResNet-9, each with its own cycle; testing is not timed."""
    train, test = data.cifar10("train"), data.cifar10("test")
    if quick:
        train, test = train.subset(640), test.subset(200)
    options = {"width": 8 if quick else 64}
    learn(models.build("resnet9", **options), train.subset(640), epochs=1, seed=0,
          precision="bf16-mixed")  # warms up  # fmt: skip
    for epochs, seed in product((1,) if quick else EPOCHS, range(1 if quick else SEEDS)):
        torch.manual_seed(seed)
        model = models.build("resnet9", **options)
        spent = seconds(
            lambda: learn(model, train, epochs=epochs, seed=seed, precision="bf16-mixed")  # noqa: B023
        )
        yield {"part": "accuracy", "net": "resnet9", "precision": "bf16-mixed",
               "channels_last": True, "epochs": epochs, "seed": seed,
               "images": epochs * len(train), "seconds": spent,
               "accuracy": training.accuracy(model, test)}  # fmt: skip


def speeds(quick):
    """Images per second by net, precision and layout, every combination in turn."""
    precisions = [p for p in PRECISIONS if torch.cuda.is_available() or p != "16-mixed"]
    for seed, (net, (options, pixels, count, batch)) in product(
        range(1 if quick else ROUNDS), NETS.items()
    ):
        if quick:
            net, options, pixels, count, batch = "resnet9", {"width": 4}, 32, 64, 32
        train = noise(count, pixels)
        for precision, channels_last in product(precisions, (False, True)):
            model = models.build(net, num_classes=10, **options)
            how = {"precision": precision, "channels_last": channels_last, "batch_size": batch}
            learn(model, train.take(slice(2 * batch)), epochs=1, seed=seed, **how)  # warms up
            spent = seconds(lambda: learn(model, train, epochs=1, seed=seed, **how))  # noqa: B023
            yield {"part": "speed", "net": net, "precision": precision,
                   "channels_last": channels_last, "epochs": 1, "seed": seed, "images": count,
                   "seconds": spent}  # fmt: skip


def noise(count, pixels):
    """Images without meaning, for speed alone."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (count, 3, pixels, pixels), dtype=np.uint8)
    names = tuple(map(str, range(10)))
    return ImageSet(images, np.arange(count) % 10, names, "train", "noise")


def measure(quick):
    """All runs, printed as they come."""
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else "none"
    rows = []
    for result in (row for part in (accuracies, speeds) for row in part(quick)):
        rows.append({"gpu": gpu} | result)
        print(" ".join(f"{name}={value}" for name, value in rows[-1].items()), flush=True)
    return pd.DataFrame(rows, columns=COLUMNS)


def accuracy_rows(table):
    """One row per number of epochs."""
    for epochs in EPOCHS:
        runs = table[(table["part"] == "accuracy") & (table["epochs"] == epochs)]
        if len(runs):
            shares = ", ".join(f"{share:.2%}" for share in runs["accuracy"])
            yield [str(epochs), f"{runs['seconds'].median():.1f}", shares,
                   f"{runs['accuracy'].mean():.2%}"]  # fmt: skip
        else:
            yield [str(epochs), "", "", ""]


def speed_rows(table):
    """One row per net and layout, one column per precision."""
    runs = table[table["part"] == "speed"]
    rates = (runs["images"] / runs["seconds"]).groupby(
        [runs["net"], runs["channels_last"], runs["precision"]]
    ).median()  # fmt: skip
    for (net, (_, pixels, _, batch)), last in product(NETS.items(), (False, True)):
        cells = [rates.get((net, last, precision)) for precision in PRECISIONS]
        layout = "last" if last else "first"
        yield [f"{net}, {pixels}×{pixels}, batches of {batch}, channels {layout}",
               *("" if cell is None else f"{cell:,.0f}" for cell in cells)]  # fmt: skip


def report(table):
    """The page, with empty cells where nothing was measured."""
    found = ", ".join(sorted(set(table["gpu"])))
    where = f"{found}; {machine(torch)}" if found else (
        "**No GPU was at hand, so the cells are empty.** On a machine with one: "
        "`python benchmarks/gpu.py`, some ten minutes."
    )  # fmt: skip
    accuracy_header = ["epochs", "seconds", "test accuracy, seed by seed", "mean"]
    return f"""# Training on a GPU

Written by `benchmarks/gpu.py` from `gpu.csv`. {where}

## Accuracy on CIFAR-10 against seconds

ResNet-9 of width 64 (6.6 million parameters), bf16-mixed, channels last, batches of 512, one cycle
at 0.01 over the 45,000 training images; {SEEDS} seeds, the median of the seconds. Tested on the
10,000 test images (JPEG, so not quite comparable with the original).

{markdown_table(accuracy_header, list(accuracy_rows(table)))}

## Images per second, by precision and layout

One epoch of `fit`, augmentation included, on images of noise; median of {ROUNDS} rounds in which
all run in turn.

{markdown_table(["net", *PRECISIONS], list(speed_rows(table)))}
"""


def main():
    """Measure where there is a GPU, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small runs; nothing is written")
    quick = parser.parse_args().quick
    table = pd.read_csv(TABLE) if TABLE.exists() else pd.DataFrame(columns=COLUMNS)
    if quick:
        print(report(measure(quick)))
        return
    if torch.cuda.is_available():
        table = measure(quick)
        write(TABLE, table.to_csv(index=False, lineterminator="\n"))
    write(TABLE.with_suffix(".md"), report(table))
    print(report(table))


if __name__ == "__main__":
    main()
