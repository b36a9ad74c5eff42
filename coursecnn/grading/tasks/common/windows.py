"""Mistakes in the windows that a kernel slides over, in any number of axes.

Each takes an input and a kernel; `lifted` makes it fit a task that is given more, or otherwise.
"""

from dataclasses import replace
from functools import partial
from itertools import product

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.grading.task import Misconception
from coursecnn.ops import cross_correlate

from .mistakes import PADDING_HINT, TRANSPOSED_HINT, integer_hint, stored

TOO_FAR_HINT = (
    "The loop runs too far: behind the last place, n − k, the window is shorter than the kernel. "
    "There are n − k + 1 places along an axis of n entries."
)
SQUARE_HINT = (
    "Images and kernels need not be square: take height and width from `shape`, both of them."
)


def lifted(lift, *mistakes):
    """These mistakes in another place: `lift` makes a function of the task of one in windows."""
    return tuple(replace(known, wrong=lift(known.wrong)) for known in mistakes)


def flipped(function, axes):
    """The kernel turned round, or some of its axes; `function` gives the right result."""

    def turned(chosen):
        def wrong(x, kernel):
            return function(x, np.flip(kernel, chosen))

        if len(chosen) == axes:
            hint = "This is a true convolution: the kernel was flipped."
        else:
            hint = f"The kernel was flipped along {('one axis', 'two axes')[len(chosen) - 1]}."
        hint += " Cross-correlation uses it as it is."
        return Misconception("flipped-kernel", wrong, hint)

    choices = product((True, False), repeat=axes)
    return tuple(
        turned(tuple(np.flatnonzero(choice).tolist())) for choice in choices if any(choice)
    )


def padded(function):
    """Zeros around the border of what `function` is given, as for "same" and for "full" output.

    An even kernel needs one zero more behind or in front for "same"; some add k // 2 on both sides.
    """

    def before(k):
        return (k // 2, (k - 1) // 2)

    def behind(k):
        return ((k - 1) // 2, k // 2)

    def half(k):
        return (k // 2, k // 2)

    def around(k):
        return (k - 1, k - 1)

    def wrong(sides):
        return lambda x, kernel: function(np.pad(x, [sides(k) for k in kernel.shape]), kernel)

    return (
        *(
            Misconception("same-padding", wrong(each), PADDING_HINT)
            for each in (behind, before, half)
        ),
        Misconception("full-padding", wrong(around), PADDING_HINT),
    )


def _places(x, kernel):
    return tuple(n - k + 1 for n, k in zip(x.shape, kernel.shape, strict=True))


def _slide(x, kernel, *, places=None, shape=None):
    """Sums of products; loops and result may have other sizes than the right ones."""
    places = places or _places(x, kernel)
    out = np.zeros(shape or places)
    for at in np.ndindex(*places):
        window = x[tuple(slice(i, i + k) for i, k in zip(at, kernel.shape, strict=True))]
        out[at] = np.sum(window * kernel)
    return out


def _shifts(x, kernel):
    """For each weight the part of the input that it meets, and the weight, in order."""
    places = _places(x, kernel)
    for at in np.ndindex(kernel.shape):
        yield x[tuple(slice(u, u + n) for u, n in zip(at, places, strict=True))], kernel[at]


MEAN_NOT_SUM = Misconception(
    "mean-not-sum",
    lambda x, kernel: cross_correlate(x, kernel) / kernel.size,
    "The products in a window are added up, not averaged.",
)

JUMPING_WINDOWS = Misconception(
    "jumping-windows",
    lambda x, kernel: cross_correlate(x, kernel)[tuple(slice(None, None, k) for k in kernel.shape)],
    "Neighbouring windows overlap: the window moves on by one entry, not by its own size.",
)

MATRIX_PRODUCT = tuple(
    Misconception(
        "matrix-product",
        wrong,
        "`@` and `np.dot` multiply matrices; here `*` multiplies entries in the same place.",
    )
    for wrong in (
        lambda x, kernel: _added(sliding_window_view(x, kernel.shape) @ kernel, kernel),
        lambda x, kernel: _added(sliding_window_view(x, kernel.shape) @ kernel.T, kernel),
    )
)


def _added(products, kernel):
    return products.sum(axis=tuple(range(-kernel.ndim, 0)))


def _in_windows(x, kernel):
    """The windows, and the axes that a kernel lies along."""
    return sliding_window_view(x, kernel.shape), tuple(range(-kernel.ndim, 0))


def _largest_product(x, kernel):
    windows, axes = _in_windows(x, kernel)
    return np.max(windows * kernel, axis=axes)


def _product_of_all(x, kernel):
    windows, axes = _in_windows(x, kernel)
    return np.prod(windows * kernel, axis=axes)


def _sums_multiplied(x, kernel):
    windows, axes = _in_windows(x, kernel)
    return windows.sum(axis=axes) * kernel.sum()


def _differences(x, kernel):
    windows, axes = _in_windows(x, kernel)
    return np.sum(windows - kernel, axis=axes)


def _without_kernel(x, kernel):
    windows, axes = _in_windows(x, kernel)
    return windows.sum(axis=axes)


OTHER_ARITHMETIC = (
    Misconception(
        "added-not-multiplied",
        lambda x, kernel: _added(sliding_window_view(x, kernel.shape) + kernel, kernel),
        "What lies on top of each other is multiplied; here it is added.",
    ),
    Misconception(
        "subtracted-not-multiplied",
        _differences,
        "What lies on top of each other is multiplied; here one is subtracted from the other.",
    ),
    Misconception(
        "largest-not-sum",
        _largest_product,
        "The products in a window are added up; here the largest of them is kept.",
    ),
    Misconception(
        "product-not-sum",
        _product_of_all,
        "The products in a window are added up, not multiplied with each other.",
    ),
    Misconception(
        "sums-multiplied",
        _sums_multiplied,
        "First multiply, entry by entry, then add up: here the sum of the window is multiplied by "
        "the sum of the weights.",
    ),
    Misconception(
        "kernel-not-used",
        _without_kernel,
        "Each window is added up as it is: multiply it with the kernel first.",
    ),
)


def _divided(by):
    def wrong(x, kernel):
        with np.errstate(divide="ignore", invalid="ignore"):
            return cross_correlate(x, kernel) / by(kernel)

    return wrong


DIVIDED_BY_WEIGHTS = tuple(
    Misconception(
        "divided-by-weights",
        _divided(by),
        "The sums are asked for as they are: nothing is divided by the sum of the weights.",
    )
    for by in (
        np.sum,
        lambda kernel: np.abs(kernel).sum(),
        lambda kernel: kernel.sum() or 1,
    )
)


def _one_window(x, kernel):
    first = x[tuple(slice(k) for k in kernel.shape)]
    return np.full(_places(x, kernel), np.sum(first * kernel))


ONE_WINDOW = Misconception(
    "one-window",
    _one_window,
    "The same window is used at every place: it begins at the place that the loop has reached.",
)


def _behind(x, kernel, **how):
    return cross_correlate(np.pad(x, [(0, k - 1) for k in kernel.shape], **how), kernel)


def _in_front(x, kernel, **how):
    return cross_correlate(np.pad(x, [(k - 1, 0) for k in kernel.shape], **how), kernel)


#: A result as large as the input: with what comes from the other end, or with zeros on one side.
AS_LARGE_AS_INPUT = (
    *(
        Misconception(
            "wraps-around",
            partial(wrong, mode="wrap"),
            "Windows that reach over the end begin anew at the other one: only places where the "
            "whole kernel fits count.",
        )
        for wrong in (_behind, _in_front)
    ),
    *(Misconception("padded-on-one-side", wrong, PADDING_HINT) for wrong in (_behind, _in_front)),
    Misconception("same-padding", lambda x, k: cross_correlate(np.pad(x, 1), k), PADDING_HINT),
)


def _resized(step, begin=0):
    """Windows that are larger or smaller than the kernel, or begin elsewhere."""

    def wrong(x, kernel):
        out = np.zeros(_places(x, kernel))
        for at in np.ndindex(*out.shape):
            window = x[
                tuple(
                    slice(i + begin, i + begin + k + step)
                    for i, k in zip(at, kernel.shape, strict=True)
                )
            ]
            out[at] = np.sum(window * kernel)
        return out

    return wrong


def _last_weights_missing(x, kernel):
    """Window and kernel are both cut one entry too short."""
    if not all(k > 1 for k in kernel.shape):
        return np.zeros(_places(x, kernel))
    kept = kernel[tuple(slice(-1) for _ in kernel.shape)]
    return cross_correlate(x, kept)[tuple(slice(n) for n in _places(x, kernel))]


WINDOW_SIZE = (
    Misconception(
        "window-too-small",
        _resized(-1),
        "A slice ends before the number behind the colon: `i : i + k` holds k entries, "
        "`i : i + k - 1` one less.",
    ),
    Misconception(
        "window-too-small",
        _last_weights_missing,
        "The last weight is never used: a slice, and a range, ends before its second number.",
    ),
    Misconception(
        "window-too-large",
        _resized(1),
        "A slice ends before the number behind the colon: `i : i + k` holds k entries, "
        "`i : i + k + 1` one more.",
    ),
    Misconception(
        "window-shifted",
        _resized(0, begin=1),
        "The first window begins at entry 0; here each begins one entry too late.",
    ),
)


def _only(*part):
    """The weights of a part of the kernel; the others are left out."""

    def wrong(x, kernel):
        kept = np.zeros_like(kernel)
        kept[part] = kernel[part]
        return cross_correlate(x, kept)

    return wrong


def _only_diagonal(x, kernel):
    return cross_correlate(x, kernel * np.eye(*kernel.shape, dtype=kernel.dtype))


PART_OF_KERNEL = (
    *(
        Misconception(
            "part-of-kernel",
            _only(*part),
            f"Only the {which} of the kernel counts: a second loop is missing, ends too early, or "
            "begins its total anew.",
        )
        for which, part in (
            ("first row", (0,)),
            ("last row", (-1,)),
            ("first column", (slice(None), 0)),
            ("last column", (slice(None), -1)),
        )
    ),
    Misconception(
        "part-of-kernel",
        _only_diagonal,
        "Only the diagonal of the kernel counts: row and column of a weight run on their own, in "
        "two loops, one inside the other.",
    ),
)

FIRST_LEFT_OUT_HINT = "The first place has the number 0: here counting begins at 1."


def first_left_out(function, axes):
    """Loops that begin at 1: too small, or zeros where nothing was written."""

    def unwritten(*args):
        answer, kept = function(*args), (slice(1, None),) * axes
        result = np.zeros_like(answer)
        result[kept] = answer[kept]
        return result

    return tuple(
        Misconception("first-left-out", wrong, FIRST_LEFT_OUT_HINT)
        for wrong in (unwritten, lambda *args: function(*args)[(slice(1, None),) * axes])
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


def stored_each_time(x, kernel, kind):
    """Sums that lose something with each product, in that number type."""
    total = np.zeros(_places(x, kernel), kind)
    for part, weight in _shifts(x, kernel):
        total = stored(total + part * weight, kind)
    return total


def cut_each_time(*names):
    """Sums that lose something at each step, in the number type of input or kernel."""
    return tuple(
        Misconception("integer-output", wrong, integer_hint(name))
        for name, wrong in zip(
            names,
            (
                lambda x, kernel: stored_each_time(x, kernel, x.dtype),
                lambda x, kernel: stored_each_time(x, kernel, kernel.dtype),
            ),
            strict=True,
        )
    )


WHOLE_NUMBERS = tuple(
    Misconception(
        "integer-output",
        wrong,
        "The result holds whole numbers only, so it has lost what lies behind the point: leave out "
        "`dtype=int`.",
    )
    for wrong in (
        lambda x, kernel: _slide(x, kernel).astype(int),
        lambda x, kernel: stored_each_time(x, kernel, np.dtype(int)),
    )
)


def _one_more(x, kernel):
    return tuple(n + 1 for n in _places(x, kernel))


def _beyond(x, kernel):
    """With indices instead of slices, NumPy complains of the first entry behind the end."""
    if kernel.size > 1:
        return x[x.shape]
    return _slide(x, kernel)


# None of these raises in every case: it would give its name to whatever does.
TOO_FAR = tuple(
    Misconception("too-far", wrong, TOO_FAR_HINT)
    for wrong in (
        lambda x, k: _slide(x, k, places=x.shape),
        lambda x, k: _slide(x, k, places=x.shape, shape=_places(x, k)),
        lambda x, k: _slide(x, k, places=_one_more(x, k)),
        _beyond,
    )
)


def _products(x, kernel):
    return sliding_window_view(x, kernel.shape) * kernel


def _array_refused(x, kernel):
    out = np.zeros(_places(x, kernel))
    out[(0,) * out.ndim] = np.ones(kernel.shape)  # NumPy raises, as it does for the student
    return cross_correlate(x, kernel)


PYTHON_SUM = Misconception(
    "python-sum",
    lambda x, kernel: _products(x, kernel).sum(axis=x.ndim),
    "Python's own `sum` adds along the first axis only and leaves an array of the others; one "
    "number is asked for at each place.",
)

#: The second one raises in every case, with words that only an array in a wrong place gives.
NOT_ADDED_UP = (
    Misconception(
        "not-added-up",
        _products,
        "There is one number for each place: add up the products of a window.",
    ),
    Misconception(
        "not-added-up",
        _array_refused,
        "An array was put where one number belongs. `np.sum` adds up all products of a window; "
        "Python's own `sum` adds along the first axis only.",
    ),
)


def _kernel_crossed(x, kernel):
    """`x[i + v, j + u]` or `kernel[v, u]`."""
    kernel[..., kernel.shape[-1] - 1, kernel.shape[-2] - 1]  # raises unless it is square
    return cross_correlate(x, kernel.swapaxes(-1, -2))


def _crossed(x, kernel):
    """The windows are right, the loops are not."""
    *first, rows, columns = _places(x, kernel)
    return _slide(x, kernel, places=(*first, columns, rows))


def _windows_crossed(x, kernel):
    """Both shapes are read as (width, height)."""
    width, height = x.shape[-2:]
    columns, rows = kernel.shape[-2:]
    return _windows(x, kernel, (height - rows + 1, width - columns + 1), (rows, columns))


def _sizes_crossed(x, kernel):
    """The shape of the input is read as (width, height): the loops leave a high one."""
    width, height = x.shape[-2:]
    rows, columns = kernel.shape[-2:]
    return _windows(x, kernel, (height - rows + 1, width - columns + 1), (rows, columns))


def _kernel_sizes_crossed(x, kernel):
    """The shape of the kernel is read as (width, height)."""
    columns, rows = kernel.shape[-2:]
    places = tuple(n - k + 1 for n, k in zip(x.shape[-2:], (rows, columns), strict=True))
    return _windows(x, kernel, places, (rows, columns))


def _weights_rearranged(x, kernel):
    """The transposed kernel, squeezed into the shape of the kernel."""
    return cross_correlate(x, kernel.swapaxes(-1, -2).reshape(kernel.shape))


def _columns_first(x, kernel):
    """`x` runs over the width, but stands where the row belongs."""
    *first, rows, columns = places = _places(x, kernel)
    return _slide(x, kernel, places=(*first, columns, rows), shape=places)


def _windows(x, kernel, places, size):
    """Windows of a size of their own along the last two axes, at these places."""
    out = np.zeros((*_places(x, kernel)[:-2], *places))
    for *first, i, j in np.ndindex(out.shape):
        part = tuple(slice(t, t + k) for t, k in zip(first, kernel.shape[:-2], strict=True))
        window = x[(*part, slice(i, i + size[0]), slice(j, j + size[1]))]
        out[(*first, i, j)] = np.sum(window * kernel)
    return out


CROSSED = tuple(
    Misconception("transposed", wrong, TRANSPOSED_HINT)
    for wrong in (_crossed, _windows_crossed, _sizes_crossed, _columns_first)
)
KERNEL_CROSSED = tuple(
    Misconception("transposed", wrong, TRANSPOSED_HINT)
    for wrong in (
        _kernel_crossed,
        lambda x, kernel: cross_correlate(x, kernel.swapaxes(-1, -2)),
        _weights_rearranged,
    )
)
KERNEL_SIZES_CROSSED = Misconception("transposed", _kernel_sizes_crossed, TRANSPOSED_HINT)


def _square(axis, x, kernel):
    """One size for both axes, of the input and of the kernel."""
    n, k = x.shape[axis], kernel.shape[axis]
    return _windows(x, kernel, (n - k + 1, n - k + 1), (k, k))


def _square_kernel(axis, x, kernel):
    k = kernel.shape[axis]
    return _windows(x, kernel, tuple(n - k + 1 for n in x.shape[-2:]), (k, k))


def _square_input(axis, x, kernel):
    n = x.shape[axis]
    return _windows(x, kernel, tuple(n - k + 1 for k in kernel.shape[-2:]), kernel.shape[-2:])


def _square_entries(axis, x, kernel):
    """As `_square_kernel`, with an index for each weight: those beyond k are never read."""
    k = kernel.shape[axis]
    out = np.zeros((*_places(x, kernel)[:-2], *(n - k + 1 for n in x.shape[-2:])))
    if not out.size:
        return out
    kernel[..., k - 1, k - 1]  # NumPy raises, as it does for the student
    return cross_correlate(x, kernel[..., :k, :k])


SQUARE_INPUT = tuple(
    Misconception("always-square", partial(wrong, axis), SQUARE_HINT)
    for wrong in (_square, _square_input)
    for axis in (-2, -1)
)
SQUARE_KERNEL = tuple(
    Misconception("always-square", partial(wrong, axis), SQUARE_HINT)
    for wrong in (_square_kernel, _square_entries)
    for axis in (-2, -1)
)
