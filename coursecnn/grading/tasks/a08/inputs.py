"""What answers to assignment 08 are tried on."""

from itertools import cycle

import numpy as np

from ..common.inputs import SIGNED, SLIDE, numbers


def gates(rng):
    """Gradients with what went in, of one shape; exact zeros first."""
    yield np.array([5.0, 6.0, 7.0]), np.array([-2.0, 0.0, 3.0])
    yield np.array([[-4]]), np.array([[2]])
    yield np.array([[-1.0, 2.0], [3.0, -4.0]]), np.array([[0.5, 0.0], [0.0, 0.25]])
    for axes, kind in zip(cycle((1, 2, 3, 4)), cycle(SIGNED), strict=False):
        shape = rng.integers(2, 5, axes)
        x = numbers(rng, shape, kind) * rng.integers(0, 2, shape)
        grad_kind = "float64" if kind == "int64" else kind
        yield 2 * numbers(rng, shape, grad_kind), x.astype(kind)


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
    yield (
        numbers(rng, (1, 4), "float64"),
        numbers(rng, (1, 2), "float64"),
        numbers(rng, (4, 2), "float64"),
    )
    yield (
        numbers(rng, (3, 3), "int64"),
        numbers(rng, (3, 3), "int64"),
        numbers(rng, (3, 3), "int64"),
    )
    for kind in cycle(SIGNED):
        n, k, m = rng.integers(2, 6, 3)
        yield numbers(rng, (n, k), kind), numbers(rng, (n, m), kind), numbers(rng, (k, m), kind)


def pooled(rng):
    """Gradients, images (H, W), kernel sizes; ties and pixels that no window reads come first."""
    yield np.array([[1, 2], [3, 4]]), SLIDE, 2
    yield np.array([[5.0]]), np.array([[-2.0]]), 1
    yield np.array([[6.0, 9.0]]), np.array([[0, 7, 3, 1, 0], [7, 7, 1, 3, 9]]), 2
    yield numbers(rng, (1, 1), "float64"), numbers(rng, (3, 4), "float64"), 3
    yield numbers(rng, (2, 1), "float64"), np.zeros((6, 5)), 3
    for kind in cycle(("ties", *SIGNED, "ties")):
        kernel_size = int(rng.integers(2, 4))
        rows, columns = rng.integers(1, 4, 2)
        shape = kernel_size * np.array([rows, columns]) + rng.integers(0, kernel_size, 2)
        x = rng.integers(-2, 1, shape) if kind == "ties" else numbers(rng, shape, kind)
        grad = numbers(rng, (rows, columns), "float64" if kind == "ties" else kind)
        yield grad, x, kernel_size


def convolved(rng):
    """Gradients (H - kH + 1, W - kW + 1), images (H, W), kernels (kH, kW); equal sizes early."""
    yield np.array([[1, 2]]), np.array([[1, 2, 3], [4, 5, 6]]), np.array([[1, 0], [2, 3]])
    yield np.array([[3.0]]), np.array([[2.0]]), np.array([[-1.0]])
    yield _passed(rng, (3, 2), (3, 2), "float64")
    yield _passed(rng, (6, 5), (2, 3), "int64")
    yield _passed(rng, (3, 7), (1, 4), "float64")
    for kind in cycle((*SIGNED, "mixed")):
        kernel_shape = rng.integers(1, 5, 2)
        yield _passed(rng, kernel_shape + rng.integers(1, 5, 2), kernel_shape, kind)


def networks(rng):
    """Images (H, W), classes, kernels (K, kH, kW), weights (M, F), biases (M,)."""
    yield _example()
    for kind in cycle(("float64", "float64", "float32")):
        count, classes = rng.integers(2, 5, 2).tolist()
        kernel_shape = rng.integers(1, 4, 2)
        maps = rng.integers(2, 7, 2)
        features = count * int(np.prod(maps // 2))
        arrays = (
            rng.random(maps + kernel_shape - 1),
            rng.normal(size=(count, *kernel_shape)),
            rng.normal(size=(classes, features)),
            rng.normal(size=classes),
        )
        image, kernels, weight, bias = (array.astype(kind) for array in arrays)
        yield image, int(rng.integers(classes)), kernels, weight, bias


def _example():
    """One kernel and two classes, so that a pencil is enough."""
    image = np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 3.0]])
    kernels = np.array([[[1.0, -1.0]]])
    return image, 1, kernels, np.array([[2.0], [0.0]]), np.array([0.0, 2.0])


def _passed(rng, shape, kernel_shape, kind):
    """Gradient, image and kernel of one kind; "mixed" is whole numbers under fractions."""
    out = np.subtract(shape, kernel_shape) + 1
    kinds = ("float64", "int64", "float64") if kind == "mixed" else (kind, kind, kind)
    sizes = (out, shape, kernel_shape)
    return tuple(numbers(rng, size, each) for size, each in zip(sizes, kinds, strict=True))
