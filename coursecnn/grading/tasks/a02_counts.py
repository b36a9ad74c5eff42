"""Assignment 02, what dense layers cost."""

from itertools import pairwise

import numpy as np

from coursecnn import shapes

from ..task import Misconception, Task
from .a02_inputs import layers, networks

FORBIDDEN = ("coursecnn.models", "coursecnn.shapes", "torch.nn.Conv2d", "torch.nn.Linear")
ONE_BIAS_HINT = "There is one bias for each unit, not one for the layer or for the network."


def _pairs(sizes):
    return list(pairwise(sizes))


def _weights(sizes):
    return sum(n * units for n, units in _pairs(sizes))


def _parameters(sizes):
    return sum(shapes.linear_parameters(n, units) for n, units in _pairs(sizes))


def _parameters_by_shape(sizes):
    return sum(np.zeros((units, n)).size + np.zeros(units).size for n, units in _pairs(sizes))


def _parameters_by_recursion(sizes):
    if len(sizes) == 1:
        return 0
    return (sizes[0] + 1) * sizes[1] + _parameters_by_recursion(sizes[1:])


def _parameters_by_product(sizes):
    sizes = np.array(sizes)
    return np.dot(sizes[:-1] + 1, sizes[1:])


MLP_PARAMETERS = Task(
    id="mlp_parameters",
    points=1,
    reference=_parameters,
    arguments=("sizes",),
    inputs=networks,
    misconceptions=(
        Misconception(
            "bias-missing", _weights, "Each unit has one bias beside its weights; add them."
        ),
        Misconception("one-bias", lambda sizes: _weights(sizes) + len(sizes) - 1, ONE_BIAS_HINT),
        Misconception("one-bias", lambda sizes: _weights(sizes) + 1, ONE_BIAS_HINT),
        Misconception(
            "bias-of-the-input",
            lambda sizes: _weights(sizes) + sum(sizes),
            "The numbers that come in are no units: they have no biases.",
        ),
        Misconception(
            "bias-on-the-wrong-side",
            lambda sizes: _weights(sizes) + sum(sizes[:-1]),
            "A layer has as many biases as numbers come out of it, not as come in.",
        ),
        Misconception(
            "sizes-multiplied",
            lambda sizes: int(np.prod(sizes)),
            "Each layer joins two neighbours in the list: multiply pairs, and add the products.",
        ),
        Misconception(
            "last-layer-missing",
            lambda sizes: _parameters(sizes[:-1]),
            "The loop stops one layer too early: three sizes make two layers.",
        ),
        Misconception(
            "last-layer-only",
            lambda sizes: _parameters(sizes[-2:]),
            "Only the last layer was counted. Does the loop add to the sum, or replace it?",
        ),
        Misconception(
            "first-layer-only",
            lambda sizes: _parameters(sizes[:2]),
            "Only the first layer was counted. Does `return` stand in the loop? It belongs behind "
            "it.",
        ),
        Misconception(
            "not-added",
            lambda sizes: [_parameters(pair) for pair in _pairs(sizes)],
            "These are the numbers of each layer; add them up.",
        ),
    ),
    alternatives=(_parameters_by_shape, _parameters_by_recursion, _parameters_by_product),
    forbidden=FORBIDDEN,
)


def _both(shape, out_channels, kernel_size):
    channels, height, width = shape
    every = shapes.linear_parameters(
        channels * height * width, out_channels * height * width, bias=False
    )
    return every, shapes.conv_parameters(channels, out_channels, kernel_size, bias=False)


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


def _changed(dense=lambda right, *_: right, conv=lambda right, *_: right):
    """The right pair with a mistake in one half or in both."""

    def wrong(shape, out_channels, kernel_size):
        numbers = shape, out_channels, kernel_size
        first, second = _both(*numbers)
        return dense(first, *numbers), conv(second, *numbers)

    return wrong


LAYER_WEIGHTS = Task(
    id="layer_weights",
    points=2,
    reference=_both,
    arguments=("shape", "out_channels", "kernel_size"),
    inputs=layers,
    misconceptions=(
        Misconception(
            "one-unit-only",
            _changed(dense=lambda right, shape, *_: int(np.prod(shape))),
            "So many weights has one unit. The layer has a unit for every value that comes out.",
        ),
        Misconception(
            "one-unit-per-channel",
            _changed(dense=lambda right, shape, out, _: int(np.prod(shape)) * out),
            "The layer gives `out_channels` values for each pixel, and each has a unit of its own.",
        ),
        Misconception(
            "channels-missing",
            _changed(
                dense=lambda right, shape, *_: (shape[1] * shape[2]) ** 2,
                conv=lambda right, shape, out, size: size**2,
            ),
            "Channels count: those that come in and those that come out.",
        ),
        Misconception(
            "one-slice",
            _changed(conv=lambda right, shape, out, size: size**2 * out),
            "Each kernel has a slice for every channel of its input.",
        ),
        Misconception(
            "kernel-at-every-place",
            _changed(conv=lambda right, shape, *_: right * shape[1] * shape[2]),
            "A kernel uses the same weights at every place: the size of the image does not count.",
        ),
        Misconception(
            "kernel-not-squared",
            _changed(conv=lambda right, shape, out, size: right // size),
            "A kernel of size k has k · k weights in each slice.",
        ),
        Misconception(
            "bias-counted",
            _changed(
                dense=lambda right, shape, out, _: right + out * shape[1] * shape[2],
                conv=lambda right, shape, out, _: right + out,
            ),
            "Here only weights are asked for, without the biases.",
        ),
        Misconception(
            "shape-misread",
            lambda shape, *numbers: _both((shape[2], *shape[:2]), *numbers),
            "The shape is (C, H, W): the channels come first.",
        ),
        Misconception(
            "exchanged",
            lambda *numbers: _both(*numbers)[::-1],
            "The dense layer comes first, the convolutional one second.",
        ),
    ),
    alternatives=(_both_by_shape, _both_by_adding, _both_by_squares),
    forbidden=FORBIDDEN,
)
