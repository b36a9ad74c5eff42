"""What answers to assignment 06 are tried on."""

from itertools import cycle

import numpy as np

from coursecnn.ops import example, toeplitz

from ..common.inputs import KINDS, SIGNED, mixed, mixes, numbers


def kernels_with_sizes(rng):
    """Kernels (k,) with the size of a signal; first equal lengths, and kernels of one entry."""
    yield np.array([1, 2]), 4
    yield np.array([1, 2, 3]), 3
    yield np.array([0.5]), 3
    yield np.array([2]), 1
    for kind in cycle(SIGNED):
        k = int(rng.integers(2, 5))
        yield numbers(rng, k, kind), k + int(rng.integers(2, 7))


def kernels_with_shapes(rng):
    """Kernels (kH, kW) with the shape (H, W) of an image; equal sizes, a row, a column first."""
    yield np.array([[1, 2], [3, 4]]), (2, 3)
    yield np.array([[1, 2], [3, 4]]), (4, 3)
    yield numbers(rng, (3, 2), "int64"), (3, 2)
    yield numbers(rng, (1, 1), "float64"), (2, 3)
    yield numbers(rng, (1, 3), "int64"), (2, 5)
    yield numbers(rng, (3, 1), "float64"), (5, 2)
    for kind in cycle(SIGNED):
        kernel_shape = rng.integers(1, 4, 2)
        shape = kernel_shape + rng.integers(1, 5, 2)
        yield numbers(rng, kernel_shape, kind), tuple(map(int, shape))


def matrices(rng):
    """Matrices of weights, of convolutions and dense layers; one of zeros first, one without."""
    yield (np.array([[5, -5, 0], [0, 5, -5]]),)
    yield (np.zeros((2, 3)),)
    yield (np.array([[0.25, 0.5, 0.75], [-0.25, 0.5, 1.5]]),)
    yield (np.array([[7]]),)
    for turn, kind in enumerate(cycle(SIGNED)):
        if turn % 4 == 3:
            yield (numbers(rng, rng.integers(2, 6, 2), kind),)
        else:
            kernel = numbers(rng, rng.integers(1, 4, 2), kind)
            yield (toeplitz(kernel, tuple(kernel.shape + rng.integers(1, 4, 2))),)


def images_with_shifts(rng):
    """Images (H, W) with steps down and to the right, of both signs.

    First come moves by nothing, along one axis only, and by more than the size.
    """
    yield np.array([[1, 2, 3], [4, 5, 6]]), 1, -1
    for shape, down, right, kind in (
        ((3, 4), 0, 0, "int64"),
        ((4, 3), 2, 0, "uint8"),
        ((3, 5), 0, 2, "float64"),
        ((3, 4), -1, -2, "int64"),
        ((2, 3), 5, 0, "float64"),
        ((3, 2), 1, -3, "int64"),
    ):
        yield numbers(rng, shape, kind), down, right
    for kind in cycle(KINDS):
        shape = rng.integers(3, 8, 2)
        yield numbers(rng, shape, kind), *rng.integers(-3, 4, 2).tolist()


def images_with_steps(rng):
    """Images, kernels, shifts, perhaps strides; early some that do not divide the shift.

    Image and kernel hold numbers of unequal types from the third case on.
    """
    kinds = cycle(mixes(2, pixels=0))
    yield np.array([[1, 2, 3, 4], [5, 6, 7, 8]]), np.array([[1, 1]]), 1
    yield np.array([[1, 2, 3, 4, 5], [6, 7, 8, 9, 0]]), np.array([[1, -1]]), 1, 2
    for shape, kernel_shape, *steps in (
        ((5, 6), (2, 3), 0),
        ((7, 6), (3, 2), 2, 2),
        ((9, 8), (2, 2), 3, 2),
        ((10, 7), (1, 2), 5, 3),
    ):
        yield *mixed(rng, next(kinds), shape, kernel_shape), *steps
    for mix, stride in zip(kinds, cycle((2, 1, 3, 2)), strict=False):
        kernel_shape = rng.integers(1, 4, 2)
        shape = kernel_shape + rng.integers(4, 9, 2)
        yield *mixed(rng, mix, shape, kernel_shape), int(rng.integers(1, 6)), stride


def images_to_turn(rng):
    """Images (H, W) with kernels (k, k); early one that a quarter turn does not change."""
    yield np.array([[1, 2, 3], [4, 5, 6]]), np.array([[1, 0], [0, 0]])
    yield example.IMAGE, np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    yield example.IMAGE, example.KERNEL
    yield numbers(rng, (3, 4), "float64"), np.array([[2.0]])
    for mix in cycle(mixes(2, pixels=0)):
        size = rng.integers(2, 4)
        yield mixed(rng, mix, size + rng.integers(1, 5, 2), (size, size))
