"""CIFAR-10, its pixels in order or shuffled by one rule, for CNNs, dense nets and a histogram.

All networks are trained to the plateau of `common/plateau.py`. The histogram counts colours and
knows no places. With `--choose` the script prints the accuracy on validation images for several
learning rates instead, with a seed that the experiment does not use.
Rates three or four times as small changed those of CNN and MLP by less than a point in a first
version; more was not tuned.
"""

import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import torch
from common import plateau
from sklearn.svm import SVC

from coursecnn import data, evidence, training

TRAIN, VAL, TEST = 2000, 1000, 1000
SEEDS = range(5)
# arm: network, learning rate. The dense net has 16 times the parameters of the CNN, to within 1 %.
ARMS = {
    "cnn": (lambda: plateau.three_layers(3, 32), 0.005),
    "mlp_16": (lambda: plateau.mlp(3, 32, hidden=33), 0.001),
    "cnn_places": (lambda: plateau.three_layers(3, 32, pooled=False), 0.002),
}
ORDERS = ("in_order", "shuffled")
BINS = 6  # per colour channel
PENALTIES = (1, 3, 10, 30)  # C of the support vector machine


def images(seed):
    """The sets of one seed, by split."""
    sizes = {"train": TRAIN, "val": VAL, "test": TEST}
    return {split: data.cifar10(split).subset(n, seed=seed) for split, n in sizes.items()}


def reorder(image_set, order):
    """The same pixels at other places; their colours stay together."""
    n, channels, height, width = image_set.images.shape
    flat = image_set.images.reshape(n, channels, height * width)
    return replace(image_set, images=flat[..., order].reshape(image_set.images.shape))


def run(arm, seed, judge="test", lr=None, orders=ORDERS):
    """Accuracy on images in order and, trained anew, on images with shuffled pixels."""
    build, rate = ARMS[arm]
    sets, there = images(seed), np.arange(32 * 32)
    order_of = {"in_order": there, "shuffled": np.random.default_rng(seed).permutation(there)}
    results = {"arm": arm}
    for name in orders:
        mine = {split: reorder(some, order_of[name]) for split, some in sets.items()}
        torch.manual_seed(seed)
        model = build()
        cost = plateau.fit(model, mine["train"], mine["val"], seed, lr or rate)
        results[name] = training.accuracy(model, mine[judge])
        results |= {f"{name}_{what}": value for what, value in cost.items()}
    return results


def histogram(image_set):
    """Share of the pixels of each colour, shape (N, BINS³); its root, as shares are compared."""
    levels = image_set.images.reshape(len(image_set), 3, -1).astype(int) * BINS // 256
    colours = (levels[:, 0] * BINS + levels[:, 1]) * BINS + levels[:, 2]
    counts = np.stack([np.bincount(each, minlength=BINS**3) for each in colours])
    return np.sqrt(counts / counts.sum(1, keepdims=True))


def run_histogram(seed):
    """Accuracy of a support vector machine on histograms; order does not matter to them."""
    sets = images(seed)
    x = {split: histogram(some) for split, some in sets.items()}
    machines = [SVC(C=c).fit(x["train"], sets["train"].labels) for c in PENALTIES]
    best = max(machines, key=lambda machine: machine.score(x["val"], sets["val"].labels))
    accuracy = best.score(x["test"], sets["test"].labels)
    return {"arm": "histogram"} | dict.fromkeys(ORDERS, accuracy)


def choose(seed=100):
    """Print what learning rates around the chosen one give on validation images."""
    for arm, (_, best) in ARMS.items():
        for lr in (best / 3, best, best * 3):
            print(f"lr={lr:<8.2g} {run(arm, seed, 'val', lr, ORDERS[:1])}", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if "--choose" in sys.argv:
        sys.exit(choose())
    tables = [training.seeds(SEEDS, run_histogram)]
    for arm in ARMS:  # saved after each, as they take long
        tables.append(training.seeds(SEEDS, lambda seed, arm=arm: run(arm, seed)))
        evidence.save("shuffled_pixels", pd.concat(tables).round({"cpu_seconds": 1}))
