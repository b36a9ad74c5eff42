"""Assignment 05, on videos: slide a block through space and time."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops import cross_correlate

from ..task import Misconception, Task
from .a05_inputs import videos_with_kernels
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
TIME_HINT = "Time comes first, in the video, in the kernel and in the result."


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
