"""A layer as a matrix: of a signal, of an image, and how many weights it shares."""

from dataclasses import replace

import numpy as np

from coursecnn.grading.task import Misconception, Task
from coursecnn.ops import cross_correlate, toeplitz

from ..common.mistakes import off_by_one
from .inputs import kernels_with_shapes, kernels_with_sizes, matrices

FORBIDDEN = (
    "coursecnn.ops",
    "scipy.linalg.convolution_matrix",
    "scipy.linalg.toeplitz",
    "skimage.util",
)
FLIPPED_HINT = "The kernel lies on the signal as it is: it must not be turned round."
TRANSPOSED_HINT = "One row for each output and one column for each input, not the other way round."
OFF_BY_ONE_HINT = (
    "The last place is missing: a kernel of k entries has n − k + 1 places on n of them, not n − k."
)
INTEGER_HINT = (
    "The matrix holds whole numbers only, and the weights may be floats: `np.zeros` without "
    "`dtype` takes any number."
)
PADDING_HINT = (
    "Only places where the whole kernel lies inside count: one row for each valid output, no more."
)


def _one_place_short(*mistakes):
    """The last place left out, in the words of a matrix."""
    return tuple(replace(known, hint=OFF_BY_ONE_HINT) for known in mistakes)


def _band_full(kernel, size):
    return np.stack([cross_correlate(one, kernel, mode="full") for one in np.eye(size)], axis=1)


def _band_same(kernel, size):
    return np.stack([cross_correlate(one, kernel, mode="same") for one in np.eye(size)], axis=1)


def _band_half_on_both_sides(kernel, size):
    half = len(kernel) // 2
    return np.stack([cross_correlate(np.pad(one, half), kernel) for one in np.eye(size)], axis=1)


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


def _band_downwards(kernel, size):
    """Weight i - j instead of j - i."""
    shape = size - len(kernel) + 1, size
    return sum(weight * np.eye(*shape, k=-u) for u, weight in enumerate(kernel))


def _band_of_columns(kernel, size):
    """`matrix[j, i]`, an error unless there are as many rows as columns."""
    matrix = np.zeros((size - len(kernel) + 1, size))
    for i in range(len(matrix)):
        for u, weight in enumerate(kernel):
            matrix[i + u, i] = weight
    return matrix


def _band_in_jumps(kernel, size):
    matrix, k = np.zeros((size - len(kernel) + 1, size)), len(kernel)
    for i, row in enumerate(matrix):
        row[i * k : i * k + k] = kernel
    return matrix


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
        *_one_place_short(*off_by_one(toeplitz, (0,))),
        Misconception(
            "indices-exchanged",
            _band_downwards,
            "In row i the kernel begins at column i and goes to the right: column j holds weight "
            "j − i, not i − j.",
        ),
        Misconception(
            "indices-exchanged",
            _band_of_columns,
            "The first index is the row, which counts the places; the second is the column.",
        ),
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
            INTEGER_HINT,
        ),
        Misconception("same-padding", _band_same, PADDING_HINT),
        Misconception("same-padding", _band_half_on_both_sides, PADDING_HINT),
        Misconception("full-padding", _band_full, PADDING_HINT),
        Misconception(
            "wraps-around",
            _band_in_circles,
            "The kernel must not leave the signal at its end and come back at its beginning.",
        ),
        Misconception(
            "full-padding", lambda kernel, size: _band_full(kernel[::-1], size), PADDING_HINT
        ),
        Misconception(
            "jumping-kernel",
            _band_in_jumps,
            "From row to row the kernel moves on by one column, not by its own length.",
        ),
        Misconception(
            "kernel-stays",
            _band_that_stays,
            "From row to row the kernel moves on by one column.",
        ),
    ),
    forbidden=FORBIDDEN,
)


SWAPPED_HINT = "Height and width have changed places: `image_shape` is (height, width)."


def _sizes(kernel, image_shape):
    """Height and width of the output."""
    return tuple(int(n - k + 1) for n, k in zip(image_shape, kernel.shape, strict=True))


def _rows_of_output_length(kernel, image_shape):
    rows, columns = _sizes(kernel, image_shape)
    matrix = np.zeros((rows * columns, np.prod(image_shape)))
    for (u, v), weight in np.ndenumerate(kernel):
        for i, j in np.ndindex(rows, columns):
            matrix[i * columns + j, (i + u) * columns + j + v] = weight
    return matrix


def _rows_of_output_length_added(kernel, image_shape):
    """As `_rows_of_output_length`; what falls into one column is added."""
    rows, columns = _sizes(kernel, image_shape)
    matrix = np.zeros((rows * columns, np.prod(image_shape)))
    for i, j, u, v in np.ndindex(rows, columns, *kernel.shape):
        matrix[i * columns + j, (i + u) * columns + j + v] += kernel[u, v]
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


def _places_by_height(kernel, image_shape):
    rows, columns = _sizes(kernel, image_shape)
    matrix = np.zeros((rows * columns, np.prod(image_shape)))
    for i, j in np.ndindex(rows, columns):
        matrix[i * rows + j] = _picture(kernel, image_shape, i, j).ravel()
    return matrix


def _square_kernel(axis):
    """One size of the kernel taken for both."""

    def wrong(kernel, image_shape):
        k = kernel.shape[axis]
        rows, columns = (n - k + 1 for n in image_shape)
        matrix = np.zeros((rows * columns, np.prod(image_shape)))
        for i, j in np.ndindex(rows, columns):
            picture = np.zeros(image_shape)
            picture[i : i + k, j : j + k] = kernel
            matrix[i * columns + j] = picture.ravel()
        return matrix

    return wrong


def _square_entries(axis):
    """As `_square_kernel`, weight by weight: those beyond k are never read."""

    def wrong(kernel, image_shape):
        k = kernel.shape[axis]
        kernel[k - 1, k - 1]  # NumPy raises, as it does for the student
        return toeplitz(kernel[:k, :k], image_shape)

    return wrong


def _pixels_by_height(kernel, image_shape):
    rows, columns = _sizes(kernel, image_shape)
    matrix = np.zeros((rows * columns, np.prod(image_shape)))
    for i, j, u, v in np.ndindex(rows, columns, *kernel.shape):
        matrix[i * columns + j, (i + u) * image_shape[0] + j + v] = kernel[u, v]
    return matrix


def _at_every_pixel(kernel, image_shape):
    matrix = np.zeros((np.prod(image_shape), np.prod(image_shape)))
    for n, (i, j) in enumerate(np.ndindex(image_shape)):
        matrix[n] = _picture(kernel, image_shape, i, j).ravel()
    return matrix


def _first_row_of_places(kernel, image_shape):
    matrix = toeplitz(kernel, image_shape)
    matrix[_sizes(kernel, image_shape)[1] :] = 0
    return matrix


def _kernel_transposed(kernel, image_shape):
    """`kernel[v, u]`, an error unless the kernel is square."""
    kernel[kernel.shape[1] - 1, kernel.shape[0] - 1]
    return toeplitz(kernel.T, image_shape)


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


def _by_columns_of_pixels(kernel, image_shape):
    pictures = toeplitz(kernel, image_shape).reshape(-1, *image_shape)
    return pictures.swapaxes(1, 2).reshape(len(pictures), -1)


def _by_columns(kernel, image_shape):
    """Places and pixels, both."""
    return toeplitz(kernel.T, image_shape[::-1])


def _of_answers(answer):
    """The matrix of a layer that gives other answers: one column for each pixel alone."""

    def wrong(kernel, image_shape):
        units = np.eye(np.prod(image_shape)).reshape(-1, *image_shape)
        return np.stack([answer(unit, kernel).ravel() for unit in units], axis=1)

    return wrong


def _same(image, kernel):
    return cross_correlate(image, kernel, mode="same")


def _half_on_both_sides(image, kernel):
    return cross_correlate(np.pad(image, [(k // 2, k // 2) for k in kernel.shape]), kernel)


def _grid(kernel, image_shape):
    """The matrix with the rows and columns of places as two axes."""
    return toeplitz(kernel, image_shape).reshape(*_sizes(kernel, image_shape), -1)


def _as_matrix(wrong):
    def function(kernel, image_shape):
        grid = wrong(kernel, image_shape)
        return grid.reshape(grid.shape[0] * grid.shape[1], -1) if grid.size else []

    return function


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
        *(
            Misconception(
                "rows-of-the-output",
                wrong,
                "Pixel (i, j) is number i · W + j, where W is the width of the image; that of the "
                "output only counts the rows of the matrix.",
            )
            for wrong in (_rows_of_output_length, _rows_of_output_length_added)
        ),
        Misconception(
            "places-miscounted",
            _places_by_height,
            "Place (i, j) has i whole rows of places before it, and each of them is as long as the "
            "output is wide, not as high.",
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
            "sizes-swapped",
            _pixels_by_height,
            "Pixel (i, j) has i whole rows before it, and each is as long as the image is wide, "
            "not high.",
        ),
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
            "order-of-pixels",
            _by_columns_of_pixels,
            "The pixels come row by row, as `ravel` lists them; here they go down the columns.",
        ),
        Misconception(
            "order-of-pixels",
            _by_columns,
            "Pixels and places come row by row, as `ravel` lists them; here both go down the "
            "columns.",
        ),
        *(
            Misconception(
                "always-square",
                wrong(axis),
                "A kernel need not be square: take its height and its width from `kernel.shape`.",
            )
            for axis in (0, 1)
            for wrong in (_square_kernel, _square_entries)
        ),
        Misconception(
            "returned-too-early",
            _first_row_of_places,
            "Only the places of the first row are there: the `return` stands inside the outer "
            "loop. Move it to the left.",
        ),
        Misconception(
            "returned-too-early",
            lambda kernel, shape: toeplitz(kernel, shape)[: _sizes(kernel, shape)[1]],
            "Only the places of the first row are there: the `return` stands inside the outer "
            "loop. Move it to the left.",
        ),
        Misconception(
            "sticks-out",
            _at_every_pixel,
            "Near the right and the lower border the kernel sticks out: it has H − k_H + 1 places "
            "in a column and W − k_W + 1 in a row.",
        ),
        Misconception(
            "not-flattened",
            lambda kernel, shape: toeplitz(kernel, shape).reshape(-1, *shape),
            "These are pictures with two axes; flattened, each of them is one row of the matrix.",
        ),
        Misconception(
            "kernel-transposed",
            _kernel_transposed,
            "The first index of the kernel is its row, the second its column.",
        ),
        Misconception(
            "integer-output",
            lambda kernel, shape: toeplitz(kernel, shape).astype(int),
            INTEGER_HINT,
        ),
        Misconception(
            "transposed", lambda kernel, shape: toeplitz(kernel, shape).T, TRANSPOSED_HINT
        ),
        *(
            replace(known, wrong=_as_matrix(known.wrong))
            for known in _one_place_short(*off_by_one(_grid, (0, 1), (0,), (1,)))
        ),
        Misconception("same-padding", _of_answers(_same), PADDING_HINT),
        Misconception("same-padding", _of_answers(_half_on_both_sides), PADDING_HINT),
    ),
    forbidden=FORBIDDEN,
)


def _counts(matrix):
    weights = matrix[matrix != 0]
    return weights.size, np.unique(weights).size


POSITIVE_HINT = "A negative weight is a weight as well: only zeros are no connections."

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
            "all-entries",
            lambda matrix: (matrix.size, np.unique(matrix).size),
            "A zero says that there is no connection: leave the zeros out, then count entries and "
            "values.",
        ),
        Misconception(
            "zeros-counted",
            lambda matrix: (np.sum(matrix == 0), _counts(matrix)[1]),
            "These are the entries that are zero; the others are connections.",
        ),
        Misconception(
            "connections-only",
            lambda matrix: _counts(matrix)[0],
            "These are the connections alone; return a pair, with the number of weights second.",
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
            "one-row",
            lambda matrix: (_counts(matrix)[0], _counts(matrix[0])[1]),
            "These are the weights of the first row; other rows may have others, where the layer "
            "is no convolution.",
        ),
        Misconception(
            "added-not-counted",
            lambda matrix: (matrix.sum(), _counts(matrix)[1]),
            "The values were added up; count how many of them are not zero.",
        ),
        Misconception(
            "sign-lost",
            lambda matrix: (_counts(matrix)[0], _counts(np.abs(matrix))[1]),
            "A weight and its negative are two different weights.",
        ),
        Misconception(
            "positive-only",
            lambda matrix: _counts(np.maximum(matrix, 0)),
            POSITIVE_HINT,
        ),
        Misconception(
            "positive-only",
            lambda matrix: (np.sum(matrix > 0), _counts(matrix)[1]),
            POSITIVE_HINT,
        ),
        Misconception(
            "order-swapped",
            lambda matrix: _counts(matrix)[::-1],
            "The connections come first, then the different weights.",
        ),
    ),
)
