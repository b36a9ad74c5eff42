"""Even or odd: networks that begin by saying yes to every digit, with two losses.

The gradient of the squared error with respect to the logit is that of the binary cross-entropy
times 2p(1 − p), so the two arms differ in nothing else. Each arm has the rate of the lowest
validation error over two seeds that are not used again; where errors tie, that of the lowest loss.
Accuracies are those on test digits after each of twenty epochs.
"""

import numpy as np
import pandas as pd
import torch
from common import small_cnns
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import evidence

SEEDS, TUNING_SEEDS, EPOCHS = range(10), (100, 101), 20
RULES = {
    "SGD": (small_cnns.SGD, 0.003 * 10 ** (np.arange(9) / 2), {"momentum": 0.9}),
    "Adam": (small_cnns.Adam, 0.0003 * 10 ** (np.arange(6) / 2), {}),
}
ARMS = [(loss, bias) for bias in (0, 10) for loss in ("MSE", "cross-entropy")]


class Stack(small_cnns.Stack):
    """Networks whose first output is the logit of "even"; the other nine stay unused."""

    def __init__(self, seeds, arms):
        super().__init__(seeds)
        self.squared = torch.tensor([loss == "MSE" for loss, _ in arms])
        with torch.no_grad():
            self.biases[3][:, 0] = torch.tensor([float(bias) for _, bias in arms])

    def losses(self, x, labels, *, training=False):
        """The loss of each network."""
        z, y = self(x)[:, :, 0], (labels % 2 == 0).float()
        squares = (z.sigmoid() - y).square()
        logs = F.binary_cross_entropy_with_logits(z, y, reduction="none")
        return torch.where(self.squared, squares, logs).mean(0)

    @torch.no_grad()
    def read(self, x, labels):
        """The share of right outputs of each network."""
        return ((self(x)[:, :, 0] > 0) == (labels % 2 == 0)).float().mean(0).numpy()


def run(name, grid):
    """Networks of all (loss, bias), rate and seed: one row each."""
    rule, _, options = RULES[name]
    arms, rates, seeds = zip(*grid, strict=True)
    stack, runs = Stack(seeds, arms), len(grid)
    learn, val, test = (
        small_cnns.shared(small_cnns.digits(split), runs) for split in ("train", "val", "test")
    )
    optimizer = rule(stack, [float(rate) for rate in rates], **options)
    read = [stack.read(*test)]
    for _ in small_cnns.epochs(optimizer, *learn, EPOCHS, batch_size=60):
        read.append(stack.read(*test))
    with torch.no_grad():
        loss = stack.losses(*val).numpy()
    table = pd.DataFrame({
        "arm": [f"{loss}, {name}, bias {bias}" for loss, bias in arms],
        "seed": seeds, "rate": rates, "wrong": 1 - stack.read(*val),
        "loss": np.nan_to_num(loss, nan=np.inf),
    })  # fmt: skip
    epochs = pd.DataFrame({f"epoch_{n}": right for n, right in enumerate(read)})
    return pd.concat([table, epochs], axis=1)


if __name__ == "__main__":
    torch.set_num_threads(1)
    tables = []
    for name, (_, rates, _) in RULES.items():
        tried = run(name, [(arm, rate, s) for arm in ARMS for rate in rates for s in TUNING_SEEDS])
        means = tried.groupby(["arm", "rate"], sort=False)[["wrong", "loss"]].mean()
        print(means.round(4).to_string(), flush=True)
        chosen = []
        for arm in ARMS:
            own = means.loc[f"{arm[0]}, {name}, bias {arm[1]}"].sort_values(["wrong", "loss"])
            assert rates[0] < own.index[0] < rates[-1], f"{arm}: the best rate is at an end"
            chosen += [(arm, own.index[0], seed) for seed in SEEDS]
        tables.append(run(name, chosen))
    table = pd.concat(tables).drop(columns=["wrong", "loss"])
    print(table.groupby("arm", sort=False).mean().round(3).T.to_string())
    evidence.save("confident_start", table.round(5))
