"""Nine weights learned from a photograph and its edge map, and from the same pixels shuffled."""

import numpy as np
import pandas as pd

from coursecnn import data, evidence
from coursecnn.ops import cross_correlate, kernels

ARMS = ("photograph", "shuffled")
SEEDS = range(30)  # of the random start, and of the disorder
STEPS = (10, 100, 1000)
HIDDEN = kernels.SOBEL_LEFT


def picture(arm, rng):
    """Every fourth pixel of the photograph, as numbers with mean 0 and standard deviation 1."""
    photo = data.photo("camera")[::4, ::4].astype(float)
    photo = (photo - photo.mean()) / photo.std()
    return rng.permuted(photo.ravel()).reshape(photo.shape) if arm == "shuffled" else photo


def learn(x, target, w, steps, rate=0.1):
    """The weights after some steps of gradient descent on the mean squared error."""
    for _ in range(steps):
        error = cross_correlate(x, w) - target
        w = w - rate * 2 * cross_correlate(x, error) / error.size
    return w


def run(arm, seed):
    """Loss, as a share of that at the start, and distance from the hidden kernel."""
    rng = np.random.default_rng(seed)
    start = rng.normal(size=HIDDEN.shape)
    x = picture(arm, rng)
    target = cross_correlate(x, HIDDEN)

    def loss(w):
        return np.mean((cross_correlate(x, w) - target) ** 2)

    row, w, done = {"seed": seed, "arm": arm}, start, 0
    for steps in STEPS:
        w, done = learn(x, target, w, steps - done), steps
        row[f"loss_{steps}"] = loss(w) / loss(start)
        row[f"distance_{steps}"] = np.linalg.norm(w - HIDDEN) / np.linalg.norm(HIDDEN)
    return row


if __name__ == "__main__":
    rows = [run(arm, seed) for arm in ARMS for seed in SEEDS]
    evidence.save("learned_edge", pd.DataFrame(rows).round(6))
