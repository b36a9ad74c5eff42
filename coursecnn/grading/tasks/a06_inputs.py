"""What the answers to assignment 06 are tried on: edge cases first, then all kinds in turn."""

from itertools import cycle

import numpy as np

from coursecnn.ops import example, toeplitz

from .a03_inputs import numbers

KINDS = ("float64", "int64", "float32")
#: Images and kernels of different kinds; bytes meet whole numbers.
PAIRS = {"uint8": ("uint8", "int64"), "mixed": ("int64", "float64")}


def kernels_with_sizes(rng):
    """Kernels with the size of a signal that is not shorter.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of (ndarray, int)
        Kernel of shape (k,), and a size.
    """
    yield np.array([1, 2]), 4
    yield np.array([1, 2, 3]), 3
    yield np.array([0.5]), 3
    yield np.array([2]), 1
    for kind in cycle(KINDS):
        k = int(rng.integers(2, 5))
        yield numbers(rng, k, kind), k + int(rng.integers(2, 7))


def kernels_with_shapes(rng):
    """Kernels with the shape of an image that holds them.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of (ndarray, tuple)
        Kernel of shape (kH, kW), and a shape (H, W).
    """
    yield np.array([[1, 2], [3, 4]]), (2, 3)
    yield np.array([[1, 2], [3, 4]]), (4, 3)
    yield numbers(rng, (3, 2), "int64"), (3, 2)
    yield numbers(rng, (1, 1), "float64"), (2, 3)
    yield numbers(rng, (1, 3), "int64"), (2, 5)
    yield numbers(rng, (3, 1), "float64"), (5, 2)
    for kind in cycle(KINDS):
        kernel_shape = rng.integers(1, 4, 2)
        shape = kernel_shape + rng.integers(1, 5, 2)
        yield numbers(rng, kernel_shape, kind), tuple(map(int, shape))


def matrices(rng):
    """Matrices of weights: of convolutions, of dense layers, and one without connections.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of ndarray
        One matrix.
    """
    yield (np.array([[5, -5, 0], [0, 5, -5]]),)
    yield (np.zeros((2, 3)),)
    yield (np.array([[0.25, 0.5, 0.75], [-0.25, 0.5, 1.5]]),)
    yield (np.array([[7]]),)
    for turn, kind in enumerate(cycle(KINDS)):
        if turn % 4 == 3:
            yield (numbers(rng, rng.integers(2, 6, 2), kind),)
        else:
            kernel = numbers(rng, rng.integers(1, 4, 2), kind)
            yield (toeplitz(kernel, tuple(kernel.shape + rng.integers(1, 4, 2))),)


def images_with_shifts(rng):
    """Images with shifts in all directions, also by nothing and by more than their size.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of (ndarray, int, int)
        Image of shape (H, W), and steps down and to the right.
    """
    yield np.array([[1, 2, 3], [4, 5, 6]]), 1, -1
    for shape, down, right, kind in (
        ((3, 4), 0, 0, "int64"),
        ((4, 3), 2, 0, "uint8"),
        ((3, 5), 0, 2, "float64"),
        ((3, 4), -1, -2, "int64"),
        ((2, 3), 5, 0, "float64"),
        ((3, 2), 0, -2, "int64"),
    ):
        yield numbers(rng, shape, kind), down, right
    for kind in cycle(("uint8", *KINDS)):
        shape = rng.integers(3, 8, 2)
        yield numbers(rng, shape, kind), *(int(n) for n in rng.integers(-3, 4, 2))


def images_with_steps(rng):
    """Images with kernels, and with shifts that suit the stride and others.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of (ndarray, ndarray, int, int)
        Image, kernel, shift, and perhaps a stride.
    """
    yield np.array([[1, 2, 3, 4], [5, 6, 7, 8]]), np.array([[1, 1]]), 1
    yield np.array([[1, 2, 3, 4, 5], [6, 7, 8, 9, 0]]), np.array([[1, -1]]), 1, 2
    for shape, kernel_shape, kind, *steps in (
        ((5, 6), (2, 3), "float64", 0),
        ((7, 6), (3, 2), "int64", 2, 2),
        ((9, 8), (2, 2), "mixed", 3, 2),
        ((10, 7), (1, 2), "float64", 5, 3),
    ):
        yield *_pair(rng, shape, kernel_shape, kind), *steps
    for kind, stride in zip(cycle(("uint8", *KINDS)), cycle((2, 1, 3)), strict=False):
        kernel_shape = rng.integers(1, 4, 2)
        shape = kernel_shape + rng.integers(4, 9, 2)
        yield *_pair(rng, shape, kernel_shape, kind), int(rng.integers(1, 6)), stride


def images_to_turn(rng):
    """Images with square kernels, of which some look the same after a quarter turn.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of ndarray
        Image of shape (H, W), and kernel of shape (k, k).
    """
    yield np.array([[1, 2, 3], [4, 5, 6]]), np.array([[1, 0], [0, 0]])
    yield example.IMAGE, np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    yield example.IMAGE, example.KERNEL
    yield numbers(rng, (3, 4), "float64"), np.array([[2.0]])
    for kind in cycle(("uint8", *KINDS)):
        size = rng.integers(2, 4)
        yield _pair(rng, size + rng.integers(1, 5, 2), (size, size), kind)


def _pair(rng, shape, kernel_shape, kind):
    of_image, of_kernel = PAIRS.get(kind, (kind, kind))
    return numbers(rng, shape, of_image), numbers(rng, kernel_shape, of_kernel)
