"""Two hundred digits learned with smoothed labels: accuracy, and how sure the networks are.

A further arm keeps the labels and divides the logits afterwards by the temperature that gives the
lowest cross-entropy on the validation digits. Each arm has the rate of the lowest cross-entropy on
the validation digits (of true labels, not of smoothed ones) over two seeds that are not used again.
One more arm keeps the labels and has the rate of the smoothed ones.
"""

import numpy as np
import pandas as pd
import torch
from common import small_cnns
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import evidence

SEEDS, TUNING_SEEDS, EPOCHS, DIGITS = range(12), (100, 101), 80, 200
RATES = 0.001 * 10 ** (np.arange(4) / 2)
SHARES = 0, 0.02, 0.05, 0.1, 0.2
TEMPERATURES = np.geomspace(0.25, 4, 81)


class Stack(small_cnns.Stack):
    """Networks with a share of their labels spread over all classes."""

    def __init__(self, seeds, shares):
        super().__init__(seeds)
        self.shares = torch.tensor([float(share) for share in shares])

    def losses(self, x, labels, *, training=False):
        """The loss of each network, as `label_smoothing` of PyTorch has it."""
        logs = self(x).log_softmax(2)
        true = logs.gather(2, labels[:, :, None])[:, :, 0].mean(0)
        return -(1 - self.shares) * true - self.shares * logs.mean((0, 2))


def run(grid):
    """Networks of all shares, rates and seeds: a table with a row for each, and their logits."""
    shares, rates, seeds = zip(*grid, strict=True)
    stack, runs = Stack(seeds, shares), len(grid)
    learn = small_cnns.subset(small_cnns.digits("train"), DIGITS, seeds)
    optimizer = small_cnns.Adam(stack, [float(rate) for rate in rates])
    for _ in small_cnns.epochs(optimizer, *learn, EPOCHS, batch_size=50, falling=True):
        pass
    table = pd.DataFrame({"share": shares, "rate": rates, "seed": seeds})
    with torch.no_grad():
        logits = {}
        for split in ("val", "test"):
            x, y = small_cnns.digits(split)
            logits[split] = stack(x[:, None].expand(-1, runs, -1, -1)).transpose(0, 1), y
    return table, logits


def row(arm, seed, rate, z, y):
    """What is measured on the test digits."""
    sure, named = z.softmax(1).max(1)
    return {
        "arm": arm, "seed": seed, "rate": rate, "accuracy": (named == y).float().mean().item(),
        "sure": sure.mean().item(), "loss": F.cross_entropy(z, y).item(),
    }  # fmt: skip


if __name__ == "__main__":
    torch.set_num_threads(1)
    tried, logits = run([(a, rate, s) for a in SHARES for rate in RATES for s in TUNING_SEEDS])
    z, y = logits["val"]
    tried["loss"] = [F.cross_entropy(own, y).item() for own in z]
    means = tried.groupby(["share", "rate"])["loss"].mean()
    print(means.round(4).to_string(), flush=True)
    chosen = {share: means[share].idxmin() for share in SHARES}
    assert all(RATES[0] < rate < RATES[-1] for rate in chosen.values()), chosen
    arms = [*chosen.items(), (0, chosen[0.1])]
    table, logits = run([(share, rate, seed) for share, rate in arms for seed in SEEDS])
    rows = []
    for n, (share, rate, seed) in enumerate(table.itertuples(index=False)):
        val, test = ((z[n], y) for z, y in logits.values())
        if share == 0 and rate != chosen[0]:
            rows.append(row("same rate", int(seed), rate, *test))
            continue
        rows.append(row(f"smoothed {share:g}", int(seed), rate, *test))
        if share == 0:
            t = min(TEMPERATURES, key=lambda t: F.cross_entropy(val[0] / t, val[1]).item())
            scaled = row("temperature", int(seed), rate, test[0] / t, test[1])
            rows.append(scaled | {"temperature": t})
    table = pd.DataFrame(rows).sort_values("arm", kind="stable").round(4)
    print(table.groupby("arm", sort=False).mean().to_string())
    evidence.save("label_smoothing", table)
