"""One kernel learned twice: by a layer that slides it as it stands, and by one that turns it."""

import numpy as np
import pandas as pd

from coursecnn import evidence
from coursecnn.ops import convolve, cross_correlate, example

ARMS = ("correlation", "convolution")  # the layer's own rule
SEEDS = range(10)
HIDDEN = example.KERNEL.astype(float)
TURNED = HIDDEN[::-1, ::-1]
SIZE = (120, 120)
NOISE = 0.3  # standard deviation of the noise on the targets; that of a pixel is 1


def output(arm, x, w):
    """What a layer makes of a picture, by its own rule."""
    rule = convolve if arm == "convolution" else cross_correlate
    return rule(x, w, mode="valid")


def learn(arm, x, target, w, steps=100, rate=0.1):
    """The weights after some steps of gradient descent on the mean squared error."""
    for _ in range(steps):
        error = output(arm, x, w) - target
        slope = 2 * cross_correlate(x, error) / error.size
        w = w - rate * (slope[::-1, ::-1] if arm == "convolution" else slope)
    return w


def distance(w, goal):
    """How far a kernel is from another, as a share of the other's norm."""
    return np.linalg.norm(w - goal) / np.linalg.norm(goal)


def run(seed):
    """Both layers see the same picture; each has a start of its own. Measured on another one."""
    rng = np.random.default_rng(seed)
    x, unseen = rng.normal(size=(2, *SIZE))
    target = cross_correlate(x, HIDDEN)
    target += rng.normal(0, NOISE, target.shape)
    for arm, start in zip(ARMS, rng.normal(size=(2, *HIDDEN.shape)), strict=True):
        w = learn(arm, x, target, start)
        error = output(arm, unseen, w) - cross_correlate(unseen, HIDDEN)
        yield {
            "seed": seed,
            "arm": arm,
            "to_hidden": distance(w, HIDDEN),
            "to_turned": distance(w, TURNED),
            "error": np.sqrt(np.mean(error**2)),
        }


if __name__ == "__main__":
    table = pd.DataFrame([row for seed in SEEDS for row in run(seed)])
    evidence.save("learned_flip", table.round(6))
