"""Mistakes of moving pictures by whole pixels, where zeros come in from outside.

Each takes pictures, whose last two axes are rows and columns, and the steps down and to the right.
"""

import numpy as np

from coursecnn.grading.task import Misconception

WRAPS_HINT = "What leaves on one side must not come back on the other: zeros come in instead."
FORWARDS_HINT = (
    "These slices fit moves down and to the right only: negative numbers count from the end, and "
    "`[:-0]` is empty."
)
NEGATIVE_HINT = (
    "A negative index is no error in Python, it counts from the end: ask for `0 <=` as well."
)
CLEARED_HINT = (
    "`np.roll` brings back on the other side what leaves the picture, and it was set to zero for "
    "some moves only: think of moves up, to the left, and by nothing."
)


def moved(x, down, right):
    """The right answer, for steps of both signs and any length."""
    height, width = x.shape[-2:]
    return np.eye(height, k=-down) @ x @ np.eye(width, k=right)


def by_pixels(x, down, right):
    """The right answer by loops: where a step is a float, they fail in another way than `moved`."""
    return _fetched(x, down, right, lambda i, n: 0 <= i < n)


def _fetched(x, down, right, exists):
    """By loops over new pixels; `exists` is asked whether there is an old one."""
    out, (height, width) = np.zeros(x.shape), x.shape[-2:]
    for i, j in np.ndindex(height, width):
        if exists(i - down, height) and exists(j - right, width):
            out[..., i, j] = x[..., i - down, j - right]
    return out


def _fetched_by_one_of_both(x, down, right):
    """`or` where `and` is meant."""
    out, (height, width) = np.zeros(x.shape), x.shape[-2:]
    for i, j in np.ndindex(height, width):
        if 0 <= i - down < height or 0 <= j - right < width:
            out[..., i, j] = x[..., i - down, j - right]
    return out


def _fetched_with_sizes_swapped(x, down, right):
    out, (width, height) = np.zeros(x.shape), x.shape[-2:]
    for i, j in np.ndindex(height, width):
        if 0 <= i - down < height and 0 <= j - right < width:
            out[..., i, j] = x[..., i - down, j - right]
    return out


def _pushed_to_negative_places(x, down, right):
    out, (height, width) = np.zeros(x.shape), x.shape[-2:]
    for i, j in np.ndindex(height, width):
        if i + down < height and j + right < width:
            out[..., i + down, j + right] = x[..., i, j]
    return out


def _in_its_place(x, down, right):
    out, (height, width) = x.copy(), x.shape[-2:]
    for i, j in np.ndindex(height, width):
        inside = 0 <= i - down < height and 0 <= j - right < width
        out[..., i, j] = out[..., i - down, j - right] if inside else 0
    return out


def _on_a_copy(x, down, right):
    return np.where(moved(np.ones(x.shape[-2:]), down, right) > 0, moved(x, down, right), x)


def _forwards_only(x, down, right):
    out = np.zeros_like(x)
    out[..., down:, right:] = x[..., :-down, :-right]
    return out


def _slices_to_the_end(x, down, right):
    out, (height, width) = np.zeros_like(x), x.shape[-2:]
    out[..., down:, right:] = x[..., : height - down, : width - right]
    return out


def _padded_in_front(x, down, right):
    """Zeros above and on the left, an error if there should be fewer than none."""
    height, width = x.shape[-2:]
    sides = [(0, 0)] * (x.ndim - 2) + [(down, 0), (right, 0)]
    return np.pad(x, sides)[..., :height, :width]


def _repeated(x, down, right):
    rows, columns = (
        np.clip(np.arange(n) - step, 0, n - 1)
        for n, step in zip(x.shape[-2:], (down, right), strict=True)
    )
    return x[..., rows, :][..., columns]


def _cropped(x, down, right):
    height, width = x.shape[-2:]
    rows = slice(max(0, -down), height - max(0, down))
    return x[..., rows, max(0, -right) : width - max(0, right)]


def _rolled(x, down, right):
    return np.roll(x, (down, right), axis=(-2, -1))


def _cleared(entering):
    """Rolled, then set to zero in the slices that `entering` gives for the steps of each axis."""

    def wrong(x, down, right):
        out = _rolled(x, down, right)
        out[..., entering(down), :] = 0
        out[..., entering(right)] = 0
        return out

    return wrong


def _if_positive(step):
    return slice(max(step, 0))


def _or_negative(step):
    return slice(step) if step > 0 else slice(step, None)


MOVES = (
    Misconception("wraps-around", _rolled, WRAPS_HINT),
    *(
        Misconception("cleared-in-part", _cleared(entering), CLEARED_HINT)
        for entering in (_if_positive, slice, _or_negative)
    ),
    Misconception(
        "wrong-direction",
        lambda x, down, right: moved(x, -down, -right),
        "The picture went the other way: the pixel at (i, j) comes from (i − down, j − right).",
    ),
    Misconception(
        "upside-down",
        lambda x, down, right: moved(x, -down, right),
        "Rows are counted from the top: a positive `down` makes the row number larger.",
    ),
    Misconception(
        "mirrored",
        lambda x, down, right: moved(x, down, -right),
        "Columns are counted from the left: a positive `right` makes the column number larger.",
    ),
    Misconception(
        "axes-swapped",
        lambda x, down, right: moved(x, right, down),
        "`down` moves the rows, and rows are the axis before the columns.",
    ),
    Misconception(
        "rows-only",
        lambda x, down, right: moved(x, down, 0),
        "The rows have moved, the columns have not.",
    ),
    Misconception(
        "columns-only",
        lambda x, down, right: moved(x, 0, right),
        "The columns have moved, the rows have not.",
    ),
    Misconception(
        "border-repeated", _repeated, "The new pixels are zeros; here the border was repeated."
    ),
    Misconception("forwards-only", _forwards_only, FORWARDS_HINT),
    Misconception(
        "forwards-only",
        _slices_to_the_end,
        "These slices fit moves down and to the right only: where a slice begins with a negative "
        "number, it counts from the end.",
    ),
    Misconception(
        "forwards-only",
        _padded_in_front,
        "There are no negative numbers of zeros: for moves up and to the left the zeros come in "
        "below and on the right.",
    ),
    Misconception(
        "negative-steps-ignored",
        lambda x, down, right: moved(x, max(down, 0), max(right, 0)),
        "Negative steps move up and to the left; here they do nothing.",
    ),
    Misconception("negative-index", _pushed_to_negative_places, NEGATIVE_HINT),
    Misconception(
        "negative-index", lambda *args: _fetched(*args, lambda i, n: i < n), NEGATIVE_HINT
    ),
    Misconception(
        "negative-index",
        lambda *args: _fetched(*args, lambda i, n: -n <= i < n),
        "A negative index is no error in Python, it counts from the end: nothing is raised that "
        "`except` could catch.",
    ),
    Misconception(
        "overwritten",
        _in_its_place,
        "Pixels are overwritten before they have moved: write into a new array of zeros, and leave "
        "what you were given as it is.",
    ),
    Misconception(
        "old-pixels-left",
        _on_a_copy,
        "Where nothing comes in, the old pixels still stand: begin with zeros, not with a copy.",
    ),
    Misconception(
        "first-row-lost",
        lambda *args: _fetched(*args, lambda i, n: 0 < i < n),
        "Row 0 and column 0 are part of the picture: compare by `0 <=`, not `0 <`.",
    ),
    Misconception(
        "too-far",
        lambda *args: _fetched(*args, lambda i, n: 0 <= i <= n),
        "The last row is `height - 1` and the last column `width - 1`: compare by `<`, not `<=`.",
    ),
    Misconception(
        "or-for-and",
        _fetched_by_one_of_both,
        "An old pixel exists if its row exists `and` its column, not if one of them does.",
    ),
    Misconception(
        "sizes-swapped",
        _fetched_with_sizes_swapped,
        "Height and width have changed places: the shape names the height first.",
    ),
    Misconception(
        "cropped",
        _cropped,
        "The result has the size of the picture, with zeros where nothing came in.",
    ),
    Misconception(
        "integer-output",
        lambda x, down, right: moved(x, down, right).astype(int),
        "The zeros were made of an integer type and cut off what stands behind the point.",
    ),
)
