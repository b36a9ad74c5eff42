"""States of the pooling stepper: both rules, windows that overlap, tile and leave gaps."""

from itertools import product

import numpy as np

from coursecnn import ops

POOLS = {"max": ops.max_pool2d, "average": ops.avg_pool2d}


def vectors(rng):
    """Ten images for each rule, window and stride; every second one holds whole numbers."""
    geometries = product(POOLS, range(1, 5), range(1, 4), range(10))
    return [_vector(rng, *geometry) for geometry in geometries]


def _vector(rng, kind, kernel_size, stride, index):
    size = rng.integers(kernel_size, 9, 2)
    image = rng.integers(-9, 10, (1, *size))  # few different numbers, so that some are equal
    exact = index % 2 == 0
    if not exact:
        image = image / 7
    expected = POOLS[kind](image, kernel_size, stride=stride)[0]
    state = {"image": image.tolist(), "kernel_size": kernel_size, "stride": stride, "kind": kind,
             "position": [0, 0]}  # fmt: skip
    return {"state": state, "expected": expected.tolist(), "exact": exact,
            **_told_by_gradients(image, kernel_size, stride)}  # fmt: skip


def _told_by_gradients(image, kernel_size, stride):
    """Where each window's first largest number stands, and which pixels are in no window."""
    options = {"kernel_size": kernel_size, "stride": stride}
    shape = ops.max_pool2d(image, **options).shape
    ones = ops.avg_pool2d_backward(np.ones(shape), image, **options)[0]
    winners = []
    for place in np.ndindex(shape):
        grad = np.zeros(shape)
        grad[place] = 1
        winners.append(np.argwhere(ops.max_pool2d_backward(grad, image, **options)[0])[0].tolist())
    return {"winners": winners, "unread": np.argwhere(ones == 0).tolist()}
