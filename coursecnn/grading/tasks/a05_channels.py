"""Assignment 05, on images with channels: add over them, or keep them apart."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops import conv2d, cross_correlate

from ..task import Misconception, Task
from .a05_inputs import images_with_banks, images_with_slices
from .mistakes import PADDING_HINT, off_by_one

FORBIDDEN = (
    "coursecnn.ops",
    "cv2",
    "scipy.ndimage",
    "scipy.signal",
    "torch.conv2d",
    "torch.nn.Conv2d",
    "torch.nn.functional.conv2d",
)
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


def _places_left_out(function):
    return (wrong for axes in ((1, 2), (1,), (2,)) for wrong in off_by_one(function, axes))


def _multi_loops(x, weight, bias):
    _, rows, columns = weight.shape[1:]
    return [
        [
            [
                b + np.sum(kernel * x[:, i : i + rows, j : j + columns])
                for j in range(x.shape[2] - columns + 1)
            ]
            for i in range(x.shape[1] - rows + 1)
        ]
        for kernel, b in zip(weight, bias, strict=True)
    ]


def _multi_einsum(x, weight, bias):
    windows = sliding_window_view(x, weight.shape[2:], axis=(1, 2))
    return np.einsum("chwij,kcij->khw", windows, weight) + bias[:, None, None]


def _multi_unrolled(x, weight, bias):
    windows = sliding_window_view(x, weight.shape[1:])[0]
    answers = windows.reshape(*windows.shape[:2], -1) @ weight.reshape(len(weight), -1).T + bias
    return np.moveaxis(answers, -1, 0)


def _multi_by_channel(x, weight, bias):
    return np.stack([sum(maps) + b for maps, b in zip(_parts(x, weight), bias, strict=True)])


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
        *_places_left_out(conv2d),
        Misconception(
            "same-padding", lambda x, w, b: conv2d(x, w, b, padding="same"), PADDING_HINT
        ),
        Misconception(
            "integer-output", lambda x, w, b: conv2d(x, w, b).astype(x.dtype), INTEGER_HINT
        ),
    ),
    alternatives=(_multi_loops, _multi_einsum, _multi_unrolled, _multi_by_channel),
    forbidden=FORBIDDEN,
)


def _each(x, weight):
    return conv2d(x, weight[:, None], groups=len(x))


def _each_loops(x, weight):
    maps = []
    for channel, kernel in zip(x, weight, strict=True):
        rows, columns = kernel.shape
        maps.append(
            [
                [
                    np.sum(channel[i : i + rows, j : j + columns] * kernel)
                    for j in range(channel.shape[1] - columns + 1)
                ]
                for i in range(channel.shape[0] - rows + 1)
            ]
        )
    return maps


def _each_on_the_diagonal(x, weight):
    """A full layer whose slices are zero wherever the channel is another kernel's."""
    bank = np.zeros((len(x), *weight.shape), np.result_type(weight, float))
    bank[np.arange(len(x)), np.arange(len(x))] = weight
    return _multi_einsum(x, bank, np.zeros(len(x)))


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
            "Nothing is added over the channels here: each keeps its own map.",
        ),
        Misconception(
            "channels-added",
            lambda x, weight: conv2d(x, weight[None]),
            "Nothing is added over the channels here: each keeps its own map.",
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
        *_places_left_out(_each),
        Misconception(
            "same-padding",
            lambda x, weight: conv2d(x, weight[:, None], groups=len(x), padding="same"),
            PADDING_HINT,
        ),
        Misconception(
            "integer-output", lambda x, weight: _each(x, weight).astype(x.dtype), INTEGER_HINT
        ),
    ),
    alternatives=(
        _each_loops,
        _each_on_the_diagonal,
        lambda x, weight: np.einsum(
            "chwij,cij->chw", sliding_window_view(x, weight.shape[1:], axis=(1, 2)), weight
        ),
    ),
    forbidden=FORBIDDEN,
)
