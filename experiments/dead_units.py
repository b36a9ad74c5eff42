"""What units that are off cost, and which activations bring them back.

The networks of `dying_relu.py`, but sixty of the 64 units of the first hidden layer begin
switched off: each gets a bias for which its largest weighted sum over the training digits is −1.
The arm `ReLU, all on` begins without that. As the digits do not change, neither does the weighted
sum of such a unit, unless its own weights do: with slope 0 it never comes back. The arm `borrowed
slope` computes what ReLU computes, but takes the slope 0.2 below 0 on the way back. Six learning
rates for each arm, the best one on the validation digits; `on` is the share of the sixty that
respond to at least one training digit at the end.
"""

import pandas as pd
import torch
from common import stacked
from dying_relu import SIZES, borrowed, leaky, off
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import evidence

SEEDS = range(10)
RATES = (0.003, 0.01, 0.03, 0.05, 0.1, 0.15)
EPOCHS, OFF = 60, 60


ARMS = {
    "ReLU, all on": torch.relu,
    "ReLU": torch.relu,
    "borrowed slope": lambda x: borrowed(x, 0.2),
    "leaky ReLU, 0.01": leaky,
    "leaky ReLU, 0.2": lambda x: F.leaky_relu(x, 0.2),
    "ELU": F.elu,
    "GELU": F.gelu,
}


def switched_off(stack, x):
    """Bury the first sixty units of the first hidden layer below every digit."""
    with torch.no_grad():
        highest = (x @ stack.weights[0]).amax(1, keepdim=True)
        stack.biases[0][..., :OFF] = -1 - highest[..., :OFF]


def measure(arm, digits):
    """One row per seed, at the best rate."""
    learn, validate, test = digits
    grid = [(seed, rate) for seed in SEEDS for rate in RATES]
    seeds, rates = zip(*grid, strict=True)
    bounds = [(6 / fan_in) ** 0.5 for fan_in in SIZES[:-1]]
    stack = stacked.Stack(SIZES, ARMS[arm], bounds, seeds)
    if arm != "ReLU, all on":
        switched_off(stack, learn[0])
    descent = stacked.Descent(stack)
    for number in range(EPOCHS):
        stacked.epoch(descent, *learn, torch.tensor(rates) * (1 - number / EPOCHS), number)
    shape = len(SEEDS), len(RATES)
    on = (~off(stack, learn[0])[0, :, :OFF]).float().mean(-1).view(shape)
    val, tested = (stack.accuracy(*split).view(shape) for split in (validate, test))
    best = int(val.mean(0).argmax())
    for n, seed in enumerate(SEEDS):
        row = {"seed": seed, "arm": arm, "rate": RATES[best]}
        row |= {"on": float(on[n, best]), "accuracy": float(tested[n, best])}
        row |= {f"on_{rate}": float(on[n, k]) for k, rate in enumerate(RATES)}
        yield row | {f"accuracy_{rate}": float(tested[n, k]) for k, rate in enumerate(RATES)}


if __name__ == "__main__":
    torch.set_num_threads(1)
    digits = stacked.standardised_digits()
    rows = [row for arm in ARMS for row in measure(arm, digits)]
    evidence.save("dead_units", pd.DataFrame(rows).round(4))
