"""Drawings of every size and place, and the form of MNIST that Python gives them."""

import numpy as np

from coursecnn import data
from coursecnn.widgets.digit_pad import normalised


def vectors(rng):
    """Random boxes of ink, test digits, and at the end an empty drawing."""
    test = data.mnist("test").images[:, 0]
    drawings = [_ink(rng) for _ in range(160)] + [*test[rng.integers(len(test), size=60)]]
    return [_vector(pixels) for pixels in [*drawings, np.zeros((28, 28), np.uint8)]]


def _ink(rng):
    """A box of random bytes, half of them without ink, somewhere."""
    tall, wide = rng.integers(1, 29, size=2)
    top, left = rng.integers(29 - tall), rng.integers(29 - wide)
    pixels = np.zeros((28, 28), np.uint8)
    ink = rng.integers(1, 256, (tall, wide)) * rng.integers(2, size=(tall, wide))
    pixels[top : top + tall, left : left + wide] = ink
    pixels[top, left] = 255
    return pixels


def _vector(pixels):
    return {"pixels": pixels.ravel().tolist(), "expected": normalised(pixels).ravel().tolist()}
