"""Assignment 06, what moving a picture does to the answer of a layer, with a stride or without."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops import cross_correlate

from ..task import Misconception, Task
from .a06_inputs import images_with_shifts, images_with_steps

FORBIDDEN = ("coursecnn.ops", "scipy.ndimage", "skimage.transform")
FORWARDS_HINT = (
    "These slices fit moves down and to the right only: negative numbers count from the end, and "
    "`image[:-0]` is empty."
)
WRAPS_HINT = "What leaves on one side must not come back on the other: zeros come in instead."


def _shift(image, down, right):
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


def _cropped(image, down, right):
    height, width = image.shape
    return image[max(0, -down) : height - max(0, down), max(0, -right) : width - max(0, right)]


SHIFT_IMAGE = Task(
    id="shift_image",
    points=1,
    reference=_shift,
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
            lambda image, down, right: _shift(image, -down, -right),
            "The picture went the other way: the pixel at (i, j) comes from (i − down, j − right).",
        ),
        Misconception(
            "upside-down",
            lambda image, down, right: _shift(image, -down, right),
            "Rows are counted from the top: a positive `down` makes the row number larger.",
        ),
        Misconception(
            "axes-swapped",
            lambda image, down, right: _shift(image, right, down),
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
        Misconception(
            "cropped",
            _cropped,
            "The result has the size of the image, with zeros where nothing came in.",
        ),
    ),
    alternatives=(_shift_by_loops, _shift_in_a_frame, _shift_by_roll),
    forbidden=FORBIDDEN,
)


def _layer(image, kernel, stride):
    return cross_correlate(image, kernel)[::stride, ::stride]


def _difference(image, kernel, shift, stride=1, *, move=_shift, divide=int.__floordiv__):
    """What a shift before the layer makes different; `move` and `divide` may be mistaken."""
    moved_first = _layer(move(image, shift, shift), kernel, stride)
    steps = divide(shift, stride)
    return moved_first - move(_layer(image, kernel, stride), steps, steps)


def _gap(image, kernel, shift, stride=1):
    return np.abs(_difference(image, kernel, shift, stride))


def _mistaken(**change):
    return lambda image, kernel, shift, stride=1: np.abs(
        _difference(image, kernel, shift, stride, **change)
    )


def _roll(image, down, right):
    return np.roll(image, (down, right), axis=(0, 1))


def _back(image, down, right):
    return _shift(image, -down, -right)


def _stride_first(image, kernel, shift, stride=1):
    moved = _shift(image, shift, shift)[::stride, ::stride]
    steps = shift // stride
    later = _shift(cross_correlate(image[::stride, ::stride], kernel), steps, steps)
    return np.abs(cross_correlate(moved, kernel) - later)


def _rows_only(image, kernel, shift, stride=1):
    first = cross_correlate(_shift(image, shift, shift), kernel)[::stride]
    steps = shift // stride
    return np.abs(first - _shift(cross_correlate(image, kernel)[::stride], steps, steps))


def _gap_by_padding(image, kernel, shift, stride=1):
    def moved(picture, steps):
        return np.pad(picture, [(steps, 0)] * 2)[: len(picture), : picture.shape[1]]

    first = _answers(moved(image, shift), kernel, stride)
    last = moved(_answers(image, kernel, stride), shift // stride)
    return np.sqrt(np.square(first - last))


def _answers(image, kernel, stride):
    windows = sliding_window_view(image, kernel.shape)[::stride, ::stride]
    return np.einsum("hwij,ij->hw", windows, np.asarray(kernel, float))


def _gap_by_loops(image, kernel, shift, stride=1):
    (rows, columns), steps = kernel.shape, shift // stride

    def answer(picture, i, j):
        return np.sum(picture[i : i + rows, j : j + columns] * kernel)

    moved, shape = _shift(image, shift, shift), _layer(image, kernel, stride).shape
    out = np.zeros(shape)
    for i, j in np.ndindex(shape):
        inside = i >= steps and j >= steps
        last = answer(image, (i - steps) * stride, (j - steps) * stride) if inside else 0
        out[i, j] = abs(answer(moved, i * stride, j * stride) - last)
    return out


def _gap_by_larger_and_smaller(image, kernel, shift, stride=1):
    first = _layer(_shift(image, shift, shift), kernel, stride)
    last = _shift(_layer(image, kernel, stride), shift // stride, shift // stride)
    return (np.maximum(first, last) - np.minimum(first, last)).tolist()


EQUIVARIANCE_MAP = Task(
    id="equivariance_map",
    points=2,
    reference=_gap,
    arguments=("image", "kernel", "shift", "stride"),
    inputs=images_with_steps,
    misconceptions=(
        Misconception(
            "signed",
            _difference,
            "Both signs are there: take the absolute value of the difference.",
        ),
        Misconception(
            "squared",
            lambda image, kernel, shift, stride=1: _difference(image, kernel, shift, stride) ** 2,
            "Take the absolute value of the difference, not its square.",
        ),
        Misconception(
            "shift-not-divided",
            _mistaken(divide=lambda shift, stride: shift),
            "With a stride the output has fewer places: `shift` pixels of the image are "
            "`shift // stride` places of the output.",
        ),
        Misconception(
            "rounded-up",
            _mistaken(divide=lambda shift, stride: -(-shift // stride)),
            "Where the stride does not divide the shift, round down.",
        ),
        Misconception(
            "output-not-moved",
            _mistaken(divide=lambda shift, stride: 0),
            "The output of the unmoved image must be moved, too, before you compare. Equal "
            "outputs would be invariance.",
        ),
        Misconception("wraps-around", _mistaken(move=_roll), WRAPS_HINT),
        Misconception(
            "wrong-direction",
            _mistaken(move=_back),
            "Both shifts go down and to the right.",
        ),
        Misconception(
            "stride-ignored",
            lambda image, kernel, shift, stride=1: _gap(image, kernel, shift),
            "The layer takes a step of `stride` places: keep every stride-th row and column.",
        ),
        Misconception(
            "stride-of-rows-only",
            _rows_only,
            "The stride holds for both axes: keep every stride-th row and every stride-th column.",
        ),
        Misconception(
            "stride-first",
            _stride_first,
            "The stride skips places of the window, not pixels of the image: first slide the "
            "kernel, then leave places out.",
        ),
    ),
    alternatives=(_gap_by_padding, _gap_by_loops, _gap_by_larger_and_smaller),
    forbidden=FORBIDDEN,
)
