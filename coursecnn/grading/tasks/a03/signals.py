"""In one dimension: slide a window, then turn the kernel round."""

from coursecnn.grading.task import Misconception, Task
from coursecnn.ops import convolve, cross_correlate

from ..common.mistakes import JUMPING_WINDOWS, MEAN_NOT_SUM, flipped, off_by_one, padded, sliding
from .inputs import signals
from .loops import NOT_ADDED_UP, RETURNED_TOO_EARLY, TOO_FAR, WHOLE_NUMBERS

FORBIDDEN = ("coursecnn.ops", "numpy.convolve", "numpy.correlate", *sliding(1))


def _valid_convolution(signal, kernel):
    return convolve(signal, kernel, mode="valid")


def _wrapped(signal, kernel):
    """Python reads an index below 0 from the end and does not complain."""
    places = range(len(signal) - len(kernel) + 1)
    return [sum(signal[i - u] * w for u, w in enumerate(kernel)) for i in places]


CROSS_CORRELATE_1D = Task(
    id="cross_correlate_1d",
    points=1,
    reference=cross_correlate,
    arguments=("signal", "kernel"),
    inputs=signals,
    misconceptions=(
        flipped(cross_correlate),
        *off_by_one(cross_correlate, (0,)),
        *padded(cross_correlate),
        MEAN_NOT_SUM,
        JUMPING_WINDOWS,
        NOT_ADDED_UP,
        WHOLE_NUMBERS,
        *TOO_FAR,
        *RETURNED_TOO_EARLY,
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
        *off_by_one(_valid_convolution, (0,)),
        *padded(_valid_convolution),
    ),
    forbidden=FORBIDDEN,
)
