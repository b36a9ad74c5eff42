"""Images and networks small enough to train in a test."""

import numpy as np
import torch
from torch import nn

from coursecnn.data import ImageSet


def bars(n=120, seed=0):
    """Images with a vertical or a horizontal bar: two classes that a small CNN can tell apart."""
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % 2
    images = rng.integers(0, 60, (n, 1, 8, 7), dtype=np.uint8)
    for image, label, place in zip(images, labels, rng.integers(0, 7, n), strict=True):
        image[0].T[place] = 255 if label else image[0].T[place]
        image[0][place] = image[0][place] if label else 255
    return ImageSet(images, labels.astype(np.int64), ("flat", "upright"), "train", "drawn")


def small_cnn(seed=0, *between):
    """One convolution, what stands `between`, and a linear head."""
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Conv2d(1, 4, 3), *between, nn.ReLU(), nn.AdaptiveMaxPool2d(1), nn.Flatten(),
        nn.Linear(4, 2),
    )  # fmt: skip


def same_weights(first, second):
    """Whether two models hold the same numbers, bit for bit."""
    pairs = zip(first.state_dict().items(), second.state_dict().items(), strict=True)
    return all(a == b and torch.equal(v, w) for (a, v), (b, w) in pairs)
