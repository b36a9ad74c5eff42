"""Videos: slide a block through space and time, and see which way things move."""

import numpy as np

from coursecnn.grading.task import Misconception, Task
from coursecnn.ops import cross_correlate

from ..common.mistakes import (
    flattened,
    integer_output,
    off_by_one,
    returned_too_early,
    sliding,
    swapped_indices,
    total_not_reset,
)
from ..common.windows import (
    CROSSED,
    JUMPING_WINDOWS,
    KERNEL_CROSSED,
    LAST_PRODUCT,
    MATRIX_PRODUCT,
    MEAN_NOT_SUM,
    NOT_ADDED_UP,
    PYTHON_SUM,
    SQUARE_INPUT,
    SQUARE_KERNEL,
    TOO_FAR,
    WHOLE_NUMBERS,
    cut_each_time,
    flipped,
    padded,
)
from .inputs import videos_with_kernels, videos_with_pairs

FORBIDDEN = ("coursecnn.ops", *sliding(3))
TIME_HINT = "Time comes first, in the video, in the kernel and in the result."


def _one_frame_at_a_time(video, kernel):
    return np.stack([cross_correlate(frame, kernel[0]) for frame in video])


def _frames_added(video, kernel):
    sums = np.stack(
        [video[t : t + len(kernel)].sum(0) for t in range(len(video) - len(kernel) + 1)]
    )
    return cross_correlate(sums, kernel.sum(axis=0, keepdims=True))


CONV3D_VALID = Task(
    id="conv3d_valid",
    points=2,
    reference=cross_correlate,
    arguments=("video", "kernel"),
    inputs=videos_with_kernels,
    misconceptions=(
        *flipped(cross_correlate, 3),
        *off_by_one(cross_correlate, (0, 1, 2), (0,), (1,), (2,), (1, 2)),
        *padded(cross_correlate),
        Misconception(
            "time-added",
            lambda video, kernel: cross_correlate(video, kernel).sum(axis=0),
            "The answers of different times are not added: the block slides along time, too.",
        ),
        Misconception(
            "frame-by-frame",
            _one_frame_at_a_time,
            "Only the first slice of the kernel is in it, on one frame at a time: a window holds "
            "several frames.",
        ),
        Misconception(
            "time-last",
            lambda video, kernel: np.moveaxis(cross_correlate(video, kernel), 0, -1),
            TIME_HINT,
        ),
        Misconception(
            "time-last",
            lambda video, kernel: np.moveaxis(cross_correlate(video, kernel), -1, 0),
            TIME_HINT,
        ),
        Misconception(
            "frames-added",
            _frames_added,
            "The frames of a window were added before they met the kernel: each frame meets its "
            "own slice.",
        ),
        Misconception(
            "overwritten",
            lambda video, kernel: cross_correlate(video[len(kernel) - 1 :], kernel[-1:]),
            "Only the last slice of the kernel is in it: in a loop over the slices `=` overwrites, "
            "`+=` adds.",
        ),
        *swapped_indices(cross_correlate),
        *integer_output(cross_correlate, "video", "kernel"),
        *cut_each_time("video", "kernel"),
        *returned_too_early(cross_correlate, 3),
        *total_not_reset(cross_correlate, 3),
        flattened(cross_correlate),
        *MATRIX_PRODUCT,
        MEAN_NOT_SUM,
        JUMPING_WINDOWS,
        LAST_PRODUCT,
        PYTHON_SUM,
        *NOT_ADDED_UP,
        *CROSSED,
        *KERNEL_CROSSED,
        *SQUARE_INPUT,
        *SQUARE_KERNEL,
        *WHOLE_NUMBERS,
        *TOO_FAR,
    ),
    forbidden=FORBIDDEN,
)


PAIR_HINT = "Both kernels of a pair count: where one is silent, the other one speaks."
AXIS_HINT = "Take the mean over time only, that is over axis 0."


def _answers(video, pair):
    return np.stack([cross_correlate(video, kernel) for kernel in pair])


def _energy(video, pair):
    return np.sum(_answers(video, pair) ** 2, axis=0)


def _map(video, right, left, *, energy=_energy):
    return np.mean(energy(video, right) - energy(video, left), axis=0)


def _steady(video, pair):
    """The energy of the mean answers: what changes sign over time is lost."""
    return np.sum(_answers(video, pair).mean(axis=1) ** 2, axis=0)


def _mistaken(energy):
    return lambda video, right, left: _map(video, right, left, energy=energy)


MOTION_MAP = Task(
    id="motion_map",
    points=2,
    reference=_map,
    arguments=("video", "right", "left"),
    inputs=videos_with_pairs,
    misconceptions=(
        Misconception(
            "not-squared",
            _mistaken(lambda video, pair: _answers(video, pair).sum(axis=0)),
            "Answers of opposite sign cancel: square each before you add.",
        ),
        Misconception(
            "squared-too-late",
            _mistaken(lambda video, pair: _answers(video, pair).sum(axis=0) ** 2),
            "This is the square of a sum; the energy is a sum of squares.",
        ),
        Misconception(
            "absolute-values",
            _mistaken(lambda video, pair: np.abs(_answers(video, pair)).sum(axis=0)),
            "The energy adds squares, not absolute values.",
        ),
        Misconception(
            "root-taken",
            _mistaken(lambda video, pair: np.sqrt(_energy(video, pair))),
            "This is the root of the energy: leave the squares as they are.",
        ),
        Misconception(
            "one-of-the-pair",
            _mistaken(lambda video, pair: _answers(video, pair[:1])[0] ** 2),
            PAIR_HINT,
        ),
        Misconception(
            "one-of-the-pair",
            _mistaken(lambda video, pair: _answers(video, pair[1:])[0] ** 2),
            PAIR_HINT,
        ),
        Misconception(
            "one-direction",
            lambda video, right, left: _energy(video, right).mean(axis=0),
            "The energy of the other direction must be subtracted.",
        ),
        Misconception(
            "wrong-sign",
            lambda video, right, left: _map(video, left, right),
            "Right minus left: the map is positive where things move to the right.",
        ),
        Misconception(
            "energies-added",
            lambda video, right, left: (_energy(video, right) + _energy(video, left)).mean(axis=0),
            "The two energies are subtracted, not added.",
        ),
        Misconception(
            "sum-not-mean",
            lambda video, right, left: (_energy(video, right) - _energy(video, left)).sum(axis=0),
            "The map is the mean over time, not the sum, so that long videos do not count more.",
        ),
        Misconception(
            "divided-by-frames",
            lambda video, right, left: (
                (_energy(video, right) - _energy(video, left)).sum(axis=0) / len(video)
            ),
            "The mean runs over the places of the kernel in time, which are fewer than the frames.",
        ),
        *integer_output(_map, "video", "right", "left"),
        *returned_too_early(_map, 2),
        *swapped_indices(_map),
        Misconception(
            "time-kept",
            lambda video, right, left: _energy(video, right) - _energy(video, left),
            "The mean over time is missing: the result is one map.",
        ),
        Misconception(
            "mean-over-everything",
            lambda video, right, left: _map(video, right, left).mean(),
            AXIS_HINT,
        ),
        Misconception(
            "mean-over-space",
            lambda video, right, left: np.mean(
                _energy(video, right) - _energy(video, left), axis=-1
            ),
            AXIS_HINT,
        ),
        Misconception(
            "averaged-too-early",
            lambda video, right, left: _steady(video, right) - _steady(video, left),
            "Answers of opposite sign cancel in a mean: square first, then average over time.",
        ),
        Misconception(
            "difference-squared",
            lambda video, right, left: np.mean(
                np.sum((_answers(video, right) - _answers(video, left)) ** 2, axis=0), axis=0
            ),
            "The energies are subtracted, not the answers: square before you subtract.",
        ),
    ),
    forbidden=FORBIDDEN,
)
