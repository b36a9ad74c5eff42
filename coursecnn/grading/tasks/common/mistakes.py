"""Mistakes that change a right result, whatever the task; hints of several sheets.

Each function takes the one that gives the right result, and returns the mistakes of one kind.
"""

from functools import partial

import numpy as np

from coursecnn.grading.task import Misconception

OFF_BY_ONE_HINT = (
    "The window has n − k + 1 places along an axis of n entries, not n − k: `range(n - k)` stops "
    "one place too early."
)
PADDING_HINT = (
    "Only places where the whole kernel lies inside count here (valid output): add no zeros "
    "around the border."
)
TRANSPOSED_HINT = (
    "Rows and columns have changed places: the first index is the row in the image, in the "
    "kernel, and in the result."
)
FIRST_ONLY_HINT = (
    "Only the first number, row or map comes out: a loop is missing, or the `return` stands inside "
    "of one and ends the function after the first round. Then move it to the left."
)
UNFINISHED_HINT = (
    "Most entries are still the zeros that the result was made of: the `return` stands inside "
    "a loop, so it ends the function too early. Move it to the left."
)
NOT_RESET_HINT = (
    "From the second one on, each contains those before it: begin again with zero for each of them."
)
ONE_BIAS_HINT = "There is one bias for each kernel, not one for the layer."
BIASES_MULTIPLIED_HINT = (
    "A bias is added, not multiplied: only the weights count for the multiplications."
)
TOO_LARGE_HINT = (
    "Small ones are right, a huge one is not: a number of 32 bits (`np.int32`) ends at about two "
    "thousand million. Python's own whole numbers have no end."
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


def returned_too_early(function, axes):
    """A `return` inside of a loop; `axes` is how many the right result has.

    The rest is still zero, or was never computed.
    """

    def first(within, *args):
        """Where the first number stands, or the first row, the first map."""
        answer = function(*args)
        return answer, (0,) * within

    def unfinished(within, *args):
        answer, at = first(within, *args)
        result = np.zeros_like(answer)
        result[at] = answer[at]
        return result

    def alone(within, *args):
        answer, at = first(within, *args)
        return answer[at]

    def in_a_list(within, *args):
        return alone(within, *args)[np.newaxis]

    return tuple(
        Misconception("returned-too-early", partial(wrong, within), hint)
        for within in range(1, axes + 1)
        for wrong, hint in (
            (unfinished, UNFINISHED_HINT),
            (alone, FIRST_ONLY_HINT),
            (in_a_list, FIRST_ONLY_HINT),
        )
    )


def total_not_reset(function, axes, added=lambda *args: 0):
    """A running total: over all places, or begun anew at each index of the first axes.

    `axes` is how many the right result has, and `added` what is added to each total afterwards.
    """

    def wrong(reset, *args):
        last = added(*args)
        sums = function(*args) - last
        totals = np.cumsum(sums.reshape(*sums.shape[:reset], -1), axis=-1)
        return totals.reshape(sums.shape) + last

    return tuple(
        Misconception("total-not-reset", partial(wrong, reset), NOT_RESET_HINT)
        for reset in range(axes)
    )


def map_not_reset(function, added=lambda *args: 0):
    """The map of one kernel, the first axis, contains the maps before it."""

    def wrong(*args):
        last = added(*args)
        return np.cumsum(function(*args) - last, axis=0) + last

    return Misconception("total-not-reset", wrong, NOT_RESET_HINT)


def swapped_indices(function):
    """`out[j, i]`, an error unless rows and columns are equally many, or a result transposed."""

    def refused(*args):
        answer = function(*args)
        rows, columns = answer.shape[-2:]
        answer[..., columns - 1, rows - 1]  # NumPy raises, as it does for the student
        return answer.swapaxes(-1, -2)

    return tuple(
        Misconception("transposed", wrong, TRANSPOSED_HINT)
        for wrong in (refused, lambda *args: function(*args).swapaxes(-1, -2))
    )


def flattened(function):
    """The numbers in one row, in the right order."""
    return Misconception(
        "flattened",
        lambda *args: function(*args).ravel(),
        "The numbers stand in one long row; the result has more axes.",
    )
