"""Mistakes that fit every sliding window, in any number of axes; hints of several sheets."""

from functools import partial

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.grading.task import Misconception
from coursecnn.ops import cross_correlate

OFF_BY_ONE_HINT = (
    "The window has n − k + 1 places along an axis of n entries, not n − k: `range(n - k)` stops "
    "one place too early."
)
PADDING_HINT = (
    "Only places where the whole kernel lies inside count here (valid output): add no zeros "
    "around the border."
)
ONE_BIAS_HINT = "There is one bias for each kernel, not one for the layer."
BIASES_MULTIPLIED_HINT = (
    "A bias is added, not multiplied: only the weights count for the multiplications."
)
OVERFLOW_HINT = (
    "The exponential of 1000 is beyond every float: subtract the largest score of the row first, "
    "which changes nothing else."
)
ONE_MAXIMUM_HINT = (
    "With one maximum for all rows, the powers of a row that lies far below it all become 0: each "
    "row needs its own."
)
AXIS_LOST_HINT = (
    "A maximum or a sum of each row has shape (N,), which does not line up with the rows: "
    "`keepdims=True` keeps it a column."
)

#: What counts the parameters and the products of a layer.
COUNTING = ("coursecnn.shapes", "coursecnn.models", "torch.nn.Conv2d")


def sliding(axes):
    """What slides a window along so many axes, outside of the course."""
    torch = (f"torch.conv{axes}d", f"torch.nn.Conv{axes}d", f"torch.nn.functional.conv{axes}d")
    return "scipy.ndimage", "scipy.signal", *torch


def integer_output(function, *names):
    """A result in the number type of an argument, in each of the arguments named; None skips one.

    `function` gives the right answer. Either the fractions are cut off, or NumPy refuses to add
    them to whole numbers in their place. Of several results, all are so.
    """

    def cut(at, *args):
        answer, kind = function(*args), args[at].dtype
        if isinstance(answer, tuple):
            return tuple(stored(part, kind) for part in answer)
        return stored(answer, kind)

    def refused(at, *args):
        summand = np.zeros((), np.result_type(*(a for a in args if isinstance(a, np.ndarray))))
        total = np.zeros(1, args[at].dtype)
        total += summand
        return cut(at, *args)

    return tuple(
        Misconception("integer-output", partial(wrong, at), integer_hint(name))
        for at, name in enumerate(names)
        if name
        for wrong in (cut, refused)
    )


def stored(answer, kind):
    """What is left of the right numbers in an array of that number type."""
    whole = kind.kind in "iu"  # a fraction below 0 is no byte on some machines, and 253 on others
    return np.asarray(answer).astype(np.int64 if whole else kind).astype(kind)


def integer_hint(name):
    """What helps against a result in the number type of that argument."""
    return (
        f"The result took the number type of `{name}`, as `np.zeros_like` or `dtype=` gives it, "
        "and lost what does not fit; `np.zeros` alone makes an array for any number."
    )


def flipped(function):
    """The kernel turned round; `function` takes input and kernel and gives the right answer."""
    return Misconception(
        "flipped-kernel",
        lambda x, kernel: function(x, np.flip(kernel)),
        "This is a true convolution: the kernel was flipped. Cross-correlation uses it as it is.",
    )


def off_by_one(function, *choices):
    """The last place of the window left out, along each choice of axes in turn.

    `function` gives the right answer. Each time the result is too small, or of the right size with
    zeros where nothing was written.
    """

    def but_the_last(answer, axes):
        return tuple(slice(-1 if axis in axes else None) for axis in range(answer.ndim))

    def too_small(axes, *args):
        answer = function(*args)
        return answer[but_the_last(answer, axes)]

    def unfinished(axes, *args):
        answer = function(*args)
        result, kept = np.zeros_like(answer), but_the_last(answer, axes)
        result[kept] = answer[kept]
        return result

    return tuple(
        Misconception("off-by-one", partial(wrong, axes), OFF_BY_ONE_HINT)
        for axes in choices
        for wrong in (too_small, unfinished)
    )


def padded(function):
    """Zeros around the border of what `function` is given, as for "same" and for "full" output.

    An even kernel needs one zero more behind or in front, so "same" is there twice.
    """

    def before(k):
        return (k // 2, (k - 1) // 2)

    def behind(k):
        return ((k - 1) // 2, k // 2)

    def around(k):
        return (k - 1, k - 1)

    def wrong(sides):
        return lambda x, kernel: function(np.pad(x, [sides(k) for k in kernel.shape]), kernel)

    return (
        Misconception("same-padding", wrong(behind), PADDING_HINT),
        Misconception("same-padding", wrong(before), PADDING_HINT),
        Misconception("full-padding", wrong(around), PADDING_HINT),
    )


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

INTEGER_OUTPUT = Misconception(
    "integer-output",
    lambda x, kernel: cross_correlate(x, kernel).astype(x.dtype),
    "The result took the number type of the input, as `np.zeros_like` gives it, and lost what "
    "does not fit; `np.zeros` makes an array for any number.",
)

MATRIX_PRODUCT = Misconception(
    "matrix-product",
    lambda x, kernel: np.sum(
        sliding_window_view(x, kernel.shape) @ kernel, axis=tuple(range(x.ndim, 2 * x.ndim))
    ),
    "`@` and `np.dot` multiply matrices; here `*` multiplies entries in the same place.",
)
