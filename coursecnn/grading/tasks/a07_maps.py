"""Assignment 07, a whole map at once: its mean."""

import numpy as np

from coursecnn import ops

from ..task import Misconception, Task
from .a07_inputs import maps
from .a07_windows import BYTES_HINT, INTEGER_HINT

FORBIDDEN = ("coursecnn.ops", "torch.nn")

GLOBAL_AVG_POOL = Task(
    id="global_avg_pool",
    points=1,
    reference=ops.global_avg_pool2d,
    arguments=("x",),
    inputs=maps,
    misconceptions=(
        Misconception(
            "one-number",
            np.mean,
            "This is one mean for all channels together; each channel keeps its own.",
        ),
        Misconception(
            "channels-averaged",
            lambda x: x.mean(axis=0),
            "This averages over the channels and keeps the places; it should be the other way.",
        ),
        Misconception(
            "channels-last",
            lambda x: x.mean(axis=(0, 1)),
            "The channel is the first axis of `x`, not the last.",
        ),
        Misconception(
            "one-axis",
            lambda x: x.mean(axis=2),
            "Rows are averaged, but each channel still has a number for every row.",
        ),
        Misconception(
            "one-axis",
            lambda x: x.mean(axis=1),
            "Columns are averaged, but each channel still has a number for every column.",
        ),
        Misconception(
            "axes-kept",
            lambda x: x.mean(axis=(1, 2), keepdims=True),
            "Each channel gives one number, so the result has a single axis, of length C.",
        ),
        Misconception(
            "max-not-mean",
            lambda x: x.max(axis=(1, 2)),
            "This is the largest answer of each channel; the mean is asked for.",
        ),
        Misconception(
            "sum-not-mean",
            lambda x: x.sum(axis=(1, 2)),
            "This is the sum of each channel: divide it by the number of places.",
        ),
        Misconception(
            "square-maps",
            lambda x: x.sum(axis=(1, 2)) / x.shape[1] ** 2,
            "A map of H rows and W columns has H · W places; it need not be a square.",
        ),
        Misconception(
            "square-maps",
            lambda x: x.sum(axis=(1, 2)) / x.shape[2] ** 2,
            "A map of H rows and W columns has H · W places; it need not be a square.",
        ),
        Misconception(
            "integer-output",
            lambda x: np.floor(x.mean(axis=(1, 2))),
            "`//` rounds down; `/` keeps what stands behind the point.",
        ),
        Misconception(
            "integer-output",
            lambda x: x.mean(axis=(1, 2)).astype(int),
            INTEGER_HINT,
        ),
        Misconception(
            "integer-output",
            lambda x: x.mean(axis=(1, 2)).astype(x.dtype),
            INTEGER_HINT,
        ),
        Misconception(
            "bytes-overflow",
            lambda x: x.sum(axis=(1, 2), dtype=x.dtype) / (x.shape[1] * x.shape[2]),
            BYTES_HINT,
        ),
    ),
    alternatives=(
        lambda x: [float(np.mean(channel)) for channel in x],
        lambda x: x.reshape(len(x), -1).mean(axis=1),
        lambda x: np.einsum("chw->c", x.astype(float)) / (x.shape[1] * x.shape[2]),
    ),
    forbidden=FORBIDDEN,
)
