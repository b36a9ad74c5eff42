"""Assignment 06, a layer as a matrix: one row for each place of the kernel."""

import numpy as np

from coursecnn.ops import cross_correlate, toeplitz

from ..task import Misconception, Task
from .a06_inputs import kernels_with_shapes, kernels_with_sizes
from .mistakes import OFF_BY_ONE_HINT, off_by_one

FORBIDDEN = (
    "coursecnn.ops",
    "scipy.linalg.convolution_matrix",
    "scipy.linalg.toeplitz",
    "skimage.util",
)
FLIPPED_HINT = "The kernel lies on the signal as it is: it must not be turned round."
TRANSPOSED_HINT = "One row for each output and one column for each input, not the other way round."
SWAPPED_HINT = "Height and width have changed places: `image_shape` is (height, width)."
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
            "too-many-rows",
            _band_of_all_rows,
            "The last kernels stick out at the end: it fits at size − k + 1 places, not at size.",
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


def _sizes(kernel, image_shape):
    """Height and width of the output."""
    return tuple(int(n - k + 1) for n, k in zip(image_shape, kernel.shape, strict=True))


def _by_kronecker(kernel, image_shape):
    rows, columns = _sizes(kernel, image_shape)
    height, width = image_shape
    return sum(
        weight * np.kron(np.eye(rows, height, k=u), np.eye(columns, width, k=v))
        for (u, v), weight in np.ndenumerate(kernel)
    )


def _by_unit_images(kernel, image_shape):
    units = np.eye(np.prod(image_shape)).reshape(-1, *image_shape)
    return np.stack([cross_correlate(unit, kernel).ravel() for unit in units], axis=1)


def _in_lists(kernel, image_shape):
    (rows, columns), (height, width) = _sizes(kernel, image_shape), image_shape
    matrix = [[0.0] * (height * width) for _ in range(rows * columns)]
    for (u, v), weight in np.ndenumerate(kernel):
        for place in range(rows * columns):
            i, j = divmod(place, columns)
            matrix[place][(i + u) * width + j + v] = float(weight)
    return matrix


def _rows_of_output_length(kernel, image_shape):
    rows, columns = _sizes(kernel, image_shape)
    matrix = np.zeros((rows * columns, np.prod(image_shape)))
    for (u, v), weight in np.ndenumerate(kernel):
        for i, j in np.ndindex(rows, columns):
            matrix[i * columns + j, (i + u) * columns + j + v] = weight
    return matrix


def _without_gaps(kernel, image_shape):
    rows, columns = _sizes(kernel, image_shape)
    matrix = np.zeros((rows * columns, np.prod(image_shape)))
    for i, j in np.ndindex(rows, columns):
        start = i * image_shape[1] + j
        matrix[i * columns + j, start : start + kernel.size] = kernel.ravel()
    return matrix


def _over_the_border(kernel, image_shape):
    """Also the windows that begin at the end of one row and go on in the next."""
    laid = np.zeros((kernel.shape[0], image_shape[1]))
    laid[:, : kernel.shape[1]] = kernel
    span = laid.size - image_shape[1] + kernel.shape[1]
    return toeplitz(laid.ravel()[:span], int(np.prod(image_shape)))


def _pictures_turned(kernel, image_shape):
    """Pictures of shape (W, H), with the kernel at the right places; it may stick out."""
    rows = []
    for i, j in np.ndindex(_sizes(kernel, image_shape)):
        picture = np.zeros(image_shape[::-1])
        picture[i : i + kernel.shape[0], j : j + kernel.shape[1]] = kernel
        rows.append(picture.ravel())
    return np.array(rows)


def _by_columns_of_places(kernel, image_shape):
    matrix = toeplitz(kernel, image_shape).reshape(*_sizes(kernel, image_shape), -1)
    return matrix.swapaxes(0, 1).reshape(-1, matrix.shape[-1])


def _same(kernel, image_shape):
    units = np.eye(np.prod(image_shape)).reshape(-1, *image_shape)
    answers = [cross_correlate(unit, kernel, mode="same").ravel() for unit in units]
    return np.stack(answers, axis=1)


def _last_places_left_out(axes):
    """Matrices without the rows of the last places, and with zeros in these rows."""

    def grid(kernel, image_shape):
        return toeplitz(kernel, image_shape).reshape(*_sizes(kernel, image_shape), -1)

    def flat(wrong):
        def function(kernel, image_shape):
            matrix = wrong(kernel, image_shape)
            return matrix.reshape(matrix.shape[0] * matrix.shape[1], -1) if matrix.size else []

        return function

    return (
        Misconception(known.slug, flat(known.wrong), OFF_BY_ONE_HINT)
        for known in off_by_one(grid, axes)
    )


TOEPLITZ = Task(
    id="toeplitz",
    points=3,
    reference=toeplitz,
    arguments=("kernel", "image_shape"),
    inputs=kernels_with_shapes,
    misconceptions=(
        Misconception(
            "flipped-kernel", lambda kernel, shape: toeplitz(np.flip(kernel), shape), FLIPPED_HINT
        ),
        Misconception(
            "rows-of-the-output",
            _rows_of_output_length,
            "Pixel (i, j) is number i · W + j with the width W of the *image*; the width of the "
            "output only counts the rows of the matrix.",
        ),
        Misconception(
            "no-gaps",
            _without_gaps,
            "After one row of the kernel the next one lies a whole row of the image further on: "
            "there are zeros between them.",
        ),
        Misconception(
            "over-the-border",
            _over_the_border,
            "No window begins near the right border and goes on in the next row of pixels.",
        ),
        Misconception(
            "one-dimensional",
            lambda kernel, shape: toeplitz(kernel.ravel(), int(np.prod(shape))),
            "A flattened kernel on a flattened image has lost what lies below what: lay the kernel "
            "on the image first, then flatten.",
        ),
        Misconception(
            "sizes-swapped",
            lambda kernel, shape: toeplitz(kernel, shape[::-1]),
            SWAPPED_HINT,
        ),
        Misconception("sizes-swapped", _pictures_turned, SWAPPED_HINT),
        Misconception(
            "order-of-places",
            _by_columns_of_places,
            "The places come row by row, as `ravel` lists them: first all those of the first row.",
        ),
        Misconception(
            "transposed", lambda kernel, shape: toeplitz(kernel, shape).T, TRANSPOSED_HINT
        ),
        *_last_places_left_out((0, 1)),
        *_last_places_left_out((0,)),
        *_last_places_left_out((1,)),
        Misconception("same-padding", _same, PADDING_HINT),
    ),
    alternatives=(_by_kronecker, _by_unit_images, _in_lists),
    forbidden=FORBIDDEN,
)
