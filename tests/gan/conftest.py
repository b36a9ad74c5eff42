"""A pair and images small enough to train in a test."""

import numpy as np
import pytest
import torch

from coursecnn.data import ImageSet
from coursecnn.models import Discriminator, Generator


def halves(n=96, seed=0):
    """Images that are bright on the left or on the right: two classes."""
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % 2
    images = rng.integers(0, 60, (n, 1, 8, 8), dtype=np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[0, :, 4 * label : 4 * label + 4] += 180
    return ImageSet(images, labels.astype(np.int64), ("left", "right"), "train", "drawn")


def pair(seed=0, *, latent_size=6, width=4):
    """A generator and a discriminator for them, with weights that the seed decides."""
    torch.manual_seed(seed)
    options = {"image_size": 8, "width": width}
    return Generator(2, latent_size=latent_size, **options), Discriminator(2, **options)


@pytest.fixture(scope="session")
def learned():
    """A pair that has been trained for a second, what it was trained on, and its history."""
    from coursecnn import gan

    generator, discriminator = pair(width=8)
    drawn = []
    history = gan.train(
        generator, discriminator, halves(), steps=120, batch_size=16, lr=0.002, ema=0.9,
        device="cpu", snapshots=40, on_snapshot=lambda *told: drawn.append(told),
    )  # fmt: skip
    return generator, history, drawn
