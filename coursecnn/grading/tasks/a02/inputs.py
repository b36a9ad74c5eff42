"""What answers to assignment 02 are tried on."""

from itertools import cycle, pairwise

import numpy as np

from ..common.inputs import KINDS, SIGNED, mixed, mixes, numbers


def networks(rng):
    """Sizes of dense networks, [numbers that come in, units of each layer …].

    First come small ones, of one layer, too, then a huge one.
    """
    yield ([4, 3, 2],)
    yield ([784, 100, 10],)
    yield ([1, 1],)
    yield ([5, 2],)
    yield ([3 * 224 * 224, 40_000, 10],)  # more weights than 32 bits can count
    for layers in cycle((2, 3, 4, 5)):
        yield (rng.integers(2, 40, layers + 1).tolist(),)


def layers(rng):
    """Shape (C, H, W), channels that come out, kernel size; a single pixel first, large images."""
    yield (2, 3, 4), 5, 3
    yield (1, 1, 1), 1, 1
    yield (1, 100, 100), 1, 5
    yield (3, 128, 128), 8, 3  # more weights than 32 bits can count
    while True:
        shape = tuple(rng.choice(np.arange(2, 12), 3, replace=False).tolist())
        yield shape, int(rng.integers(2, 9)), int(rng.integers(2, 6))


def vectors_with_layers(rng):
    """Batches (N, n) with layers, lists of (weight, bias) of shapes (units, n) and (units,).

    First come one layer alone, and weights that are square; then vectors, weights and biases of
    unequal number types.
    """
    yield (
        np.array([[1.0, 2.0]]),
        [(np.array([[1.0, 1.0], [-1.0, 0.0]]), np.array([0.0, 0.5])), _row(2.0, 7.0, -10.0)],
    )
    yield numbers(rng, (1, 1), "int64"), _dense(rng, [1, 1])
    yield numbers(rng, (3, 4), "float64"), _dense(rng, [4, 5])
    yield numbers(rng, (3, 4), "float64"), _dense(rng, [4, 4, 4])
    for number, mix in enumerate(cycle(mixes(3, pixels=0))):
        sizes = rng.integers(2, 9, 3 + number % 3).tolist()
        yield numbers(rng, (int(rng.integers(2, 6)), sizes[0]), mix[0]), _dense(rng, sizes, mix[1:])


def images_with_orders(rng):
    """Mini-batches (N, C, H, W) with permutations (H * W,); a single pixel and squares first."""
    yield np.array([[[[10, 20, 30], [40, 50, 60]]]]), np.array([1, 2, 0, 4, 5, 3])
    yield numbers(rng, (1, 1, 1, 1), "int64"), np.array([0])
    yield numbers(rng, (2, 3, 3, 3), "uint8"), _order(rng, 9)
    for kind in cycle(KINDS):
        count, channels, *size = rng.integers(2, 6, 4).tolist()
        height, width = size[0], size[1] + (size[0] == size[1])
        images = numbers(rng, (count, channels, height, width), kind)
        yield images, _order(rng, height * width)


def weights_with_orders(rng):
    """Weights (units, C * P) of first layers with permutations (P,); one pixel first."""
    yield np.array([[1, 2, 3, 4, 5, 6]]), np.array([1, 2, 0])
    yield numbers(rng, (2, 3), "int64"), np.array([0])
    yield numbers(rng, (3, 5), "float64"), _order(rng, 5)
    for kind in cycle(SIGNED):
        units, channels, pixels = rng.integers((2, 2, 4), (6, 5, 9)).tolist()
        yield numbers(rng, (units, channels * pixels), kind), _order(rng, pixels)


def images_with_moves(rng):
    """Mini-batches (N, C, H, W) with steps down and to the right, often up or to the left.

    First come moves by nothing, and by more than the size.
    """
    example = np.array([[[[1, 2, 3], [4, 5, 6]]]])
    yield example, 1, 1
    yield example, 0, -1
    yield example, 0, 0
    yield numbers(rng, (1, 2, 3, 4), "float64"), -4, 1
    yield numbers(rng, (2, 1, 4, 3), "int64"), 2, 5
    for number, kind in enumerate(cycle(KINDS)):
        count, channels, height, width = rng.integers((2, 1, 3, 3), (4, 4, 8, 8)).tolist()
        down, right = (int(rng.integers(1, size)) for size in (height, width))
        signs = ((1, 1), (-1, 1), (1, -1), (-1, -1), (1, 0))[number % 5]
        images = numbers(rng, (count, channels, height, width), kind)
        yield images, signs[0] * down, signs[1] * right


def _dense(rng, sizes, kinds=("float64", "float64")):
    """Layers of weights and biases, each of its kind."""
    return [mixed(rng, kinds, (units, n), units) for n, units in pairwise(sizes)]


def _row(*numbers):
    """A layer of one unit: its weights, then its bias."""
    return np.array([numbers[:-1]]), np.array(numbers[-1:])


def _order(rng, n):
    """A permutation that is not its own inverse."""
    while True:
        order = rng.permutation(n)
        if not np.array_equal(order[order], np.arange(n)):
            return order
