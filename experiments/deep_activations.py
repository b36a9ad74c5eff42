"""Twenty layers, their activation and first weights: what reaches layer 1, and what is learned.

Each network has 20 hidden layers of 32 units and reads digits of 8×8 pixels. All arms have the
same six learning rates, 60 epochs in which the rate falls to 0, and the same images in the same
order. The rate of an arm is the one with the highest mean accuracy on the validation digits (of
equal ones the smallest). `…_longer` is the same after 120 epochs, `signal` the error signal
behind the first layer divided by that behind the twentieth, before any training.

Four arms hold the sigmoid and everything else fixed, and change only where it starts: weights as
Glorot draws them or four times as large behind the first layer, and biases of 0 or such that the
weighted sums are centred (the outputs of a sigmoid are ½ on average).

Two arms count as equal if they differ by less than 0.02, about seven of the 358 test digits; that
was fixed before the run.
"""

from itertools import pairwise

import pandas as pd
import torch
from common import stacked
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import evidence

SEEDS = range(8)
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
EPOCHS, LAYERS, WIDTH = 60, 20, 32
SHOWN = (1, 2, 5, 10, 20, 40, 60)  # epochs after which the validation accuracy is kept
SIZES = (64, *LAYERS * (WIDTH,), 10)


def default(fan_in, fan_out):
    """What nn.Linear does: variance 1/(3 · inputs), for the biases as well."""
    return fan_in**-0.5


def xavier(fan_in, fan_out):
    """Glorot and Bengio: variance 2/(inputs + outputs)."""
    return (6 / (fan_in + fan_out)) ** 0.5


def he(fan_in, fan_out):
    """He and others: variance 2/inputs."""
    return (6 / fan_in) ** 0.5


def leaky(x):
    """Slope 0.01 below 0."""
    return F.leaky_relu(x, 0.01)


def rescaled(x):
    """The sigmoid, centred and with slope 1 at 0: 2 · tanh(x/2)."""
    return 4 * torch.sigmoid(x) - 2


def centred(x):
    """The sigmoid minus ½, with slope ¼ at 0."""
    return torch.sigmoid(x) - 0.5


ARMS = {  # activation, rule of the weights, then options
    "sigmoid": (torch.sigmoid, xavier, {}),
    "sigmoid, centred sums": (torch.sigmoid, xavier, {"centre": True}),
    "sigmoid, weights × 4": (torch.sigmoid, xavier, {"gain": 4}),
    "sigmoid, both": (torch.sigmoid, xavier, {"gain": 4, "centre": True}),
    "sigmoid, default": (torch.sigmoid, default, {}),
    "sigmoid, Adam": (torch.sigmoid, xavier, {"optimizer": stacked.Adam}),
    "σ − ½": (centred, xavier, {}),
    "4σ − 2": (rescaled, xavier, {}),
    "tanh": (torch.tanh, xavier, {}),
    "tanh, default": (torch.tanh, default, {}),
    "ReLU": (torch.relu, he, {}),
    "ReLU, Xavier": (torch.relu, xavier, {}),
    "ReLU, default": (torch.relu, default, {}),
    "leaky ReLU": (leaky, he, {}),
    "ELU": (F.elu, he, {}),
    "GELU": (F.gelu, he, {}),
    "one layer": (None, xavier, {"sizes": (64, 10)}),
}


def networks(arm, seeds):
    """Untrained networks of an arm, one per seed, and what trains them."""
    activation, rule, options = ARMS[arm]
    sizes = options.get("sizes", SIZES)
    pairs = list(pairwise(sizes))
    gain = options.get("gain", 1)
    bounds = [rule(*pair) * (gain if layer else 1) for layer, pair in enumerate(pairs)]
    biases = bounds if rule is default else None
    stack = stacked.Stack(sizes, activation, bounds, seeds, biases)
    if options.get("centre"):
        with torch.no_grad():
            for weight, bias in zip(stack.weights[1:], stack.biases[1:], strict=True):
                bias.copy_(-weight.sum(1, keepdim=True) / 2)
    return stack, options.get("optimizer", stacked.Descent)(stack)


def train(arm, seeds, rates, digits, epochs):
    """Trained networks, and their validation accuracy after each epoch (epochs, R)."""
    learn, validate, _ = digits
    stack, descent = networks(arm, seeds)
    rates, history = torch.tensor(rates), []
    for number in range(epochs):
        stacked.epoch(descent, *learn, rates * (1 - number / epochs), number)
        history.append(stack.accuracy(*validate))
    return stack, torch.stack(history)


def measure(arm, digits):
    """One row per seed."""
    grid = [(seed, rate) for seed in SEEDS for rate in RATES]
    signals = networks(arm, SEEDS)[0].signals(*digits[0])
    stack, history = train(arm, *zip(*grid, strict=True), digits, EPOCHS)
    history = history.unflatten(1, (len(SEEDS), len(RATES)))
    tested = stack.accuracy(*digits[2]).unflatten(0, (len(SEEDS), len(RATES)))
    best = int(history[-1].mean(0).argmax())
    longer = train(arm, SEEDS, [RATES[best]] * len(SEEDS), digits, 2 * EPOCHS)[0]
    longer = longer.accuracy(*digits[2])
    for n, seed in enumerate(SEEDS):
        row = {"seed": seed, "arm": arm, "rate": RATES[best]}
        row["signal"] = f"{signals[0, n] / signals[min(19, len(signals) - 1), n]:.3g}"
        row["accuracy"] = round(float(tested[n, best]), 4)
        row["accuracy_longer"] = round(float(longer[n]), 4)
        row |= {f"val_{e}": round(float(history[e - 1, n, best]), 4) for e in SHOWN}
        row |= {f"at_{r}": round(float(tested[n, k]), 4) for k, r in enumerate(RATES)}
        yield row


if __name__ == "__main__":
    torch.set_num_threads(1)
    digits = stacked.standardised_digits()
    table = pd.DataFrame(row for arm in ARMS for row in measure(arm, digits))
    evidence.save("deep_activations", table)
