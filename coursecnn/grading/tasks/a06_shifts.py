"""Assignment 06, move a picture."""

import numpy as np

from ..task import Misconception, Task
from .a06_inputs import images_with_shifts

FORBIDDEN = ("coursecnn.ops", "scipy.ndimage", "skimage.transform")
FORWARDS_HINT = (
    "These slices fit moves down and to the right only: negative numbers count from the end, and "
    "`image[:-0]` is empty."
)
NEGATIVE_HINT = (
    "A negative index is no error in Python, it counts from the end: ask for `0 <=` as well."
)
WRAPS_HINT = "What leaves on one side must not come back on the other: zeros come in instead."


def shifted(image, down, right):
    """Move a picture; zeros come in.

    Parameters
    ----------
    image : ndarray, shape (H, W)
        The picture.
    down, right : int
        Pixels downwards and to the right; negative upwards and to the left.

    Returns
    -------
    ndarray, shape (H, W)
        The moved picture.
    """
    height, width = image.shape
    return np.eye(height, k=-down) @ image @ np.eye(width, k=right)


def _shift_by_loops(image, down, right):
    height, width = image.shape
    return [
        [
            image[i - down, j - right] if 0 <= i - down < height and 0 <= j - right < width else 0
            for j in range(width)
        ]
        for i in range(height)
    ]


def _shift_in_a_frame(image, down, right):
    height, width = image.shape
    framed = np.pad(image, [(height, height), (width, width)])
    top = height - max(-height, min(down, height))
    left = width - max(-width, min(right, width))
    return framed[top : top + height, left : left + width]


def _shift_by_roll(image, down, right):
    out = np.roll(image, (down, right), axis=(0, 1))
    i, j = (np.arange(n) - step for n, step in zip(image.shape, (down, right), strict=True))
    out[(i < 0) | (i >= len(i))] = 0
    out[:, (j < 0) | (j >= len(j))] = 0
    return out


def _repeated(image, down, right):
    height, width = image.shape
    rows = np.clip(np.arange(height) - down, 0, height - 1)
    return image[rows][:, np.clip(np.arange(width) - right, 0, width - 1)]


def _forwards_only(image, down, right):
    out = np.zeros_like(image)
    out[down:, right:] = image[:-down, :-right]
    return out


def _slices_to_the_end(image, down, right):
    out = np.zeros_like(image)
    out[down:, right:] = image[: len(image) - down, : image.shape[1] - right]
    return out


def _pushed_to_negative_places(image, down, right):
    (height, width), out = image.shape, np.zeros(image.shape)
    for i, j in np.ndindex(image.shape):
        if i + down < height and j + right < width:
            out[i + down, j + right] = image[i, j]
    return out


def _fetched_from_negative_places(image, down, right):
    (height, width), out = image.shape, np.zeros(image.shape)
    for i, j in np.ndindex(image.shape):
        if i - down < height and j - right < width:
            out[i, j] = image[i - down, j - right]
    return out


def _in_its_place(image, down, right):
    out, (height, width) = image.copy(), image.shape
    for i, j in np.ndindex(image.shape):
        inside = 0 <= i - down < height and 0 <= j - right < width
        out[i, j] = out[i - down, j - right] if inside else 0
    return out


def _first_row_lost(image, down, right):
    image = image.copy()
    image[0] = image[:, 0] = 0
    return shifted(image, down, right)


def _cropped(image, down, right):
    height, width = image.shape
    return image[max(0, -down) : height - max(0, down), max(0, -right) : width - max(0, right)]


SHIFT_IMAGE = Task(
    id="shift_image",
    points=1,
    reference=shifted,
    arguments=("image", "down", "right"),
    inputs=images_with_shifts,
    misconceptions=(
        Misconception(
            "wraps-around",
            lambda image, down, right: np.roll(image, (down, right), axis=(0, 1)),
            WRAPS_HINT,
        ),
        Misconception(
            "wrong-direction",
            lambda image, down, right: shifted(image, -down, -right),
            "The picture went the other way: the pixel at (i, j) comes from (i − down, j − right).",
        ),
        Misconception(
            "upside-down",
            lambda image, down, right: shifted(image, -down, right),
            "Rows are counted from the top: a positive `down` makes the row number larger.",
        ),
        Misconception(
            "axes-swapped",
            lambda image, down, right: shifted(image, right, down),
            "`down` moves the rows, and rows are the first axis.",
        ),
        Misconception(
            "border-repeated",
            _repeated,
            "The new pixels are zeros; here the border was repeated.",
        ),
        Misconception(
            "forwards-only",
            _forwards_only,
            FORWARDS_HINT,
        ),
        Misconception("forwards-only", _slices_to_the_end, FORWARDS_HINT),
        Misconception("negative-index", _pushed_to_negative_places, NEGATIVE_HINT),
        Misconception("negative-index", _fetched_from_negative_places, NEGATIVE_HINT),
        Misconception(
            "overwritten",
            _in_its_place,
            "Pixels are overwritten before they have moved: write into a new array, and leave "
            "`image` as it is.",
        ),
        Misconception(
            "first-row-lost",
            _first_row_lost,
            "Row 0 and column 0 are part of the image: compare by `0 <=`, not `0 <`.",
        ),
        Misconception(
            "cropped",
            _cropped,
            "The result has the size of the image, with zeros where nothing came in.",
        ),
    ),
    alternatives=(_shift_by_loops, _shift_in_a_frame, _shift_by_roll),
    forbidden=FORBIDDEN,
)
