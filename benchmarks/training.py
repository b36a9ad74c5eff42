"""`fit` beside the usual loop over files, and the accuracy that a minute and five of it buy.

Both use all cores, so run this on a quiet machine; it takes about half an hour. Each run is a row
of training.csv, and training.md is written from there: `--part` measures one part anew. `--quick`
tries everything in a few minutes and writes nothing.
"""

import os

os.environ["COURSECNN_PROGRESS"] = "0"

import argparse
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd
import torch
import torchvision
from parts import usual_loop
from parts.clock import holds, machine, markdown_table, processor, spread, write

from coursecnn import augment, data, evidence, models, training

TABLE = Path(__file__).with_suffix(".csv")
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
BATCH = 128
ARMS = ("usual", "fit")
# part: width of the net, its parameters, every which image, epochs, bar for images/s
LOOPS = {"small": (16, 24_346, 1, 2, 3.0), "wide": (32, 94_762, 3, 1, 1.8)}
# part: seconds, width of ResNet-9, bar for the accuracy
CLOCKS = {"minute": (60, 16, 0.68), "five-minutes": (300, 16, 0.78)}
SEEDS = {"small": 5, "wide": 5, "minute": 3, "five-minutes": 3}
PLANNED = 0.75  # share of the seconds, so that a slow moment does not break the limit


def seconds(call):
    """Wall seconds of a call: both contestants use several cores, and one several processes."""
    begin = perf_counter()
    call()
    return perf_counter() - begin


def beside(part, quick, seeds):
    """Both loops in turn, seed by seed: the same net, the same images, as many epochs."""
    width, _, every, epochs, _ = LOOPS[part]
    every = 50 if quick else every
    train, test = data.cifar10("train"), test_images(quick)
    train = train.take(np.arange(0, len(train), every))
    with tempfile.TemporaryDirectory() as folder:
        usual_loop.extract(folder, every)
        assert usual_loop.same_pixels(folder, train)
        for seed in seeds:
            for arm, call in {"usual": by_hand, "fit": by_fit}.items():
                torch.manual_seed(seed)
                model = models.build("threeconv", width=width)
                spent = seconds(lambda: call(model, folder, train, seed, epochs))  # noqa: B023
                accuracy = training.accuracy(model, test)
                yield row(part, arm, seed, epochs * len(train), spent, accuracy)


def by_hand(model, folder, train, seed, epochs):
    """The usual loop."""
    usual_loop.train(model, folder, epochs=epochs, batch_size=BATCH, lr=0.01)


def by_fit(model, folder, train, seed, epochs):
    """Ours, with the same augmentation."""
    changes = augment.compose(augment.random_crop(4), augment.random_flip())
    options = {"epochs": epochs, "batch_size": BATCH, "lr": 0.01}
    training.fit(model, train, augment=changes, seed=seed, channels_last=True, **options)


def against_time(part, quick, seeds):
    """As much training as fits into the seconds; decoding and testing stand outside."""
    limit, width, _ = CLOCKS[part]
    limit = limit / 10 if quick else limit
    train, test = data.cifar10("train"), test_images(quick)
    for seed in seeds:
        count = int(PLANNED * limit * speed(train, width))
        epochs = -(-count // len(train))
        images = train.subset(count // epochs, seed=seed)
        torch.manual_seed(seed)
        model = models.build("resnet9", width=width)
        spent = seconds(lambda: by_recipe(model, images, epochs, seed))  # noqa: B023
        found = training.predict(model, test)
        mirrored = found + training.predict(model, np.ascontiguousarray(test.images[..., ::-1]))
        accuracy, both = ((p.argmax(1) == test.labels).mean() for p in (found, mirrored))
        yield row(part, "fit", seed, epochs * len(images), spent, accuracy, both)


def test_images(quick):
    """What the networks are tested on."""
    test = data.cifar10("test")
    return test.subset(500) if quick else test


def speed(train, width):
    """Images per second of a short run, so that the schedule ends with the time."""
    images = train.subset(19_200)
    by_recipe(models.build("resnet9", width=width), images.subset(640), 1, 0)  # warms up
    return len(images) / seconds(
        lambda: by_recipe(models.build("resnet9", width=width), images, 1, 0)
    )


def by_recipe(model, images, epochs, seed):
    """The settings that were found on the validation images."""
    changes = augment.compose(augment.random_crop(2, padding_mode="reflect"), augment.random_flip())
    training.fit(
        model, images, epochs=epochs, batch_size=BATCH, lr=0.01, weight_decay=5e-4,
        label_smoothing=0.1, augment=changes, seed=seed, channels_last=True,
    )  # fmt: skip


def row(part, arm, seed, images, spent, accuracy, mirrored=None):
    """One run; printed at once, as the next takes a while."""
    result = {"part": part, "arm": arm, "seed": seed, "images": images,
              "seconds": round(spent, 2), "accuracy": round(float(accuracy), 4),
              "mirrored": None if mirrored is None else round(float(mirrored), 4)}  # fmt: skip
    print(" ".join(f"{name}={value}" for name, value in result.items()), flush=True)
    return result


def measure(part, quick, seeds):
    """The runs of one part with these seeds."""
    runs = beside if part in LOOPS else against_time
    return pd.DataFrame(list(runs(part, quick, seeds)))


def loops(table):
    """Two tables: speeds and accuracies of both loops, and which bars hold."""
    rows, checks = [], []
    for part, (_, parameters, every, epochs, bar) in LOOPS.items():
        runs = table[table["part"] == part].assign(rate=lambda t: t["images"] / t["seconds"])
        rate, accuracy = (runs.pivot(index="seed", columns="arm", values=name)
                          for name in ("rate", "accuracy"))  # fmt: skip
        ratio = np.quantile(rate["fit"] / rate["usual"], [0.5, 0.25, 0.75])
        speeds = [f"{rate[arm].median():,.0f}" for arm in ARMS]
        shares = [percent(accuracy[arm]) for arm in ARMS]
        name = f"{parameters:,} parameters"
        images = f"{45_000 // every:,}"
        rows.append([name, images, str(epochs), str(len(rate)), *speeds, spread(ratio), *shares])
        reached = holds(ratio[0] >= bar)
        checks.append([f"images/s, {part} net", f"{ratio[0]:.2f}", f"≥ {bar}", reached])
        if every == 1 and len(accuracy) >= 5:
            low, high = interval(100 * (accuracy["fit"] - accuracy["usual"]))
            within = holds(-1 <= low <= high <= 1)
            checks.append([f"accuracy, ours − usual, {part} net, points, 95 %",
                           f"{low:+.2f} … {high:+.2f}", "within ±1", within])  # fmt: skip
    return rows, checks


def interval(differences):
    """Two-sided 95 % interval of a mean, by Student's t."""
    low, high = (s * evidence.lower_bound(s * differences, 0.975) for s in (1, -1))
    return low, high


def clocks(table):
    """What the time bought, and which bars hold."""
    rows, checks = [], []
    for part, (limit, width, bar) in CLOCKS.items():
        runs = table[table["part"] == part]
        in_time = (runs["seconds"] <= limit).all()
        mean = runs["accuracy"].mean()
        name = part.replace("-", " ")
        spent = ", ".join(f"{s:.1f}" for s in runs["seconds"])
        shares = ", ".join(f"{share:.2%}" for share in runs["accuracy"])
        images = f"{runs['images'].mean():,.0f}"
        mirrored = f"{runs['mirrored'].mean():.2%}"
        rows.append([name, str(width), spent, images, shares, f"{mean:.2%}", mirrored])
        checks.append([f"mean accuracy, {name}", f"{mean:.2%}", f"≥ {bar:.0%}",
                       holds(in_time and mean >= bar)])  # fmt: skip
    return rows, checks


def processors(table):
    """Which parts ran on which processor."""
    names = table.groupby("processor", sort=False)["part"].unique()
    return "; ".join(f"{', '.join(parts)} on {name}" for name, parts in names.items())


def percent(values):
    """Mean and standard deviation, in percent."""
    return f"{100 * values.mean():.2f} ± {100 * values.std():.2f}"


def report(table):
    """The page."""
    loop_rows, loop_checks = loops(table)
    clock_rows, clock_checks = clocks(table)
    loop_header = ["net", "images", "epochs", "seeds", "usual, images/s", "fit, images/s",
                   "fit / usual", "accuracy, usual, %", "accuracy, fit, %"]  # fmt: skip
    clock_header = ["time", "width", "seconds", "images seen", "accuracy", "mean",
                    "mean, mirrored too"]  # fmt: skip
    return f"""# Training on CIFAR-10

Written by `benchmarks/training.py` from `training.csv`. {machine(torch, torchvision)}
Parts may have been measured on another machine: {processors(table)}.
Wall time, all {CORES} cores; tested on the 10,000 test images (JPEG, so not quite comparable with
the original).

## `fit` beside the usual loop

The usual loop is `torchvision.datasets.ImageFolder` and a `DataLoader` with two workers;
`RandomCrop` with a margin of 4, `RandomHorizontalFlip`, `ToTensor` and `Normalize` for each image.
`fit` has the same net, first weights, AdamW, one cycle at 0.01, and batches of {BATCH}; its images
are one array of bytes, which was decoded before. Both train on the same images in turn, seed by
seed; a ratio is the median over seeds, quartiles in brackets.

{markdown_table(loop_header, loop_rows)}

## What a minute buys, and what five do

ResNet-9, batches of {BATCH}, one cycle at 0.01, weight decay 0.0005, label smoothing 0.1, reflected
margins of 2 pixels, mirroring. The number of images follows from the speed of a short run before
the clock starts; decoding and testing stand outside of it, augmentation inside. *Mirrored too*:
probabilities of the image and of its mirror image are added up.

{markdown_table(clock_header, clock_rows)}

## Bars

{markdown_table(["what", "measured", "bar", "holds"], [*loop_checks, *clock_checks])}
"""


def main():
    """Measure what is asked for, and write the page from all that was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=[*LOOPS, *CLOCKS], action="append")
    parser.add_argument("--quick", action="store_true", help="small runs; nothing is written")
    parser.add_argument("--seed", type=int, help="one seed anew, such as one over its time")
    chosen = parser.parse_args()
    torch.set_num_threads(CORES)
    parts = chosen.part or [*LOOPS, *CLOCKS]
    old = pd.DataFrame({"part": [], "seed": []})
    if TABLE.exists() and not chosen.quick:
        old = pd.read_csv(TABLE)
    for part in parts:
        seeds = range(2 if chosen.quick else SEEDS[part])
        seeds = seeds if chosen.seed is None else [chosen.seed]
        new = measure(part, chosen.quick, seeds).assign(processor=processor())
        kept = old[(old["part"] != part) | ~old["seed"].isin(seeds)]
        old = pd.concat([table for table in (kept, new) if len(table)])
        old = old.sort_values(["part", "seed"], kind="stable")
        if not chosen.quick:
            write(TABLE, old.to_csv(index=False, lineterminator="\n"))
    if {*LOOPS, *CLOCKS} <= {*old["part"]}:
        text = report(old)
        print(text)
        if not chosen.quick:
            write(TABLE.with_suffix(".md"), text)


if __name__ == "__main__":
    main()
