"""Digits learned with a loss that takes logits, and gets them or their softmax.

Each arm has the rate of the lowest validation error over two seeds that are not used again; where
errors tie, that of the lowest loss. Both train for thirty epochs, with rates that fall to zero.
"""

import numpy as np
import pandas as pd
import torch
from common import small_cnns
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import evidence

SEEDS, TUNING_SEEDS, EPOCHS = range(10), (100, 101), 30
RATES = 0.003 * 10 ** (np.arange(7) / 2)
ARMS = "logits", "softmax twice"


class Stack(small_cnns.Stack):
    """Networks some of which end in a softmax."""

    def __init__(self, seeds, arms):
        super().__init__(seeds)
        self.twice = torch.tensor([arm == "softmax twice" for arm in arms])

    def losses(self, x, labels, *, training=False):
        """The loss of each network."""
        z = self(x)
        z = torch.where(self.twice[:, None], z.softmax(2), z)
        return F.cross_entropy(z.transpose(1, 2), labels, reduction="none").mean(0)


def run(grid):
    """Networks of all arms, rates and seeds: one row each."""
    arms, rates, seeds = zip(*grid, strict=True)
    stack, runs = Stack(seeds, arms), len(grid)
    learn, val, test = (
        small_cnns.shared(small_cnns.digits(split), runs) for split in ("train", "val", "test")
    )
    optimizer = small_cnns.SGD(stack, [float(rate) for rate in rates], momentum=0.9)
    curves = {}
    for n in small_cnns.epochs(optimizer, *learn, EPOCHS, batch_size=60, falling=True):
        with torch.no_grad():
            curves[f"loss_{n}"] = stack.losses(*learn).numpy()
        curves[f"test_{n}"] = stack.measured(*test)[1].numpy()
    with torch.no_grad():
        loss = np.nan_to_num(stack.losses(*val).numpy(), nan=np.inf)
        named = stack(test[0]).argmax(2).T.numpy()
    table = pd.DataFrame({
        "arm": arms, "seed": seeds, "rate": rates, "wrong": 1 - stack.measured(*val)[1].numpy(),
        "loss": loss, "train": stack.measured(*learn)[1].numpy(),
        "classes": [len(np.unique(own)) for own in named],  # that it names in the test digits
    })  # fmt: skip
    return pd.concat([table, pd.DataFrame(curves)], axis=1)


if __name__ == "__main__":
    torch.set_num_threads(1)
    tried = run([(arm, rate, seed) for arm in ARMS for rate in RATES for seed in TUNING_SEEDS])
    means = tried.groupby(["arm", "rate"], sort=False)[["wrong", "loss", "loss_30"]].mean()
    print(means.round(4).to_string(), flush=True)
    chosen = []
    for arm in ARMS:
        own = means.loc[arm].sort_values(["wrong", "loss"])
        assert RATES[0] < own.index[0] < RATES[-1], f"{arm}: the best rate is at an end"
        chosen += [(arm, own.index[0], seed) for seed in SEEDS]
    table = run(chosen).drop(columns=["wrong", "loss"])
    print(table.groupby("arm", sort=False).mean().round(3).T.to_string())
    evidence.save("double_softmax", table.round(4))
