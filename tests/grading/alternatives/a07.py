"""Right answers to assignment 07 in other styles."""

import math

import numpy as np

from coursecnn import ops
from coursecnn.grading.tasks.a07.pooling import windows


def _relu_by_loop(x):
    return np.array([value if value > 0 else 0 for value in np.ravel(x)]).reshape(x.shape)


def _relu_in_place(x):
    x[x < 0] = 0
    return x


def _slope_by_loop(x):
    powers = [math.exp(-abs(value)) for value in np.ravel(x)]
    return np.reshape([power / (1 + power) ** 2 for power in powers], np.shape(x))


def _softmax_by_loops(z):
    answer = []
    for row in z:
        powers = [math.exp(score - max(row)) for score in row]
        answer.append([power / sum(powers) for power in powers])
    return answer


def _softmax_by_logarithms(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))


def _softmax_by_differences(z):
    with np.errstate(over="ignore"):
        return 1 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=2)


def _chain_by_loop(x, weights):
    slopes, slope = [], 1.0
    for weight in weights:
        x = 1 / (1 + math.exp(-weight * x))
        slope *= weight * x * (1 - x)
        slopes.append(slope)
    return slopes


def _chain_by_product(x, weights):
    factors = []
    for weight in weights:
        x = ops.sigmoid(weight * x)
        factors.append(weight * x * (1 - x))
    return np.cumprod(factors)


def _chain_by_differences(x, weights):
    """The definition of a slope, in complex numbers: there is nothing to cancel."""
    step, slopes = 1e-20, []
    x = x + 1j * step
    for weight in np.asarray(weights, float):
        x = 1 / (1 + np.exp(-weight * x))
        slopes.append(x.imag / step)
    return slopes


def _by_loops(reduce):
    def answer(x, kernel_size, stride):
        return [
            [
                float(reduce(x[i : i + kernel_size, j : j + kernel_size]))
                for j in range(0, x.shape[1] - kernel_size + 1, stride)
            ]
            for i in range(0, x.shape[0] - kernel_size + 1, stride)
        ]

    return answer


def _by_shifts(combine):
    """One shifted copy of the image for each place in the window."""

    def answer(x, kernel_size, stride):
        rows, columns = (n - kernel_size + 1 for n in x.shape)
        copies = [
            x[u : u + rows : stride, v : v + columns : stride].astype(float)
            for u, v in np.ndindex(kernel_size, kernel_size)
        ]
        return combine(copies)

    return answer


def _by_axes(x, kernel_size, stride):
    """Along the rows first, then along the columns."""

    def along(image):
        starts = range(0, len(image) - kernel_size + 1, stride)
        return np.array([image[i : i + kernel_size].max(axis=0) for i in starts])

    return along(along(x).T).T


def _by_sums(x, kernel_size, stride):
    """From sums over all rectangles that begin in the corner."""
    corner = np.pad(np.cumsum(np.cumsum(x, axis=0, dtype=float), axis=1), ((1, 0), (1, 0)))
    ends, starts = slice(kernel_size, None), slice(None, -kernel_size)
    sums = corner[ends, ends] - corner[starts, ends] - corner[ends, starts]
    return (sums + corner[starts, starts])[::stride, ::stride] / kernel_size**2


ALTERNATIVES = {
    "relu": (
        _relu_by_loop,
        _relu_in_place,
        lambda x: np.where(x > 0, x, 0),
        lambda x: x * (x > 0),
        lambda x: (x + np.abs(x)) / 2,
    ),
    "softmax": (
        _softmax_by_loops,
        _softmax_by_logarithms,
        _softmax_by_differences,
        lambda z: np.array([np.exp(row - max(row)) / np.exp(row - max(row)).sum() for row in z]),
    ),
    "sigmoid_slope": (
        _slope_by_loop,
        lambda x: ops.sigmoid(x) * ops.sigmoid(-x),
        lambda x: (1 - np.tanh(x / 2) ** 2) / 4,
    ),
    "chain_slopes": (
        _chain_by_loop,
        _chain_by_differences,
        _chain_by_product,
    ),
    "max_pool2d": (
        _by_loops(np.max),
        _by_shifts(np.maximum.reduce),
        _by_axes,
        lambda x, kernel_size, stride: windows(x, kernel_size, stride).max(axis=(2, 3)),
    ),
    "avg_pool2d": (
        _by_loops(np.mean),
        _by_shifts(lambda copies: np.mean(copies, axis=0)),
        _by_sums,
        lambda x, kernel_size, stride: windows(x, kernel_size, stride).mean(axis=(2, 3)),
    ),
    "global_avg_pool": (
        lambda x: [float(np.mean(channel)) for channel in x],
        lambda x: x.reshape(len(x), -1).mean(axis=1),
        lambda x: np.einsum("chw->c", x.astype(float)) / (x.shape[1] * x.shape[2]),
    ),
}
