"""Assignment 06, what moving a picture does to the answer of a layer, with a stride or without."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops import cross_correlate

from ..task import Misconception, Task
from .a06_inputs import images_with_steps
from .a06_shifts import FORBIDDEN, WRAPS_HINT, shifted


def _layer(image, kernel, stride):
    return cross_correlate(image, kernel)[::stride, ::stride]


def _difference(image, kernel, shift, stride=1, *, move=shifted, divide=int.__floordiv__):
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
    return shifted(image, -down, -right)


def _stride_first(image, kernel, shift, stride=1):
    moved = shifted(image, shift, shift)[::stride, ::stride]
    steps = shift // stride
    later = shifted(cross_correlate(image[::stride, ::stride], kernel), steps, steps)
    return np.abs(cross_correlate(moved, kernel) - later)


def _rows_only(image, kernel, shift, stride=1):
    first = cross_correlate(shifted(image, shift, shift), kernel)[::stride]
    steps = shift // stride
    return np.abs(first - shifted(cross_correlate(image, kernel)[::stride], steps, steps))


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

    moved, shape = shifted(image, shift, shift), _layer(image, kernel, stride).shape
    out = np.zeros(shape)
    for i, j in np.ndindex(shape):
        inside = i >= steps and j >= steps
        last = answer(image, (i - steps) * stride, (j - steps) * stride) if inside else 0
        out[i, j] = abs(answer(moved, i * stride, j * stride) - last)
    return out


def _gap_by_larger_and_smaller(image, kernel, shift, stride=1):
    first = _layer(shifted(image, shift, shift), kernel, stride)
    last = shifted(_layer(image, kernel, stride), shift // stride, shift // stride)
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
            "rounded-to-nearest",
            _mistaken(divide=lambda shift, stride: round(shift / stride)),
            "Where the stride does not divide the shift, round down: `//` does it.",
        ),
        Misconception(
            "not-rounded",
            _mistaken(divide=lambda shift, stride: shift / stride),
            "`shift / stride` is a float, and pictures move by whole places: `//` divides and "
            "rounds down.",
        ),
        Misconception(
            "one-axis-moved",
            _mistaken(move=lambda image, down, right: shifted(image, down, 0)),
            "The picture moves along both axes, down and to the right, and so does the output.",
        ),
        Misconception(
            "yes-or-no",
            lambda *args: _gap(*args) != 0,
            "Asked for is how large the difference is, not whether there is one.",
        ),
        Misconception(
            "stride-last",
            lambda image, kernel, shift, stride=1: _gap(image, kernel, shift)[::stride, ::stride],
            "The stride belongs to the layer: its output has fewer places even before it moves.",
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
