"""Pixels that no window reads: those whose gradient through a layer of ones is zero."""

import numpy as np

from coursecnn import ops, shapes

LOW, HIGH = (1, 1, 1, 0, 1), (33, 10, 9, 13, 4)


def vectors(rng):
    """States of the output-size calculator that have an output."""
    states = rng.integers(LOW, HIGH, (900, 5)).tolist()
    made = [_vector(*numbers) for numbers in states]
    return [vector for vector in made if vector is not None]


def _vector(size, kernel_size, stride, padding, dilation):
    state = {"size": size, "kernel_size": kernel_size, "stride": stride, "padding": padding,
             "dilation": dilation}  # fmt: skip
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    try:
        grad = np.ones((1, shapes.output_size(size, kernel_size, **options)))
    except ValueError:
        return None
    weight = np.ones((1, 1, kernel_size))
    reads, _, _ = ops.conv1d_backward(grad, np.ones((1, size)), weight, **options)
    counts = reads[0].astype(int).tolist()
    return {"state": state, "expected": counts}
