"""Batch norm in a small CNN: the rates that it bears, and what small batches do to it.

`rates`: SGD, six epochs with batches of 60. `start only` is the control for a good start: it has
the layers of batch norm, but their means and variances are those of the first batch and stay so.
`lengths held` is the control for weights that grow: it has batch norm, and after each step the
weights of each kernel and unit before it get back the length with which they began. `batches`:
2,520 digits are seen in batches of 2, 6 or 60, by networks without, with batch norm, with batch
norm of maps only, and with group norm (four groups of channels). The rate of an arm (`tuned`) is
the one with the lowest mean validation loss of the tuning seeds; only the others are reported.
"""

import math

import pandas as pd
import torch
from common import small_cnns

from coursecnn import evidence

TUNING, SEEDS = (100, 101, 102), range(6)
RATES = {
    "none": (0.05, 0.1, 0.2, 0.4, 0.8, 1.6),
    "start only": (0.00625, 0.0125, 0.025, 0.05, 0.1, 0.2, 0.4),
    "batch norm": (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4),
    "lengths held": (0.05, 0.1, 0.2, 0.4, 0.8, 1.6),
}
SIXTIETHS = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2)  # for batches of 60; in proportion for others
NORMS = {
    "none": (None, None, None),
    "start only": ("start", "start", "start"),
    "batch norm": ("batch", "batch", "batch"),
    "lengths held": ("batch", "batch", "batch"),
    "maps only": ("batch", "batch", None),
    "group norm": ("group", "group", "group"),
}


class Held(small_cnns.SGD):
    """SGD that keeps the length of the weights of each kernel and unit before a norm."""

    def __init__(self, stack, rates):
        super().__init__(stack, rates)
        self.lengths = [length(weight).detach() for weight in stack.weights[:3]]

    def move(self, parameters, gradients, rates):
        """Change the parameters."""
        super().move(parameters, gradients, rates)
        for weight, before in zip(self.stack.weights[:3], self.lengths, strict=True):
            weight.mul_(before / length(weight))


def length(weight):
    """Length of the weights of each kernel or unit of each network; the axes stay."""
    return weight.square().sum(list(range(2, weight.ndim)), keepdim=True).sqrt()


def train(arm, grid, learn, epochs, batch_size):
    """The networks of a grid of rates and seeds."""
    stack = small_cnns.Stack([seed for _, seed in grid], NORMS[arm])
    make = Held if arm == "lengths held" else small_cnns.SGD
    optimizer = make(stack, [rate for rate, _ in grid])
    x, y = small_cnns.shared(learn, len(grid))
    for _ in small_cnns.epochs(optimizer, x, y, epochs, batch_size=batch_size):
        pass
    return stack


def lowest(rates, seeds, losses):
    """The rate with the lowest mean loss of the tuning seeds."""
    runs = pd.DataFrame({"rate": rates, "seed": seeds, "loss": losses})
    return runs[runs["seed"].isin(TUNING)].groupby("rate")["loss"].mean().idxmin()


def measured(stack, digits):
    """Loss and accuracy of each network; what is no number counts as a huge loss."""
    loss, accuracy = stack.measured(*small_cnns.shared(digits, len(stack.seeds)))
    return loss.nan_to_num(math.inf).clamp(max=1e6).numpy(), accuracy.numpy()


def rows(arm, grid, stack, part, batch_size, sets):
    """What the networks read, one row each."""
    table = pd.DataFrame(grid, columns=["rate", "seed"])
    table.insert(0, "arm", arm)
    table.insert(0, "part", part)
    table["batch"] = batch_size
    for name, digits in sets.items():
        table[f"{name}_loss"], table[f"{name}_accuracy"] = measured(stack, digits)
    return table


if __name__ == "__main__":
    torch.set_num_threads(1)
    learn, val, test = (small_cnns.digits(split) for split in ("train", "val", "test"))
    tables = []
    for arm, rates in RATES.items():
        grid = [(rate, seed) for rate in rates for seed in (*TUNING, *SEEDS)]
        stack = train(arm, grid, learn, 6, 60)
        table = rows(arm, grid, stack, "rates", 60, {"val": val, "test": test})
        table["tuned"] = table["rate"] == lowest(table["rate"], table["seed"], table["val_loss"])
        tables.append(table)
        print(arm, table.groupby("rate")[["val_loss", "test_accuracy", "tuned"]].mean(), flush=True)
    for batch_size in (2, 6, 60):
        for arm in ("none", "batch norm", "maps only", "group norm"):
            rates = [round(batch_size / 60 * rate, 5) for rate in SIXTIETHS]
            grid = [(rate, seed) for rate in rates for seed in TUNING]
            losses = measured(train(arm, grid, learn, 2, batch_size), val)[0]
            rate = lowest(*zip(*grid, strict=True), losses)
            grid = [(rate, seed) for seed in SEEDS]
            stack = train(arm, grid, learn, 2, batch_size)
            table = rows(arm, grid, stack, "batches", batch_size, {"val": val, "test": test})
            tables.append(table.assign(tuned=True))
            means = table[["val_loss", "test_accuracy"]].mean()
            edge = " (at the edge)" if rate in (rates[0], rates[-1]) else ""
            print(arm, batch_size, f"{rate}{edge}", means.to_dict(), flush=True)
    evidence.save("batch_norm", pd.concat(tables).round(5))
