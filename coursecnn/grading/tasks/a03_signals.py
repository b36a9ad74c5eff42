"""Assignment 03, in one dimension: slide a window, then turn the kernel round."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops import convolve, cross_correlate

from ..task import Misconception, Task
from .a03_inputs import signals
from .a03_loops import NOT_ADDED_UP, RETURNED_TOO_EARLY, TOO_FAR, WHOLE_NUMBERS
from .mistakes import JUMPING_WINDOWS, MEAN_NOT_SUM, flipped, off_by_one, padded

FORBIDDEN = (
    "coursecnn.ops",
    "numpy.convolve",
    "numpy.correlate",
    "scipy.ndimage",
    "scipy.signal",
    "torch.conv1d",
    "torch.nn.Conv1d",
    "torch.nn.functional.conv1d",
)


def _correlate_loops(signal, kernel):
    places = len(signal) - len(kernel) + 1
    return [sum(s * w for s, w in zip(signal[i:], kernel, strict=False)) for i in range(places)]


def _correlate_windows(signal, kernel):
    return sliding_window_view(signal, len(kernel)) @ kernel


def _convolve_fft(signal, kernel):
    size = len(signal) + len(kernel) - 1
    product = np.fft.rfft(signal, size) * np.fft.rfft(kernel, size)
    return np.fft.irfft(product, size)[len(kernel) - 1 : len(signal)]


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
        *off_by_one(cross_correlate, axes=(0,)),
        *padded(cross_correlate),
        MEAN_NOT_SUM,
        JUMPING_WINDOWS,
        NOT_ADDED_UP,
        WHOLE_NUMBERS,
        *TOO_FAR,
        *RETURNED_TOO_EARLY,
    ),
    alternatives=(
        _correlate_loops,
        _correlate_windows,
        lambda signal, kernel: _convolve_fft(signal, kernel[::-1]),
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
        *off_by_one(_valid_convolution, axes=(0,)),
        *padded(_valid_convolution),
    ),
    alternatives=(
        _convolve_fft,
        lambda signal, kernel: _correlate_loops(signal, kernel[::-1]),
        lambda signal, kernel: sum(
            weight * signal[len(kernel) - 1 - i : len(signal) - i]
            for i, weight in enumerate(kernel)
        ),
    ),
    forbidden=FORBIDDEN,
)
