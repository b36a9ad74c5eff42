"""What answers to assignment 08 are tried on."""

from itertools import cycle

import numpy as np

from ..common.inputs import SIGNED, SLIDE, mixed, mixes, numbers


def gates(rng):
    """Gradients with what went in, of one shape; exact zeros first."""
    yield np.array([5.0, 6.0, 7.0]), np.array([-2.0, 0.0, 3.0])
    yield np.array([[-4]]), np.array([[2]])
    yield np.array([[-1.0, 2.0], [3.0, -4.0]]), np.array([[0.5, 0.0], [0.0, 0.25]])
    for axes, mix in zip(cycle((1, 2, 3, 4)), cycle(mixes(2)), strict=False):
        shape = rng.integers(2, 5, axes)
        grad, x = mixed(rng, mix, shape, shape)
        yield 2 * grad, (x * rng.integers(0, 2, shape)).astype(x.dtype)


def scored(rng):
    """Scores (N, K) with the right classes (N,), whole numbers; huge scores come early."""
    yield np.log([[1.0, 2.0, 1.0], [4.0, 4.0, 8.0]]), np.array([1, 0])
    yield np.array([[0.0, 0.0]]), np.array([0])
    yield np.array([[1000.0, 0.0, 999.0], [-1000.0, 1000.0, 3.0]]), np.array([2, 1])
    yield np.array([[2, 0], [-1, 1], [0, 3]]), np.array([1, 1, 0])
    for kind, far in zip(cycle(SIGNED), cycle((0, 0, 900)), strict=False):
        rows, columns = rng.integers(2, 7, 2).tolist()
        logits = numbers(rng, (rows, columns), kind) + far * rng.integers(-1, 2, (rows, 1))
        yield logits.astype(kind), rng.integers(0, columns, rows)


def layers(rng):
    """Gradients (N, K), inputs (N, M), weights (K, M); one of each first, one image, squares."""
    yield (
        np.array([[1, 0], [2, 1]]),
        np.array([[1, 2, 3], [4, 5, 6]]),
        np.array([[1, 0, 2], [0, 3, 1]]),
    )
    yield np.array([[2.0]]), np.array([[3.0]]), np.array([[-0.5]])

    def sizes():
        yield from ((1, 4, 2), (3, 3, 3))
        while True:
            yield rng.integers(2, 6, 3)

    for (n, k, m), mix in zip(sizes(), cycle(mixes(3)), strict=False):
        yield mixed(rng, mix, (n, k), (n, m), (k, m))


def pooled(rng):
    """Gradients, images (H, W), kernel sizes; ties and pixels that no window reads come first."""
    yield np.array([[1, 2], [3, 4]]), SLIDE, 2
    yield np.array([[5.0]]), np.array([[-2.0]]), 1
    yield np.array([[6.0, 9.0]]), np.array([[0, 7, 3, 1, 0], [7, 7, 1, 3, 9]]), 2
    yield numbers(rng, (1, 1), "float64"), numbers(rng, (3, 4), "float64"), 3
    yield numbers(rng, (2, 1), "float64"), np.zeros((6, 5)), 3
    for number, mix in enumerate(cycle(mixes(2, pixels=1))):
        kernel_size = int(rng.integers(2, 4))
        rows, columns = rng.integers(1, 4, 2)
        shape = kernel_size * np.array([rows, columns]) + rng.integers(0, kernel_size, 2)
        grad, x = mixed(rng, mix, (rows, columns), shape)
        yield grad, rng.integers(-2, 1, shape).astype(x.dtype) if number % 3 else x, kernel_size


def convolved(rng):
    """Gradients (H - kH + 1, W - kW + 1), images (H, W), kernels (kH, kW); equal sizes early."""

    def shapes():
        yield from (((3, 2), (3, 2)), ((6, 5), (2, 3)), ((3, 7), (1, 4)))
        while True:
            kernel_shape = rng.integers(1, 5, 2)
            yield kernel_shape + rng.integers(1, 5, 2), kernel_shape

    yield np.array([[1, 2]]), np.array([[1, 2, 3], [4, 5, 6]]), np.array([[1, 0], [2, 3]])
    yield np.array([[3.0]]), np.array([[2.0]]), np.array([[-1.0]])
    for (shape, kernel_shape), mix in zip(shapes(), cycle(mixes(3, pixels=1)), strict=False):
        yield mixed(rng, mix, np.subtract(shape, kernel_shape) + 1, shape, kernel_shape)


def networks(rng):
    """Images (H, W), classes, kernels (K, kH, kW), weights (M, F), biases (M,).

    Images or kernels hold fractions, and no number twice: a sum that is exactly 0, or two that are
    equal, would leave it to an agreement what the gradient is.
    """
    yield _example()
    for mix in cycle([mix for mix in mixes(4) if mix[:2] != ("int64", "int64")]):
        count, classes = rng.integers(2, 5, 2).tolist()
        kernel_shape = rng.integers(1, 4, 2)
        maps = rng.integers(2, 7, 2)
        shape = tuple(maps + kernel_shape - 1)
        features = count * int(np.prod(maps // 2))
        kernels, weight, bias = (
            rng.choice((-1, 1), size) if kind == "int64" else numbers(rng, size, kind)
            for size, kind in zip(
                ((count, *kernel_shape), (classes, features), classes), mix[1:], strict=True
            )
        )
        if mix[0] == "int64":
            image = 1 + rng.permutation(np.prod(shape)).reshape(shape)
            kernels = kernels / image.max()
        else:
            image = rng.random(shape).astype(mix[0])
        yield image, int(rng.integers(classes)), kernels, weight, bias


def _example():
    """One kernel and two classes, so that a pencil is enough."""
    image = np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 3.0]])
    kernels = np.array([[[1.0, -1.0]]])
    return image, 1, kernels, np.array([[2.0], [0.0]]), np.array([0.0, 2.0])
