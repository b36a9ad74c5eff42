"""Dense networks: what they cost, and one at work."""

from itertools import pairwise

import numpy as np

from coursecnn import shapes
from coursecnn.grading.task import Misconception, Task

from ..common.mistakes import TOO_LARGE_HINT, integer_output, stored
from .inputs import layers, networks, vectors_with_layers

FORBIDDEN = ("coursecnn.models", "coursecnn.shapes", "torch.nn.Conv2d", "torch.nn.Linear")
ONE_BIAS_HINT = "There is one bias for each unit, not one for the layer or for the network."


def _weights(sizes):
    return sum(n * units for n, units in pairwise(sizes))


def _parameters(sizes):
    return sum(shapes.linear_parameters(n, units) for n, units in pairwise(sizes))


def _of_small_numbers(total):
    """Products in 32 bits, which begin anew when these are full, added in that type."""

    def wrong(sizes):
        small = np.array(sizes, np.int32)
        return np.sum((small[:-1] + np.int32(1)) * small[1:], dtype=total)

    return wrong


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
            "bias-of-the-output-missing",
            lambda sizes: _weights(sizes) + sum(sizes[1:-1]),
            "The units of the last layer have biases, too.",
        ),
        Misconception(
            "bias-counted-twice",
            lambda sizes: sum((n + 1) * (units + 1) for n, units in pairwise(sizes)),
            "The + 1 belongs to one side only: each unit has `n` weights and one bias.",
        ),
        Misconception(
            "biases-only",
            lambda sizes: sum(sizes[1:]),
            "These are the biases; each unit also has one weight for each number that comes in.",
        ),
        Misconception(
            "negative-index",
            lambda sizes: sum((sizes[n - 1] + 1) * sizes[n] for n in range(len(sizes))),
            "For index 0 the one before is index −1, and to Python that is the last size: begin "
            "one later.",
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
            "first-layer-missing",
            lambda sizes: _parameters(sizes[1:]),
            "The first layer was not counted: a layer lies between sizes 0 and 1, too.",
        ),
        Misconception(
            "one-layer-too-many",
            lambda sizes: sum(sizes[n] * sizes[n + 1] for n in range(len(sizes))),
            "The loop goes one step too far: behind the last size there is no other, so a list of "
            "three sizes makes two layers.",
        ),
        Misconception("too-large-for-the-type", _of_small_numbers(np.int64), TOO_LARGE_HINT),
        Misconception("too-large-for-the-type", _of_small_numbers(np.int32), TOO_LARGE_HINT),
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


UNITS_HINT = (
    "Each of the D · H · W numbers that come out has a unit of its own, with a weight for each of "
    "the C · H · W numbers that come in."
)
SLICE_HINT = "A kernel of size k has k · k weights in each slice."
BIAS_HINT = "Here only weights are asked for, without the biases."
SQUARE_HINT = "An image need not be square: height and width both count."

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
            "one-unit-per-place",
            _changed(dense=lambda right, shape, out, _: right // out),
            UNITS_HINT,
        ),
        Misconception(
            "one-unit-per-channel",
            _changed(dense=lambda right, shape, out, _: int(np.prod(shape)) ** 2 * out),
            UNITS_HINT,
        ),
        Misconception(
            "numbers-added",
            _changed(
                dense=lambda right, shape, out, _: int(np.prod(shape)) + right // np.prod(shape)
            ),
            "Each number that comes out has a weight for each that comes in: multiply the two.",
        ),
        Misconception(
            "kernel-at-every-place",
            _changed(
                dense=lambda right, shape, out, k: out * shape[0] * k**2 * shape[1] * shape[2]
            ),
            "A unit of a dense layer sees the whole image, not only what lies under a kernel.",
        ),
        Misconception(
            "output-shrinks",
            _changed(
                dense=lambda right, shape, out, k: (
                    int(np.prod(shape)) * out * (shape[1] - k + 1) * (shape[2] - k + 1)
                )
            ),
            "Height and width of the output are those of the image here.",
        ),
        Misconception(
            "channels-missing",
            _changed(dense=lambda right, shape, *_: right // shape[0]),
            "Channels count: those that come in and those that come out.",
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
            "one-kernel",
            _changed(conv=lambda right, shape, out, size: right // out),
            "So many weights has one kernel. The layer has `out_channels` of them.",
        ),
        Misconception(
            "kernel-at-every-place",
            _changed(conv=lambda right, shape, *_: right * shape[1] * shape[2]),
            "A kernel uses the same weights at every place: the size of the image does not count.",
        ),
        Misconception(
            "kernel-not-squared",
            _changed(conv=lambda right, shape, out, size: right // size),
            SLICE_HINT,
        ),
        Misconception(
            "kernel-not-squared",
            _changed(conv=lambda right, shape, out, size: right // size * 2),
            SLICE_HINT,
        ),
        Misconception(
            "bias-counted",
            _changed(
                dense=lambda right, shape, out, _: right + out * shape[1] * shape[2],
                conv=lambda right, shape, out, _: right + out,
            ),
            BIAS_HINT,
        ),
        Misconception(
            "bias-counted",
            _changed(dense=lambda right, shape, out, _: right + out * shape[1] * shape[2]),
            BIAS_HINT,
        ),
        Misconception(
            "bias-counted", _changed(conv=lambda right, shape, out, _: right + out), BIAS_HINT
        ),
        Misconception(
            "square-image",
            lambda shape, *numbers: _both((shape[0], shape[1], shape[1]), *numbers),
            SQUARE_HINT,
        ),
        Misconception(
            "square-image",
            lambda shape, *numbers: _both((shape[0], shape[2], shape[2]), *numbers),
            SQUARE_HINT,
        ),
        Misconception(
            "too-large-for-the-type",
            _changed(dense=lambda right, *_: np.array(right).astype(np.int32)),
            TOO_LARGE_HINT,
        ),
        Misconception(
            "shape-misread",
            lambda shape, *numbers: _both((shape[2], *shape[:2]), *numbers),
            "The shape is (C, H, W): the channels come first.",
        ),
        Misconception(
            "dense-only",
            lambda *numbers: _both(*numbers)[0],
            "This is the dense layer alone; return a pair, with the convolutional layer second.",
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


def _weight_in_front(between):
    """The mistake of multiplying from the left; `between` says how the vectors lie there."""

    def wrong(x, layers):
        for weight, bias in layers[:-1]:
            x = np.maximum(0, weight @ between(x) + bias)
        weight, bias = layers[-1]
        return weight @ between(x) + bias

    return wrong


def _never_carried(x, layers):
    """Each layer is given `x`; the last one what the one before it gave, if there is one."""
    for weight, bias in layers[:-1]:
        h = np.maximum(0, x @ weight.T + bias)
    weight, bias = layers[-1]
    return h @ weight.T + bias


def _always_given_x(x, layers):
    """Each layer is given `x`, the last one, too."""
    for weight, bias in layers[:-1]:
        np.maximum(0, x @ weight.T + bias)
    weight, bias = layers[-1]
    return x @ weight.T + bias


def _entries_multiplied(x, layers):
    for weight, bias in layers[:-1]:
        x = np.maximum(0, x * weight.T + bias)
    weight, bias = layers[-1]
    return x * weight.T + bias


def _whole_layers_compared(x, layers):
    for weight, bias in layers[:-1]:
        x = max(0, x @ weight.T + bias)
    weight, bias = layers[-1]
    return x @ weight.T + bias


def _without_the_last(x, layers):
    for weight, bias in layers[:-1]:
        x = np.maximum(x @ weight.T + bias, 0)
    return x


LAST_HINT = "The last layer keeps its negative sums: `np.maximum` stands between layers only."
CARRIED_HINT = (
    "What one layer gives is what the next one gets, but here several are given `x`: let the "
    "result of each layer take its place."
)
FRONT_HINT = (
    "`weight @ x` takes each column of `x` for a vector, but the vectors are its rows: let `x` "
    "stand in front."
)

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
            LAST_HINT,
        ),
        Misconception(
            "zeros-in-the-last-layer",
            _mistaken(between=np.add, last=_detected),
            f"{LAST_HINT} Here it stands behind the last one alone.",
        ),
        Misconception(
            "zeros-before-the-first-layer",
            lambda x, layers: _forward(np.maximum(x, 0), layers),
            "The first layer is given `x` as it is, negative numbers included: `np.maximum` stands "
            "behind a layer, and in front of none.",
        ),
        Misconception(
            "bias-missing",
            _mistaken(between=lambda sums, bias: np.maximum(sums, 0), last=lambda sums, bias: sums),
            "The biases are missing: each unit adds its own to its sum.",
        ),
        Misconception(
            "bias-missing",
            _mistaken(last=lambda sums, bias: sums),
            "The last layer has biases, too.",
        ),
        Misconception(
            "bias-missing",
            _mistaken(between=lambda sums, bias: np.maximum(sums, 0)),
            "All layers have biases, not only the last.",
        ),
        Misconception(
            "bias-subtracted",
            _mistaken(between=lambda sums, bias: np.maximum(sums - bias, 0), last=np.subtract),
            "A bias is added, whatever its sign.",
        ),
        Misconception(
            "sigmoid",
            _mistaken(between=lambda sums, bias: 1 / (1 + np.exp(-sums - bias))),
            "Between the layers stands a maximum with 0, not a sigmoid.",
        ),
        Misconception(
            "maximum-along-an-axis",
            _mistaken(between=lambda sums, bias: np.max(sums + bias, 0)),
            "The second argument of `np.max` is an axis; `np.maximum` compares entry by entry.",
        ),
        Misconception("not-carried", _never_carried, CARRIED_HINT),
        Misconception("not-carried", _always_given_x, CARRIED_HINT),
        Misconception(
            "entries-multiplied",
            _entries_multiplied,
            "`*` multiplies entries in the same place; a unit adds up products, as `@` does.",
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
        Misconception("weight-in-front", _weight_in_front(np.asarray), FRONT_HINT),
        Misconception("weight-in-front", _weight_in_front(np.transpose), FRONT_HINT),
        Misconception(
            "question-to-an-array",
            _whole_layers_compared,
            "`if` and `max` ask one question about the whole array, which has many answers: "
            "`np.maximum` compares entry by entry.",
        ),
        Misconception(
            "absolute-values",
            _mistaken(between=lambda sums, bias: np.abs(sums + bias)),
            "Negative sums become 0; they do not turn positive.",
        ),
        Misconception(
            "first-layer-only",
            lambda x, layers: _forward(x, layers[:1]),
            "Only the first layer has been computed. What it gives is what the next one gets: "
            "keep it, and go on with it in the loop.",
        ),
        Misconception(
            "last-layer-missing",
            _without_the_last,
            "The vectors have not gone through the last layer; `layers[:-1]` leaves it out.",
        ),
        *integer_output(_forward, "x", None),
        Misconception(
            "integer-output",
            lambda x, layers: stored(_forward(x, layers), np.dtype(int)),
            "The result holds whole numbers only and lost what stands behind the point; `np.zeros` "
            "alone makes an array for any number.",
        ),
    ),
    forbidden=("coursecnn.models", "coursecnn.numpy_net", "torch.nn.Linear"),
)
