"""What answers to assignment 05 are tried on."""

from itertools import cycle

import numpy as np

from ..common.inputs import mixed, mixes


def layer_shapes(rng):
    """Shapes (C, H, W) of images and (K, C, kH, kW) of kernels.

    First come one pixel, equal sizes, and more multiplications than 32 bits can count.
    """
    yield (3, 6, 6), (10, 3, 3, 3)
    yield (3, 28, 28), (5, 3, 8, 8)
    yield (1, 1, 1), (1, 1, 1, 1)
    yield (4, 3, 5), (2, 4, 3, 5)
    yield (1, 100, 80), (1, 1, 5, 3)
    yield (64, 224, 224), (128, 64, 3, 3)
    while True:
        channels, kernels, rows, columns = rng.integers(2, 9, 4).tolist()
        height, width = rng.integers(10, 40, 2).tolist()
        yield (channels, height, width), (kernels, channels, rows, columns)


def images_with_banks(rng):
    """Images (C, H, W), kernels (K, C, kH, kW), biases (K,).

    First come one channel, as many kernels as channels, equal sizes, kernels of one pixel.
    """

    def shapes():
        yield (1, 4, 6), (3, 1, 2, 3)
        yield (2, 5, 4), (2, 2, 3, 2)
        yield (3, 4, 5), (2, 3, 4, 5)
        yield (3, 6, 4), (4, 3, 1, 1)
        while True:
            channels, kernels = rng.integers(2, 5, 2)
            size = rng.integers(1, 4, 2)
            yield (channels, *size + rng.integers(2, 6, 2)), (kernels, channels, *size)

    x = np.array([[[1, 2, 3], [4, 5, 6]], [[0, 1, 0], [1, 0, 1]]])
    yield x, np.array([[[[1, 0], [0, 1]], [[2, 0], [0, 0]]]]), np.array([10])
    for (shape, bank), mix in zip(shapes(), cycle(mixes(3, pixels=0)), strict=False):
        yield mixed(rng, mix, shape, bank, bank[:1])


def images_with_mixtures(rng):
    """Images (C, H, W) with weights (K, C); square weights, one kernel and one channel first."""

    def shapes():
        yield from (((3, 3, 4), 3), ((2, 3, 2), 1), ((1, 2, 3), 4), ((3, 4, 5), 2))
        while True:
            channels, kernels = rng.integers(2, 6, 2)
            yield (channels, *rng.integers(2, 7, 2)), kernels

    yield np.array([[[1, 2]], [[3, 4]], [[5, 6]]]), np.array([[1, -1, 0], [0, 2, 1]])
    for (shape, kernels), mix in zip(shapes(), cycle(mixes(2, pixels=0)), strict=False):
        yield mixed(rng, mix, shape, (kernels, shape[0]))


def images_with_slices(rng):
    """Images (C, H, W) with kernels (C, kH, kW); one channel, equal sizes, one pixel first."""

    def shapes():
        yield from (((1, 4, 3), (2, 2)), ((3, 3, 5), (3, 5)), ((4, 3, 4), (1, 1)))
        while True:
            channels, size = rng.integers(2, 5), rng.integers(1, 4, 2)
            yield (channels, *size + rng.integers(2, 6, 2)), size

    yield np.array([[[1, 2, 3]], [[4, 5, 6]]]), np.array([[[1, 1]], [[-1, 1]]])
    for (shape, size), mix in zip(shapes(), cycle(mixes(2, pixels=0)), strict=False):
        yield mixed(rng, mix, shape, (shape[0], *size))


def videos_with_kernels(rng):
    """Videos (T, H, W) with kernels (kT, kH, kW); equal sizes, one pixel and one frame first."""

    def shapes():
        yield from (((2, 3, 4), (2, 3, 4)), ((1, 1, 1), (1, 1, 1)), ((5, 4, 6), (1, 2, 3)))
        yield (4, 6, 5), (3, 3, 2)
        while True:
            kernel_shape = rng.integers(2, 4, 3)
            yield kernel_shape + rng.integers(2, 5, 3), kernel_shape

    yield np.array([[[1, 2, 4]], [[0, 1, 3]], [[5, 5, 5]]]), np.array([[[-1, 0]], [[0, 1]]])
    for each, mix in zip(shapes(), cycle(mixes(2, pixels=0)), strict=False):
        yield mixed(rng, mix, *each)


def videos_with_pairs(rng):
    """Videos (T, H, W) with two pairs (2, kT, kH, kW), to the right and to the left."""
    video = np.array([[[0, 1, 0]], [[0, 0, 1]]])
    to_the_right = np.array([[[[1, 0]], [[0, 1]]], [[[1, 0]], [[0, -1]]]])
    yield video, to_the_right, to_the_right[..., ::-1].copy()
    for mix in cycle(mixes(3, pixels=0)):
        kernel_shape = tuple(rng.integers(1, 4, 3))
        pair = (2, *kernel_shape)
        yield mixed(rng, mix, kernel_shape + rng.integers(1, 4, 3), pair, pair)
