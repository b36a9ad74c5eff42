"""How many steps SGD needs by the size of its batches, and whether noise makes its loss jump.

`steps`: a small CNN is trained on digits of 8×8 pixels until its validation loss is 0.3 for the
first time. The rate of a batch size is the one at which all tuning seeds arrive first; only the
other seeds are reported. `milliseconds` is the CPU time of one step of one network.
`rises`: networks trained for 126 steps with batches of 60, at the rate that SGD has in
`optimizer_race`, go on for 63 steps with such batches or with all digits at once. `rises` is the
share of these steps after which the loss of all training digits is larger than before.
"""

import time

import numpy as np
import pandas as pd
import torch
from common import small_cnns
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import evidence

TUNING, SEEDS = (100, 101, 102), range(6)
GOAL, MOST = 0.3, 4000
SMALL = (0.025, 0.05, 0.1, 0.2, 0.4, 0.8)
LARGE = (0.2, 0.4, 0.8, 1.6)
RATES = {5: SMALL, 20: SMALL, 80: (*SMALL, 1.6), 315: LARGE, 1260: LARGE}


def batches(x, y, seeds, size):
    """Batches without end, in an order that each seed has of its own."""
    generators = {seed: torch.Generator().manual_seed(seed) for seed in set(seeds)}
    across = torch.arange(len(seeds))
    while True:
        orders = {s: torch.randperm(len(x), generator=each) for s, each in generators.items()}
        order = torch.stack([orders[seed] for seed in seeds], 1)
        for start in range(0, len(x) - size + 1, size):
            batch = order[start : start + size], across
            yield x[batch], y[batch]


def arrivals(size, grid, learn, val):
    """Step at which each network of a grid of rates and seeds arrives; NaN for the later rates."""
    rates, seeds = map(np.array, zip(*grid, strict=True))
    stack = small_cnns.Stack(seeds.tolist())
    optimizer = small_cnns.SGD(stack, rates.tolist())
    unseen = small_cnns.shared(val, len(grid))
    found = np.full(len(grid), np.nan)
    every = max(1, 40 // size)
    stream = batches(*small_cnns.shared(learn, len(grid)), stack.seeds, size)
    for step, batch in enumerate(stream, 1):
        optimizer.step(*batch)
        if step % every == 0:
            arrived = (stack.measured(*unseen)[0] <= GOAL).numpy()
            found[arrived & np.isnan(found)] = step
        whole = [rate for rate in set(rates) if not np.isnan(found[rates == rate]).any()]
        if whole or step == MOST:
            return found, whole


def milliseconds(size, learn):
    """CPU time of one step of one network."""
    x, y = learn
    model = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10),
    )  # fmt: skip
    optimizer = torch.optim.SGD(model.parameters(), 0.05)
    taken = []
    for _ in range(60):
        start = time.process_time()
        optimizer.zero_grad()
        F.cross_entropy(model(x[:size, None]), y[:size]).backward()
        optimizer.step()
        taken.append(time.process_time() - start)
    return 1000 * np.median(taken)


def rises(learn):
    """The share of steps that raise the loss of all training digits, by size of the batch."""
    race = evidence.load("optimizer_race")
    rate = race.loc[(race["arm"] == "SGD") & race["tuned"], "rate"].iloc[0]
    x, y = small_cnns.shared(learn, len(SEEDS))
    for size in (60, len(x)):
        stack = small_cnns.Stack(SEEDS)
        optimizer = small_cnns.SGD(stack, [rate] * len(SEEDS))
        losses = []
        for step, batch in enumerate(batches(x, y, stack.seeds, 60)):
            if step == 126:
                break
            optimizer.step(*batch)
        for step, batch in enumerate(batches(x, y, stack.seeds, size)):
            losses.append(stack.measured(x, y)[0].numpy())
            if step == 63:
                break
            optimizer.step(*batch)
        share = (np.diff(losses, axis=0) > 0).mean(0)
        rows = {"part": "rises", "arm": f"then batches of {size}", "batch": size, "rate": rate}
        yield pd.DataFrame(rows | {"seed": SEEDS, "rises": share})


if __name__ == "__main__":
    torch.set_num_threads(1)
    learn, val = small_cnns.digits("train"), small_cnns.digits("val")
    tables = []
    for size, rates in RATES.items():
        grid = [(rate, seed) for rate in rates for seed in TUNING]
        rate = float(min(arrivals(size, grid, learn, val)[1]))
        found, whole = arrivals(size, [(rate, seed) for seed in SEEDS], learn, val)
        rows = {"part": "steps", "arm": f"batches of {size}", "batch": size, "rate": rate}
        rows |= {"seed": SEEDS, "steps": found, "milliseconds": milliseconds(size, learn)}
        tables.append(pd.DataFrame(rows))
        print(size, rate, found, rows["milliseconds"], bool(whole), flush=True)
    tables += rises(learn)
    table = pd.concat(tables).round(4)
    print(table.groupby("arm", sort=False)["rises"].mean(), flush=True)
    evidence.save("batch_sizes", table)
