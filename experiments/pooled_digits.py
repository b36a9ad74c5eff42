"""How much of a digit is left after pooling: a linear classifier reads the pooled maps.

Four fixed kernels (Sobel: left, right, top, bottom) and a ReLU make four maps of 28×28; they are
pooled in windows of 1 to 28. The classifier is ridge regression on 1,000 digits; its one number,
the penalty, is the best of eight on the validation digits, for every arm alike.
"""

import numpy as np
import pandas as pd

from coursecnn import data, evidence
from coursecnn.ops import avg_pool2d, conv2d, kernels, max_pool2d, relu

SEEDS = range(10)
WINDOWS = (1, 2, 4, 7, 14, 28)
EDGES = (kernels.SOBEL_LEFT, kernels.SOBEL_BOTTOM)
WEIGHT = np.stack([sign * kernel for kernel in EDGES for sign in (1, -1)])[:, None]
KINDS = {
    "average": avg_pool2d,
    "max": max_pool2d,
    "one of the window": lambda maps, n: maps[..., n // 2 :: n, n // 2 :: n],
}


def maps_of(images):
    """Four maps of each digit."""
    return relu(conv2d(images / 255, WEIGHT, padding=1))


def accuracy(x, y, val_x, val_y, test_x, test_y):
    """Of the best penalty on validation digits, on test digits."""
    mean, scale = x.mean(0), x.std(0).max() + 1e-9
    x, val_x, test_x = ((part - mean) / scale for part in (x, val_x, test_x))
    values, vectors = np.linalg.eigh(x @ x.T)
    turned = vectors.T @ (np.eye(10)[y] - 0.1)
    best = (-1, 0)
    for penalty in 10.0 ** np.arange(-4, 4):
        weights = vectors @ (turned / (values.clip(0) + penalty)[:, None])
        right = [
            np.mean((part @ (x.T @ weights)).argmax(1) == labels)
            for part, labels in ((val_x, val_y), (test_x, test_y))
        ]
        best = max(best, tuple(right), key=lambda pair: pair[0])
    return best[1]


if __name__ == "__main__":
    val, test = data.mnist("val"), data.mnist("test")
    others = [(maps_of(part.images), part.labels) for part in (val, test)]
    rows = []
    for seed in SEEDS:
        train = data.mnist("train").subset(1000, seed=seed)
        sets = [(maps_of(train.images), train.labels), *others]
        for kind, pool in KINDS.items():
            row = {"arm": kind, "seed": seed}
            for window in WINDOWS:
                parts = []
                for maps, labels in sets:
                    parts += [pool(maps, window).reshape(len(maps), -1), labels]
                row[f"window_{window}"] = accuracy(*parts)
            rows.append(row)
    evidence.save("pooled_digits", pd.DataFrame(rows).round(4))
