"""Assignment 05, on videos: slide a block through space and time, and see which way things move."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops import cross_correlate

from ..task import Misconception, Task
from .a05_inputs import videos_with_kernels, videos_with_pairs
from .mistakes import (
    INTEGER_OUTPUT,
    JUMPING_WINDOWS,
    MEAN_NOT_SUM,
    flipped,
    off_by_one,
    padded,
)

FORBIDDEN = (
    "coursecnn.ops",
    "scipy.ndimage",
    "scipy.signal",
    "torch.conv3d",
    "torch.nn.Conv3d",
    "torch.nn.functional.conv3d",
)
PAIR_HINT = "Both kernels of a pair count: where one is silent, the other one speaks."


def _loops(video, kernel):
    frames, rows, columns = kernel.shape
    return [
        [
            [
                np.sum(video[t : t + frames, i : i + rows, j : j + columns] * kernel)
                for j in range(video.shape[2] - columns + 1)
            ]
            for i in range(video.shape[1] - rows + 1)
        ]
        for t in range(video.shape[0] - frames + 1)
    ]


def _einsum(video, kernel):
    return np.einsum("abcdij,dij->abc", sliding_window_view(video, kernel.shape), kernel)


def _frame_by_frame(video, kernel):
    """A sum over the slices of the kernel, each slid over frames of its own."""
    places = len(video) - len(kernel) + 1
    return sum(
        np.stack([cross_correlate(frame, part) for frame in video[delay : delay + places]])
        for delay, part in enumerate(kernel)
    )


def _matrix_products(video, kernel):
    return np.sum(sliding_window_view(video, kernel.shape) @ kernel, axis=(3, 4, 5))


def _one_frame_at_a_time(video, kernel):
    return np.stack([cross_correlate(frame, kernel[0]) for frame in video])


CONV3D_VALID = Task(
    id="conv3d_valid",
    points=2,
    reference=cross_correlate,
    arguments=("video", "kernel"),
    inputs=videos_with_kernels,
    misconceptions=(
        flipped(cross_correlate),
        *off_by_one(cross_correlate, (0, 1, 2)),
        *off_by_one(cross_correlate, (0,)),
        *off_by_one(cross_correlate, (1,)),
        *off_by_one(cross_correlate, (2,)),
        *off_by_one(cross_correlate, (1, 2)),
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
            "first-place-in-time",
            lambda video, kernel: cross_correlate(video, kernel)[0],
            "This is the answer at the first place in time only: a third loop runs over time.",
        ),
        Misconception(
            "time-last",
            lambda video, kernel: np.moveaxis(cross_correlate(video, kernel), 0, -1),
            "Time comes first in the result, as in the video.",
        ),
        Misconception(
            "matrix-product",
            _matrix_products,
            "`@` and `np.dot` multiply matrices; here `*` multiplies entries in the same place.",
        ),
        MEAN_NOT_SUM,
        JUMPING_WINDOWS,
        INTEGER_OUTPUT,
    ),
    alternatives=(_loops, _einsum, _frame_by_frame),
    forbidden=FORBIDDEN,
)


def _answers(video, pair):
    return np.stack([cross_correlate(video, kernel) for kernel in pair])


def _energy(video, pair):
    return np.sum(_answers(video, pair) ** 2, axis=0)


def _map(video, right, left, *, energy=_energy):
    return np.mean(energy(video, right) - energy(video, left), axis=0)


def _mistaken(energy):
    return lambda video, right, left: _map(video, right, left, energy=energy)


def _map_by_shape(video, right, left):
    even, odd, even_left, odd_left = (_einsum(video, k) for k in (*right, *left))
    energy = even * even + odd * odd - even_left * even_left - odd_left * odd_left
    return energy.sum(axis=0) / len(energy)


def _map_by_modulus(video, right, left):
    waves = [_answers(video, pair) for pair in (right, left)]
    to_the_right, to_the_left = (np.abs(even + 1j * odd) ** 2 for even, odd in waves)
    return to_the_right.mean(axis=0) - to_the_left.mean(axis=0)


def _map_in_lists(video, right, left):
    total = 0
    for sign, pair in ((1, right), (-1, left)):
        for kernel in pair:
            total = total + sign * np.square(_loops(video, kernel))
    return [row.tolist() for row in np.average(total, axis=0)]


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
            "The map is the *mean* over time, so that long videos do not count more.",
        ),
        Misconception(
            "time-kept",
            lambda video, right, left: _energy(video, right) - _energy(video, left),
            "The mean over time is missing: the result is one map.",
        ),
        Misconception(
            "mean-over-everything",
            lambda video, right, left: _map(video, right, left).mean(),
            "Take the mean over time only, that is over axis 0.",
        ),
    ),
    alternatives=(_map_by_shape, _map_by_modulus, _map_in_lists),
    forbidden=FORBIDDEN,
)
