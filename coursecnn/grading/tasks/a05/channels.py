"""Images with channels: add over them, mix them in each pixel, or keep them apart."""

from dataclasses import replace
from functools import partial

import numpy as np

from coursecnn.grading.task import Misconception, Task
from coursecnn.ops import conv2d, cross_correlate

from ..common.mistakes import (
    UNFINISHED_HINT,
    flattened,
    integer_hint,
    integer_output,
    map_not_reset,
    off_by_one,
    returned_too_early,
    sliding,
    stored,
    swapped_indices,
    total_not_reset,
)
from ..common.windows import (
    CROSSED,
    KERNEL_CROSSED,
    LAST_PRODUCT,
    MATRIX_PRODUCT,
    MEAN_NOT_SUM,
    NOT_ADDED_UP,
    PYTHON_SUM,
    SQUARE_INPUT,
    SQUARE_KERNEL,
    TOO_FAR,
    WHOLE_NUMBERS,
    cut_each_time,
    flipped,
    lifted,
    padded,
    stored_each_time,
)
from .inputs import images_with_banks, images_with_mixtures, images_with_slices

FORBIDDEN = ("coursecnn.ops", "cv2", *sliding(2))
FLIPPED_HINT = "The kernel slides as it is: it must not be turned round."
OVERWRITTEN_HINT = (
    "Only the last channel is in it: in a loop over the channels `=` overwrites, `+=` adds."
)
BIAS_HINT = "These biases lie along rows or columns; every entry of map k takes `bias[k]`."
CHANNELS_LAST_HINT = "The channels of the result come first, then its rows and columns."
RESHAPE_HINT = (
    "`reshape` does not exchange axes: so the numbers of one row are neighbours, not the channels "
    "of one pixel."
)


def _torn_maps(function):
    """Maps that were computed pixel by pixel, then reshaped where the axes had to be exchanged."""

    def wrong(*args):
        maps = function(*args)
        return np.moveaxis(maps, 0, -1).reshape(maps.shape)

    return Misconception("reshape-not-transpose", wrong, RESHAPE_HINT)


def _parts(x, weight):
    """The maps of all slices before they are added, shape (K, C, H_out, W_out)."""
    return np.array([[cross_correlate(*pair) for pair in zip(x, k, strict=True)] for k in weight])


def _each_kernel(wrong):
    """A mistake in windows of all channels, made with each kernel."""
    return lambda x, weight, bias: np.stack(
        [wrong(x, kernel)[0] + b for kernel, b in zip(weight, bias, strict=True)]
    )


def _each_slice(wrong):
    """A mistake in windows of one channel, made with each slice."""
    return lambda x, weight, bias: np.stack(
        [
            sum(wrong(*pair) for pair in zip(x, kernel, strict=True)) + b
            for kernel, b in zip(weight, bias, strict=True)
        ]
    )


def _cut_each_time(at, *given):
    """In the number type of one argument: the products, then the bias."""
    x, weight, bias = given
    kind = given[at].dtype
    return np.stack(
        [
            stored(stored_each_time(x, kernel, kind)[0] + b, kind)
            for kernel, b in zip(weight, bias, strict=True)
        ]
    )


#: The biases are an array, too.
ARRAY_KEPT = (
    NOT_ADDED_UP[0],
    replace(
        NOT_ADDED_UP[1],
        hint=f"{NOT_ADDED_UP[1].hint} Is the bias one number, too, that of the kernel?",
    ),
)


def _biases(x, weight, bias):
    return bias[:, None, None]


CONV2D_MULTI = Task(
    id="conv2d_multi",
    points=3,
    reference=conv2d,
    arguments=("x", "weight", "bias"),
    inputs=images_with_banks,
    misconceptions=(
        *lifted(_each_slice, *flipped(cross_correlate, 2)),
        Misconception(
            "flipped-kernel", lambda x, w, b: conv2d(x, w[:, ::-1, ::-1, ::-1], b), FLIPPED_HINT
        ),
        Misconception(
            "bias-missing",
            lambda x, w, b: conv2d(x, w),
            "Each map gets the bias of its kernel, added to every entry.",
        ),
        Misconception(
            "bias-per-channel",
            lambda x, w, b: conv2d(x, w, b * len(x)),
            "The bias is added once for each kernel, not once for each channel.",
        ),
        Misconception(
            "bias-per-product",
            lambda x, w, b: conv2d(x, w, b * w[0].size),
            "The bias is inside of the sum, so it is added with every product: first the sum, "
            "then the bias.",
        ),
        Misconception(
            "bias-along-rows",
            lambda x, w, b: conv2d(x, w) + b,
            BIAS_HINT,
        ),
        Misconception("bias-along-rows", lambda x, w, b: conv2d(x, w) + b[:, None], BIAS_HINT),
        Misconception(
            "whole-bank",
            lambda x, w, b: conv2d(x, w.sum(axis=0, keepdims=True)) + b[:, None, None],
            "All kernels are in every map: map k takes `weight[k]` only.",
        ),
        Misconception(
            "one-channel",
            lambda x, w, b: conv2d(x[:1], w[:, :1], b),
            "Only the first channel is in it: every slice of the kernel reads its own channel.",
        ),
        Misconception(
            "overwritten",
            lambda x, w, b: conv2d(x[-1:], w[:, -1:], b),
            OVERWRITTEN_HINT,
        ),
        Misconception(
            "channels-averaged",
            lambda x, w, b: conv2d(x, w / len(x), b),
            "The answers of the slices are added up, not averaged.",
        ),
        Misconception(
            "channels-kept",
            lambda x, w, b: _parts(x, w) + b[:, None, None, None],
            "The answers of all slices of a kernel are added up: a kernel answers with one map.",
        ),
        Misconception(
            "kernels-added",
            lambda x, w, b: conv2d(x, w, b).sum(axis=0),
            "The answers of different kernels are not added: each kernel has its own map.",
        ),
        Misconception(
            "axes-of-the-bank",
            lambda x, w, b: conv2d(x, w.swapaxes(0, 1), b),
            "The first axis of `weight` counts the kernels, the second one their slices.",
        ),
        Misconception(
            "channels-last", lambda x, w, b: np.moveaxis(conv2d(x, w, b), 0, -1), CHANNELS_LAST_HINT
        ),
        Misconception(
            "channels-added-first",
            lambda x, w, b: conv2d(x.sum(0, keepdims=True), w.sum(1, keepdims=True), b),
            "The channels were added before they met the kernel: each channel meets its own slice, "
            "and the products are added.",
        ),
        _torn_maps(conv2d),
        *off_by_one(conv2d, (1, 2), (1,), (2,)),
        *swapped_indices(conv2d),
        *integer_output(conv2d, "x", "weight", "bias"),
        *(
            Misconception("integer-output", partial(_cut_each_time, at), integer_hint(name))
            for at, name in enumerate(("x", "weight", "bias"))
        ),
        *returned_too_early(conv2d, 3),
        *total_not_reset(conv2d, 3),
        *total_not_reset(conv2d, 3, added=_biases),
        map_not_reset(conv2d),
        map_not_reset(conv2d, added=_biases),
        flattened(conv2d),
        *lifted(_each_slice, *padded(cross_correlate), *TOO_FAR),
        *lifted(
            _each_kernel,
            MEAN_NOT_SUM,
            LAST_PRODUCT,
            *MATRIX_PRODUCT,
            PYTHON_SUM,
            *ARRAY_KEPT,
            *CROSSED,
            *KERNEL_CROSSED,
            *SQUARE_INPUT,
            *SQUARE_KERNEL,
            *WHOLE_NUMBERS,
        ),
    ),
    forbidden=FORBIDDEN,
)


PRODUCT_HINT = (
    "`@` and `np.dot` add along an axis of each picture; here the sum runs over the channels."
)


def _mix(x, weight):
    return conv2d(x, weight[:, :, None, None])


def _torn_pixels(x, weight):
    """Reshaped where the axes had to be exchanged: each row holds neighbours, not channels."""
    channels, height, width = x.shape
    pixels = x.reshape(height * width, channels)
    return (pixels @ weight.T).T.reshape(-1, height, width)


def _input_changed(x, weight):
    """Every channel of the input is multiplied in its place, so the next kernel meets another."""
    x, maps = x.copy(), np.zeros((len(weight), *x.shape[1:]))
    for k, c in np.ndindex(weight.shape):
        x[c] = x[c] * weight[k, c]
        maps[k] += x[c]
    return maps


def _pixels_mixed(x, weight):
    """The numbers of x reshaped to one row for each pixel, and mixed row by row."""
    return x.reshape(-1, len(x)) @ weight.T


def _one_product(x, weight):
    """`return` inside of the inner loop."""
    maps = np.zeros((len(weight), *x.shape[1:]))
    maps[0] = weight[0, 0] * x[0]
    return maps


CONV1X1 = Task(
    id="conv1x1",
    points=1,
    reference=_mix,
    arguments=("x", "weight"),
    inputs=images_with_mixtures,
    misconceptions=(
        Misconception(
            "transposed",
            lambda x, weight: _mix(x, weight.T),
            "The first axis of `weight` counts the kernels, the second one the channels.",
        ),
        Misconception(
            "matrix-product",
            lambda x, weight: weight @ x,
            PRODUCT_HINT,
        ),
        Misconception("matrix-product", lambda x, weight: np.dot(weight, x), PRODUCT_HINT),
        Misconception(
            "reshape-not-transpose",
            _torn_pixels,
            RESHAPE_HINT,
        ),
        *(
            Misconception("reshape-not-transpose", wrong, RESHAPE_HINT)
            for wrong in (
                lambda x, w: _pixels_mixed(x, w).reshape(-1, *x.shape[1:]),
                lambda x, w: _pixels_mixed(x, w).reshape(*x.shape[1:], -1),
                _pixels_mixed,
            )
        ),
        _torn_maps(_mix),
        Misconception(
            "overwritten", lambda x, weight: _mix(x[-1:], weight[:, -1:]), OVERWRITTEN_HINT
        ),
        Misconception(
            "channels-averaged",
            lambda x, weight: _mix(x, weight) / len(x),
            "The weighted channels are added up; do not divide by their number.",
        ),
        Misconception(
            "kernels-added",
            lambda x, weight: _mix(x, weight).sum(axis=0),
            "Each kernel has its own map; the maps are not added.",
        ),
        Misconception(
            "channels-last",
            lambda x, weight: np.moveaxis(_mix(x, weight), 0, -1),
            CHANNELS_LAST_HINT,
        ),
        Misconception(
            "channels-kept",
            lambda x, weight: weight[:, :, None, None] * x,
            "The weighted channels of a kernel are added up: a kernel answers with one map.",
        ),
        *swapped_indices(_mix),
        flattened(_mix),
        *integer_output(_mix, "x", "weight"),
        *returned_too_early(_mix, 3),
        Misconception("returned-too-early", _one_product, UNFINISHED_HINT),
        *total_not_reset(_mix, 3),
        map_not_reset(_mix),
        Misconception(
            "input-changed",
            _input_changed,
            "The channels of `x` were changed on the way: the next kernel must meet them as they "
            "were.",
        ),
    ),
    forbidden=FORBIDDEN,
)


def _each(x, weight):
    return conv2d(x, weight[:, None], groups=len(x))


def _each_channel(wrong):
    """A mistake in the windows of an image, made in every channel."""
    return lambda x, weight: np.stack([wrong(*pair) for pair in zip(x, weight, strict=True)])


OWN_MAP_HINT = "Nothing is added over the channels here: each keeps its own map."

DEPTHWISE = Task(
    id="depthwise",
    points=1,
    reference=_each,
    arguments=("x", "weight"),
    inputs=images_with_slices,
    misconceptions=(
        Misconception(
            "channels-added",
            lambda x, weight: conv2d(x, weight[None])[0],
            OWN_MAP_HINT,
        ),
        Misconception(
            "channels-added",
            lambda x, weight: conv2d(x, weight[None]),
            OWN_MAP_HINT,
        ),
        Misconception(
            "channels-added",
            lambda x, weight: conv2d(x, np.repeat(weight[:, None], len(x), axis=1)),
            OWN_MAP_HINT,
        ),
        Misconception(
            "not-joined",
            lambda x, weight: _each(x, weight)[:, None],
            "Each map has kept an axis of size 1 in front of its rows: `np.concatenate` joins the "
            "maps along it, while a list or `np.stack` makes one axis more.",
        ),
        Misconception(
            "one-kernel-for-all",
            lambda x, weight: _each(x, np.repeat(weight[:1], len(x), axis=0)),
            "Every channel has a kernel of its own: channel c meets `weight[c]`.",
        ),
        Misconception(
            "every-pair",
            lambda x, weight: _parts(x, np.repeat(weight[:, None], len(x), axis=1)),
            "Channel c meets kernel c only, not all kernels.",
        ),
        *off_by_one(_each, (1, 2), (1,), (2,)),
        *swapped_indices(_each),
        *integer_output(_each, "x", "weight"),
        *returned_too_early(_each, 3),
        *total_not_reset(_each, 3),
        map_not_reset(_each),
        flattened(_each),
        *lifted(
            _each_channel,
            *flipped(cross_correlate, 2),
            *padded(cross_correlate),
            MEAN_NOT_SUM,
            LAST_PRODUCT,
            *MATRIX_PRODUCT,
            PYTHON_SUM,
            *NOT_ADDED_UP,
            *CROSSED,
            *KERNEL_CROSSED,
            *SQUARE_INPUT,
            *SQUARE_KERNEL,
            *cut_each_time("x", "weight"),
            *WHOLE_NUMBERS,
            *TOO_FAR,
        ),
    ),
    forbidden=FORBIDDEN,
)
