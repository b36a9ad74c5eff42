"""In one dimension: slide a window, then turn the kernel round."""

import numpy as np

from coursecnn.grading.task import Misconception, Task
from coursecnn.ops import convolve, cross_correlate

from ..common.mistakes import (
    integer_output,
    off_by_one,
    returned_too_early,
    sliding,
    total_not_reset,
)
from ..common.windows import (
    AS_LARGE_AS_INPUT,
    DIVIDED_BY_WEIGHTS,
    JUMPING_WINDOWS,
    LAST_PRODUCT,
    MEAN_NOT_SUM,
    NOT_ADDED_UP,
    ONE_WINDOW,
    OTHER_ARITHMETIC,
    TOO_FAR,
    WHOLE_NUMBERS,
    WINDOW_SIZE,
    cut_each_time,
    first_left_out,
    flipped,
    lifted,
    padded,
)
from .inputs import signals

FORBIDDEN = ("coursecnn.ops", "numpy.convolve", "numpy.correlate", *sliding(1))


def _valid_convolution(signal, kernel):
    return convolve(signal, kernel, mode="valid")


def _wrapped(signal, kernel):
    """Python reads an index below 0 from the end and does not complain."""
    places = range(len(signal) - len(kernel) + 1)
    return [sum(signal[i - u] * w for u, w in enumerate(kernel)) for i in places]


def _turned(wrong):
    """A mistake of task 1, made with the kernel that has been turned round."""
    return lambda signal, kernel: wrong(signal, kernel[::-1])


def _without_first_weight(signal, kernel):
    """The slice `[:0:-1]`: of a kernel of one weight nothing is left."""
    weights = kernel[:0:-1]
    places = range(len(signal) - len(weights) + 1)
    return np.array([np.sum(signal[i : i + len(weights)] * weights) for i in places])


def _sorted(step):
    def wrong(signal, kernel):
        return cross_correlate(signal, np.sort(kernel)[::step])

    return wrong


SORTED = tuple(
    Misconception(
        "sorted",
        _sorted(step),
        "The weights were sorted by their size; they stay in their order, or in its reverse.",
    )
    for step in (1, -1)
)


def _zero_behind(signal, kernel):
    """`signal[i + k - u]`, where a zero stands behind the end."""
    return _valid_convolution(np.append(signal, 0), kernel)[1:]


def _one_too_far(signal, kernel):
    """The same without the zero: NumPy complains of the entry behind the last."""
    return signal[len(signal)]


INDEX_SHIFTED = (
    Misconception(
        "index-shifted",
        _zero_behind,
        "The weight of number u meets the entry i + k − 1 − u: here the 1 is missing, and each "
        "weight meets the entry behind.",
    ),
    Misconception(
        "too-far",
        _one_too_far,
        "An entry behind the last one is asked for: the weight of number u meets the entry "
        "i + k − 1 − u.",
    ),
)

_SUMS = (
    *OTHER_ARITHMETIC,
    *DIVIDED_BY_WEIGHTS,
    ONE_WINDOW,
    *AS_LARGE_AS_INPUT,
    *WINDOW_SIZE,
)


CROSS_CORRELATE_1D = Task(
    id="cross_correlate_1d",
    points=1,
    reference=cross_correlate,
    arguments=("signal", "kernel"),
    inputs=signals,
    misconceptions=(
        *flipped(cross_correlate, 1),
        *off_by_one(cross_correlate, (0,)),
        *padded(cross_correlate),
        MEAN_NOT_SUM,
        JUMPING_WINDOWS,
        *NOT_ADDED_UP,
        LAST_PRODUCT,
        *integer_output(cross_correlate, "signal", "kernel"),
        *cut_each_time("signal", "kernel"),
        *WHOLE_NUMBERS,
        *TOO_FAR,
        *returned_too_early(cross_correlate, 1),
        *total_not_reset(cross_correlate, 1),
        *first_left_out(cross_correlate, 1),
        *SORTED,
        *_SUMS,
    ),
    forbidden=FORBIDDEN,
)

CONVOLVE_1D = Task(
    id="convolve_1d",
    points=1,
    reference=_valid_convolution,
    arguments=("signal", "kernel"),
    inputs=signals,
    misconceptions=(
        Misconception(
            "kernel-not-flipped",
            cross_correlate,
            "This is cross-correlation: a convolution reads the kernel from its end.",
        ),
        Misconception(
            "flipped-signal",
            lambda signal, kernel: cross_correlate(signal[::-1], kernel),
            "Here the signal was turned round, so the result comes out back to front; turn the "
            "kernel round instead.",
        ),
        Misconception(
            "result-reversed",
            lambda signal, kernel: cross_correlate(signal, kernel)[::-1],
            "These are the numbers of task 1 back to front: the result was turned round, or both "
            "signal and kernel were. Turn only the kernel round.",
        ),
        Misconception(
            "wrapped-index",
            _wrapped,
            "Where `i - u` is below 0, `signal[i - u]` reads from the end of the signal. Compare "
            "your index with that of the formula.",
        ),
        Misconception(
            "weight-left-out",
            _without_first_weight,
            "The first weight is missing: a slice stops before the end that is written in it.",
        ),
        *off_by_one(_valid_convolution, (0,)),
        *padded(_valid_convolution),
        *integer_output(_valid_convolution, "signal", "kernel"),
        *returned_too_early(_valid_convolution, 1),
        *total_not_reset(_valid_convolution, 1),
        *first_left_out(_valid_convolution, 1),
        *SORTED,
        *INDEX_SHIFTED,
        *lifted(
            _turned,
            MEAN_NOT_SUM,
            JUMPING_WINDOWS,
            *NOT_ADDED_UP,
            LAST_PRODUCT,
            *cut_each_time("signal", "kernel"),
            *WHOLE_NUMBERS,
            *TOO_FAR,
            *_SUMS,
        ),
    ),
    forbidden=FORBIDDEN,
)
