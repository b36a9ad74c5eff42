"""Assignment 06, what a matrix of weights costs: connections, and weights that they share."""

import numpy as np

from ..task import Misconception, Task
from .a06_inputs import matrices


def _counts(matrix):
    weights = matrix[matrix != 0]
    return weights.size, np.unique(weights).size


def _counts_by_loop(matrix):
    seen = [weight for row in matrix.tolist() for weight in row if weight]
    return len(seen), len(set(seen))


def _counts_by_sorting(matrix):
    weights = np.sort(matrix[np.nonzero(matrix)])
    return [weights.size, np.count_nonzero(np.diff(weights)) + bool(weights.size)]


def _counts_by_dictionary(matrix):
    tally = {}
    for weight in matrix.flat:
        tally[float(weight)] = tally.get(float(weight), 0) + 1
    tally.pop(0.0, None)
    return np.array([sum(tally.values()), len(tally)])


COUNT_CONNECTIONS = Task(
    id="count_connections",
    points=1,
    reference=_counts,
    arguments=("matrix",),
    inputs=matrices,
    misconceptions=(
        Misconception(
            "zero-is-no-weight",
            lambda matrix: (_counts(matrix)[0], np.unique(matrix).size),
            "A zero says that there is no connection; it is no weight that has to be learned.",
        ),
        Misconception(
            "all-entries",
            lambda matrix: (matrix.size, _counts(matrix)[1]),
            "A zero says that there is no connection: count the other entries.",
        ),
        Misconception(
            "not-shared",
            lambda matrix: (_counts(matrix)[0],) * 2,
            "Equal entries are copies of one weight: count each value once.",
        ),
        Misconception(
            "zero-expected",
            lambda matrix: (_counts(matrix)[0], np.unique(matrix).size - 1),
            "Not every matrix holds a zero: leave the zeros out first, then count the values.",
        ),
        Misconception(
            "rows-counted",
            lambda matrix: (len(matrix), _counts(matrix)[1]),
            "`len` of an array with two axes counts its rows, not its entries.",
        ),
        Misconception(
            "one-row",
            lambda matrix: (np.count_nonzero(matrix[0]), _counts(matrix)[1]),
            "These are the connections of one output; the matrix has a row for each.",
        ),
        Misconception(
            "sign-lost",
            lambda matrix: (_counts(matrix)[0], _counts(np.abs(matrix))[1]),
            "A weight and its negative are two different weights.",
        ),
        Misconception(
            "positive-only",
            lambda matrix: _counts(np.maximum(matrix, 0)),
            "A negative weight is a weight as well: only zeros are no connections.",
        ),
        Misconception(
            "order-swapped",
            lambda matrix: _counts(matrix)[::-1],
            "The connections come first, then the different weights.",
        ),
    ),
    alternatives=(_counts_by_loop, _counts_by_sorting, _counts_by_dictionary),
)
