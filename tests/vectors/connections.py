"""Weight matrices of small layers, found by sending one input after the other through them."""

from itertools import product

import numpy as np

from coursecnn import ops, shapes


def vectors(rng):
    """Seven draws of weights for each kind and geometry that the explorer shows."""
    layers = product(("dense", "sparse", "shared"), range(5, 11), range(1, 6), range(7))
    return [_vector(rng, kind, size, kernel_size) for kind, size, kernel_size, _ in layers]


def _vector(rng, kind, size, kernel_size):
    """Weights in the order of their numbers; all differ, so that the matrix tells them apart."""
    outputs = shapes.output_size(size, kernel_size)
    shape = {"dense": (outputs, size), "sparse": (outputs, kernel_size), "shared": (kernel_size,)}
    weights = rng.permutation(np.arange(1, 101))[: np.prod(shape[kind])].reshape(shape[kind])
    matrix = _ANSWERS[kind](np.eye(size), weights).T
    state = {"kind": kind, "size": size, "kernel_size": kernel_size, "side": "output", "unit": 0}
    different = len(set(matrix[matrix > 0]))
    counts = {"connections": int(np.count_nonzero(matrix)), "weights": different}
    return {"state": state, "weights": weights.ravel().tolist(), "expected": matrix.tolist(),
            "counts": counts}  # fmt: skip


def _shared(inputs, kernel):
    """A convolution of one channel; one input a row."""
    return ops.conv1d(inputs[:, np.newaxis], kernel[np.newaxis, np.newaxis])[:, 0]


def _sparse(inputs, kernels):
    """Each output is that of a convolution of its own."""
    answers = [_shared(inputs, kernel)[:, place] for place, kernel in enumerate(kernels)]
    return np.stack(answers, axis=1)


_ANSWERS = {"dense": ops.linear, "sparse": _sparse, "shared": _shared}
