"""What a stride throws away: how well skipped outputs follow from those that are kept.

With stride 2 an output between four kept ones is skipped. Here each kernel filters pieces of
photographs; on half of the pieces a linear prediction of the skipped output from its four kept
neighbours is fitted, and on the other half it is tested. The arm `blur, random` filters random
numbers with *blur* instead: the same kernel, and no photograph.
"""

import numpy as np
import pandas as pd

from coursecnn import data, evidence
from coursecnn.ops import conv2d, kernels

SEEDS = range(10)
ARMS = {
    "blur": kernels.BLUR,
    "pixels": kernels.IDENTITY,
    "Sobel": kernels.SOBEL_LEFT,
    "outline": kernels.OUTLINE,
}


def pieces(seed, count=100, size=34):
    """Random pieces of the sample photographs, in grey levels, shape (count, 1, size, size)."""
    photos = data.photos().images.mean(axis=1)
    corners = [photos.shape[0], photos.shape[1] - size + 1, photos.shape[2] - size + 1]
    places = np.random.default_rng(seed).integers(0, corners, (count, 3))
    return np.stack([photos[n, i : i + size, j : j + size] for n, i, j in places])[:, None]


def lost(images, kernel):
    """Share of the variance of the skipped outputs that the kept neighbours do not predict."""
    outputs = conv2d(images, kernel[None, None])[:, 0]
    skipped, kept = outputs[:, 1:-1:2, 1:-1:2], outputs[:, ::2, ::2]
    corners = [kept[:, :-1, :-1], kept[:, :-1, 1:], kept[:, 1:, :-1], kept[:, 1:, 1:]]
    known = np.stack([*corners, np.ones_like(skipped)], axis=-1)
    fit, test = slice(None, len(images) // 2), slice(len(images) // 2, None)
    weights = np.linalg.lstsq(known[fit].reshape(-1, 5), skipped[fit].ravel(), rcond=None)[0]
    return np.mean((skipped[test] - known[test] @ weights) ** 2) / skipped[test].var()


def measure(seed):
    """The rows of one seed."""
    images = pieces(seed)
    noise = np.random.default_rng(seed).normal(size=images.shape)
    for arm, kernel in ARMS.items():
        yield {"seed": seed, "arm": arm, "lost": lost(images, kernel)}
    yield {"seed": seed, "arm": "blur, random", "lost": lost(noise, kernels.BLUR)}


if __name__ == "__main__":
    rows = [row for seed in SEEDS for row in measure(seed)]
    evidence.save("skipped_outputs", pd.DataFrame(rows).round({"lost": 4}))
