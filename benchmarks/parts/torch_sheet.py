"""A small assignment whose answers are written in PyTorch; the grader loads it as a file."""

import numpy as np

from coursecnn.grading.task import Assignment, Misconception, Task
from coursecnn.ops import conv2d


def batches(rng):
    """Batches of images, each with a bank of kernels."""
    while True:
        kernel = rng.integers(1, 4, 2)
        size = kernel + rng.integers(1, 6, 2)
        images, kernels, channels = rng.integers(1, 4, 3)
        yield (
            rng.normal(size=(images, channels, *size)),
            rng.normal(size=(kernels, channels, *kernel)),
        )


def vectors(rng):
    """Vectors of some numbers."""
    while True:
        yield (rng.normal(size=rng.integers(1, 9)),)


def feature_maps(x, weight):
    """A layer without bias, padded by one pixel, and its rectifier."""
    return np.maximum(conv2d(x, weight, padding=1), 0)


def gradient(x):
    """The gradient of the sum of tanh(x)²."""
    return 2 * np.tanh(x) * (1 - np.tanh(x) ** 2)


ASSIGNMENT = Assignment(
    name="torch-layers",
    version=1,
    tasks=(
        Task(
            id="feature_maps",
            points=2,
            reference=feature_maps,
            arguments=("x", "weight"),
            inputs=batches,
            misconceptions=(
                Misconception(
                    "rectifier-missing",
                    lambda x, weight: conv2d(x, weight, padding=1),
                    "Negative numbers are still there; the rectifier makes them 0.",
                ),
                Misconception(
                    "padding-missing",
                    lambda x, weight: np.maximum(conv2d(x, weight), 0),
                    "The images are to be padded by one pixel on each side.",
                ),
            ),
        ),
        Task(
            id="slope",
            points=1,
            reference=gradient,
            arguments=("x",),
            inputs=vectors,
            misconceptions=(
                Misconception(
                    "value-not-slope",
                    lambda x: np.tanh(x) ** 2,
                    "This is the function itself; its gradient is asked for.",
                ),
            ),
        ),
    ),
    preload=("torch",),
)
