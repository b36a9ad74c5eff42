"""What the answers to assignment 03 are tried on: edge cases first, then all kinds in turn."""

from itertools import cycle

import numpy as np

from coursecnn.ops import example

KINDS = ("uint8", "float64", "int64", "mixed", "float32")


def signals(rng):
    """Signals with kernels that are not longer.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of ndarray
        Signal of shape (n,) and kernel of shape (k,).
    """
    yield np.array([0, 1, 2, 3]), np.array([1, 2, 3])
    yield _signal_pair(rng, 1, 1, "float64")
    yield _signal_pair(rng, 5, 5, "int64")
    for dtype in cycle(["int64", "float64", "float32"]):
        k = int(rng.integers(2, 5))
        yield _signal_pair(rng, k + int(rng.integers(k, 9)), k, dtype)


def kernels(rng):
    """Kernels of all small shapes, the long ones first.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of ndarray
        One kernel of shape (kH, kW).
    """
    yield (np.array([[1, 2, 3], [4, 5, 6]]),)
    for shape in ((1, 1), (1, 4), (4, 1), (3, 3)):
        yield (numbers(rng, shape, "int64"),)
    for kind in cycle(["float32", "float64", "int64"]):
        yield (numbers(rng, rng.integers(2, 6, 2), kind),)


def images_with_kernels(rng):
    """Images with kernels that fit into them.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of ndarray
        Image of shape (H, W), and kernel of shape (kH, kW).
    """
    yield example.IMAGE, example.KERNEL
    for shape, kernel_shape, kind in (
        ((1, 1), (1, 1), "float64"),
        ((4, 6), (4, 6), "int64"),
        ((6, 8), (2, 3), "uint8"),
        ((5, 4), (1, 3), "float64"),
        ((6, 7), (3, 3), "mixed"),
    ):
        yield _pair(rng, shape, kernel_shape, kind)
    for kind in cycle(KINDS):
        kernel_shape = rng.integers(1, 5, 2)
        yield _pair(rng, kernel_shape + rng.integers(2, 7, 2), kernel_shape, kind)


def images(rng):
    """Images of at least 3 by 3 pixels.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.

    Yields
    ------
    tuple of ndarray
        One image of shape (H, W).
    """
    yield (np.tile([0, 0, 9, 9, 9], (4, 1)),)
    yield (numbers(rng, (3, 3), "float64"),)
    yield (np.full((4, 5), 7.0),)
    for kind in cycle(["uint8", "float64", "int64", "float32"]):
        yield (numbers(rng, rng.integers(3, 9, 2), kind),)


def numbers(rng, shape, kind):
    """Random numbers of one kind: bytes are light, whole numbers negative, too.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the numbers.
    shape : tuple of int
        Shape of the array.
    kind : str
        "uint8", "int64", "float32" or "float64".

    Returns
    -------
    ndarray
        Of that dtype.
    """
    if kind == "uint8":
        return rng.integers(0, 256, shape).astype(np.uint8)
    if kind == "int64":
        return rng.integers(-9, 10, shape)
    return rng.normal(size=shape).astype(kind)


def _pair(rng, shape, kernel_shape, kind):
    """Image and kernel of one kind; "mixed" is whole numbers under weights that are not."""
    of_image, of_kernel = {"uint8": ("uint8", "int64"), "mixed": ("int64", "float64")}.get(
        kind, (kind, kind)
    )
    return numbers(rng, shape, of_image), numbers(rng, kernel_shape, of_kernel)


def _signal_pair(rng, n, k, kind):
    return numbers(rng, n, kind), numbers(rng, k, kind)
