"""Assignment 07, row by row: scores become probabilities."""

import math

import numpy as np

from coursecnn import ops

from ..task import Misconception, Task
from .a07_activations import FORBIDDEN
from .a07_inputs import scores

OVERFLOW_HINT = (
    "The exponential of 1000 is beyond every float: subtract the largest score of the row first, "
    "which changes nothing else."
)
AXIS_HINT = (
    "A maximum or a sum of each row has shape (N,), which does not line up with the rows: "
    "`keepdims=True` keeps it a column."
)
SHIFT_HINT = (
    "A score far above the number that is subtracted still overflows: subtract the largest score "
    "of the row, so that no exponent is positive."
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


def _in_whole_numbers(z):
    return ops.softmax(z, axis=1).astype(z.dtype)


def _of_shifted(shift):
    """The plain formula after a shift of the scores that is not the maximum of the row."""
    return lambda z: _plain(z - shift(z))


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
            "another-shift",
            _of_shifted(lambda z: z.mean(axis=1, keepdims=True)),
            SHIFT_HINT,
        ),
        Misconception(
            "another-shift",
            _of_shifted(lambda z: z.min(axis=1, keepdims=True)),
            SHIFT_HINT,
        ),
        Misconception(
            "column-maxima",
            _of_shifted(lambda z: z.max(axis=0)),
            "These are the maxima of the columns, so each score of a row is shifted by another "
            "number: subtract from each row its own maximum.",
        ),
        Misconception(
            "half-shifted",
            lambda z: (
                np.exp(z) / np.exp(z - z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
            ),
            "The maximum is subtracted below the fraction line only: subtract it above, too.",
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
            "scores-divided",
            lambda z: z / z.sum(axis=1, keepdims=True),
            "The exponential is missing: scores may be negative, and only their powers are shares.",
        ),
        Misconception(
            "integer-output",
            _in_whole_numbers,
            "The result took the number type of the scores, as `np.zeros_like` gives it; between 0 "
            "and 1 there are no whole numbers.",
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
            "maximum-divided",
            lambda z: _plain(z / z.max(axis=1, keepdims=True)),
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
