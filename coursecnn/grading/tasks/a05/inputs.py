"""What answers to assignment 05 are tried on."""

from itertools import count, cycle

import numpy as np

from ..common.inputs import PAIRED, SIGNED, numbers, with_weights


def layer_shapes(rng):
    """Shapes (C, H, W) of images and (K, C, kH, kW) of kernels; one pixel and equal sizes first."""
    yield (3, 6, 6), (10, 3, 3, 3)
    yield (3, 28, 28), (5, 3, 8, 8)
    yield (1, 1, 1), (1, 1, 1, 1)
    yield (4, 3, 5), (2, 4, 3, 5)
    yield (1, 100, 80), (1, 1, 5, 3)
    while True:
        channels, kernels, rows, columns = rng.integers(2, 9, 4).tolist()
        height, width = rng.integers(10, 40, 2).tolist()
        yield (channels, height, width), (kernels, channels, rows, columns)


def images_with_banks(rng):
    """Images (C, H, W), kernels (K, C, kH, kW), biases (K,).

    First come one channel, as many kernels as channels, equal sizes, kernels of one pixel.
    """
    x = np.array([[[1, 2, 3], [4, 5, 6]], [[0, 1, 0], [1, 0, 1]]])
    yield x, np.array([[[[1, 0], [0, 1]], [[2, 0], [0, 0]]]]), np.array([10])
    for shape, bank, kind in (
        ((1, 4, 6), (3, 1, 2, 3), "float64"),
        ((2, 5, 4), (2, 2, 3, 2), "mixed"),
        ((3, 4, 5), (2, 3, 4, 5), "int64"),
        ((3, 6, 4), (4, 3, 1, 1), "uint8"),
    ):
        yield with_weights(rng, kind, shape, bank, bank[:1])
    for kind in cycle(PAIRED):
        channels, kernels = rng.integers(2, 5, 2)
        kernel_shape = rng.integers(1, 4, 2)
        shape = (channels, *kernel_shape + rng.integers(2, 6, 2))
        yield with_weights(rng, kind, shape, (kernels, channels, *kernel_shape), kernels)


def images_with_mixtures(rng):
    """Images (C, H, W) with weights (K, C); square weights, one kernel and one channel first."""
    yield np.array([[[1, 2]], [[3, 4]], [[5, 6]]]), np.array([[1, -1, 0], [0, 2, 1]])
    for shape, kernels, kind in (
        ((3, 3, 4), 3, "float64"),
        ((2, 3, 2), 1, "int64"),
        ((1, 2, 3), 4, "mixed"),
        ((3, 4, 5), 2, "uint8"),
    ):
        yield with_weights(rng, kind, shape, (kernels, shape[0]))
    for kind in cycle(PAIRED):
        channels, kernels = rng.integers(2, 6, 2)
        yield with_weights(rng, kind, (channels, *rng.integers(2, 7, 2)), (kernels, channels))


def images_with_slices(rng):
    """Images (C, H, W) with kernels (C, kH, kW); one channel, equal sizes, one pixel first."""
    yield np.array([[[1, 2, 3]], [[4, 5, 6]]]), np.array([[[1, 1]], [[-1, 1]]])
    for shape, kernel_shape, kind in (
        ((1, 4, 3), (2, 2), "float64"),
        ((3, 3, 5), (3, 5), "int64"),
        ((4, 3, 4), (1, 1), "mixed"),
    ):
        yield with_weights(rng, kind, shape, (shape[0], *kernel_shape))
    for kind in cycle(PAIRED):
        channels, kernel_shape = rng.integers(2, 5), rng.integers(1, 4, 2)
        shape = (channels, *kernel_shape + rng.integers(2, 6, 2))
        yield with_weights(rng, kind, shape, (channels, *kernel_shape))


def videos_with_kernels(rng):
    """Videos (T, H, W) with kernels (kT, kH, kW); equal sizes, one pixel and one frame first."""
    yield np.array([[[1, 2, 4]], [[0, 1, 3]], [[5, 5, 5]]]), np.array([[[-1, 0]], [[0, 1]]])
    for shape, kernel_shape, kind in (
        ((2, 3, 4), (2, 3, 4), "int64"),
        ((1, 1, 1), (1, 1, 1), "float64"),
        ((5, 4, 6), (1, 2, 3), "mixed"),
        ((4, 6, 5), (3, 3, 2), "uint8"),
    ):
        yield with_weights(rng, kind, shape, kernel_shape)
    for kind in cycle(PAIRED):
        kernel_shape = rng.integers(2, 4, 3)
        yield with_weights(rng, kind, kernel_shape + rng.integers(2, 5, 3), kernel_shape)


def videos_with_pairs(rng):
    """Videos (T, H, W) with two pairs (2, kT, kH, kW), to the right and to the left."""
    video = np.array([[[0, 1, 0]], [[0, 0, 1]]])
    to_the_right = np.array([[[[1, 0]], [[0, 1]]], [[[1, 0]], [[0, -1]]]])
    yield video, to_the_right, to_the_right[..., ::-1].copy()
    for turn in count():
        kernel_shape = tuple(rng.integers(1, 4, 3))
        shape = kernel_shape + rng.integers(1, 4, 3)
        kind = SIGNED[turn % 3]
        pairs = (numbers(rng, (2, *kernel_shape), kind) for _ in range(2))
        yield numbers(rng, shape, kind), *pairs
