"""A small CNN and few digits: what it learns by heart, and what each remedy brings.

Two hundred digits, 160 epochs with batches of 50 (AdamW, a rate that falls to 0 along half a
cosine): 640 steps, after which the arm without a remedy has a training loss of nearly 0. All arms
share digits, order and first weights, seed by seed. Strength and rate of an arm are those with the
lowest mean loss on validation digits for the tuning seeds; only the other seeds are reported. The
validation digits are read every eighth epoch: `stopped` is the test accuracy at the lowest
validation loss, which is early stopping. `wrong labels` learns labels drawn at random; its rate is
the one with the lowest training loss. Three rates are tried, each thrice the last, and further ones
while the best of them is the smallest or the largest.
"""

import itertools

import numpy as np
import pandas as pd
import torch
from common import small_cnns
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import evidence

TUNING, SEEDS = (100, 101, 102), range(8)
DIGITS, EPOCHS, EVERY = 200, 160, 8
RATES = (0.003, 0.01, 0.03)
STRENGTHS = {
    "dropout": (0.1, 0.25, 0.5),
    "weight decay": (0.1, 0.3, 1.0),
    "batch norm": (True,),
    "shifts": (1, 2),
}
ARMS = {
    "nothing": (),
    **{name: (name,) for name in STRENGTHS},
    "all": tuple(STRENGTHS),
    "all but batch norm": ("dropout", "weight decay", "shifts"),
    "all but shifts": ("dropout", "weight decay", "batch norm"),
    "wrong labels": (),
}


def shifted(most):
    """Moves each digit by up to so many pixels; what comes in is ground."""

    def change(images, generator):
        padded = F.pad(images, 4 * [most], value=images.min().item())
        count, runs = images.shape[:2]
        places = torch.randint(2 * most + 1, (2, count, runs, 1, 1), generator=generator)
        rows = places[0] + torch.arange(8)[:, None]
        columns = places[1] + torch.arange(8)
        which = torch.arange(count)[:, None, None, None]
        return padded[which, torch.arange(runs)[None, :, None, None], rows, columns]

    return change


def run(arm, strengths, grid, sets):
    """Networks of all rates and seeds: one row each, and their loss every eighth epoch."""
    learn, val, test = sets
    runs, seeds = len(grid), [seed for _, seed in grid]
    norms = 3 * (("batch",) if "batch norm" in strengths else (None,))
    stack = small_cnns.Stack(seeds, norms, strengths.get("dropout", 0.0))
    decay = strengths.get("weight decay", 0.0)
    optimizer = small_cnns.Adam(stack, [rate for rate, _ in grid], decay=decay)
    x, y = small_cnns.subset(learn, DIGITS, seeds)
    if arm == "wrong labels":
        y = torch.randint(10, y.shape, generator=torch.Generator().manual_seed(0))
    change = shifted(strengths["shifts"]) if "shifts" in strengths else None
    val, test = small_cnns.shared(val, runs), small_cnns.shared(test, runs)
    curves = {"val": [], "train": [], "test": []}
    options = {"batch_size": 50, "falling": True, "change": change}
    torch.manual_seed(0)  # of dropout
    for epoch in small_cnns.epochs(optimizer, x, y, EPOCHS, **options):
        if epoch % EVERY == 0:
            curves["val"].append(stack.measured(*val)[0])
            curves["train"].append(stack.measured(x, y)[0])
            curves["test"].append(stack.measured(*test)[1])
    curves = {name: torch.stack(values).numpy() for name, values in curves.items()}
    best, at = curves["val"].argmin(0), np.arange(runs)
    table = pd.DataFrame(grid, columns=["rate", "seed"])
    table.insert(0, "arm", arm)
    for name in STRENGTHS:
        table[name] = float(strengths.get(name, 0))
    table["train"] = stack.measured(x, y)[1].numpy()
    for name in ("train", "val"):
        table[f"{name}_loss"] = curves[name][-1]
    table["test"] = curves["test"][-1]
    table["best_epoch"], table["stopped"] = EVERY * (best + 1), curves["test"][best, at]
    return table, curves


def choices(arm, single):
    """Strengths to try; for several remedies, those that each had alone."""
    names = ARMS[arm]
    if len(names) > 1:
        return [{name: single[name] for name in names}]
    grid = itertools.product(*(STRENGTHS[name] for name in names))
    return [dict(zip(names, each, strict=True)) for each in grid]


def tried(arm, strengths, rates, sets):
    """Mean loss of the tuning seeds by rate."""
    grid = [(rate, seed) for rate in rates for seed in TUNING]
    judge = "train_loss" if arm == "wrong labels" else "val_loss"
    return run(arm, strengths, grid, sets)[0].groupby("rate")[judge].mean()


def tuned(arm, single, sets):
    """Strengths and rate with the lowest mean loss; rates are added while the best is the last."""
    found = []
    for strengths in choices(arm, single):
        losses = tried(arm, strengths, RATES, sets)
        while (best := losses.idxmin()) in (losses.index[0], losses.index[-1]):
            rate = best / 3 if best == losses.index[0] else 3 * best
            losses = pd.concat([losses, tried(arm, strengths, [rate], sets)]).sort_index()
        found.append((losses.min(), best, strengths))
    return min(found, key=lambda each: each[0])[1:]


if __name__ == "__main__":
    torch.set_num_threads(1)
    sets = [small_cnns.digits(split) for split in ("train", "val", "test")]
    tables, single = [], {}
    for arm in ARMS:
        rate, strengths = tuned(arm, single, sets)
        if len(ARMS[arm]) == 1:
            single |= strengths
        table, curves = run(arm, strengths, [(rate, seed) for seed in SEEDS], sets)
        for name in ("train", "val"):
            for n, losses in enumerate(curves[name], 1):
                table[f"{name}_{EVERY * n}"] = losses
        tables.append(table)
        print(arm, rate, strengths, flush=True)
        shown = ["train", "train_loss", "val_loss", "test", "stopped", "best_epoch"]
        print(table[shown].mean().round(4).to_dict(), flush=True)
    evidence.save("overfitting", pd.concat(tables).round(4))
