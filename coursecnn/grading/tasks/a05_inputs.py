"""What the answers to assignment 05 are tried on: edge cases first, then all kinds in turn."""

from itertools import count, cycle

import numpy as np

from .a03_inputs import numbers

KINDS = ("uint8", "float64", "int64", "mixed", "float32")
#: Kinds that differ between image and weights: bytes, and whole numbers under weights that are not.
MIXED = {"uint8": ("uint8", "int64"), "mixed": ("int64", "float64")}


def layer_shapes(rng):
    """Shapes of images and of banks of kernels that fit into them.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of (tuple, tuple)
        Shape (C, H, W) of an image, and shape (K, C, kH, kW) of the kernels.
    """
    yield (3, 6, 6), (10, 3, 3, 3)
    yield (3, 28, 28), (5, 3, 8, 8)
    yield (1, 1, 1), (1, 1, 1, 1)
    yield (4, 3, 5), (2, 4, 3, 5)
    yield (1, 100, 80), (1, 1, 5, 3)
    while True:
        channels, kernels, rows, columns = (int(n) for n in rng.integers(2, 9, 4))
        height, width = (int(n) for n in rng.integers(10, 40, 2))
        yield (channels, height, width), (kernels, channels, rows, columns)


def images_with_banks(rng):
    """Images with banks of kernels that fit, and their biases.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of ndarray
        Image of shape (C, H, W), kernels of shape (K, C, kH, kW), biases of shape (K,).
    """
    x = np.array([[[1, 2, 3], [4, 5, 6]], [[0, 1, 0], [1, 0, 1]]])
    yield x, np.array([[[[1, 0], [0, 1]], [[2, 0], [0, 0]]]]), np.array([10])
    for shape, bank, kind in (
        ((1, 4, 6), (3, 1, 2, 3), "float64"),
        ((2, 5, 4), (2, 2, 3, 2), "mixed"),
        ((3, 4, 5), (2, 3, 4, 5), "int64"),
        ((3, 6, 4), (4, 3, 1, 1), "uint8"),
    ):
        yield _layer(rng, shape, bank, kind)
    for kind in cycle(KINDS):
        channels, kernels = rng.integers(2, 5, 2)
        kernel_shape = rng.integers(1, 4, 2)
        shape = (channels, *kernel_shape + rng.integers(2, 6, 2))
        yield _layer(rng, shape, (kernels, channels, *kernel_shape), kind)


def images_with_mixtures(rng):
    """Images with weights for their channels.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of ndarray
        Image of shape (C, H, W), and weights of shape (K, C).
    """
    yield np.array([[[1, 2]], [[3, 4]], [[5, 6]]]), np.array([[1, -1, 0], [0, 2, 1]])
    for shape, kernels, kind in (
        ((3, 3, 4), 3, "float64"),
        ((2, 3, 2), 1, "int64"),
        ((1, 2, 3), 4, "mixed"),
        ((3, 4, 5), 2, "uint8"),
    ):
        yield _arrays(rng, kind, shape, (kernels, shape[0]))
    for kind in cycle(KINDS):
        channels, kernels = rng.integers(2, 6, 2)
        yield _arrays(rng, kind, (channels, *rng.integers(2, 7, 2)), (kernels, channels))


def images_with_slices(rng):
    """Images with one kernel for each of their channels.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of ndarray
        Image of shape (C, H, W), and kernels of shape (C, kH, kW).
    """
    yield np.array([[[1, 2, 3]], [[4, 5, 6]]]), np.array([[[1, 1]], [[-1, 1]]])
    for shape, kernel_shape, kind in (
        ((1, 4, 3), (2, 2), "float64"),
        ((3, 3, 5), (3, 5), "int64"),
        ((4, 3, 4), (1, 1), "mixed"),
    ):
        yield _arrays(rng, kind, shape, (shape[0], *kernel_shape))
    for kind in cycle(KINDS):
        channels, kernel_shape = rng.integers(2, 5), rng.integers(1, 4, 2)
        shape = (channels, *kernel_shape + rng.integers(2, 6, 2))
        yield _arrays(rng, kind, shape, (channels, *kernel_shape))


def videos_with_kernels(rng):
    """Grey videos with kernels that fit.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of ndarray
        Video of shape (T, H, W), and kernel of shape (kT, kH, kW).
    """
    yield np.array([[[1, 2, 4]], [[0, 1, 3]], [[5, 5, 5]]]), np.array([[[-1, 0]], [[0, 1]]])
    for shape, kernel_shape, kind in (
        ((2, 3, 4), (2, 3, 4), "int64"),
        ((1, 1, 1), (1, 1, 1), "float64"),
        ((5, 4, 6), (1, 2, 3), "mixed"),
        ((4, 6, 5), (3, 3, 2), "uint8"),
    ):
        yield _arrays(rng, kind, shape, kernel_shape)
    for kind in cycle(KINDS):
        kernel_shape = rng.integers(2, 4, 3)
        yield _arrays(rng, kind, kernel_shape + rng.integers(2, 5, 3), kernel_shape)


def videos_with_pairs(rng):
    """Grey videos with two pairs of kernels.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of ndarray
        Video of shape (T, H, W), and two pairs of shape (2, kT, kH, kW).
    """
    video = np.array([[[0, 1, 0]], [[0, 0, 1]]])
    to_the_right = np.array([[[[1, 0]], [[0, 1]]], [[[1, 0]], [[0, -1]]]])
    yield video, to_the_right, to_the_right[..., ::-1].copy()
    for turn in count():
        kernel_shape = tuple(rng.integers(1, 4, 3))
        shape = kernel_shape + rng.integers(1, 4, 3)
        kind = ("float64", "int64", "float32")[turn % 3]
        pairs = (numbers(rng, (2, *kernel_shape), kind) for _ in range(2))
        yield numbers(rng, shape, kind), *pairs


def _layer(rng, shape, bank, kind):
    x, weight = _arrays(rng, kind, shape, bank)
    return x, weight, numbers(rng, bank[:1], MIXED.get(kind, (kind, kind))[1])


def _arrays(rng, kind, shape, kernel_shape):
    of_image, of_kernel = MIXED.get(kind, (kind, kind))
    return numbers(rng, shape, of_image), numbers(rng, kernel_shape, of_kernel)
