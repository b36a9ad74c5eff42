"""Support vector machines on raw pixels and on hand-designed features of CIFAR-10, and a small CNN.

With `--choose` the script prints instead what several values of C, the constant of the support
vector machines, give on validation images, with a seed that the experiment does not use: so the
four below were chosen. Whoever changes the features keeps the C of `hog_curved`.
"""

import sys

import numpy as np
import pandas as pd
import torch
from skimage.feature import hog
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC

from coursecnn import data, evidence, models, training

TRAIN, TEST = 3000, 1000
SEEDS = range(10)
GREY = np.array([0.299, 0.587, 0.114])  # how bright red, green and blue look, ITU-R BT.601
USUAL = {"orientations": 9, "pixels_per_cell": (8, 8), "cells_per_block": (2, 2)}


def raw(images):
    """All bytes of each image, shape (N, 3072)."""
    return images.reshape(len(images), -1) / 255


def hogs(images, **changes):
    """Histograms of oriented gradients of the grey images, (N, 324) unless something changes."""
    grey = np.einsum("nchw,c->nhw", images / 255, GREY)
    return np.stack([hog(image, **(USUAL | changes)) for image in grey])


def linear(c):
    return make_pipeline(StandardScaler(), LinearSVC(C=c, random_state=0))


def curved(c):
    return make_pipeline(StandardScaler(), SVC(C=c))


# arm: features, what changes in them, classifier, C
ARMS = {
    "raw_linear": (raw, {}, linear, 1e-5),
    "raw_curved": (raw, {}, curved, 3),
    "hog_linear": (hogs, {}, linear, 1e-3),
    "hog_curved": (hogs, {}, curved, 1),
    "cells_4": (hogs, {"pixels_per_cell": (4, 4)}, curved, 1),
    "cells_16": (hogs, {"pixels_per_cell": (16, 16)}, curved, 1),
    "directions_3": (hogs, {"orientations": 3}, curved, 1),
    "one_block": (hogs, {"cells_per_block": (4, 4)}, curved, 1),
    "no_clipping": (hogs, {"block_norm": "L2"}, curved, 1),  # the default is "L2-Hys"
}


def run(arm, seed, judge="test", c=None):
    """Accuracy of one arm on images that it has not learned from."""
    train, test = draw("train", TRAIN, seed), draw(judge, TEST, seed)
    if arm == "cnn":
        return {"arm": arm, "accuracy": cnn(train, test, seed)}
    features, changes, classifier, best = ARMS[arm]
    model = classifier(c or best).fit(features(train.images, **changes), train.labels)
    return {"arm": arm, "accuracy": model.score(features(test.images, **changes), test.labels)}


def draw(split, n, seed):
    """So many images, the same for all arms of a seed."""
    return data.cifar10(split).subset(n, seed=seed)


def cnn(train, test, seed):
    """Accuracy of a small CNN that sees the same images, each 15 times."""
    model = models.ThreeConv(width=16)
    training.fit(model, train, epochs=15, lr=0.01, seed=seed, device="cpu")
    return training.accuracy(model, test)


def choose(seed=100):
    """Print what several values of C give on validation images."""
    for arm in ("raw_linear", "hog_linear", "hog_curved", "raw_curved"):
        for c in (ARMS[arm][-1] * factor for factor in (0.1, 1, 10)):
            print(f"{arm:12} C={c:<8g} {run(arm, seed, 'val', c)['accuracy']:.3f}", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if "--choose" in sys.argv:
        sys.exit(choose())
    arms = [*ARMS, "cnn"]
    tables = [training.seeds(SEEDS, lambda seed, arm=arm: run(arm, seed)) for arm in arms]
    evidence.save("traditional_pipeline", pd.concat(tables).round({"cpu_seconds": 1}))
