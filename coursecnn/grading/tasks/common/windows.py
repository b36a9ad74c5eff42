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
    )
)


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
