"""Test digits among the training digits: what a leak does to the number that is reported.

Two hundred digits to learn from and 100 more. In the arm `leak` the 100 are test digits with their
labels, drawn by the seed; in `no leak` they are other training digits. `reported` is the accuracy
on these 100 test digits, `true` that on the other 258, which the network has not seen.
"""

import pandas as pd
import torch
from common import small_cnns

from coursecnn import evidence

SEEDS = range(10)
EPOCHS, RATE = 100, 0.005


def run(arm, learn, test):
    """Ten networks, one row each."""
    runs = len(SEEDS)
    x, y = small_cnns.subset(learn, 300, SEEDS)
    drawn = small_cnns.subset(test, len(test[1]), SEEDS)
    leaked, labels = (part[:100] for part in drawn)
    if arm == "leak":
        x, y = torch.cat([x[:200], leaked]), torch.cat([y[:200], labels])
    stack = small_cnns.Stack(SEEDS)
    optimizer = small_cnns.Adam(stack, runs * [RATE])
    for _ in small_cnns.epochs(optimizer, x, y, EPOCHS, batch_size=50, falling=True):
        pass
    table = pd.DataFrame({"arm": arm, "seed": SEEDS})
    for name, part in {"reported": slice(None, 100), "true": slice(100, None)}.items():
        table[name] = stack.measured(*(each[part] for each in drawn))[1].numpy()
    return table


if __name__ == "__main__":
    torch.set_num_threads(1)
    learn, test = small_cnns.digits("train"), small_cnns.digits("test")
    arms = ("no leak", "leak")
    tables = [run(arm, learn, test) for arm in arms]
    table = pd.concat(tables).round(4)
    print(table.groupby("arm")[["reported", "true"]].mean(), flush=True)
    evidence.save("leaked_digits", table)
