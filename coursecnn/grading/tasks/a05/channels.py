"""Images with channels: add over them, mix them in each pixel, or keep them apart."""

import numpy as np

from coursecnn.grading.task import Misconception, Task
from coursecnn.ops import conv2d, cross_correlate

from ..common.mistakes import PADDING_HINT, off_by_one, sliding
from .inputs import images_with_banks, images_with_mixtures, images_with_slices

FORBIDDEN = ("coursecnn.ops", "cv2", *sliding(2))
FLIPPED_HINT = "The kernel slides as it is: it must not be turned round."
INTEGER_HINT = (
    "The result took the number type of the image and lost what does not fit; `np.zeros` makes an "
    "array for any number."
)
OVERWRITTEN_HINT = (
    "Only the last channel is in it: in a loop over the channels `=` overwrites, `+=` adds."
)
BIAS_HINT = "These biases lie along rows or columns; every entry of map k takes `bias[k]`."
CHANNELS_LAST_HINT = "The channels of the result come first, then its rows and columns."


def _first_map_only(x, weight, bias):
    maps = conv2d(x, weight, bias)
    maps[1:] = 0
    return maps


def _parts(x, weight):
    """The maps of all slices before they are added, shape (K, C, H_out, W_out)."""
    return np.array([[cross_correlate(*pair) for pair in zip(x, k, strict=True)] for k in weight])


CONV2D_MULTI = Task(
    id="conv2d_multi",
    points=3,
    reference=conv2d,
    arguments=("x", "weight", "bias"),
    inputs=images_with_banks,
    misconceptions=(
        Misconception(
            "flipped-kernel", lambda x, w, b: conv2d(x, w[..., ::-1, ::-1], b), FLIPPED_HINT
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
            "first-map-only",
            _first_map_only,
            "Only the first map is filled: does the function return inside of the loop?",
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
        *off_by_one(conv2d, (1, 2), (1,), (2,)),
        Misconception(
            "same-padding", lambda x, w, b: conv2d(x, w, b, padding="same"), PADDING_HINT
        ),
        Misconception(
            "integer-output", lambda x, w, b: conv2d(x, w, b).astype(x.dtype), INTEGER_HINT
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


def _added_to_integers(x, weight):
    """NumPy refuses to add floats to a map of whole numbers in its place."""
    maps = np.zeros((len(weight), *x.shape[1:]), x.dtype)
    for k, c in np.ndindex(weight.shape):
        maps[k] += weight[k, c] * x[c]
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
            "`reshape` does not exchange axes: so the numbers of one row are neighbours, not the "
            "channels of one pixel.",
        ),
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
            "integer-output", lambda x, weight: _mix(x, weight).astype(x.dtype), INTEGER_HINT
        ),
        Misconception("integer-output", _added_to_integers, INTEGER_HINT),
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
        Misconception(
            "flipped-kernel", lambda x, weight: _each(x, weight[:, ::-1, ::-1]), FLIPPED_HINT
        ),
        *off_by_one(_each, (1, 2), (1,), (2,)),
        Misconception(
            "same-padding",
            lambda x, weight: conv2d(x, weight[:, None], groups=len(x), padding="same"),
            PADDING_HINT,
        ),
        Misconception(
            "integer-output", lambda x, weight: _each(x, weight).astype(x.dtype), INTEGER_HINT
        ),
    ),
    forbidden=FORBIDDEN,
)
