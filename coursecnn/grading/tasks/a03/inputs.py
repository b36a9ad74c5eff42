"""What answers to assignment 03 are tried on."""

from itertools import cycle

import numpy as np

from coursecnn.ops import example

from ..common.inputs import KINDS, mixed, mixes, numbers


def signals(rng):
    """Signals (n,) with kernels (k,); first those of one entry, and of equal length."""

    def sizes():
        yield from ((1, 1), (5, 5))
        while True:
            k = int(rng.integers(2, 5))
            yield k + int(rng.integers(k, 9)), k

    yield np.array([0, 1, 2, 3]), np.array([1, 2, 3])
    for each, mix in zip(sizes(), cycle(mixes(2, pixels=0)), strict=False):
        yield mixed(rng, mix, *each)


def kernels(rng):
    """Kernels (kH, kW) of all small shapes; a single entry and the long ones first."""
    yield (np.array([[1, 2, 3], [4, 5, 6]]),)
    for shape in ((1, 1), (1, 4), (4, 1), (3, 3)):
        yield (numbers(rng, shape, "int64"),)
    for kind in cycle(["float32", "float64", "int64"]):
        yield (numbers(rng, rng.integers(2, 6, 2), kind),)


def images_with_kernels(rng):
    """Images (H, W) with kernels (kH, kW) that fit; first those of one pixel and of equal size."""

    def shapes():
        yield from (((1, 1), (1, 1)), ((4, 6), (4, 6)), ((5, 4), (1, 3)), ((6, 8), (2, 3)))
        yield (6, 7), (3, 3)
        while True:
            kernel_shape = rng.integers(1, 5, 2)
            yield kernel_shape + rng.integers(2, 7, 2), kernel_shape

    yield example.IMAGE, example.KERNEL
    for each, mix in zip(shapes(), cycle(mixes(2, pixels=0)), strict=False):
        yield mixed(rng, mix, *each)


def images(rng):
    """Images (H, W) of at least 3 by 3 pixels; the smallest and a flat one first."""
    yield (np.tile([0, 0, 9, 9, 9], (4, 1)),)
    yield (numbers(rng, (3, 3), "float64"),)
    yield (np.full((4, 5), 7.0),)
    for kind in cycle(KINDS):
        yield (numbers(rng, rng.integers(3, 9, 2), kind),)
