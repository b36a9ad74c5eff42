"""Assignment 07, where the windows of a pooling lie, and how people misplace them."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn import shapes

from ..task import Misconception

INTEGER_HINT = (
    "The result took the number type of the input, as `np.zeros_like` gives it, and lost what "
    "stands behind the point."
)
BYTES_HINT = (
    "A sum of bytes that is added up as a byte begins again at 0 behind 255: `np.mean` and "
    "`np.sum` take a larger type, and so does `float`."
)
HANGING_HINT = (
    "Only whole windows count, so there are (n − kernel_size) // stride + 1 along an axis of n "
    "pixels; what is left over at the end is not pooled."
)


def windows(x, kernel_size, stride):
    """The windows, each a matrix, at all places of the result.

    Parameters
    ----------
    x : ndarray, shape (H, W)
        The image.
    kernel_size : int
        Side of a window.
    stride : int
        Pixels from one window to the next.

    Returns
    -------
    ndarray, shape (rows, columns, kernel_size, kernel_size)
        A view of `x`.
    """
    rows, columns = (shapes.output_size(n, kernel_size, stride) for n in x.shape)
    places = sliding_window_view(x, (kernel_size, kernel_size))[::stride, ::stride]
    return places[:rows, :columns]


def _hanging(reduce, end=lambda n, kernel_size, stride: n):
    """Windows at every multiple of the stride, though some hang over the border."""

    def wrong(x, kernel_size, stride):
        rows, columns = (range(0, end(n, kernel_size, stride), stride) for n in x.shape)
        return np.array(
            [[reduce(x[i : i + kernel_size, j : j + kernel_size]) for j in columns] for i in rows]
        )

    return wrong


def _windows_at_places(reduce):
    """Windows that begin at the indices of the result instead of a stride apart."""

    def wrong(x, kernel_size, stride):
        rows, columns = (shapes.output_size(n, kernel_size, stride) for n in x.shape)
        near = x[: rows + kernel_size - 1, : columns + kernel_size - 1]
        return reduce(windows(near, kernel_size, 1), axis=(2, 3))

    return wrong


def _at_kernel_steps(reduce):
    """As many windows as the stride gives, but a kernel apart; beyond the image they are empty."""

    def wrong(x, kernel_size, stride):
        rows, columns = (shapes.output_size(n, kernel_size, stride) for n in x.shape)
        tops, lefts = (kernel_size * np.arange(n) for n in (rows, columns))
        return np.array(
            [[reduce(x[i : i + kernel_size, j : j + kernel_size]) for j in lefts] for i in tops]
        )

    return wrong


def _rounded_early(pool):
    """The number of windows without the last one, where the division has no rest."""

    def wrong(x, kernel_size, stride):
        rows, columns = ((n - kernel_size + 1) // stride for n in x.shape)
        return pool(x, kernel_size, stride)[:rows, :columns]

    return wrong


def placing(pool, reduce):
    """The mistakes of placing windows, whatever is done in each of them.

    Parameters
    ----------
    pool : callable
        Takes image, kernel size and stride and gives the right answer.
    reduce : callable
        What is done in a window: `np.max` or `np.mean`.

    Returns
    -------
    tuple of Misconception
        Of the stride, of the number of windows, of their order.
    """
    return (
        Misconception(
            "stride-ignored",
            lambda x, kernel_size, stride: pool(x, kernel_size, kernel_size),
            "The window moves by `stride` pixels, which need not be its own size.",
        ),
        Misconception(
            "stride-ignored",
            _at_kernel_steps(reduce),
            "The window moves by `stride` pixels, which need not be its own size.",
        ),
        Misconception(
            "exchanged",
            lambda x, kernel_size, stride: pool(x, stride, kernel_size),
            "`kernel_size` and `stride` have changed places: the first is the side of the window, "
            "the second its step.",
        ),
        Misconception(
            "stride-one",
            lambda x, kernel_size, stride: pool(x, kernel_size, 1),
            "The window moves by `stride` pixels, not by one.",
        ),
        Misconception(
            "start-not-multiplied",
            _windows_at_places(reduce),
            "The window of the entry (i, j) begins at row i · stride and column j · stride.",
        ),
        Misconception(
            "windows-hang-over",
            _hanging(reduce),
            HANGING_HINT,
        ),
        Misconception(
            "windows-hang-over",
            _hanging(reduce, lambda n, kernel_size, stride: n // stride * stride),
            HANGING_HINT,
        ),
        Misconception(
            "windows-hang-over",
            _hanging(reduce, lambda n, kernel_size, stride: n - kernel_size + stride),
            HANGING_HINT,
        ),
        Misconception(
            "off-by-one",
            lambda x, kernel_size, stride: pool(x, kernel_size, stride)[:-1, :-1],
            "The place where the window starts counts, too: there are "
            "(n − kernel_size) // stride + 1 of them along an axis of n pixels.",
        ),
        Misconception(
            "off-by-one",
            _rounded_early(pool),
            "Divide first, and add the 1 of the first window then: (n − kernel_size) // stride + 1 "
            "along an axis of n pixels.",
        ),
        Misconception(
            "transposed",
            lambda x, kernel_size, stride: pool(x, kernel_size, stride).T,
            "Rows and columns have changed places: the first index is the row.",
        ),
    )
