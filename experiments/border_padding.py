"""Padding is a guess: how far each kind is from what the photograph holds beyond the border.

Zeros are black in an image of grey levels. The arm `zeros, centred` first subtracts the mean of
each piece, as is usual before a network: then zero is its mean grey.
"""

import numpy as np
import pandas as pd

from coursecnn import data, evidence
from coursecnn.ops import conv2d, kernels

ARMS = ("zeros", "zeros, centred", "circular", "reflect", "replicate")
SEEDS = range(10)


def pieces(seed, count=100, size=34):
    """Random pieces of the sample photographs, in grey levels, shape (count, 1, size, size)."""
    photos = data.photos().images.mean(axis=1)
    corners = [photos.shape[0], photos.shape[1] - size + 1, photos.shape[2] - size + 1]
    places = np.random.default_rng(seed).integers(0, corners, (count, 3))
    return np.stack([photos[n, i : i + size, j : j + size] for n, i, j in places])[:, None]


def border_error(around, mode):
    """Error of *blur* on the outermost pixels (root mean square), if their outside is guessed."""
    weight = kernels.BLUR[None, None]
    kind, _, centred = mode.partition(", ")
    if centred:
        around = around - around[..., 1:-1, 1:-1].mean((-2, -1), keepdims=True)
    inside = around[..., 1:-1, 1:-1]  # the image; the line around it is what padding must guess
    guessed = conv2d(inside, weight, padding=1, padding_mode=kind)
    error = guessed - conv2d(around, weight)
    on_border = np.pad(np.zeros((30, 30), bool), 1, constant_values=True)
    return np.sqrt(np.mean(error[..., on_border] ** 2))


if __name__ == "__main__":
    rows = [
        {"seed": seed, "arm": arm, "error": border_error(pieces(seed), arm)}
        for arm in ARMS
        for seed in SEEDS
    ]
    evidence.save("border_padding", pd.DataFrame(rows).round({"error": 4}))
