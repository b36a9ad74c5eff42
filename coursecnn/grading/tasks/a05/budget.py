"""What a layer makes and what it costs, read off two shapes."""

from itertools import product

import numpy as np

from coursecnn import shapes
from coursecnn.grading.task import Misconception, Task

from ..common.mistakes import (
    BIASES_MULTIPLIED_HINT,
    COUNTING,
    OFF_BY_ONE_HINT,
    ONE_BIAS_HINT,
    PADDING_HINT,
    TOO_LARGE_HINT,
)
from ..common.windows import SQUARE_HINT
from .inputs import layer_shapes

SLICES_HINT = "A kernel has a slice for each channel of the input."
SWAPPED_HINT = "Height comes before width, in both shapes and in the result."


def _budget(shape, weight_shape, *, padding=0):
    kernels, channels, *kernel_size = weight_shape
    sizes = [
        shapes.output_size(n + padding * (k - 1), k)
        for n, k in zip(shape[1:], kernel_size, strict=True)
    ]
    parameters = shapes.conv_parameters(channels, kernels, kernel_size)
    return kernels, *sizes, parameters, shapes.macs(channels, kernels, kernel_size, sizes)


def _with(change):
    """A budget with a mistake: `change` gets the right one, and both shapes."""

    def wrong(shape, weight_shape):
        return tuple(change(_budget(shape, weight_shape), shape, weight_shape))

    return wrong


def _parameters(count):
    """The mistake of another number of parameters, which `count` takes from the four sizes."""

    def change(right, shape, weight_shape):
        return *right[:3], count(*weight_shape), right[4]

    return _with(change)


def _square(height, width, rows, columns):
    """One size where there are two; each argument names the axis to read it from, 0 or 1."""

    def wrong(shape, weight_shape):
        size, (kernels, channels, *kernel_size) = shape[1:], weight_shape
        rows_, columns_ = kernel_size[rows], kernel_size[columns]
        high, wide = size[height] - rows_ + 1, size[width] - columns_ + 1
        weights = kernels * channels * rows_ * columns_
        return kernels, high, wide, weights + kernels, weights * high * wide

    return wrong


def _one_place_less(right, shape, weight_shape):
    kernels, height, width, parameters, _ = right
    sizes = height - 1, width - 1
    return kernels, *sizes, parameters, np.prod(weight_shape) * np.prod(sizes)


def _work_on_input(right, shape, weight_shape):
    return *right[:4], np.prod(weight_shape) * np.prod(shape[1:])


def _biases_multiplied(right, shape, weight_shape):
    return *right[:4], right[3] * right[1] * right[2]


def _sizes_swapped(right, shape, weight_shape):
    """The shapes were read as (C, W, H) and (K, C, kH, kW)."""
    rows, columns = shape[2] - weight_shape[2] + 1, shape[1] - weight_shape[3] + 1
    return right[0], rows, columns, right[3], np.prod(weight_shape) * rows * columns


def _bias_per_place(right, shape, weight_shape):
    return *right[:3], np.prod(weight_shape) + np.prod(right[:3]), right[4]


def _one_slice_multiplied(right, shape, weight_shape):
    return *right[:4], right[4] // shape[0]


def _depth_multiplied(right, shape, weight_shape):
    return right[0] * shape[0], *right[1:]


LAYER_BUDGET = Task(
    id="layer_budget",
    points=1,
    reference=_budget,
    arguments=("shape", "weight_shape"),
    inputs=layer_shapes,
    misconceptions=(
        Misconception(
            "bias-missing",
            _parameters(lambda k, c, rows, columns: k * c * rows * columns),
            "Each kernel has one bias, which is learned, too.",
        ),
        Misconception(
            "one-bias",
            _parameters(lambda k, c, rows, columns: k * c * rows * columns + 1),
            ONE_BIAS_HINT,
        ),
        Misconception(
            "bias-per-slice",
            _parameters(lambda k, c, rows, columns: k * c * (rows * columns + 1)),
            "The answers of the slices are added up before the bias: one bias for each kernel.",
        ),
        Misconception(
            "one-slice",
            _parameters(lambda k, c, rows, columns: k * (rows * columns + 1)),
            SLICES_HINT,
        ),
        Misconception("one-slice", _with(_one_slice_multiplied), SLICES_HINT),
        Misconception(
            "bias-per-place",
            _with(_bias_per_place),
            "A bias belongs to a kernel, not to a place: the whole map shares it.",
        ),
        Misconception(
            "one-kernel",
            _with(lambda right, *_: (*right[:3], right[3] // right[0], right[4] // right[0])),
            "These are the numbers of one kernel; the layer has K of them.",
        ),
        Misconception("sizes-swapped", _with(_sizes_swapped), SWAPPED_HINT),
        Misconception(
            "sizes-swapped",
            _with(lambda right, *_: (right[0], right[2], right[1], *right[3:])),
            SWAPPED_HINT,
        ),
        Misconception("off-by-one", _with(_one_place_less), OFF_BY_ONE_HINT),
        *(
            Misconception("always-square", _square(*axes), SQUARE_HINT)
            for axes in product((0, 1), repeat=4)
            if axes[0] == axes[1] or axes[2] == axes[3]
        ),
        Misconception(
            "same-padding",
            lambda shape, weight_shape: _budget(shape, weight_shape, padding=1),
            PADDING_HINT,
        ),
        Misconception(
            "work-on-the-input",
            _with(_work_on_input),
            "Each weight is multiplied once at every place of the output, not of the input.",
        ),
        Misconception(
            "biases-multiplied",
            _with(_biases_multiplied),
            BIASES_MULTIPLIED_HINT,
        ),
        Misconception(
            "too-large-for-the-type",
            lambda *shapes: np.array(_budget(*shapes)).astype(np.int32),
            TOO_LARGE_HINT,
        ),
        Misconception(
            "depth-multiplied",
            _with(_depth_multiplied),
            "Each kernel answers with one map, however many channels it reads.",
        ),
        Misconception(
            "channels-last",
            _with(lambda right, *_: (right[1], right[2], right[0], *right[3:])),
            "The channels come first, then height and width, as in the shape of the input.",
        ),
    ),
    forbidden=COUNTING,
)
