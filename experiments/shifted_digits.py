"""Digits that were learned in the middle, and are tested elsewhere or at another size.

Every digit lies on a canvas that leaves room around it, so that no ink is lost or comes in again
on the other side. With `--choose` the script prints the accuracy on validation digits for several
learning rates instead, with a seed that the experiment does not use: so the rates were chosen.
"""

import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import torch

from coursecnn import augment, data, evidence, models, training

MARGIN = 10  # pixels on each side of a digit of 28×28
SHIFTS = range(9)  # pixels, down and to the right
SCALES = (0.7, 1.4)
TRAIN, TEST = 2000, 1000
SEEDS = range(5)
SIZE = {"in_channels": 1, "image_size": 28 + 2 * MARGIN, "batch_norm": True}
# arm: model, its options, learning rate, epochs. The dense nets have as many parameters as the CNN,
# or 16 times as many, to within 6 %. They learn more slowly and cost less, so they see more.
ARMS = {
    "cnn": ("threeconv", {"in_channels": 1}, 0.04, 3),
    "mlp": ("mlp", {"hidden": 11, **SIZE}, 0.01, 15),
    "mlp_16": ("mlp", {"hidden": 167, **SIZE}, 0.01, 15),
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


def learn(arm, train, seed, moved=False, lr=None):
    """A network of one arm, trained on digits in the middle, or on digits moved at random."""
    name, options, rate, epochs = ARMS[arm]
    torch.manual_seed(seed)
    model = models.build(name, **options)
    moves = augment.random_shift(max(SHIFTS)) if moved else None
    options = {"epochs": epochs, "lr": lr or rate, "augment": moves, "channels_last": True}
    training.fit(model, train, seed=seed, device="cpu", **options)
    return model


def run(arm, seed, moved=False):
    """Accuracy on digits at each shift and scale."""
    train, test = digits("train", TRAIN, seed), digits("test", TEST, seed)
    model = learn(arm, train, seed, moved)
    tests = {f"shift_{k}": shifted(test, k) for k in SHIFTS}
    tests |= {f"scale_{s}": scaled(test, s) for s in SCALES}
    name = f"{arm}_moved" if moved else arm
    return {"arm": name} | {key: training.accuracy(model, each) for key, each in tests.items()}


def choose(seed=100):
    """Print what learning rates around the chosen one give on validation digits."""
    train, val = digits("train", TRAIN, seed), digits("val", TEST, seed)
    for arm, (_, _, best, _) in ARMS.items():
        for lr in (best / 4, best / 2, best, best * 2, best * 4):
            accuracy = training.accuracy(learn(arm, train, seed, lr=lr), val)
            print(f"{arm:7} lr={lr:<7g} {accuracy:.3f}", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if "--choose" in sys.argv:
        sys.exit(choose())
    cases = [("cnn", False), ("mlp", False), ("mlp_16", False), ("cnn", True), ("mlp_16", True)]
    tables = [
        training.seeds(SEEDS, lambda seed, arm=arm, moved=moved: run(arm, seed, moved))
        for arm, moved in cases
    ]
    evidence.save("shifted_digits", pd.concat(tables).round({"cpu_seconds": 1}))
