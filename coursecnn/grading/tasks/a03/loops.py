"""Mistakes in loops over windows: where they run, and what they do with the products."""

import numpy as np

from coursecnn.grading.task import Misconception

TOO_FAR_HINT = (
    "The loop runs too far: behind the last place, n − k, the window is shorter than the kernel. "
    "There are n − k + 1 places along an axis of n entries."
)
TRANSPOSED_HINT = (
    "Rows and columns have changed places: the first index is the row in the image, in the "
    "kernel, and in the result."
)


def _slide(x, kernel, *, places=None, shape=None):
    """Sums of products; loops and result may have other sizes than the right ones."""
    places = places or _fitting(x, kernel)
    out = np.zeros(shape or places)
    for at in np.ndindex(*places):
        window = x[tuple(slice(i, i + k) for i, k in zip(at, kernel.shape, strict=True))]
        out[at] = np.sum(window * kernel)
    return out


def _fitting(x, kernel):
    return tuple(n - k + 1 for n, k in zip(x.shape, kernel.shape, strict=True))


def _one_more(x, kernel):
    return tuple(n + 1 for n in _fitting(x, kernel))


# None of them raises in every case: it would give its name to whatever does.
TOO_FAR = (
    Misconception("too-far", lambda x, k: _slide(x, k, places=x.shape), TOO_FAR_HINT),
    Misconception(
        "too-far", lambda x, k: _slide(x, k, places=x.shape, shape=_fitting(x, k)), TOO_FAR_HINT
    ),
    Misconception("too-far", lambda x, k: _slide(x, k, places=_one_more(x, k)), TOO_FAR_HINT),
)

WHOLE_NUMBERS = Misconception(
    "integer-output",
    lambda x, kernel: _slide(x, kernel).astype(int),
    "The result holds whole numbers only, so it has lost what lies behind the point: leave out "
    "`dtype=int`.",
)

RETURNED_TOO_EARLY = tuple(
    Misconception(
        "returned-too-early",
        wrong,
        "Only the first number comes out: the `return` stands inside the loop, so it ends the "
        "function after the first round. Move it to the left.",
    )
    for wrong in (
        lambda x, kernel: _slide(x, kernel).flat[:1],
        lambda x, kernel: _slide(x, kernel).flat[0],
    )
)


def _unfinished(x, kernel):
    """`return` in the inner of two loops, or in the outer one: the rest is still zero."""
    out = np.zeros(_fitting(x, kernel))
    out.flat[0] = _slide(x, kernel).flat[0]
    return out


def _first_row(x, kernel):
    out = np.zeros(_fitting(x, kernel))
    out[0] = _slide(x, kernel)[0]
    return out


UNFINISHED = tuple(
    Misconception(
        "returned-too-early",
        wrong,
        "Most entries are still the zeros that the result was made of: the `return` stands inside "
        "a loop, so it ends the function too early. Move it to the left.",
    )
    for wrong in (_unfinished, _first_row)
)

NOT_ADDED_UP = Misconception(
    "not-added-up",
    lambda signal, kernel: np.array(
        [signal[i : i + len(kernel)] * kernel for i in range(len(signal) - len(kernel) + 1)]
    ),
    "There is one number for each place: add up the products of a window.",
)

TOTAL_NOT_RESET = Misconception(
    "total-not-reset",
    lambda x, kernel: np.cumsum(_slide(x, kernel)).reshape(_fitting(x, kernel)),
    "Each number contains those before it: the total must begin with 0 at every place.",
)


def _last_product(x, kernel):
    last = tuple(slice(k - 1, None) for k in kernel.shape)
    return x[last] * kernel[tuple(k - 1 for k in kernel.shape)]


LAST_PRODUCT = Misconception(
    "last-product-only",
    _last_product,
    "Only the last product of each window is left: `=` puts it in the place of the others, `+=` "
    "adds it to them.",
)

FLATTENED = Misconception(
    "flattened",
    lambda image, kernel: _slide(image, kernel).ravel(),
    "The numbers stand in one long row; the result has rows and columns.",
)


def _crossed(image, kernel):
    """The windows are right, the loops are not."""
    return _slide(image, kernel, places=_fitting(image, kernel)[::-1])


def _windows_crossed(image, kernel):
    """Both shapes are read as (width, height)."""
    (width, height), (columns, rows) = image.shape, kernel.shape
    out = np.zeros((height - rows + 1, width - columns + 1))
    for i, j in np.ndindex(out.shape):
        out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out


def _columns_first(image, kernel):
    """`x` runs over the width, but stands where the row belongs."""
    rows, columns = _fitting(image, kernel)
    return _slide(image, kernel, places=(columns, rows), shape=(rows, columns))


CROSSED = tuple(
    Misconception("transposed", wrong, TRANSPOSED_HINT)
    for wrong in (_crossed, _windows_crossed, _columns_first)
)


def _square(image, kernel, axis):
    n, k = image.shape[axis], kernel.shape[axis]
    out = np.zeros((n - k + 1, n - k + 1))
    for i, j in np.ndindex(out.shape):
        out[i, j] = np.sum(image[i : i + k, j : j + k] * kernel)
    return out


SQUARE_ONLY = tuple(
    Misconception(
        "always-square",
        lambda image, kernel, axis=axis: _square(image, kernel, axis),
        "Images and kernels need not be square: take height and width from `shape`, both of them.",
    )
    for axis in (0, 1)
)
