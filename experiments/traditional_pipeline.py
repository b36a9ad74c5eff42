"""Support vector machines on raw pixels and on hand-designed features of CIFAR-10, and a small CNN.

All arms of a seed see the same images. All are tuned alike: C, the weight of errors in a support
vector machine, or the learning rate of the network, goes up or down in steps of about three until
the accuracy on validation images, the mean of two draws, falls on both sides. The rows with the
seeds 100 and 101 are this search; the others have what it found. Epochs and width of the network
were not tuned.

In `hog_…` a vote is undivided, as in scikit-image, whose numbers these are. In `votes…` it is
divided between neighbouring cells and directions; `…_colour` appends the mean colour of each cell.
"""

import time
from functools import cache

import numpy as np
import pandas as pd
import torch
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC

from coursecnn import data, evidence, models, training

TRAIN, VAL, TEST = 3000, 2000, 1000
SEEDS, TUNING = range(10), (100, 101)
EPOCHS, WIDTH = 15, 16
LADDER = [float(f"{digit}e{power}") for power in range(-8, 5) for digit in (1, 3)]
GREY = np.float32([0.299, 0.587, 0.114])  # how bright red, green and blue look, ITU-R BT.601
DIRECTIONS, TINY = 9, 1e-5  # scikit-image, too, adds this to what it divides by


def raw(images):
    """All bytes of each image, shape (N, 3072)."""
    return images.reshape(len(images), -1) / 255


def hogs(images, *, cell=8, cut=0.2, divided=False):
    """Histograms of oriented gradients of the grey images, (N, 324) for cells of 8 pixels."""
    grey = np.einsum("nchw,c->nhw", images / np.float32(255), GREY)
    down, across = np.zeros_like(grey), np.zeros_like(grey)
    down[:, 1:-1] = grey[:, 2:] - grey[:, :-2]
    across[:, :, 1:-1] = grey[:, :, 2:] - grey[:, :, :-2]
    direction = np.degrees(np.arctan2(down, across)) % 180
    votes = shares(direction, 180 / DIRECTIONS, DIRECTIONS, divided, period=180)
    votes *= np.hypot(down, across)[..., None]
    place = shares(np.float32(range(32)) + 0.5, cell, 32 // cell, divided)
    cells = np.einsum("nyxd,yi,xj->nijd", votes, place, place, optimize=True) / cell**2
    corners = np.ndindex(max(32 // cell - 1, 1), max(32 // cell - 1, 1))
    blocks = [cells[:, i : i + 2, j : j + 2].reshape(len(images), -1) for i, j in corners]
    return np.concatenate([normalised(block, cut) for block in blocks], axis=1)


def shares(position, width, bins, divided, period=np.inf):
    """How much of a vote at each position goes to each of the bins, which lie side by side."""
    if not divided:
        return (position[..., None] // width == np.arange(bins)).astype(np.float32)
    distance = abs(position[..., None] - np.float32((np.arange(bins) + 0.5) * width))
    return (1 - np.minimum(distance, period - distance) / width).clip(min=0)


def normalised(block, cut):
    """Rows scaled to length 1, cut, and scaled again."""
    for most in (cut, 1):
        length = np.hypot(np.linalg.norm(block, axis=1, keepdims=True), TINY)
        block = (block / length).clip(max=most)
    return block


def colours(images):
    """The mean colour of each cell of 8×8 pixels, (N, 48)."""
    return images.reshape(len(images), 3, 4, 8, 4, 8).mean((3, 5)).reshape(len(images), -1)


def with_colours(images, **changes):
    return np.hstack([hogs(images, **changes), colours(images)])


def linear(c):
    return make_pipeline(StandardScaler(), LinearSVC(C=c, random_state=0))


def curved(c):
    return make_pipeline(StandardScaler(), SVC(C=c, kernel=rbf_kernel))  # as "rbf", but by BLAS


# arm: features, what changes in them, classifier, where the search begins
ARMS = {
    "raw_linear": (raw, {}, linear, 1e-5),
    "raw_curved": (raw, {}, curved, 3),
    "hog_linear": (hogs, {}, linear, 3e-4),
    "hog_curved": (hogs, {}, curved, 1),
    "cells_16": (hogs, {"cell": 16}, curved, 1),
    "no_cut": (hogs, {"cut": 1}, curved, 1),
    "votes": (hogs, {"divided": True}, curved, 1),
    "colour": (colours, {}, curved, 1),
    "hog_colour": (with_colours, {}, curved, 3),
    "votes_colour": (with_colours, {"divided": True}, curved, 3),
    "cnn": (None, {}, None, 0.01),
}


def draw(split, n, seed):
    """So many images, the same for all arms of a seed."""
    return data.cifar10(split).subset(n, seed=seed)


@cache
def features(arm, split, n, seed):
    """What an arm makes of each image of a draw, kept for the steps of its search."""
    extract, changes, *_ = ARMS[arm]
    images = draw(split, n, seed).images
    parts = [extract(images[start : start + 250], **changes) for start in range(0, n, 250)]
    return np.concatenate(parts)


def run(arm, value, seed, judge, n):
    """A row: the accuracy of one arm on images that it has not learned from."""
    torch.manual_seed(seed)
    start = time.process_time()
    train, test = draw("train", TRAIN, seed), draw(judge, n, seed)
    if arm == "cnn":
        model = models.ThreeConv(width=WIDTH)
        options = {"epochs": EPOCHS, "lr": value, "seed": seed, "device": "cpu"}
        training.fit(model, train, channels_last=True, **options)
        accuracy = training.accuracy(model, test)
    else:
        model = ARMS[arm][2](value).fit(features(arm, "train", TRAIN, seed), train.labels)
        accuracy = model.score(features(arm, judge, n, seed), test.labels)
    cost = time.process_time() - start
    return {"seed": seed, "arm": arm, "value": value, judge: accuracy, "cpu_seconds": cost}


def tuned(arm):
    """The rows of the search for the best value, and that value."""
    rows, k = {}, LADDER.index(ARMS[arm][-1])
    while True:
        for step in (k - 1, k, k + 1):
            if step not in rows:
                rows[step] = [run(arm, LADDER[step], seed, "val", VAL) for seed in TUNING]
        best = max(rows, key=lambda step: np.mean([row["val"] for row in rows[step]]))
        if best == k:
            break
        k = best
    return [row for step in rows.values() for row in step], LADDER[k]


if __name__ == "__main__":
    torch.set_num_threads(1)
    rows = []
    for arm in ARMS:
        search, value = tuned(arm)
        rows += search + [run(arm, value, seed, "test", TEST) for seed in SEEDS]
        features.cache_clear()
        table = pd.DataFrame(rows).query("arm == @arm")
        print(arm, table.groupby("value").mean(numeric_only=True).round(3), flush=True)
    table = pd.DataFrame(rows).rename(columns={"val": "validation", "test": "accuracy"})
    evidence.save("traditional_pipeline", table.round({"cpu_seconds": 1}))
