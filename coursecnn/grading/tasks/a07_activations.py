"""Assignment 07, entry by entry and row by row: the ReLU, and probabilities."""

import math

import numpy as np

from coursecnn import ops

from ..task import Misconception, Task
from .a07_inputs import arrays, scores

FORBIDDEN = ("coursecnn.ops", "scipy.special", "torch.nn", "torch.relu", "torch.softmax")
OVERFLOW_HINT = (
    "The exponential of 1000 is beyond every float: subtract the largest score of the row first, "
    "which changes nothing else."
)
AXIS_HINT = (
    "A maximum or a sum of each row has shape (N,), which does not line up with the rows: "
    "`keepdims=True` keeps it a column."
)


def _relu_by_loop(x):
    return np.array([value if value > 0 else 0 for value in np.ravel(x)]).reshape(x.shape)


def _relu_in_place(x):
    x[x < 0] = 0
    return x


RELU = Task(
    id="relu",
    points=1,
    reference=ops.relu,
    arguments=("x",),
    inputs=arrays,
    misconceptions=(
        Misconception(
            "absolute-value",
            np.abs,
            "What is negative becomes 0 here; it does not change its sign.",
        ),
        Misconception(
            "negative-kept",
            lambda x: np.minimum(x, 0),
            "This keeps the negative part; the positive one is asked for.",
        ),
        Misconception(
            "step",
            lambda x: (x > 0).astype(float),
            "This says where `x` is positive; what is positive must keep its value.",
        ),
        Misconception(
            "entries-dropped",
            lambda x: x[x > 0],
            "Selecting with `x[x > 0]` drops the rest: each of those entries must become a 0.",
        ),
        Misconception(
            "one-maximum",
            lambda x: np.maximum(np.max(x), 0),
            "`np.max` finds the largest entry of all; `np.maximum` compares entry by entry.",
        ),
        Misconception(
            "clipped-at-one",
            lambda x: np.clip(x, 0, 1),
            "Nothing limits a ReLU from above: large numbers pass as they are.",
        ),
        Misconception(
            "leaky",
            lambda x: np.where(x > 0, x, 0.01 * x),
            "A leaky ReLU lets a little of the negative through; here it becomes exactly 0.",
        ),
    ),
    alternatives=(
        _relu_by_loop,
        _relu_in_place,
        lambda x: np.where(x > 0, x, 0),
        lambda x: x * (x > 0),
        lambda x: (x + np.abs(x)) / 2,
    ),
    forbidden=FORBIDDEN,
)


def _plain(z, axis=1):
    powers = np.exp(z)
    return powers / powers.sum(axis=axis, keepdims=True)


def _plain_by_loops(z):
    sums = [sum(math.exp(score) for score in row) for row in z]
    return [[math.exp(x) / total for x in row] for row, total in zip(z, sums, strict=True)]


def _one_maximum(z):
    return _plain(z - z.max())


def _axis_lost(z):
    powers = np.exp(z - z.max(axis=1))
    return powers / powers.sum(axis=1)


def _sum_of_lost_axis(z):
    return np.exp(z) / np.exp(z).sum(axis=1)


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


SOFTMAX = Task(
    id="softmax",
    points=2,
    reference=ops.softmax,
    arguments=("z",),
    inputs=scores,
    misconceptions=(
        Misconception("overflow", _plain, OVERFLOW_HINT),
        Misconception("overflow", _plain_by_loops, OVERFLOW_HINT),
        Misconception(
            "one-maximum",
            _one_maximum,
            "With one maximum for all rows, the powers of a row that lies far below it all become "
            "0: each row needs its own.",
        ),
        Misconception(
            "columns",
            lambda z: ops.softmax(z, axis=0),
            "Here the columns add up to 1; each row is one set of scores.",
        ),
        Misconception(
            "whole-array",
            lambda z: ops.softmax(z.reshape(1, -1)).reshape(z.shape),
            "Here the whole array adds up to 1; each row should.",
        ),
        Misconception(
            "not-normalised",
            lambda z: np.exp(z - z.max(axis=1, keepdims=True)),
            "These are the powers; divide them by their sum in each row.",
        ),
        Misconception(
            "logarithms",
            ops.log_softmax,
            "These are the logarithms of the probabilities.",
        ),
        Misconception(
            "maximum-divided",
            lambda z: ops.softmax(z / np.abs(z).max(axis=1, keepdims=True)),
            "Dividing the scores changes their differences, and so the result: subtract the "
            "maximum.",
        ),
        Misconception(
            "axis-lost",
            _axis_lost,
            AXIS_HINT,
        ),
        Misconception("axis-lost", _sum_of_lost_axis, AXIS_HINT),
    ),
    alternatives=(
        _softmax_by_loops,
        _softmax_by_logarithms,
        _softmax_by_differences,
        lambda z: np.array([np.exp(row - max(row)) / np.exp(row - max(row)).sum() for row in z]),
    ),
    forbidden=FORBIDDEN,
)
