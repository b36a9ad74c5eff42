"""Right answers to assignment 05 in other styles."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops import cross_correlate


def _by_sliding(shape, weight_shape):
    weight = np.zeros(weight_shape)
    places = sliding_window_view(np.zeros(shape), weight.shape[1:]).shape[1:3]
    return [len(weight), *places, weight.size + len(weight), weight.size * np.prod(places)]


def _by_zeros(shape, weight_shape):
    maps = np.zeros((weight_shape[0], *np.subtract(shape[1:], weight_shape[2:]) + 1))
    one_kernel = int(np.prod(weight_shape[1:]))
    return np.array([*maps.shape, len(maps) * (one_kernel + 1), maps.size * one_kernel])


def _by_products(shape, weight_shape):
    _, height, width = shape
    kernels, channels, rows, columns = weight_shape
    weights = kernels * channels * rows * columns
    places = (height - rows + 1) * (width - columns + 1)
    return kernels, height - rows + 1, width - columns + 1, weights + kernels, weights * places


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
    maps = [[cross_correlate(*pair) for pair in zip(x, k, strict=True)] for k in weight]
    return np.stack([sum(parts) + b for parts, b in zip(maps, bias, strict=True)])


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


def _mix_pixels(x, weight):
    channels, height, width = x.shape
    return (weight @ x.reshape(channels, -1)).reshape(-1, height, width)


def _mix_sums(x, weight):
    return [sum(w * channel for w, channel in zip(row, x, strict=True)).tolist() for row in weight]


def _loops(video, kernel):
    frames, rows, columns = kernel.shape
    return [
        [
            [
                np.sum(video[t : t + frames, i : i + rows, j : j + columns] * kernel)
                for j in range(video.shape[2] - columns + 1)
            ]
            for i in range(video.shape[1] - rows + 1)
        ]
        for t in range(video.shape[0] - frames + 1)
    ]


def _einsum(video, kernel):
    return np.einsum("abcdij,dij->abc", sliding_window_view(video, kernel.shape), kernel)


def _frame_by_frame(video, kernel):
    """A sum over the slices of the kernel, each slid over frames of its own."""
    places = len(video) - len(kernel) + 1
    return sum(
        np.stack([cross_correlate(frame, part) for frame in video[delay : delay + places]])
        for delay, part in enumerate(kernel)
    )


def _block(video, kernel):
    return np.einsum("abcdij,dij->abc", sliding_window_view(video, kernel.shape), kernel)


def _map_by_shape(video, right, left):
    even, odd, even_left, odd_left = (_block(video, k) for k in (*right, *left))
    energy = even * even + odd * odd - even_left * even_left - odd_left * odd_left
    return energy.sum(axis=0) / len(energy)


def _map_by_modulus(video, right, left):
    waves = [[cross_correlate(video, kernel) for kernel in pair] for pair in (right, left)]
    to_the_right, to_the_left = (np.abs(even + 1j * odd) ** 2 for even, odd in waves)
    return to_the_right.mean(axis=0) - to_the_left.mean(axis=0)


def _map_in_lists(video, right, left):
    total = 0
    for sign, pair in ((1, right), (-1, left)):
        for kernel in pair:
            total = total + sign * np.square(_block(video, kernel).tolist())
    return [row.tolist() for row in np.average(total, axis=0)]


ALTERNATIVES = {
    "layer_budget": (_by_products, _by_zeros, _by_sliding),
    "conv2d_multi": (_multi_loops, _multi_einsum, _multi_unrolled, _multi_by_channel),
    "conv1x1": (
        _mix_pixels,
        _mix_sums,
        lambda x, weight: np.einsum("chw,kc->khw", x, weight),
        lambda x, weight: np.moveaxis(np.moveaxis(x, 0, -1) @ weight.T, -1, 0),
    ),
    "depthwise": (
        _each_loops,
        _each_on_the_diagonal,
        lambda x, weight: np.einsum(
            "chwij,cij->chw", sliding_window_view(x, weight.shape[1:], axis=(1, 2)), weight
        ),
    ),
    "conv3d_valid": (_loops, _einsum, _frame_by_frame),
    "motion_map": (_map_by_shape, _map_by_modulus, _map_in_lists),
}
