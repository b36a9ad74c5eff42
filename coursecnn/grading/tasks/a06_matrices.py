"""Assignment 06, a layer as a matrix: one row for each place of the kernel."""

import numpy as np

from coursecnn.ops import cross_correlate, toeplitz

from ..task import Misconception, Task
from .a06_bands import FLIPPED_HINT, FORBIDDEN, PADDING_HINT, TRANSPOSED_HINT
from .a06_inputs import kernels_with_shapes
from .mistakes import OFF_BY_ONE_HINT, off_by_one

SWAPPED_HINT = "Height and width have changed places: `image_shape` is (height, width)."


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


def _indices_turned(kernel, image_shape):
    """Height and width exchanged at the beginning, and right from there on."""
    width, height = image_shape
    rows, columns = height - kernel.shape[0] + 1, width - kernel.shape[1] + 1
    matrix = np.zeros((rows * columns, height * width))
    for i, j, u, v in np.ndindex(max(rows, 0), max(columns, 0), *kernel.shape):
        matrix[i * columns + j, (i + u) * width + j + v] = kernel[u, v]
    return matrix


def _rows_of_image_length(kernel, image_shape):
    rows, columns = _sizes(kernel, image_shape)
    matrix = np.zeros((rows * columns, np.prod(image_shape)))
    for i, j in np.ndindex(rows, columns):
        matrix[i * image_shape[1] + j] = _picture(kernel, image_shape, i, j).ravel()
    return matrix


def _picture(kernel, image_shape, i, j):
    picture = np.zeros(image_shape)
    picture[i : i + kernel.shape[0], j : j + kernel.shape[1]] = kernel
    return picture


def _not_cleared(kernel, image_shape):
    picture, rows = np.zeros(image_shape), []
    for i, j in np.ndindex(_sizes(kernel, image_shape)):
        picture[i : i + kernel.shape[0], j : j + kernel.shape[1]] = kernel
        rows.append(picture.ravel().copy())
    return np.array(rows)


def _last_picture(kernel, image_shape):
    last = toeplitz(kernel, image_shape)
    return np.tile(last[-1], (len(last), 1))


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
            "Pixel (i, j) is number i · W + j, where W is the width of the image; that of the "
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
        Misconception("sizes-swapped", _indices_turned, SWAPPED_HINT),
        Misconception(
            "rows-of-the-image",
            _rows_of_image_length,
            "Place (i, j) is row i · columns + j of the matrix, where `columns` is the width of "
            "the output, not of the image: there are fewer places than pixels.",
        ),
        Misconception(
            "picture-not-cleared",
            _not_cleared,
            "The kernel still lies at its earlier places, too: begin each row with a new picture "
            "of zeros.",
        ),
        Misconception(
            "same-picture",
            _last_picture,
            "All rows are the picture of the last place: `ravel` makes no copy, so begin each row "
            "with a new picture.",
        ),
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
