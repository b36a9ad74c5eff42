"""Assignment 07, by windows: the largest pixel of each, or the mean."""

import numpy as np

from coursecnn import ops

from ..task import Misconception, Task
from .a07_inputs import images_with_windows
from .a07_windows import BYTES_HINT, INTEGER_HINT, placing, windows

FORBIDDEN = ("coursecnn.ops", "cv2", "scipy.ndimage", "skimage.measure", "torch.nn")


def _max(x, kernel_size, stride):
    return ops.max_pool2d(np.asarray(x)[None], kernel_size, stride=stride)[0]


def _avg(x, kernel_size, stride):
    return ops.avg_pool2d(np.asarray(x)[None], kernel_size, stride=stride)[0]


def _by_loops(reduce):
    def answer(x, kernel_size, stride):
        return [
            [
                float(reduce(x[i : i + kernel_size, j : j + kernel_size]))
                for j in range(0, x.shape[1] - kernel_size + 1, stride)
            ]
            for i in range(0, x.shape[0] - kernel_size + 1, stride)
        ]

    return answer


def _by_shifts(combine):
    """One shifted copy of the image for each place in the window."""

    def answer(x, kernel_size, stride):
        rows, columns = (n - kernel_size + 1 for n in x.shape)
        copies = [
            x[u : u + rows : stride, v : v + columns : stride].astype(float)
            for u, v in np.ndindex(kernel_size, kernel_size)
        ]
        return combine(copies)

    return answer


def _by_axes(x, kernel_size, stride):
    """Along the rows first, then along the columns."""

    def along(image):
        starts = range(0, len(image) - kernel_size + 1, stride)
        return np.array([image[i : i + kernel_size].max(axis=0) for i in starts])

    return along(along(x).T).T


def _by_sums(x, kernel_size, stride):
    """From sums over all rectangles that begin in the corner."""
    corner = np.pad(np.cumsum(np.cumsum(x, axis=0, dtype=float), axis=1), ((1, 0), (1, 0)))
    ends, starts = slice(kernel_size, None), slice(None, -kernel_size)
    sums = corner[ends, ends] - corner[starts, ends] - corner[ends, starts]
    return (sums + corner[starts, starts])[::stride, ::stride] / kernel_size**2


MAX_POOL2D = Task(
    id="max_pool2d",
    points=2,
    reference=_max,
    arguments=("x", "kernel_size", "stride"),
    inputs=images_with_windows,
    misconceptions=(
        *placing(_max, np.max),
        Misconception(
            "mean-not-max",
            _avg,
            "This is the mean of each window; its largest pixel is asked for.",
        ),
        Misconception(
            "starts-at-zero",
            lambda x, kernel_size, stride: np.maximum(_max(x, kernel_size, stride), 0),
            "A window of negative numbers has a negative maximum: do not compare with 0.",
        ),
        Misconception(
            "starts-at-corner",
            lambda x, kernel_size, stride: np.maximum(_max(x, kernel_size, stride), x[0, 0]),
            "The search in a window begins with a pixel of that window, not with `x[0, 0]`.",
        ),
        Misconception(
            "one-axis",
            lambda x, kernel_size, stride: windows(x, kernel_size, stride)[..., 0].max(axis=2),
            "The window has `kernel_size` columns, too.",
        ),
        Misconception(
            "one-axis",
            lambda x, kernel_size, stride: windows(x, kernel_size, stride)[..., 0, :].max(axis=2),
            "The window has `kernel_size` rows, too.",
        ),
    ),
    alternatives=(
        _by_loops(np.max),
        _by_shifts(np.maximum.reduce),
        _by_axes,
        lambda x, kernel_size, stride: windows(x, kernel_size, stride).max(axis=(2, 3)),
    ),
    forbidden=FORBIDDEN,
)

AVG_POOL2D = Task(
    id="avg_pool2d",
    points=1,
    reference=_avg,
    arguments=("x", "kernel_size", "stride"),
    inputs=images_with_windows,
    misconceptions=(
        *placing(_avg, np.mean),
        Misconception(
            "max-not-mean",
            _max,
            "This is the largest pixel of each window; the mean is asked for.",
        ),
        Misconception(
            "sum-not-mean",
            lambda x, kernel_size, stride: _avg(x, kernel_size, stride) * kernel_size**2,
            "This is the sum of each window: divide it by the number of its pixels.",
        ),
        Misconception(
            "divided-by-side",
            lambda x, kernel_size, stride: _avg(x, kernel_size, stride) * kernel_size,
            "A window has kernel_size² pixels, not kernel_size.",
        ),
        Misconception(
            "divided-by-four",
            lambda x, kernel_size, stride: _avg(x, kernel_size, stride) * kernel_size**2 / 4,
            "A window has 4 pixels only if `kernel_size` is 2; in general it has kernel_size².",
        ),
        Misconception(
            "divided-by-stride",
            lambda x, kernel_size, stride: (
                _avg(x, kernel_size, stride) * (kernel_size / stride) ** 2
            ),
            "A window has kernel_size² pixels, whatever the stride is.",
        ),
        Misconception(
            "integer-output",
            lambda x, kernel_size, stride: _avg(x, kernel_size, stride).astype(x.dtype),
            INTEGER_HINT,
        ),
        Misconception(
            "integer-output",
            lambda x, kernel_size, stride: np.floor(_avg(x, kernel_size, stride)),
            "`//` rounds down; `/` keeps what stands behind the point.",
        ),
        Misconception(
            "rounded",
            lambda x, kernel_size, stride: np.round(_avg(x, kernel_size, stride)),
            "The mean is asked for as it is: do not round.",
        ),
        Misconception(
            "bytes-overflow",
            lambda x, kernel_size, stride: (
                windows(x, kernel_size, stride).sum(axis=(2, 3), dtype=x.dtype) / kernel_size**2
            ),
            BYTES_HINT,
        ),
    ),
    alternatives=(
        _by_loops(np.mean),
        _by_shifts(lambda copies: np.mean(copies, axis=0)),
        _by_sums,
        lambda x, kernel_size, stride: windows(x, kernel_size, stride).mean(axis=(2, 3)),
    ),
    forbidden=FORBIDDEN,
)
