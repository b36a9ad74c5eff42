"""Test digits among the training digits: what a leak does to the number that is reported.

Two hundred digits to learn from and 100 more. In the arm `leak` the 100 are test digits with their
labels, drawn by the seed; in `no leak` they are other training digits. `reported` is the accuracy
on these 100 test digits, `true` that on the other 258, which the network has not seen. The rate of
an arm is the one with the lowest mean validation loss of the tuning seeds, which are not reported.
"""

import pandas as pd
import torch
from common import small_cnns

from coursecnn import evidence

TUNING, SEEDS = (100, 101, 102), range(10)
EPOCHS, RATES = 100, (0.001, 0.003, 0.01, 0.03)


def trained(arm, grid, learn, test):
    """Networks of a grid of rates and seeds, and the test digits in the order of each seed."""
    seeds = [seed for _, seed in grid]
    x, y = small_cnns.subset(learn, 300, seeds)
    drawn = small_cnns.subset(test, len(test[1]), seeds)
    leaked, labels = (part[:100] for part in drawn)
    if arm == "leak":
        x, y = torch.cat([x[:200], leaked]), torch.cat([y[:200], labels])
    stack = small_cnns.Stack(seeds)
    optimizer = small_cnns.Adam(stack, [rate for rate, _ in grid])
    for _ in small_cnns.epochs(optimizer, x, y, EPOCHS, batch_size=50, falling=True):
        pass
    return stack, drawn


def run(arm, learn, val, test):
    """Ten networks at the tuned rate, one row each."""
    grid = [(rate, seed) for rate in RATES for seed in TUNING]
    stack, _ = trained(arm, grid, learn, test)
    losses = stack.measured(*small_cnns.shared(val, len(grid)))[0]
    rate = RATES[losses.reshape(len(RATES), -1).mean(1).argmin()]
    stack, drawn = trained(arm, [(rate, seed) for seed in SEEDS], learn, test)
    table = pd.DataFrame({"arm": arm, "seed": SEEDS, "rate": rate})
    for name, part in {"reported": slice(None, 100), "true": slice(100, None)}.items():
        table[name] = stack.measured(*(each[part] for each in drawn))[1].numpy()
    return table


if __name__ == "__main__":
    torch.set_num_threads(1)
    sets = [small_cnns.digits(split) for split in ("train", "val", "test")]
    table = pd.concat([run(arm, *sets) for arm in ("no leak", "leak")]).round(4)
    print(table.groupby("arm")[["rate", "reported", "true"]].mean(), flush=True)
    evidence.save("leaked_digits", table)
