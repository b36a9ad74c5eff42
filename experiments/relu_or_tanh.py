"""Epochs until a four-layer CNN gets 25 % of its training photographs wrong, with ReLU and tanh.

The comparison of AlexNet's paper, on 1,500 photographs of CIFAR-10 and with fewer maps: constant
rates, momentum, no dropout, no augmentation, no weight decay. The rate of each arm is the one with
which a seed that is not used again needs the fewest epochs; `tanh, rate of ReLU` is not tuned. The
first weights suit the activation: a spread of √(2 / inputs) for ReLU and of √(1 / inputs) for tanh.
A run ends when the error is below 25 %, or after 40 epochs, which are then noted as 40.
"""

import math
import time

import pandas as pd
import torch
from common import rates
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, evidence, training

SEEDS, TUNING_SEED = range(5), 99
RATES = (0.01, 0.02, 0.04)
LEARN, MOST, BATCH, GOAL = 1500, 40, 64, 0.25
ARMS = {"ReLU": nn.ReLU, "tanh": nn.Tanh}


def network(activation):
    """Three convolutions with pooling and one dense layer, for windows of 24×24."""
    layers, channels = [], 3
    for maps, kernel in ((12, 5), (16, 3), (24, 3)):
        layers += [nn.Conv2d(channels, maps, kernel, padding=kernel // 2), activation()]
        layers += [nn.MaxPool2d(2)]
        channels = maps
    model = nn.Sequential(*layers, nn.Flatten(), nn.Linear(9 * channels, 10))
    for layer in model:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            gain = "relu" if activation is nn.ReLU else "linear"
            nn.init.kaiming_normal_(layer.weight, nonlinearity=gain)
            nn.init.zeros_(layer.bias)
    return model


def errors(activation, rate, seed):
    """The share of errors in each epoch, as the photographs were seen, until it is low enough."""
    chosen = data.cifar10("train").subset(LEARN, seed=seed)
    images = training.to_input(chosen.images[:, :, 4:28, 4:28].copy())
    images, labels = images.to(memory_format=torch.channels_last), torch.tensor(chosen.labels)
    torch.manual_seed(seed)
    model = network(activation).to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(model.parameters(), rate, momentum=0.9)
    for _ in range(MOST):
        wrong = 0
        for batch in torch.randperm(LEARN).split(BATCH):
            logits = model(images[batch])
            loss = F.cross_entropy(logits, labels[batch])
            if not math.isfinite(loss.item()):
                yield 1.0
                return
            wrong += (logits.argmax(1) != labels[batch]).sum().item()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        yield wrong / LEARN
        if wrong < GOAL * LEARN:
            return


def epochs(curve):
    """Where a curve of errors passes the goal, on the straight line between two epochs."""
    if curve[-1] >= GOAL:
        return MOST
    before = curve[-2] if len(curve) > 1 else 0.9
    return len(curve) - (GOAL - curve[-1]) / (before - curve[-1])


def run(arm, activation, rate, seed):
    """One network: the epochs that it needs, and the errors on the way."""
    start = time.process_time()
    curve = list(errors(activation, rate, seed))
    kept = {f"error_{n}": error for n, error in enumerate(curve, 1)}
    seconds = round(time.process_time() - start, 1)
    row = {"arm": arm, "seed": seed, "rate": rate, "epochs": epochs(curve)}
    return row | {"train_seconds": seconds} | kept


def tuned(arm, activation):
    """The rate with which the tuning seed needs the fewest epochs; ties go to the lower error."""

    def needed(rate):
        curve = list(errors(activation, rate, TUNING_SEED))
        return epochs(curve), curve[-1]

    print(arm, flush=True)
    return rates.best(needed, RATES)


if __name__ == "__main__":
    torch.set_num_threads(1)
    rows, chosen = [], {}
    for arm, activation in ARMS.items():
        chosen[arm] = tuned(arm, activation)
        rows += [run(arm, activation, chosen[arm], seed) for seed in SEEDS]
        print(pd.DataFrame(rows[-len(SEEDS) :]).iloc[:, :5].to_string(), flush=True)
    borrowed = chosen["ReLU"]
    rows += [run("tanh, rate of ReLU", nn.Tanh, borrowed, seed) for seed in SEEDS]
    print(pd.DataFrame(rows[-len(SEEDS) :]).iloc[:, :5].to_string(), flush=True)
    evidence.save("relu_or_tanh", pd.DataFrame(rows).round(4))
