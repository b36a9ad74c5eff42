"""Assignment 05, kernels of one pixel: weighted sums of the channels."""

import numpy as np

from coursecnn.ops import conv2d

from ..task import Misconception, Task
from .a05_channels import CHANNELS_LAST_HINT, FORBIDDEN, INTEGER_HINT, OVERWRITTEN_HINT
from .a05_inputs import images_with_mixtures

PRODUCT_HINT = (
    "`@` and `np.dot` add along an axis of each picture; here the sum runs over the channels."
)


def _mix(x, weight):
    return conv2d(x, weight[:, :, None, None])


def _mix_pixels(x, weight):
    channels, height, width = x.shape
    return (weight @ x.reshape(channels, -1)).reshape(-1, height, width)


def _mix_sums(x, weight):
    return [sum(w * channel for w, channel in zip(row, x, strict=True)).tolist() for row in weight]


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
    alternatives=(
        _mix_pixels,
        _mix_sums,
        lambda x, weight: np.einsum("chw,kc->khw", x, weight),
        lambda x, weight: np.moveaxis(np.moveaxis(x, 0, -1) @ weight.T, -1, 0),
    ),
    forbidden=FORBIDDEN,
)
