"""Assignment 02: a dense network at work."""

import numpy as np

from ..task import Misconception, Task
from .a02_inputs import vectors_with_layers


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
    alternatives=(_forward_by_units, _forward_by_columns, _forward_by_einsum),
    forbidden=("coursecnn.models", "coursecnn.numpy_net", "torch.nn.Linear"),
)
