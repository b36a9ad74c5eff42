"""Activations: the ReLU entry by entry, the softmax row by row."""

import math

import numpy as np

from coursecnn import ops
from coursecnn.grading.task import Misconception, Task

from ..common.mistakes import (
    AXIS_LOST_HINT,
    ONE_MAXIMUM_HINT,
    OVERFLOW_HINT,
)
from .inputs import arrays, scores

FORBIDDEN = (
    "coursecnn.ops",
    "scipy.special",
    "torch.nn",
    "torch.relu",
    "torch.sigmoid",
    "torch.softmax",
)


def _by_rows_and_columns(x):
    out = np.zeros(x.shape)
    for i, j in np.ndindex(x.shape[0], x.shape[1]):
        out[i, j] = max(0, x[i, j])
    return out


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
            "question-to-an-array",
            lambda x: max(x, 0),
            "`if` and `max` ask one question about the whole array, which has many answers: "
            "compare entry by entry.",
        ),
        Misconception(
            "rows-as-numbers",
            lambda x: np.array([max(entry, 0) for entry in x]),
            "A loop over an array with two axes meets rows, not numbers, and `x` may have any "
            "shape: look for a function that compares entry by entry.",
        ),
        Misconception(
            "two-axes-only",
            _by_rows_and_columns,
            "Two loops meet the entries of an array with two axes; `x` may have any number of "
            "them.",
        ),
        Misconception(
            "sigmoid",
            ops.sigmoid,
            "This is the sigmoid; the ReLU has no exponential.",
        ),
        Misconception(
            "flattened",
            lambda x: np.maximum(x.ravel(), 0),
            "The numbers are right, but they stand in one row: the result has the shape of `x`.",
        ),
        Misconception(
            "integer-output",
            lambda x: np.maximum(x, 0).astype(int),
            "The result was made of whole numbers and lost what stands behind the point.",
        ),
        Misconception(
            "one-maximum",
            lambda x: np.maximum(np.max(x), 0),
            "`np.max` finds the largest entry of all; `np.maximum` compares entry by entry.",
        ),
        Misconception(
            "maximum-along-an-axis",
            lambda x: np.max(x, 0),
            "The second argument of `np.max` is an axis: this is the largest entry of each column. "
            "`np.maximum` compares entry by entry.",
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
    forbidden=FORBIDDEN,
)


WHOLE_HINT = "Here the whole array adds up to 1; each row should."
DIVIDED_HINT = (
    "Dividing the scores changes their differences, and so the result: subtract the maximum."
)
SHIFT_HINT = (
    "A score far above the number that is subtracted still overflows: subtract the largest score "
    "of the row, so that no exponent is positive."
)


def _plain(z):
    powers = np.exp(z)
    return powers / powers.sum(axis=1, keepdims=True)


def _plain_by_loops(z):
    sums = [sum(math.exp(score) for score in row) for row in z]
    return [[math.exp(x) / total for x in row] for row, total in zip(z, sums, strict=True)]


def _one_maximum(z):
    return _plain(z - z.max())


def _sum_of_all(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum()


def _sum_of_columns(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=0)


def _axis_lost(z):
    powers = np.exp(z - z.max(axis=1))
    return powers / powers.sum(axis=1)


def _second_axis_lost(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1)


def _sum_of_lost_axis(z):
    return np.exp(z) / np.exp(z).sum(axis=1)


def _in_whole_numbers(z):
    return ops.softmax(z, axis=1).astype(z.dtype)


def _of_shifted(shift):
    """The plain formula after a shift of the scores that is not the maximum of the row."""
    return lambda z: _plain(z - shift(z))


def _shifted_divided(z):
    shifted = z - z.max(axis=1, keepdims=True)
    return shifted / shifted.sum(axis=1, keepdims=True)


POWERS_HINT = (
    "The exponential is missing: scores may be negative, and only their powers are shares."
)

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
            ONE_MAXIMUM_HINT,
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
            "half-shifted",
            lambda z: (
                np.exp(z - z.max(axis=1, keepdims=True)) / np.exp(z).sum(axis=1, keepdims=True)
            ),
            "The maximum is subtracted above the fraction line only: subtract it below, too.",
        ),
        Misconception(
            "scores-clipped",
            lambda z: _plain(np.clip(z, -500, 500)),
            "Clipping makes large scores equal, and their differences are lost: subtract the "
            "largest score of the row instead.",
        ),
        Misconception(
            "scores-clipped",
            lambda z: _plain(np.minimum(z, 500)),
            "Clipping makes large scores equal, and their differences are lost: subtract the "
            "largest score of the row instead.",
        ),
        Misconception(
            "columns",
            lambda z: ops.softmax(z, axis=0),
            "Here the columns add up to 1; each row is one set of scores.",
        ),
        Misconception(
            "whole-array",
            lambda z: ops.softmax(z.reshape(1, -1)).reshape(z.shape),
            WHOLE_HINT,
        ),
        Misconception("whole-array", _sum_of_all, WHOLE_HINT),
        Misconception(
            "columns-added",
            _sum_of_columns,
            "These are the sums of the columns: divide each row by its own sum.",
        ),
        Misconception(
            "not-normalised",
            lambda z: np.exp(z - z.max(axis=1, keepdims=True)),
            "These are the powers; divide them by their sum in each row.",
        ),
        Misconception(
            "scores-divided",
            lambda z: z / z.sum(axis=1, keepdims=True),
            POWERS_HINT,
        ),
        Misconception("scores-divided", _shifted_divided, POWERS_HINT),
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
            DIVIDED_HINT,
        ),
        Misconception(
            "maximum-divided",
            lambda z: _plain(z / z.max(axis=1, keepdims=True)),
            DIVIDED_HINT,
        ),
        Misconception(
            "axis-lost",
            _axis_lost,
            AXIS_LOST_HINT,
        ),
        Misconception("axis-lost", _sum_of_lost_axis, AXIS_LOST_HINT),
        Misconception("axis-lost", _second_axis_lost, AXIS_LOST_HINT),
        Misconception(
            "first-row-only",
            lambda z: ops.softmax(z)[0],
            "Only the first row has come out. Does `return` stand in the loop? It belongs behind "
            "it.",
        ),
        Misconception(
            "absolute-maximum",
            _of_shifted(lambda z: np.abs(z).max(axis=1, keepdims=True)),
            "Where all scores of a row are far below 0, the largest absolute value pushes them "
            "farther down, and all powers become 0: subtract the largest score as it is.",
        ),
        Misconception(
            "wrong-sign",
            lambda z: ops.softmax(-z),
            "The smallest score has become the most probable: the exponent has the wrong sign.",
        ),
        Misconception(
            "wrong-sign",
            lambda z: _plain(z.max(axis=1, keepdims=True) - z),
            "The exponent has the wrong sign: it is the score less the maximum.",
        ),
    ),
    forbidden=FORBIDDEN,
)
