"""Right answers to assignment 02 in other styles."""

from itertools import pairwise

import numpy as np


def _parameters_by_shape(sizes):
    return sum(np.broadcast_to(0, (units, n)).size + units for n, units in pairwise(sizes))


def _parameters_by_recursion(sizes):
    if len(sizes) == 1:
        return 0
    return (sizes[0] + 1) * sizes[1] + _parameters_by_recursion(sizes[1:])


def _parameters_by_product(sizes):
    sizes = np.array(sizes)
    return np.dot(sizes[:-1] + 1, sizes[1:])


def _both_by_shape(shape, out_channels, kernel_size):
    weight = np.zeros((out_channels, shape[0], kernel_size, kernel_size))
    after = (out_channels, *shape[1:])
    return np.prod(shape) * np.prod(after), weight.size


def _both_by_adding(shape, out_channels, kernel_size):
    inputs, places = np.zeros(shape).size, shape[1] * shape[2]
    dense = sum(inputs for _ in range(out_channels * places))
    return [dense, sum(shape[0] * kernel_size**2 for _ in range(out_channels))]


def _both_by_squares(shape, out_channels, kernel_size):
    channels = shape[0] * out_channels
    return np.array([(shape[1] * shape[2]) ** 2, kernel_size**2]) * channels


def _forward_by_units(x, layers):
    out = []
    for vector in x:
        values = [float(value) for value in vector]
        for depth, (weight, bias) in enumerate(layers):
            sums = [
                sum(w * value for w, value in zip(row, values, strict=True)) + b
                for row, b in zip(weight, bias, strict=True)
            ]
            values = [max(0.0, s) for s in sums] if depth < len(layers) - 1 else sums
        out.append(values)
    return out


def _forward_by_columns(x, layers):
    columns = np.asarray(x, float).T
    for depth, (weight, bias) in enumerate(layers):
        columns = np.where((columns > 0) | (depth == 0), columns, 0)
        columns = weight @ columns + bias[:, None]
    return columns.T


def _forward_by_einsum(x, layers):
    (weight, bias), *rest = layers
    sums = np.einsum("ni,ui->nu", x, weight) + bias
    return _forward_by_einsum((sums + np.abs(sums)) / 2, rest) if rest else sums


def _shuffled_by_loops(images, order):
    out, width = np.zeros(images.shape), images.shape[3]
    for place, source in enumerate(order):
        out[:, :, place // width, place % width] = images[:, :, source // width, source % width]
    return out


def _shuffled_by_matrix(images, order):
    shuffle = np.eye(len(order))[order]
    return (images.reshape(-1, len(order)) @ shuffle.T).reshape(images.shape)


def _twin_by_columns(weight, order):
    channels = weight.shape[1] // len(order)
    return weight[:, [c * len(order) + k for c in range(channels) for k in order]]


def _twin_by_loops(weight, order):
    out, pixels = np.zeros(weight.shape), len(order)
    for unit, column in np.ndindex(weight.shape):
        channel, pixel = divmod(column, pixels)
        out[unit, column] = weight[unit, channel * pixels + order[pixel]]
    return out


def _twin_by_blocks(weight, order):
    blocks = np.split(weight, weight.shape[1] // len(order), axis=1)
    return np.hstack([block[:, order] for block in blocks])


def _moved_by_loops(images, down, right):
    out = np.zeros(images.shape)
    _, _, height, width = images.shape
    for i, j in np.ndindex(height, width):
        if 0 <= i + down < height and 0 <= j + right < width:
            out[:, :, i + down, j + right] = images[:, :, i, j]
    return out


def _moved_by_rolling(images, down, right):
    out = np.roll(images, (down, right), axis=(2, 3))
    for axis, step in ((2, down), (3, right)):
        places = np.arange(images.shape[axis]) - step
        outside = (places < 0) | (places >= images.shape[axis])
        out[(slice(None),) * axis + (outside,)] = 0
    return out


def _moved_by_matrices(images, down, right):
    _, _, height, width = images.shape
    return np.eye(height, k=-down) @ images @ np.eye(width, k=right)


ALTERNATIVES = {
    "mlp_parameters": (_parameters_by_shape, _parameters_by_recursion, _parameters_by_product),
    "layer_weights": (_both_by_shape, _both_by_adding, _both_by_squares),
    "mlp_forward": (_forward_by_units, _forward_by_columns, _forward_by_einsum),
    "shuffle_pixels": (
        _shuffled_by_loops,
        _shuffled_by_matrix,
        lambda images, order: np.take(images.reshape(*images.shape[:2], -1), order, 2).reshape(
            images.shape
        ),
    ),
    "twin_weight": (_twin_by_columns, _twin_by_loops, _twin_by_blocks),
    "move_images": (_moved_by_loops, _moved_by_rolling, _moved_by_matrices),
}
