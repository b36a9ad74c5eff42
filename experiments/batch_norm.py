"""Batch norm in a small CNN: the rates that it bears, and what small batches do to it.

`rates`: SGD, six epochs with batches of 60, at nine rates. `start only` is the control for a good
start: it has the layers of batch norm, but their means and variances are those of the first batch
and stay so. `batches`: 2,520 digits are seen in batches of 2, 6 or 60, by networks without,
with batch norm, with batch norm of maps only, and with group norm (four groups of channels). The
rate of an arm is the one of four with the lowest mean validation loss of the tuning seeds; only the
other seeds are reported. `own batch` reads all test digits by their own statistics in place of the
remembered ones.
"""

import math

import pandas as pd
import torch
from common import small_cnns

from coursecnn import evidence

TUNING, SEEDS = (100, 101), range(6)
RATES = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6)
NORMS = {
    "none": (None, None, None),
    "start only": ("start", "start", "start"),
    "batch norm": ("batch", "batch", "batch"),
    "maps only": ("batch", "batch", None),
    "group norm": ("group", "group", "group"),
}


def train(arm, grid, learn, epochs, batch_size):
    """The networks of a grid of rates and seeds."""
    stack = small_cnns.Stack([seed for _, seed in grid], NORMS[arm])
    optimizer = small_cnns.SGD(stack, [rate for rate, _ in grid])
    x, y = small_cnns.shared(learn, len(grid))
    for _ in small_cnns.epochs(optimizer, x, y, epochs, batch_size=batch_size):
        pass
    return stack


def rows(arm, grid, stack, part, batch_size, sets):
    """What the networks read, one row each."""
    table = pd.DataFrame(grid, columns=["rate", "seed"])
    table.insert(0, "arm", arm)
    table.insert(0, "part", part)
    table["batch"] = batch_size
    for name, digits in sets.items():
        x, y = small_cnns.shared(digits, len(grid))
        loss, accuracy = stack.measured(x, y)
        table[f"{name}_loss"] = loss.nan_to_num(math.inf).clamp(max=1e6).numpy()
        table[f"{name}_accuracy"] = accuracy.numpy()
        if name == "test":
            with torch.no_grad():
                own = stack(x, training=True).argmax(2) == y
            table["own_batch"] = own.float().mean(0).numpy()
    return table


if __name__ == "__main__":
    torch.set_num_threads(1)
    learn, val, test = (small_cnns.digits(split) for split in ("train", "val", "test"))
    tables = []
    for arm in ("none", "start only", "batch norm"):
        grid = [(rate, seed) for rate in RATES for seed in SEEDS]
        stack = train(arm, grid, learn, 6, 60)
        tables.append(rows(arm, grid, stack, "rates", 60, {"train": learn, "test": test}))
        print(arm, tables[-1].groupby("rate")[["train_loss", "test_accuracy"]].mean(), flush=True)
    for batch_size in (2, 6, 60):
        for arm in ("none", "batch norm", "maps only", "group norm"):
            rates = [batch_size / 60 * rate for rate in (0.2, 0.4, 0.8, 1.6)]
            grid = [(rate, seed) for rate in rates for seed in TUNING]
            stack = train(arm, grid, learn, 2, batch_size)
            tried = rows(arm, grid, stack, "batches", batch_size, {"val": val})
            rate = tried.groupby("rate")["val_loss"].mean().idxmin()
            grid = [(rate, seed) for seed in SEEDS]
            stack = train(arm, grid, learn, 2, batch_size)
            tables.append(rows(arm, grid, stack, "batches", batch_size, {"test": test}))
            print(tables[-1].drop(columns="part").to_string(), flush=True)
    evidence.save("batch_norm", pd.concat(tables).round(5))
