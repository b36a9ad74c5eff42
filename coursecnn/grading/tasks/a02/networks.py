"""Dense networks: what they cost, and one at work."""

from itertools import pairwise

import numpy as np

from coursecnn import shapes
from coursecnn.grading.task import Misconception, Task

from .inputs import layers, networks, vectors_with_layers

FORBIDDEN = ("coursecnn.models", "coursecnn.shapes", "torch.nn.Conv2d", "torch.nn.Linear")
ONE_BIAS_HINT = "There is one bias for each unit, not one for the layer or for the network."


def _weights(sizes):
    return sum(n * units for n, units in pairwise(sizes))


def _parameters(sizes):
    return sum(shapes.linear_parameters(n, units) for n, units in pairwise(sizes))


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
            lambda sizes: [_parameters(pair) for pair in pairwise(sizes)],
            "These are the numbers of each layer; add them up.",
        ),
    ),
    forbidden=FORBIDDEN,
)


def _both(shape, out_channels, kernel_size):
    channels, height, width = shape
    every = shapes.linear_parameters(
        channels * height * width, out_channels * height * width, bias=False
    )
    return every, shapes.conv_parameters(channels, out_channels, kernel_size, bias=False)


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
    forbidden=FORBIDDEN,
)


def _forward(x, layers, between=lambda sums, bias: np.maximum(sums + bias, 0), last=np.add):
    """The network; `between` and `last` put a mistake in the place of what is right."""
    for weight, bias in layers[:-1]:
        x = between(x @ weight.T, bias)
    weight, bias = layers[-1]
    return last(x @ weight.T, bias)


def _mistaken(**change):
    return lambda x, layers: _forward(x, layers, **change)


def _detected(sums, bias):
    return np.maximum(sums + bias, 0)


def _not_transposed(x, layers):
    return _forward(x, [(weight.T, bias) for weight, bias in layers])


def _without_the_last(x, layers):
    for weight, bias in layers[:-1]:
        x = np.maximum(x @ weight.T + bias, 0)
    return x


MLP_FORWARD = Task(
    id="mlp_forward",
    points=2,
    reference=_forward,
    arguments=("x", "layers"),
    inputs=vectors_with_layers,
    misconceptions=(
        Misconception(
            "linear",
            _mistaken(between=np.add),
            "Between two layers negative sums become 0; without that, the network is one single "
            "matrix.",
        ),
        Misconception(
            "zeros-in-the-last-layer",
            _mistaken(last=_detected),
            "The last layer keeps its negative sums: `np.maximum` stands between layers only.",
        ),
        Misconception(
            "bias-missing",
            _mistaken(between=lambda sums, bias: np.maximum(sums, 0), last=lambda sums, bias: sums),
            "The biases are missing: each unit adds its own to its sum.",
        ),
        Misconception(
            "bias-too-late",
            _mistaken(between=lambda sums, bias: np.maximum(sums, 0) + bias),
            "First add the bias, then set negative sums to 0.",
        ),
        Misconception(
            "not-transposed",
            _not_transposed,
            "A weight has the shape (units, inputs): each row belongs to a unit, so `x` must be "
            "multiplied with the transpose.",
        ),
        Misconception(
            "absolute-values",
            _mistaken(between=lambda sums, bias: np.abs(sums + bias)),
            "Negative sums become 0; they do not turn positive.",
        ),
        Misconception(
            "first-layer-only",
            lambda x, layers: _forward(x, layers[:1]),
            "What one layer gives is what the next one gets: keep it in the loop.",
        ),
        Misconception(
            "last-layer-missing",
            _without_the_last,
            "The vectors have not gone through the last layer; `layers[:-1]` leaves it out.",
        ),
        Misconception(
            "first-vector-only",
            lambda x, layers: _forward(x[:1], layers),
            "Only the first vector has come out. Does `return` stand in the loop? It belongs "
            "behind it.",
        ),
    ),
    forbidden=("coursecnn.models", "coursecnn.numpy_net", "torch.nn.Linear"),
)
