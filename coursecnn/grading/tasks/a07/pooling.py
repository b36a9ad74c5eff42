"""Pooling: the largest pixel of each window, its mean, the mean of a whole map."""

from dataclasses import replace

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn import ops, shapes
from coursecnn.grading.task import Misconception, Task

from ..common.mistakes import flattened, stored, swapped_indices, total_not_reset
from .inputs import images_with_windows, maps

FORBIDDEN = ("coursecnn.ops", "cv2", "scipy.ndimage", "skimage.measure", "torch.nn")
INTEGER_HINT = (
    "The result took the number type of the input, as `np.zeros_like` gives it, and lost what "
    "stands behind the point."
)
FLOOR_HINT = "`//` rounds down; `/` keeps what stands behind the point."
BYTES_HINT = (
    "A sum of bytes that is added up as a byte begins again at 0 behind 255: `np.mean` and "
    "`np.sum` take a larger type, and so does `float`."
)
STRIDE_HINT = "The window moves by `stride` pixels, which need not be its own size."
ONE_AXIS_HINT = (
    "A window has two axes, and only one of them is gone through here, as `axis=0` and Python's "
    "own `{name}` do; `np.{name}` without `axis` takes all its numbers."
)
ROW_HINT = "The numbers stand in one long row: the result has an axis of rows and one of columns."
INDICES_HINT = "Rows and columns have changed places: the first index is the row."
HANGING_HINT = (
    "Only whole windows count, so there are (n − kernel_size) // stride + 1 along an axis of n "
    "pixels; what is left over at the end is not pooled."
)


def windows(x, kernel_size, stride):
    """A view of all windows, shape (rows, columns, kernel_size, kernel_size)."""
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


def _square(reduce, axis):
    """The size of one axis taken for both: windows stick out, or are empty, or are missing."""

    def wrong(x, kernel_size, stride):
        starts = range(0, x.shape[axis] - kernel_size + 1, stride)
        return np.array(
            [[reduce(x[i : i + kernel_size, j : j + kernel_size]) for j in starts] for i in starts]
        )

    return wrong


def _stored(reduce):
    """The answer by loops, where `reduce` may not give a single number."""

    def wrong(x, kernel_size, stride):
        result = np.zeros([shapes.output_size(n, kernel_size, stride) for n in x.shape])
        for i, j in np.ndindex(*result.shape):
            top, left = i * stride, j * stride
            result[i, j] = reduce(x[top : top + kernel_size, left : left + kernel_size])
        return result

    return wrong


def _sliced(reduce, first, last, crossed=False):
    """The answer by loops over right places, or as many crosswise, with mistaken slices.

    `first` and `last` take the index of a place, kernel size, stride and whether rows are meant.
    """

    def wrong(x, kernel_size, stride):
        shape = [shapes.output_size(n, kernel_size, stride) for n in x.shape]
        result = np.zeros(shape[::-1] if crossed else shape)
        for place in np.ndindex(*result.shape):
            part = tuple(
                slice(*(end(n, kernel_size, stride, axis == 0) for end in (first, last)))
                for axis, n in enumerate(place)
            )
            result[place] = reduce(x[part])
        return result

    return wrong


def _begin(n, kernel_size, stride, rows):
    return n * stride


def _end(n, kernel_size, stride, rows):
    return n * stride + kernel_size


def _in_fractions(x, kernel_size, stride):
    return np.zeros([(n - kernel_size) / stride + 1 for n in x.shape])


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
    """The number of windows without the last one, where the division has a certain rest."""

    def wrong(x, kernel_size, stride):
        rows, columns = ((n - kernel_size + 1) // stride for n in x.shape)
        return pool(x, kernel_size, stride)[:rows, :columns]

    return wrong


def _without_the_last_that_fits(pool):
    def wrong(x, kernel_size, stride):
        rows, columns = (len(range(0, n - kernel_size, stride)) for n in x.shape)
        return pool(x, kernel_size, stride)[:rows, :columns]

    return wrong


def _placing(pool, reduce):
    """The mistakes of placing windows, of their number and order, whatever is done in each of them.

    `pool` takes image, kernel size and stride and gives the right answer; `reduce` is what it does
    in a window, `np.max` or `np.mean`.
    """
    return (
        Misconception(
            "stride-ignored",
            lambda x, kernel_size, stride: pool(x, kernel_size, kernel_size),
            STRIDE_HINT,
        ),
        Misconception(
            "stride-ignored",
            _at_kernel_steps(reduce),
            STRIDE_HINT,
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
        *(
            Misconception(
                "start-not-multiplied",
                _sliced(
                    reduce,
                    lambda n, k, stride, rows, right=right: n * (stride if rows == right else 1),
                    lambda n, k, stride, rows, right=right: (
                        n * (stride if rows == right else 1) + k
                    ),
                ),
                "The stride holds for both axes: the window of the entry (i, j) begins at row "
                "i · stride and column j · stride.",
            )
            for right in (True, False)
        ),
        Misconception(
            "stride-for-kernel",
            _sliced(reduce, _begin, lambda n, k, stride, rows: (n + 1) * stride),
            "The window is as large as its step here: it ends `kernel_size` pixels behind its "
            "beginning.",
        ),
        *(
            Misconception(
                "wrong-end",
                _sliced(
                    reduce,
                    _begin,
                    lambda n, k, stride, rows, more=more: n * stride + k + more,
                ),
                "A slice leaves out its end: from `top` to `top + kernel_size` it has exactly "
                "`kernel_size` rows.",
            )
            for more in (-1, 1)
        ),
        Misconception(
            "wrong-end",
            _sliced(reduce, _begin, lambda n, k, stride, rows: k),
            "The second number of a slice is where it ends, not how long it is.",
        ),
        Misconception("transposed", _sliced(reduce, _begin, _end, crossed=True), INDICES_HINT),
        Misconception(
            "fractions",
            _in_fractions,
            "`/` gives a fraction, and there are whole rows only: `//` divides and rounds down.",
        ),
        replace(flattened(pool), hint=ROW_HINT),
        Misconception(
            "whole-image",
            lambda x, kernel_size, stride: np.full(pool(x, kernel_size, stride).shape, reduce(x)),
            "Every entry is that of the whole image: cut out the window first.",
        ),
        Misconception(
            "windows-hang-over",
            _hanging(reduce),
            HANGING_HINT,
        ),
        Misconception(
            "counted-by-kernel",
            _hanging(reduce, lambda n, kernel_size, stride: n // kernel_size * stride),
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
            "off-by-one",
            _without_the_last_that_fits(pool),
            "The last window that just fits is missing: `range(0, n - kernel_size, stride)` ends "
            "before n − kernel_size, and a window begins there, too.",
        ),
        *(replace(known, hint=INDICES_HINT) for known in swapped_indices(pool)),
        *(
            Misconception(
                "always-square",
                _square(reduce, axis),
                "Images need not be square: count the rows by the height, the columns by the "
                "width.",
            )
            for axis in (0, 1)
        ),
    )


def _max(x, kernel_size, stride):
    return ops.max_pool2d(np.asarray(x)[None], kernel_size, stride=stride)[0]


def _avg(x, kernel_size, stride):
    return ops.avg_pool2d(np.asarray(x)[None], kernel_size, stride=stride)[0]


def _so_far(reset):
    """The largest pixel of all windows so far, or of those in a row."""

    def wrong(x, kernel_size, stride):
        answer = _max(x, kernel_size, stride)
        rows = answer.reshape(*answer.shape[:reset], -1)
        return np.maximum.accumulate(rows, axis=-1).reshape(answer.shape)

    return wrong


MAX_POOL2D = Task(
    id="max_pool2d",
    points=2,
    reference=_max,
    arguments=("x", "kernel_size", "stride"),
    inputs=images_with_windows,
    misconceptions=(
        *_placing(_max, np.max),
        Misconception(
            "mean-not-max",
            _avg,
            "This is the mean of each window; its largest pixel is asked for.",
        ),
        Misconception(
            "starts-at-zero",
            lambda x, kernel_size, stride: np.maximum(_max(x, kernel_size, stride), 0),
            "A window of negative numbers has a negative maximum: begin the search with one of its "
            "pixels, not with 0.",
        ),
        *(
            Misconception(
                "maximum-not-reset",
                _so_far(reset),
                "The largest pixels of earlier windows are still there: begin the search anew in "
                "each window.",
            )
            for reset in (0, 1)
        ),
        *(
            Misconception("one-axis", wrong, ONE_AXIS_HINT.format(name="max"))
            for wrong in (_stored(max), _stored(lambda window: window.max(axis=0)))
        ),
        Misconception(
            "place-not-value",
            _stored(np.argmax),
            "`argmax` says where the largest pixel is; asked for is how large it is.",
        ),
        Misconception(
            "smallest",
            _stored(np.min),
            "This is the smallest pixel of each window; the largest is asked for.",
        ),
        Misconception(
            "absolute-values",
            _stored(lambda window: np.abs(window).max()),
            "The largest pixel is asked for as it is: −9 is smaller than 1.",
        ),
        Misconception(
            "integer-output",
            lambda x, kernel_size, stride: stored(_max(x, kernel_size, stride), np.dtype(int)),
            "The result holds whole numbers only and lost what stands behind the point; `np.zeros` "
            "without `dtype` takes any number.",
        ),
        Misconception(
            "starts-at-corner",
            lambda x, kernel_size, stride: np.maximum(_max(x, kernel_size, stride), x[0, 0]),
            "The search in a window begins with a pixel of that window, not with `x[0, 0]`.",
        ),
        Misconception(
            "one-axis",
            lambda x, kernel_size, stride: windows(x, kernel_size, stride)[..., 0].max(axis=2),
            "The window has `kernel_size` columns, too.",
        ),
        Misconception(
            "one-axis",
            lambda x, kernel_size, stride: windows(x, kernel_size, stride)[..., 0, :].max(axis=2),
            "The window has `kernel_size` rows, too.",
        ),
    ),
    forbidden=FORBIDDEN,
)

AVG_POOL2D = Task(
    id="avg_pool2d",
    points=1,
    reference=_avg,
    arguments=("x", "kernel_size", "stride"),
    inputs=images_with_windows,
    misconceptions=(
        *_placing(_avg, np.mean),
        Misconception(
            "max-not-mean",
            _max,
            "This is the largest pixel of each window; the mean is asked for.",
        ),
        Misconception(
            "sum-not-mean",
            lambda x, kernel_size, stride: _avg(x, kernel_size, stride) * kernel_size**2,
            "This is the sum of each window: divide it by the number of its pixels.",
        ),
        Misconception(
            "divided-by-side",
            lambda x, kernel_size, stride: _avg(x, kernel_size, stride) * kernel_size,
            "A window has kernel_size² pixels, not kernel_size.",
        ),
        Misconception(
            "divided-by-four",
            lambda x, kernel_size, stride: _avg(x, kernel_size, stride) * kernel_size**2 / 4,
            "A window has 4 pixels only if `kernel_size` is 2; in general it has kernel_size².",
        ),
        Misconception(
            "divided-by-stride",
            lambda x, kernel_size, stride: (
                _avg(x, kernel_size, stride) * (kernel_size / stride) ** 2
            ),
            "A window has kernel_size² pixels, whatever the stride is.",
        ),
        Misconception(
            "integer-output",
            lambda x, kernel_size, stride: _avg(x, kernel_size, stride).astype(x.dtype),
            INTEGER_HINT,
        ),
        Misconception(
            "integer-output",
            lambda x, kernel_size, stride: np.floor(_avg(x, kernel_size, stride)),
            FLOOR_HINT,
        ),
        Misconception(
            "rounded",
            lambda x, kernel_size, stride: np.round(_avg(x, kernel_size, stride)),
            "The mean is asked for as it is: do not round.",
        ),
        *total_not_reset(_avg, 2),
        Misconception(
            "one-axis",
            _stored(lambda window: sum(window.astype(float)) / window.size),
            ONE_AXIS_HINT.format(name="sum"),
        ),
        Misconception(
            "one-axis",
            lambda x, kernel_size, stride: (
                windows(x, kernel_size, stride).sum(axis=2) / kernel_size**2
            ),
            ONE_AXIS_HINT.format(name="sum"),
        ),
        Misconception(
            "median",
            _stored(np.median),
            "This is the number in the middle of each window; the mean is asked for.",
        ),
        Misconception(
            "integer-output",
            lambda x, kernel_size, stride: _avg(x, kernel_size, stride).astype(int),
            "The result holds whole numbers only and lost what stands behind the point; `np.zeros` "
            "without `dtype` takes any number.",
        ),
        Misconception(
            "bytes-overflow",
            lambda x, kernel_size, stride: (
                windows(x, kernel_size, stride).sum(axis=(2, 3), dtype=x.dtype) / kernel_size**2
            ),
            BYTES_HINT,
        ),
    ),
    forbidden=FORBIDDEN,
)


SQUARE_HINT = "A map of H rows and W columns has H · W places; it need not be a square."

GLOBAL_AVG_POOL = Task(
    id="global_avg_pool",
    points=1,
    reference=ops.global_avg_pool2d,
    arguments=("x",),
    inputs=maps,
    misconceptions=(
        Misconception(
            "one-number",
            np.mean,
            "This is one mean for all channels together; each channel keeps its own.",
        ),
        Misconception(
            "channels-averaged",
            lambda x: x.mean(axis=0),
            "This averages over the channels and keeps the places; it should be the other way.",
        ),
        Misconception(
            "channels-last",
            lambda x: x.mean(axis=(0, 1)),
            "The channel is the first axis of `x`, not the last.",
        ),
        Misconception(
            "channels-averaged",
            lambda x: x.mean(axis=(0, 2)),
            "One number for each row is left; the channel is axis 0, and it is the rows and "
            "columns that are averaged away.",
        ),
        *total_not_reset(ops.global_avg_pool2d, 1),
        Misconception(
            "one-axis",
            lambda x: np.array([sum(one) / one.size for one in x]),
            ONE_AXIS_HINT.format(name="sum"),
        ),
        *(
            Misconception(
                "divided-otherwise",
                wrong,
                "A map has H · W places: divide its sum by that many, neither fewer nor more.",
            )
            for wrong in (
                lambda x: x.sum(axis=(1, 2)) / x.shape[1],
                lambda x: x.sum(axis=(1, 2)) / x.shape[2],
                lambda x: x.sum(axis=(1, 2)) / x.size,
            )
        ),
        Misconception(
            "one-axis",
            lambda x: x.mean(axis=2),
            "Rows are averaged, but each channel still has a number for every row.",
        ),
        Misconception(
            "one-axis",
            lambda x: x.mean(axis=1),
            "Columns are averaged, but each channel still has a number for every column.",
        ),
        Misconception(
            "reshaped",
            lambda x: x.reshape(-1, len(x)).mean(axis=0),
            "The shape is right, but `reshape` deals the numbers out in the order in which they "
            "are stored, so the maps are mixed: with `reshape`, too, the channel stays in front.",
        ),
        Misconception(
            "axes-kept",
            lambda x: x.mean(axis=(1, 2), keepdims=True),
            "Each channel gives one number, so the result has a single axis, of length C.",
        ),
        Misconception(
            "max-not-mean",
            lambda x: x.max(axis=(1, 2)),
            "This is the largest answer of each channel; the mean is asked for.",
        ),
        Misconception(
            "sum-not-mean",
            lambda x: x.sum(axis=(1, 2)),
            "This is the sum of each channel: divide it by the number of places.",
        ),
        Misconception(
            "square-maps",
            lambda x: x.sum(axis=(1, 2)) / x.shape[1] ** 2,
            SQUARE_HINT,
        ),
        Misconception(
            "square-maps",
            lambda x: x.sum(axis=(1, 2)) / x.shape[2] ** 2,
            SQUARE_HINT,
        ),
        Misconception(
            "integer-output",
            lambda x: np.floor(x.mean(axis=(1, 2))),
            FLOOR_HINT,
        ),
        Misconception(
            "integer-output",
            lambda x: x.mean(axis=(1, 2)).astype(int),
            INTEGER_HINT,
        ),
        Misconception(
            "integer-output",
            lambda x: x.mean(axis=(1, 2)).astype(x.dtype),
            INTEGER_HINT,
        ),
        Misconception(
            "bytes-overflow",
            lambda x: x.sum(axis=(1, 2), dtype=x.dtype) / (x.shape[1] * x.shape[2]),
            BYTES_HINT,
        ),
    ),
    forbidden=("coursecnn.ops", "torch.nn"),
)
