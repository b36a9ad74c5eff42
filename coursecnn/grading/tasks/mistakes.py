"""Mistakes that fit every sliding window, in any number of axes."""

import numpy as np

from coursecnn.ops import cross_correlate

from ..task import Misconception

OFF_BY_ONE_HINT = (
    "The window has n − k + 1 places along an axis of n entries, not n − k: `range(n - k)` stops "
    "one place too early."
)
PADDING_HINT = (
    "Only places where the whole kernel lies inside count here (valid output): add no zeros "
    "around the border."
)


def flipped(function):
    """The mistake of turning the kernel round.

    Parameters
    ----------
    function : callable
        Takes input and kernel and gives the right answer.

    Returns
    -------
    Misconception
        "flipped-kernel".
    """
    return Misconception(
        "flipped-kernel",
        lambda x, kernel: function(x, np.flip(kernel)),
        "This is a true convolution: the kernel was flipped. Cross-correlation uses it as it is.",
    )


def off_by_one(function, axes):
    """The mistakes of leaving out the last place of the window, along one axis or several.

    Parameters
    ----------
    function : callable
        Gives the right answer.
    axes : tuple of int
        Where the last place is left out.

    Returns
    -------
    tuple of Misconception
        "off-by-one", for a result that is too small and for one of the right size whose last
        entries are still the zeros that it was made of.
    """

    def last(answer):
        return tuple(slice(-1 if axis in axes else None) for axis in range(answer.ndim))

    def too_small(*args):
        answer = function(*args)
        return answer[last(answer)]

    def unfinished(*args):
        answer = function(*args)
        result = np.zeros_like(answer)
        result[last(answer)] = answer[last(answer)]
        return result

    return tuple(
        Misconception("off-by-one", wrong, OFF_BY_ONE_HINT) for wrong in (too_small, unfinished)
    )


def padded(function):
    """The mistakes of adding zeros around the border.

    Parameters
    ----------
    function : callable
        Takes input and kernel and gives the right answer.

    Returns
    -------
    tuple of Misconception
        "same-padding", for even kernels with the additional zero behind or in front, and
        "full-padding".
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
