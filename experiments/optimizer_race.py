"""SGD, momentum and Adam on a small CNN: a sweep of rates for each, and the race at the best.

Digits of 8×8 pixels, twelve epochs with batches of 60, that is 252 steps. All arms share first
weights and order of the digits, seed by seed. The rate of an arm is the one with the lowest mean
training loss of the tuning seeds; only the other seeds are reported. A loss above that of a network
that gives every digit a tenth, or that is no number, counts as ln 10. The arms `falling` go down to
0 along half a cosine; `clipped` follows no gradient that is longer than 1.
"""

import math

import pandas as pd
import torch
from common import small_cnns

from coursecnn import evidence

TUNING, SEEDS = (100, 101), range(6)
EPOCHS = 12
WIDE = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
TENTH = tuple(round(rate / 10, 4) for rate in WIDE)
SMALL = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05)
ARMS = {
    "SGD": (small_cnns.SGD, WIDE, {}),
    "momentum": (small_cnns.SGD, TENTH, {"momentum": 0.9}),
    "momentum, clipped": (small_cnns.SGD, TENTH, {"momentum": 0.9, "clip": 1.0}),
    "Adam": (small_cnns.Adam, SMALL, {}),
    "SGD, falling": (small_cnns.SGD, WIDE, {}),
    "momentum, falling": (small_cnns.SGD, TENTH, {"momentum": 0.9}),
    "Adam, falling": (small_cnns.Adam, SMALL, {}),
}


def measure(arm, learn, test):
    """All runs of an arm, the tuned rate marked."""
    make, rates, options = ARMS[arm]
    seeds = (*TUNING, *SEEDS)
    grid = [(rate, seed) for rate in rates for seed in seeds]
    runs = len(grid)
    stack = small_cnns.Stack([seed for _, seed in grid])
    optimizer = make(stack, [rate for rate, _ in grid], **options)
    x, y = small_cnns.shared(learn, runs)
    losses = []
    options = {"batch_size": 60, "falling": "falling" in arm}
    for _ in small_cnns.epochs(optimizer, x, y, EPOCHS, **options):
        losses.append(stack.measured(x, y)[0].nan_to_num(math.inf).clamp(max=math.log(10)))
    accuracy = stack.measured(*small_cnns.shared(test, runs))[1]
    rows = pd.DataFrame(grid, columns=["rate", "seed"])
    rows.insert(0, "arm", arm)
    for epoch, loss in enumerate(losses, 1):
        rows[f"loss_{epoch}"] = loss.numpy()
    rows["accuracy"] = accuracy.numpy()
    tuning = rows[rows["seed"].isin(TUNING)]
    rows["tuned"] = rows["rate"] == tuning.groupby("rate")[f"loss_{EPOCHS}"].mean().idxmin()
    print(arm, rows.groupby("rate")[[f"loss_{EPOCHS}", "accuracy", "tuned"]].mean(), flush=True)
    return rows


if __name__ == "__main__":
    torch.set_num_threads(1)
    learn, test = small_cnns.digits("train"), small_cnns.digits("test")
    evidence.save("optimizer_race", pd.concat([measure(arm, learn, test) for arm in ARMS]).round(5))
