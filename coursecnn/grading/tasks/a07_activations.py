"""Assignment 07, entry by entry: the ReLU, and how steep the sigmoid is."""

import math

import numpy as np

from coursecnn import ops

from ..task import Misconception, Task
from .a07_inputs import arrays, far_arrays

FORBIDDEN = (
    "coursecnn.ops",
    "scipy.special",
    "torch.nn",
    "torch.relu",
    "torch.sigmoid",
    "torch.softmax",
)
INFINITE_HINT = (
    "Far from 0 both parts of this quotient are infinite. Compute s = 1 / (1 + e^(−x)) once, then "
    "s · (1 − s)."
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


def slope(x):
    """How steep the sigmoid is.

    Parameters
    ----------
    x : float or ndarray
        Where to take it.

    Returns
    -------
    ndarray, shape of `x`
        Between 0 and 1/4.
    """
    return ops.sigmoid_backward(np.ones(np.shape(x)), np.asarray(x, float))


def _slope_by_quotient(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


def _slope_by_growing_powers(x):
    s = np.exp(x) / (1 + np.exp(x))
    return s * (1 - s)


def _slope_by_loop(x):
    powers = [math.exp(-abs(value)) for value in np.ravel(x)]
    return np.reshape([power / (1 + power) ** 2 for power in powers], np.shape(x))


SIGMOID_SLOPE = Task(
    id="sigmoid_slope",
    points=1,
    reference=slope,
    arguments=("x",),
    inputs=far_arrays,
    misconceptions=(
        Misconception(
            "sigmoid-itself",
            ops.sigmoid,
            "This is σ(x), the height of the curve; its slope is σ(x) · (1 − σ(x)).",
        ),
        Misconception(
            "sigmoid-skipped",
            lambda x: x * (1 - x),
            "`x` is what the sigmoid is given, not what it returns: compute σ(x) first.",
        ),
        Misconception(
            "twice",
            lambda x: slope(ops.sigmoid(x)),
            "The sigmoid was applied twice: s · (1 − s) with s = σ(x) is already the slope.",
        ),
        Misconception(
            "slope-of-tanh",
            lambda x: 1 - np.tanh(x) ** 2,
            "This is the slope of tanh.",
        ),
        Misconception(
            "one-minus-square",
            lambda x: 1 - ops.sigmoid(x) ** 2,
            "1 − y² is the rule for tanh; the sigmoid has y · (1 − y).",
        ),
        Misconception(
            "brackets",
            lambda x: -(1 + np.exp(-x)) * np.exp(-x),
            "`1 / 1 + e` divides first and adds then: put brackets around 1 + e^(−x).",
        ),
        Misconception(
            "wrong-sign",
            lambda x: -slope(x),
            "The sigmoid rises everywhere, so its slope is not negative: s · (1 − s).",
        ),
        Misconception("overflow", _slope_by_quotient, INFINITE_HINT),
        Misconception("overflow", _slope_by_growing_powers, INFINITE_HINT),
    ),
    alternatives=(
        _slope_by_loop,
        lambda x: ops.sigmoid(x) * ops.sigmoid(-x),
        lambda x: (1 - np.tanh(x / 2) ** 2) / 4,
    ),
    forbidden=FORBIDDEN,
)
