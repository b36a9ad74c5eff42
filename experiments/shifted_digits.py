"""Digits that were learned in one place, and are tested elsewhere or at another size.

Every digit lies on a canvas that leaves room around it, so that no ink is lost or comes in again
on the other side. They are learned 4 pixels above and left of the middle and tested on the way
to 4 pixels below and right of it, so that first and last stand equally far from the border. All
networks are trained to the plateau of `common/plateau.py`. With `--choose` the script prints the
accuracy on validation digits for several learning rates instead, with a seed that the experiment
does not use. Rates three times as large or as small changed that of the MLP by less than a point in
a first version; more was not tuned.
"""

import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import torch
from common import plateau

from coursecnn import augment, data, evidence, training

MARGIN = 6  # pixels on each side of a digit of 28×28, whose ink leaves 4 more
SIZE = 28 + 2 * MARGIN
START = -4  # pixels from the middle, down and to the right, where digits are learned
SHIFTS = range(9)  # pixels from there, where they are tested
SCALES = (0.7, 1.4)
TRAIN, VAL, TEST = 1000, 500, 1000
SEEDS = range(5)
# arm: network, learning rate, whether it learns from digits that are moved. The dense net has 16
# times the parameters of the CNN, to within 1 %.
ARMS = {
    "cnn": (lambda: plateau.three_layers(1, SIZE), 0.01, False),
    "cnn_places": (lambda: plateau.three_layers(1, SIZE, pooled=False), 0.003, False),
    "mlp_16": (lambda: plateau.mlp(1, SIZE, hidden=62), 0.002, False),
    "mlp_16_moved": (lambda: plateau.mlp(1, SIZE, hidden=62), 0.002, True),
    "cnn_moved": (lambda: plateau.three_layers(1, SIZE), 0.01, True),
    "unshared": (lambda: plateau.three_layers(1, SIZE, shared=False), 0.003, False),
}


def digits(split, n, seed):
    """So many digits, each in the middle of its canvas."""
    some = data.mnist(split).subset(n, seed=seed)
    return replace(some, images=np.pad(some.images, [(0, 0)] * 2 + [(MARGIN, MARGIN)] * 2))


def shifted(image_set, pixels):
    """All digits moved down and to the right."""
    return replace(image_set, images=np.roll(image_set.images, (pixels, pixels), axis=(2, 3)))


def scaled(image_set, scale):
    """All digits larger or smaller, about the middle of the canvas."""
    images = augment.affine(torch.as_tensor(image_set.images), scales=scale)
    return replace(image_set, images=images.numpy())


def moved(image_set, seed):
    """Each digit moved at random once, as the validation digits of a net that learns from such."""
    generator = torch.Generator().manual_seed(seed)
    images = augment.random_shift(-START)(torch.as_tensor(image_set.images), generator)
    return replace(image_set, images=images.numpy())


def learn(arm, seed, lr=None):
    """A trained network, what it cost, and the digits by which it was stopped."""
    build, rate, moves = ARMS[arm]
    train, val = digits("train", TRAIN, seed), digits("val", VAL, seed)
    how = augment.random_shift(-START) if moves else None  # to all places where digits are tested
    val = moved(val, seed) if moves else shifted(val, START)
    train = train if moves else shifted(train, START)
    torch.manual_seed(seed)
    model = build()
    return model, plateau.fit(model, train, val, seed, lr or rate, how), val


def run(arm, seed):
    """Accuracy on digits at each shift, and at other sizes where they were learned."""
    model, cost, _ = learn(arm, seed)
    test = digits("test", TEST, seed)
    tests = {f"shift_{k}": shifted(test, START + k) for k in SHIFTS}
    tests |= {f"scale_{s}": shifted(scaled(test, s), START) for s in SCALES}
    scores = {key: training.accuracy(model, each) for key, each in tests.items()}
    return {"arm": arm, **scores, **cost}


def choose(seed=100):
    """Print what learning rates around the chosen one give on validation digits."""
    for arm, (_, best, _) in ARMS.items():
        for lr in (best / 3, best, best * 3):
            model, cost, val = learn(arm, seed, lr)
            accuracy = training.accuracy(model, val)
            print(f"{arm:12} lr={lr:<8.2g} {accuracy:.3f} {cost}", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if "--choose" in sys.argv:
        sys.exit(choose())
    tables = []
    for arm in ARMS:  # saved after each, as they take long
        tables.append(training.seeds(SEEDS, lambda seed, arm=arm: run(arm, seed)))
        evidence.save("shifted_digits", pd.concat(tables).round({"cpu_seconds": 1}))
