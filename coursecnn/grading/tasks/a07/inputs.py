"""What answers to assignment 07 are tried on."""

from itertools import cycle

import numpy as np

from ..common.inputs import SIGNED, SLIDE, numbers


def arrays(rng):
    """Arrays of one to four axes, with both signs; exact zeros and a single entry first."""
    yield (np.array([-2.0, 0.0, 3.0]),)
    yield (np.array([5]),)
    yield (np.array([[-0.5, 1.5], [2.0, -4.0], [0.25, -0.75]]),)
    for axes, kind in zip(cycle((1, 2, 3, 4)), cycle(SIGNED), strict=False):
        yield (3 * numbers(rng, rng.integers(2, 5, axes), kind),)


def scores(rng):
    """Rows of scores (N, K); one class first, huge scores, and huge ones of both signs together."""
    yield (np.log([[1.0, 2.0, 1.0], [4.0, 4.0, 8.0]]),)
    yield (np.array([[3.0]]),)
    yield (np.array([[1, 2], [0, -1], [3, 3]]),)
    yield (np.array([[1000.0, -1000.0, -1000.0, -1001.0]]),)
    yield (np.array([[1000.0, 1001.0], [-1000.0, -1001.0]]),)
    for kind, far in zip(cycle(SIGNED), cycle((0, 0, 800)), strict=False):
        rows, columns = rng.integers(1, 6), rng.integers(2, 6)
        level = far * rng.integers(-2, 3, (rows, 1))
        yield ((numbers(rng, (rows, columns), kind) + level).astype(kind),)


def far_arrays(rng):
    """Numbers, and arrays of up to three axes; first some whose powers overflow."""
    yield (0.5,)
    yield (np.array([0.0, np.log(3), -np.log(3)]),)
    yield (np.array([[-1000.0, 1000.0]]),)
    yield (np.array([2, -1]),)
    for axes, kind in zip(cycle((1, 2, 3)), cycle(SIGNED), strict=False):
        yield (numbers(rng, rng.integers(1, 5, axes), kind),)


def chains(rng):
    """Numbers that go into a chain of units, and their weights (L,); zero and one unit first."""
    yield 0.0, np.array([2.0, 4.0])
    yield -1.5, np.array([3.0])
    yield 0.7, np.array([1, 1, 1, 1])
    yield 2, np.array([-1.0, 0.5, -3.0])
    for kind in cycle(("float64", "float64", "float32", "int64")):
        length = int(rng.integers(2, 7))
        weights = rng.integers(1, 4, length) if kind == "int64" else rng.uniform(-4, 4, length)
        yield float(np.round(rng.normal(), 2)), weights.astype(kind)


def images_with_windows(rng):
    """Images (H, W), kernel size, stride: windows overlap, tile, or leave gaps and pixels over.

    First come a single pixel, and an image of negative pixels.
    """
    yield SLIDE, 2, 2
    yield numbers(rng, (1, 1), "float64"), 1, 1
    yield -rng.integers(1, 10, (4, 6)), 2, 2
    yield numbers(rng, (7, 9), "float64"), 3, 2
    yield numbers(rng, (8, 6), "uint8"), 2, 3
    yield numbers(rng, (6, 5), "uint8"), 2, 2
    yield numbers(rng, (3, 4), "int64"), 3, 1
    for kind in cycle(("int64", "float64", "uint8", "float32")):
        kernel_size, stride = rng.integers(1, 4, 2).tolist()
        yield numbers(rng, kernel_size + rng.integers(0, 8, 2), kind), kernel_size, stride


def maps(rng):
    """Feature maps (C, H, W); one channel first, maps of one pixel, and a cube."""
    yield (np.array([[[1, 2], [3, 6]], [[0, 0], [0, 4]], [[5, 5], [5, 5]]]),)
    yield (numbers(rng, (2, 3, 4), "float64"),)
    yield (numbers(rng, (1, 4, 5), "int64"),)
    yield (numbers(rng, (5, 1, 1), "float64"),)
    yield (numbers(rng, (3, 3, 3), "uint8"),)
    for kind in cycle((*SIGNED, "uint8")):
        yield (numbers(rng, rng.integers(1, 7, 3), kind),)
