"""Is the digit in the left or in the right half? A task in which the place is what counts.

A digit of 8×8 stands in a blank strip of 8×32, `s` columns from its left or from its right end.
Every digit of a set stands once on each side, equally far from its end. Each network has two input
channels, the strip and a second one: the number of the column for the arm that is told the place,
blank for all others. The networks differ in how their convolutions pad, how many there are, and
what reads their maps: the mean of each, or a dense layer. They have 1,146 to 1,478 parameters.

Each arm is trained by the rule of `common/plateau.py`, or for `MOST` epochs at each rate, which
only the arms that make no mistake reach. Its learning rate is the one of three with the smallest
validation loss, with one seed that the experiment does not use; `--choose` prints them. Several
of these rates lie at the edge of the grid: the arms are tuned roughly.
"""

import sys

import numpy as np
import pandas as pd
import torch
from common import plateau
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, evidence, training

WIDTH, PLACES = 32, range(9)  # columns of the strip; columns between a digit and its end
TRAIN, VAL, TEST = 400, 179, 300  # digits, each used twice
SEEDS, TUNING = range(10), (100,)
RATES = (0.003, 0.01, 0.03)
plateau.MOST = MOST = 40  # epochs at each rate
# arm: padding, 3×3 layers, kernels in each, dense head, whether the column is given; learning rate
ARMS = {
    "circular": ("circular", 3, 8, False, False, 0.003),
    "zeros": ("zeros", 3, 8, False, False, 0.03),
    "zeros, deeper": ("zeros", 5, 6, False, False, 0.03),
    "column": ("circular", 3, 8, False, True, 0.01),
    "dense head": ("circular", 3, 2, True, False, 0.003),
}


def network(padding, depth, width, dense):
    """Normalised convolutions of 3×3 with ReLU, and a head that reads means or places."""
    layers, channels = [], 2
    for _ in range(depth):
        layers += [nn.Conv2d(channels, width, 3, padding=1, bias=False, padding_mode=padding)]
        layers += [nn.BatchNorm2d(width), nn.ReLU()]
        channels = width
    head = [nn.Flatten(), nn.Linear(width * 8 * WIDTH, 2)]
    means = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, 2)]
    return nn.Sequential(*layers, *(head if dense else means))


def strips(digits, places, told):
    """Each digit twice: so many columns from the left end, and from the right one."""
    images = np.zeros((2 * len(digits.images), 2, 8, WIDTH), np.uint8)
    for n, (digit, s) in enumerate(zip(digits.images[:, 0], places, strict=True)):
        images[2 * n, 0, :, s : s + 8] = digit
        images[2 * n + 1, 0, :, WIDTH - 8 - s : WIDTH - s] = digit
    if told:
        images[:, 1] = np.linspace(0, 255, WIDTH).round()
    labels = np.tile([0, 1], len(digits.images))
    return data.ImageSet(images, labels, ("left", "right"), digits.split, digits.provenance)


def drawn(split, n, seed, told):
    """Digits at random places."""
    some = data.digits(split).subset(n, seed=seed)
    places = np.random.default_rng(seed).integers(len(PLACES), size=len(some.images))
    return strips(some, places, told)


def learn(arm, seed, lr=None):
    """A trained network, what it cost, and its validation loss."""
    padding, depth, width, dense, told, rate = ARMS[arm]
    torch.manual_seed(seed)
    model = network(padding, depth, width, dense)
    train, val = drawn("train", TRAIN, seed, told), drawn("val", VAL, seed, told)
    cost = plateau.fit(model, train, val, seed, lr or rate)
    return model, cost, val


def run(arm, seed):
    """Accuracy at each distance from the end."""
    model, cost, _ = learn(arm, seed)
    test = data.digits("test").subset(TEST, seed=seed)
    told = ARMS[arm][4]
    scores = {
        f"from_end_{s}": training.accuracy(model, strips(test, [s] * len(test.images), told))
        for s in PLACES
    }
    return {"arm": arm, **scores, "mean": np.mean([*scores.values()]), **cost}


def choose():
    """Print the validation loss of each learning rate."""
    for arm in ARMS:
        for lr in RATES:
            for seed in TUNING:
                model, cost, val = learn(arm, seed, lr)
                with torch.no_grad():
                    logits = model(training.to_input(val.images))
                loss = F.cross_entropy(logits, torch.as_tensor(val.labels)).item()
                print(f"{arm:14} lr={lr:<6} {seed} {loss:.4f} {cost}", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    for arm, (*shape, _, _) in ARMS.items():
        count = sum(p.numel() for p in network(*shape).parameters())
        print(f"{arm}: {count} parameters", file=sys.stderr)
    if "--choose" in sys.argv:
        sys.exit(choose())
    rows = []
    for seed in SEEDS:  # saved after each
        rows += [{"seed": seed, **run(arm, seed)} for arm in ARMS]
        evidence.save("left_or_right", pd.DataFrame(rows).round(4))
