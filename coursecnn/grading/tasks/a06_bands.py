"""Assignment 06, the slide of a kernel over a signal as a matrix."""

import numpy as np

from coursecnn.ops import cross_correlate, toeplitz

from ..task import Misconception, Task
from .a06_inputs import kernels_with_sizes
from .mistakes import off_by_one

FORBIDDEN = (
    "coursecnn.ops",
    "scipy.linalg.convolution_matrix",
    "scipy.linalg.toeplitz",
    "skimage.util",
)
FLIPPED_HINT = "The kernel lies on the signal as it is: it must not be turned round."
TRANSPOSED_HINT = "One row for each output and one column for each input, not the other way round."
PADDING_HINT = (
    "Only places where the whole kernel lies inside count: one row for each valid output, no more."
)


def _band_by_diagonals(kernel, size):
    rows = size - len(kernel) + 1
    return sum(weight * np.eye(rows, size, k=u) for u, weight in enumerate(kernel))


def _band_by_columns(kernel, size):
    return np.stack([cross_correlate(unit, kernel) for unit in np.eye(size)], axis=1)


def _band_in_lists(kernel, size):
    k = len(kernel)
    return [[0] * i + list(kernel) + [0] * (size - k - i) for i in range(size - k + 1)]


def _band_full(kernel, size):
    return np.stack([cross_correlate(one, kernel, mode="full") for one in np.eye(size)], axis=1)


def _band_same(kernel, size):
    return np.stack([cross_correlate(one, kernel, mode="same") for one in np.eye(size)], axis=1)


def _band_in_circles(kernel, size):
    first = np.pad(kernel, (0, size - len(kernel)))
    return np.stack([np.roll(first, i) for i in range(size)])


def _band_of_all_rows(kernel, size):
    square = np.zeros((size, size))
    for i in range(size):
        square[i, i : i + len(kernel)] = kernel
    return square


def _band_cut_off(kernel, size):
    return sum(weight * np.eye(size, k=u) for u, weight in enumerate(kernel))


def _band_of_one_list(kernel, size):
    row = list(kernel) + [0] * (size - len(kernel))
    rows = []
    for _ in range(size - len(kernel) + 1):
        rows.append(row)
        row.insert(0, row.pop())
    return rows


def _band_that_stays(kernel, size):
    first = np.pad(kernel, (0, size - len(kernel)))
    return np.tile(first, (size - len(kernel) + 1, 1))


BAND_MATRIX = Task(
    id="band_matrix",
    points=1,
    reference=toeplitz,
    arguments=("kernel", "size"),
    inputs=kernels_with_sizes,
    misconceptions=(
        Misconception(
            "flipped-kernel", lambda kernel, size: toeplitz(kernel[::-1], size), FLIPPED_HINT
        ),
        *off_by_one(toeplitz, (0,)),
        Misconception("transposed", lambda kernel, size: toeplitz(kernel, size).T, TRANSPOSED_HINT),
        Misconception(
            "sticks-out",
            _band_of_all_rows,
            "Somewhere the kernel sticks out of the matrix: there are size − k + 1 rows, and in "
            "row i the kernel fills the columns from i on.",
        ),
        Misconception(
            "too-many-rows",
            _band_cut_off,
            "The last kernels are cut off at the end: the kernel fits at size − k + 1 places, not "
            "at size.",
        ),
        Misconception(
            "same-list",
            _band_of_one_list,
            "All rows are one and the same list, which changes everywhere at once: put a copy of "
            "it into the matrix.",
        ),
        Misconception(
            "integer-output",
            lambda kernel, size: toeplitz(kernel, size).astype(int),
            "The matrix holds whole numbers only, and the weights may be floats: `np.zeros` "
            "without `dtype` takes any number.",
        ),
        Misconception("same-padding", _band_same, PADDING_HINT),
        Misconception("full-padding", _band_full, PADDING_HINT),
        Misconception(
            "wraps-around",
            _band_in_circles,
            "The kernel must not leave the signal at its end and come back at its beginning.",
        ),
        Misconception(
            "kernel-stays",
            _band_that_stays,
            "From row to row the kernel moves on by one column.",
        ),
    ),
    alternatives=(_band_by_diagonals, _band_by_columns, _band_in_lists),
    forbidden=FORBIDDEN,
)
