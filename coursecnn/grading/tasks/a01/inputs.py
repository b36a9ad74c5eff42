"""What answers to assignment 01 are tried on."""

from itertools import cycle, islice

import numpy as np

from ..common.inputs import KINDS, mixed, mixes, numbers

#: Number types of the images of a list, which go round where there are more images.
MIXED_LISTS = (*mixes(2, pixels=0), ("int64", "uint8", "float64"), ("uint8",))


def batches(rng):
    """Mini-batches (N, H, W, C); axes of length 1, and of equal length, come first."""
    yield (np.array([[[[1, 2, 3], [4, 5, 6]]]]),)
    for shape in ((1, 1, 1, 1), (2, 3, 3, 3), (2, 4, 5, 1), (3, 2, 4, 13)):
        yield (numbers(rng, shape, "int64"),)
    for kind in cycle(KINDS):
        yield (numbers(rng, rng.integers(2, 6, 4), kind),)


def colour_images(rng):
    """Images (3, H, W): pure green of bytes and of floats first, then a cube."""
    yield (np.array([[[255, 100]], [[0, 100]], [[0, 100]]], np.uint8),)
    yield (np.array([[[0.0]], [[1.0]], [[0.0]]]),)
    yield (numbers(rng, (3, 3, 3), "uint8"),)
    for kind in cycle(KINDS):
        yield (numbers(rng, (3, *rng.integers(2, 7, 2)), kind),)


def collections(rng):
    """Lists of images (C, H, W) of different sizes.

    First come one image alone, two of one size, the highest beside the widest, and whole numbers
    beside floats: the images of a list need not have one number type.
    """
    yield ([np.array([[[1, 2], [3, 4]]]), np.array([[[5, 6, 7]]])],)
    yield ([numbers(rng, (3, 1, 1), "float64")],)
    yield ([numbers(rng, (2, 3, 4), "int64") for _ in range(2)],)
    yield ([numbers(rng, (3, *size), "uint8") for size in ((2, 2), (5, 3), (3, 7))],)
    yield ([numbers(rng, (2, *size), "float64") for size in ((3, 2), (4, 5), (1, 3))],)
    for kinds in cycle(MIXED_LISTS):
        channels, count = int(rng.integers(1, 4)), int(rng.integers(2, 5))
        shapes = ((channels, *size) for size in rng.integers(1, 8, (count, 2)))
        yield (list(mixed(rng, islice(cycle(kinds), count), *shapes)),)


def entries(rng):
    """Channel, row, column, and the shape (C, H, W); the first and the last entry come early."""
    yield 1, 2, 3, (3, 4, 5)
    yield 0, 0, 0, (1, 1, 1)
    yield 0, 0, 0, (3, 6, 2)
    yield 2, 5, 1, (3, 6, 2)
    yield 0, 3, 1, (1, 7, 2)
    while True:
        shape = _shape(rng)
        yield *(int(rng.integers(1, n)) for n in shape), shape


def positions(rng):
    """Position in a flattened image, and the shape (C, H, W); the first and the last come early."""
    yield 33, (3, 4, 5)
    yield 0, (2, 3, 4)
    yield 23, (2, 3, 4)
    yield 6, (1, 2, 7)
    while True:
        shape = _shape(rng)
        yield int(rng.integers(shape[1] * shape[2], np.prod(shape))), shape


def torn(rng):
    """Images (H, W, C), their numbers dealt out anew as (C, H, W); one channel first, a cube."""
    yield (np.array([[[1, 2]], [[3, 4]], [[5, 6]]]),)
    yield (numbers(rng, (1, 3, 4), "int64"),)
    yield (numbers(rng, (3, 3, 3), "uint8"),)
    for kind in cycle(KINDS):
        yield (numbers(rng, _shape(rng), kind),)


def vectors(rng):
    """Flattened pictures (n,), smooth ones and noise, with widths that leave two rows or more.

    First come widths that suit equally well, and a single one.
    """
    yield np.array([1, 9, 5, 1, 8, 5, 2, 8, 6, 2, 9, 6]), [2, 3, 4]
    yield np.zeros(12), [3, 6, 2]
    yield np.arange(6.0), [3]
    yield np.array([4, 4, 7, 8, 0, 9, 5, 3, 6, 5, 2, 3]), [2, 3, 4, 6]
    for kind in cycle(("noise", "uint8", "uint8 noise", "float64")):
        rows, columns = rng.choice([4, 6, 8, 9, 12], 2).tolist()
        picture = rng.integers(-9, 10, (rows, columns)) ** 3
        if kind == "uint8 noise":
            picture = rng.integers(0, 256, (rows, columns)).astype(np.uint8)
        elif kind != "noise":
            picture = _smooth(rng, rows, columns).astype(kind)
        yield picture.ravel(), _widths(rng, picture.size)


def _widths(rng, n):
    """All divisors that leave two rows or more, in any order."""
    widths = [width for width in range(2, n // 2 + 1) if n % width == 0]
    return rng.permutation(widths).tolist()


def _smooth(rng, rows, columns):
    """A picture whose rows resemble each other, with values from 20 to 235."""
    row = rng.uniform(40, 215, columns)
    return row + np.cumsum(rng.uniform(-5, 5, (rows, columns)), axis=0).clip(-20, 20)


def _shape(rng):
    """Channels, height and width, all different and at least 2."""
    return tuple(rng.choice(np.arange(2, 8), 3, replace=False).tolist())
