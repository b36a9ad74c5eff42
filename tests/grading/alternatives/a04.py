"""Right answers to assignment 04 in other styles."""

import numpy as np

from coursecnn import shapes


def _size_by_walking(size, kernel_size, stride=1, padding=0, dilation=1):
    start, count = -padding, 0
    while start + dilation * (kernel_size - 1) < size + padding:
        start, count = start + stride, count + 1
    return count


def _size_by_range(size, kernel_size, stride=1, padding=0, dilation=1):
    return len(range(0, size + 2 * padding - dilation * (kernel_size - 1), stride))


def _size_by_listing(size, kernel_size, stride=1, padding=0, dilation=1):
    return np.arange(size + 2 * padding - dilation * (kernel_size - 1))[::stride].size


def _unread_by_last_window(size, kernel_size, stride=1, padding=0):
    places = shapes.output_size(size, kernel_size, stride, padding)
    last_pixel = (places - 1) * stride + kernel_size - 1 - padding
    return max(0, size - 1 - last_pixel)


def _unread_by_marking(size, kernel_size, stride=1, padding=0):
    start, end = -padding, 0
    while start + kernel_size <= size + padding:
        start, end = start + stride, start + kernel_size
    return sum(1 for pixel in range(size) if pixel >= end)


def _unread_by_columns(size, kernel_size, stride=1, padding=0):
    starts = np.arange(-padding, size + padding - kernel_size + 1, stride)
    return np.count_nonzero(np.arange(size) >= starts.max() + kernel_size)


def _parameters_by_shape(in_channels, out_channels, kernel_size, bias=True):
    weight = np.broadcast_to(0, (out_channels, in_channels, *np.broadcast_to(kernel_size, 2)))
    return weight.size + (out_channels if bias else 0)


def _parameters_by_kernel(in_channels, out_channels, kernel_size, bias=True):
    rows, columns = kernel_size if isinstance(kernel_size, tuple) else (kernel_size, kernel_size)
    return sum(in_channels * rows * columns + int(bias) for _ in range(out_channels))


def _parameters_by_product(in_channels, out_channels, kernel_size, bias=True):
    area = kernel_size**2 if isinstance(kernel_size, int) else kernel_size[0] * kernel_size[1]
    return out_channels * (in_channels * area + bias)


def _field_from_above(layers):
    size = 1
    for kernel_size, stride in reversed(layers):
        size = stride * (size - 1) + kernel_size
    return size


def _field_by_products(layers):
    kernel_sizes, steps = np.array(layers, int).reshape(-1, 2).T
    jumps = np.cumprod([1, *steps])[:-1]
    return 1 + np.sum((kernel_sizes - 1) * jumps)


def _field_by_following(layers):
    units = {0}
    for kernel_size, stride in reversed(layers):
        units = {unit * stride + tap for unit in units for tap in range(kernel_size)}
    return max(units) - min(units) + 1


def _by_recursion(shape, layers):
    if not layers:
        return []
    channels, *sizes = shape
    out_channels, kernel_size, stride, padding = layers[0]
    height, width = ((n + 2 * padding - kernel_size) // stride + 1 for n in sizes)
    weights = channels * out_channels * kernel_size * kernel_size
    row = [out_channels, height, width, weights + out_channels, weights * height * width]
    return [row, *_by_recursion((out_channels, height, width), layers[1:])]


def _by_columns(shape, layers):
    outs, kernel_sizes, _, _ = np.array(layers).T
    ins = np.array([shape[0], *outs[:-1]])
    sizes = np.array(shape[1:])
    maps = []
    for _, kernel_size, stride, padding in layers:
        sizes = (sizes + 2 * padding - kernel_size) // stride + 1
        maps.append(sizes)
    heights, widths = np.array(maps).T
    weights = ins * outs * kernel_sizes**2
    return np.stack([outs, heights, widths, weights + outs, weights * heights * widths], axis=1)


ALTERNATIVES = {
    "output_size": (_size_by_walking, _size_by_range, _size_by_listing),
    "unread_pixels": (_unread_by_last_window, _unread_by_marking, _unread_by_columns),
    "same_padding": (
        lambda kernel_size, dilation=1: (
            dilation * (kernel_size - 1) // 2,
            dilation * (kernel_size - 1) - dilation * (kernel_size - 1) // 2,
        ),
        lambda kernel_size, dilation=1: [
            np.floor(dilation * (kernel_size - 1) / 2),
            np.ceil(dilation * (kernel_size - 1) / 2),
        ],
        lambda kernel_size, dilation=1: (
            np.array([dilation * (kernel_size - 1), dilation * (kernel_size - 1) + 1]) // 2
        ),
    ),
    "conv_parameters": (_parameters_by_shape, _parameters_by_kernel, _parameters_by_product),
    "receptive_field": (_field_from_above, _field_by_products, _field_by_following),
    "layer_table": (
        _by_recursion,
        _by_columns,
        lambda shape, layers: [tuple(row) for row in _by_recursion(shape, layers)],
    ),
}
