"""How many units a large learning rate switches off for good, and what brings them back.

Networks of three hidden layers of 64 units read digits of 8×8 pixels, 40 epochs long, at ten
learning rates that fall to 0; all arms have the same first weights, images and order. A unit
counts as off if its weighted sum is 0 or less for every training digit. The arm `borrowed slope`
computes exactly what ReLU computes, but on the way back it takes the slope 0.01 below 0 that
leaky ReLU has: whether it is the zero slope that does the harm. `back` is the share, among the
units of the first hidden layer that were off after five epochs, of those that are on at the end.
"""

import pandas as pd
import torch
from common import stacked
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import evidence

SEEDS = range(10)
RATES = (0.003, 0.01, 0.03, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.5)
EPOCHS = 40
SIZES = (64, 64, 64, 64, 10)


def borrowed(x, slope=0.01):
    """The value of ReLU, with the slope of leaky ReLU on the way back."""
    leaky = F.leaky_relu(x, slope)
    return leaky + (x.relu() - leaky).detach()


def leaky(x):
    """Slope 0.01 below 0."""
    return F.leaky_relu(x, 0.01)


ARMS = {
    "ReLU": torch.relu,
    "borrowed slope": borrowed,
    "leaky ReLU": leaky,
    "ELU": F.elu,
    "GELU": F.gelu,
}


@torch.no_grad()
def off(stack, x):
    """Whether each unit of each hidden layer is off, shape (layers, R, units)."""
    return torch.stack([(sums <= 0).all(1) for sums in stack.layers(x[None])[:-1]])


def measure(arm, digits):
    """One row per seed and rate."""
    learn, validate, test = digits
    grid = [(seed, rate) for seed in SEEDS for rate in RATES]
    seeds, rates = zip(*grid, strict=True)
    bounds = [(6 / fan_in) ** 0.5 for fan_in in SIZES[:-1]]
    stack = stacked.Stack(SIZES, ARMS[arm], bounds, seeds)
    descent = stacked.Descent(stack)
    for number in range(EPOCHS):
        stacked.epoch(descent, *learn, torch.tensor(rates) * (1 - number / EPOCHS), number)
        if number == 4:
            early = off(stack, learn[0])
    late = off(stack, learn[0])
    finite = torch.stack([w.isfinite().all(2).all(1) for w in stack.weights]).all(0)
    back = (early & ~late)[0].sum(-1) / early[0].sum(-1)
    columns = {
        "off": late.float().mean((0, 2)),
        "off_early": early.float().mean((0, 2)),
        "back": back,
        "accuracy": stack.accuracy(*test),
        "validation": stack.accuracy(*validate),
    }
    for n, (seed, rate) in enumerate(grid):
        row = {"seed": seed, "arm": arm, "rate": rate, "finite": bool(finite[n])}
        yield row | {name: round(float(values[n]), 4) for name, values in columns.items()}


if __name__ == "__main__":
    torch.set_num_threads(1)
    digits = stacked.standardised_digits()
    evidence.save("dying_relu", pd.DataFrame(row for arm in ARMS for row in measure(arm, digits)))
