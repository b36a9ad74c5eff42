"""CIFAR-10 with its pixels in order and under one fixed shuffling, for a CNN and dense nets.

With `--choose` the script prints the accuracy on validation images for several learning rates
instead, with a seed that the experiment does not use: so the rates were chosen.
"""

import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import torch

from coursecnn import data, evidence, models, training

TRAIN, TEST = 2000, 1000
SEEDS = range(5)
# arm: model, its options, learning rate, epochs. The dense nets have as many parameters as the CNN,
# or 16 times as many, to within 2 %. They learn more slowly and cost less, so they see more.
ARMS = {
    "cnn": ("threeconv", {}, 0.005, 5),
    "mlp": ("mlp", {"hidden": 8, "batch_norm": True}, 0.01, 15),
    "mlp_16": ("mlp", {"hidden": 127, "batch_norm": True}, 0.002, 15),
}


def reorder(image_set, order):
    """The same pixels at other places; their colours stay together."""
    n, channels, height, width = image_set.images.shape
    flat = image_set.images.reshape(n, channels, height * width)
    return replace(image_set, images=flat[..., order].reshape(image_set.images.shape))


def learn(arm, train, seed, lr=None):
    """A network of one arm, trained from weights that the seed decides."""
    name, options, rate, epochs = ARMS[arm]
    torch.manual_seed(seed)
    model = models.build(name, **options)
    options = {"epochs": epochs, "lr": lr or rate, "channels_last": True}
    training.fit(model, train, seed=seed, device="cpu", **options)
    return model


def run(arm, seed, judge="test", lr=None):
    """Accuracy on images in order and, trained anew, on images with shuffled pixels."""
    train = data.cifar10("train").subset(TRAIN, seed=seed)
    test = data.cifar10(judge).subset(TEST, seed=seed)
    there = np.arange(32 * 32)
    orders = {"in_order": there, "shuffled": np.random.default_rng(seed).permutation(there)}
    accuracies = {}
    for name, order in orders.items():
        model = learn(arm, reorder(train, order), seed, lr)
        accuracies[name] = training.accuracy(model, reorder(test, order))
    return {"arm": arm, **accuracies}


def choose(seed=100):
    """Print what learning rates around the chosen one give on validation images."""
    for arm, (_, _, best, _) in ARMS.items():
        for lr in (best / 4, best / 2, best, best * 2, best * 4):
            print(f"lr={lr:<7g} {run(arm, seed, 'val', lr)}", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if "--choose" in sys.argv:
        sys.exit(choose())
    tables = [training.seeds(SEEDS, lambda seed, arm=arm: run(arm, seed)) for arm in ARMS]
    evidence.save("shuffled_pixels", pd.concat(tables).round({"cpu_seconds": 1}))
