"""SGD, momentum and Adam on a small CNN: a sweep of rates for each, and the race at the best.

Digits of 8×8 pixels, twelve epochs with batches of 60, that is 252 steps. All arms share first
weights and order of the digits, seed by seed. `late` is the mean validation loss after the last
four epochs. The rate of an arm is the one with the lowest `late` of the tuning seeds; only the
other seeds are reported. A loss above that of a network that gives every digit a tenth, or that is
no number, counts as ln 10. In `falling` the rate goes down to 0 along half a cosine; in `clipped`
no gradient is longer than 1.
"""

import math

import pandas as pd
import torch
from common import small_cnns

from coursecnn import evidence

TUNING, SEEDS = (100, 101, 102), range(6)
EPOCHS = 12
WIDE = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
TENTH = tuple(round(rate / 10, 4) for rate in WIDE)
SMALL = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05)
ARMS = {
    "SGD": (small_cnns.SGD, WIDE, {}),
    "momentum": (small_cnns.SGD, TENTH, {"momentum": 0.9}),
    "momentum, clipped": (small_cnns.SGD, TENTH, {"momentum": 0.9, "clip": 1.0}),
    "Adam": (small_cnns.Adam, SMALL, {}),
    "SGD, falling": (small_cnns.SGD, WIDE, {}),
    "momentum, falling": (small_cnns.SGD, TENTH, {"momentum": 0.9}),
    "Adam, falling": (small_cnns.Adam, SMALL, {}),
}


def bounded(loss):
    """Losses, none above that of a guess."""
    return loss.nan_to_num(math.inf).clamp(max=math.log(10)).numpy()


def measure(arm, learn, val, test):
    """All runs of an arm, the tuned rate marked."""
    make, rates, options = ARMS[arm]
    grid = [(rate, seed) for rate in rates for seed in (*TUNING, *SEEDS)]
    runs = len(grid)
    stack = small_cnns.Stack([seed for _, seed in grid])
    optimizer = make(stack, [rate for rate, _ in grid], **options)
    x, y = small_cnns.shared(learn, runs)
    unseen = small_cnns.shared(val, runs)
    rows = pd.DataFrame(grid, columns=["rate", "seed"])
    rows.insert(0, "arm", arm)
    options = {"batch_size": 60, "falling": "falling" in arm}
    for epoch in small_cnns.epochs(optimizer, x, y, EPOCHS, **options):
        rows[f"val_{epoch}"] = bounded(stack.measured(*unseen)[0])
    rows["train"] = bounded(stack.measured(x, y)[0])
    rows["accuracy"] = stack.measured(*small_cnns.shared(test, runs))[1].numpy()
    rows["late"] = rows[[f"val_{n}" for n in range(EPOCHS - 3, EPOCHS + 1)]].mean(axis=1)
    means = rows[rows["seed"].isin(TUNING)].groupby("rate")["late"].mean()
    rows["tuned"] = rows["rate"] == means.idxmin()
    print(arm, means.to_dict(), flush=True)
    print(rows.groupby("rate")[["late", "train", "accuracy", "tuned"]].mean(), flush=True)
    return rows


if __name__ == "__main__":
    torch.set_num_threads(1)
    sets = [small_cnns.digits(split) for split in ("train", "val", "test")]
    evidence.save("optimizer_race", pd.concat([measure(arm, *sets) for arm in ARMS]).round(5))
