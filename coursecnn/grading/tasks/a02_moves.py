"""Assignment 02: what moves in a picture."""

import numpy as np

from ..task import Misconception, Task
from .a02_inputs import images_with_moves


def _moved(images, down, right):
    return _taken(np.pad(images, _room(images)), down, right)


def _room(images):
    return [(0, 0), (0, 0), *((size, size) for size in images.shape[2:])]


def _taken(padded, down, right):
    """The window that shows the middle of an image with room around it, moved by so much."""
    sizes = [size // 3 for size in padded.shape[2:]]
    starts = [
        min(max(size - step, 0), 2 * size) for size, step in zip(sizes, (down, right), strict=True)
    ]
    rows, columns = (slice(a, a + size) for a, size in zip(starts, sizes, strict=True))
    return padded[:, :, rows, columns]


def _moved_by_loops(images, down, right):
    out = np.zeros(images.shape)
    _, _, height, width = images.shape
    for i, j in np.ndindex(height, width):
        if 0 <= i + down < height and 0 <= j + right < width:
            out[:, :, i + down, j + right] = images[:, :, i, j]
    return out


def _moved_by_rolling(images, down, right):
    out = np.roll(images, (down, right), axis=(2, 3))
    for axis, step in ((2, down), (3, right)):
        places = np.arange(images.shape[axis]) - step
        outside = (places < 0) | (places >= images.shape[axis])
        out[(slice(None),) * axis + (outside,)] = 0
    return out


def _moved_by_matrices(images, down, right):
    _, _, height, width = images.shape
    return np.eye(height, k=-down) @ images @ np.eye(width, k=right)


def _moved_by_slices(images, down, right):
    out = np.zeros(images.shape)
    out[:, :, down:, right:] = images[:, :, :-down, :-right]
    return out


def _moved_where(images, down, right, exists):
    """The answer by loops, with a mistake in the question whether an old pixel exists."""
    out = np.zeros(images.shape)
    _, _, height, width = images.shape
    for i, j in np.ndindex(height, width):
        if exists(i - down, height) and exists(j - right, width):
            out[:, :, i, j] = images[:, :, i - down, j - right]
    return out


MOVE_IMAGES = Task(
    id="move_images",
    points=2,
    reference=_moved,
    arguments=("images", "down", "right"),
    inputs=images_with_moves,
    misconceptions=(
        Misconception(
            "wrapped-around",
            lambda images, down, right: np.roll(images, (down, right), (2, 3)),
            "`np.roll` brings back on the other side what leaves the image; it must be gone, and "
            "zeros come in.",
        ),
        Misconception(
            "opposite-direction",
            lambda images, down, right: _moved(images, -down, -right),
            "The images moved up and to the left for positive steps; `down` and `right` say where "
            "they must go.",
        ),
        Misconception(
            "axes-exchanged",
            lambda images, down, right: _moved(images, right, down),
            "Down and right have changed places: axis 2 counts rows, so it belongs to `down`.",
        ),
        Misconception(
            "edges-repeated",
            lambda images, down, right: _taken(
                np.pad(images, _room(images), mode="edge"), down, right
            ),
            "What comes in from outside is 0, not a copy of the edge.",
        ),
        Misconception(
            "rows-only",
            lambda images, down, right: _moved(images, down, 0),
            "The rows have moved, the columns have not.",
        ),
        Misconception(
            "columns-only",
            lambda images, down, right: _moved(images, 0, right),
            "The columns have moved, the rows have not.",
        ),
        Misconception(
            "only-positive-steps",
            _moved_by_slices,
            "These slices fit positive steps only: `[:-0]` is empty, and a negative step needs its "
            "slices the other way round.",
        ),
        Misconception(
            "negative-steps-ignored",
            lambda images, down, right: _moved(images, max(down, 0), max(right, 0)),
            "Negative steps move up and to the left; here they do nothing.",
        ),
        Misconception(
            "negative-index",
            lambda *args: _moved_where(*args, lambda i, size: i < size),
            "Python takes an index of -1 for the last entry, without any error: ask, too, whether "
            "the old row and column are at least 0.",
        ),
        Misconception(
            "off-by-one",
            lambda *args: _moved_where(*args, lambda i, size: 0 < i < size),
            "Row 0 and column 0 of the old image exist, too: they pass `0 <=`, but not `0 <`.",
        ),
    ),
    alternatives=(_moved_by_loops, _moved_by_rolling, _moved_by_matrices),
    forbidden=("scipy.ndimage", "torchvision"),
)
