"""Assignment 04, what a layer learns: the number of its parameters."""

import numpy as np

from coursecnn import shapes

from ..task import Misconception, Task
from .a04_inputs import layers

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


def _side_by_one(kernel_size):
    return kernel_size if isinstance(kernel_size, tuple) else (kernel_size, 1)


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
        Misconception(
            "pair-forgotten",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                in_channels, out_channels, kernel_size + 0, bias
            ),
            "`kernel_size` may also be a pair (height, width): ask which of the two it is.",
        ),
        Misconception(
            "number-forgotten",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                in_channels, out_channels, tuple(kernel_size), bias
            ),
            "`kernel_size` may also be one whole number, which has no parts and no length: ask "
            "which of the two it is.",
        ),
        Misconception(
            "not-squared",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                in_channels, out_channels, _side_by_one(kernel_size), bias
            ),
            "A square kernel of size k has k rows of k weights.",
        ),
        Misconception(
            "bias-per-channel",
            lambda in_channels, out_channels, kernel_size, bias=True: (
                _weights(in_channels, out_channels, kernel_size) + bias * in_channels
            ),
            "Here each channel of the input has a bias; it is the kernels that have one each.",
        ),
        Misconception(
            "channels-added",
            lambda in_channels, out_channels, kernel_size, bias=True: (
                _weights(1, in_channels + out_channels, kernel_size) + bias * out_channels
            ),
            "Each of the `out_channels` kernels has `in_channels` slices: multiply the two.",
        ),
    ),
    alternatives=(_parameters_by_shape, _parameters_by_kernel, _parameters_by_product),
    forbidden=FORBIDDEN,
)
