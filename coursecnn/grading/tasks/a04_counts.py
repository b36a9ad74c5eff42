"""Assignment 04, what layers cost: parameters and multiplications."""

import numpy as np

from coursecnn import shapes

from ..task import Misconception, Task
from .a04_inputs import layers, networks

FORBIDDEN = ("coursecnn.shapes", "coursecnn.models", "torch.nn.Conv2d")


def _parameters(in_channels, out_channels, kernel_size, bias=True):
    return shapes.conv_parameters(in_channels, out_channels, kernel_size, bias=bias)


def _weights(in_channels, out_channels, kernel_size):
    return shapes.conv_parameters(in_channels, out_channels, kernel_size, bias=False)


def _parameters_by_shape(in_channels, out_channels, kernel_size, bias=True):
    weight = np.zeros((out_channels, in_channels, *np.broadcast_to(kernel_size, 2)))
    return weight.size + (out_channels if bias else 0)


def _parameters_by_kernel(in_channels, out_channels, kernel_size, bias=True):
    rows, columns = kernel_size if isinstance(kernel_size, tuple) else (kernel_size, kernel_size)
    return sum(in_channels * rows * columns + int(bias) for _ in range(out_channels))


def _parameters_by_product(in_channels, out_channels, kernel_size, bias=True):
    area = kernel_size**2 if isinstance(kernel_size, int) else kernel_size[0] * kernel_size[1]
    return out_channels * (in_channels * area + bias)


def _height(kernel_size):
    return kernel_size if isinstance(kernel_size, int) else kernel_size[0]


CONV_PARAMETERS = Task(
    id="conv_parameters",
    points=1,
    reference=_parameters,
    arguments=("in_channels", "out_channels", "kernel_size", "bias"),
    inputs=layers,
    misconceptions=(
        Misconception(
            "bias-missing",
            lambda in_channels, out_channels, kernel_size, bias=True: _weights(
                in_channels, out_channels, kernel_size
            ),
            "Each kernel has one bias, unless `bias` is False.",
        ),
        Misconception(
            "bias-always",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                in_channels, out_channels, kernel_size
            ),
            "With `bias=False` the layer has weights only.",
        ),
        Misconception(
            "one-bias",
            lambda in_channels, out_channels, kernel_size, bias=True: (
                _weights(in_channels, out_channels, kernel_size) + bias
            ),
            "There is one bias for each kernel, not one for the layer.",
        ),
        Misconception(
            "bias-per-slice",
            lambda in_channels, out_channels, kernel_size, bias=True: (
                _weights(in_channels, out_channels, kernel_size) + bias * in_channels * out_channels
            ),
            "The slices of a kernel are added up before its bias: one bias for each kernel.",
        ),
        Misconception(
            "one-slice",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                1, out_channels, kernel_size, bias
            ),
            "A kernel has a slice for each channel of its input.",
        ),
        Misconception(
            "always-square",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                in_channels, out_channels, _height(kernel_size), bias
            ),
            "A kernel may have different height and width: multiply the two.",
        ),
    ),
    alternatives=(_parameters_by_shape, _parameters_by_kernel, _parameters_by_product),
    forbidden=FORBIDDEN,
)


def _table(shape, layers, *, count=None, follow=None):
    """The rows of all layers; `count` and `follow` put a mistake in the place of what is right."""
    rows = []
    for layer in layers:
        out_channels, kernel_size, stride, padding = layer
        sizes = [shapes.output_size(n, kernel_size, stride, padding) for n in shape[1:]]
        after = (out_channels, *sizes)
        rows.append([*after, *(count or _cost)(shape, after, kernel_size)])
        shape = (follow or _behind)(shape, after)
    return np.stack(rows)


def _cost(before, after, kernel_size):
    weights = _weights(before[0], after[0], kernel_size)
    return weights + after[0], weights * after[1] * after[2]


def _behind(before, after):
    return after


def _mistaken(**change):
    return lambda shape, layers: _table(shape, layers, **change)


def _without_bias(before, after, kernel_size):
    weights = _weights(before[0], after[0], kernel_size)
    return weights, weights * after[1] * after[2]


def _work_on_input(before, after, kernel_size):
    weights = _weights(before[0], after[0], kernel_size)
    return weights + after[0], weights * before[1] * before[2]


def _biases_multiplied(before, after, kernel_size):
    parameters = _weights(before[0], after[0], kernel_size) + after[0]
    return parameters, parameters * after[1] * after[2]


def _one_map(before, after, kernel_size):
    parameters, products = _cost(before, after, kernel_size)
    return parameters, products // after[0]


def _exchanged(shape, layers):
    return _table(shape, layers)[:, [0, 2, 1, 3, 4]]


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


LAYER_TABLE = Task(
    id="layer_table",
    points=3,
    reference=_table,
    arguments=("shape", "layers"),
    inputs=networks,
    misconceptions=(
        Misconception(
            "channels-not-followed",
            _mistaken(follow=lambda before, after: (before[0], *after[1:])),
            "The next layer reads the channels that this one has made, not those of the image.",
        ),
        Misconception(
            "size-not-followed",
            _mistaken(follow=lambda before, after: (after[0], *before[1:])),
            "The next layer reads maps of the new height and width, not the image.",
        ),
        Misconception(
            "bias-missing",
            _mistaken(count=_without_bias),
            "The parameters include one bias for each kernel.",
        ),
        Misconception(
            "work-on-the-input",
            _mistaken(count=_work_on_input),
            "Each weight is multiplied once at every place of the *output*.",
        ),
        Misconception(
            "biases-multiplied",
            _mistaken(count=_biases_multiplied),
            "A bias is added, not multiplied: only the weights count for the multiplications.",
        ),
        Misconception(
            "one-map-only",
            _mistaken(count=_one_map),
            "These are the multiplications of one kernel; the layer has `out_channels` of them.",
        ),
        Misconception(
            "transposed",
            _exchanged,
            "Height and width have changed places: each row is channels, height, width, "
            "parameters, multiplications.",
        ),
    ),
    alternatives=(
        _by_recursion,
        _by_columns,
        lambda shape, layers: [tuple(row) for row in _by_recursion(shape, layers)],
    ),
    forbidden=FORBIDDEN,
)
