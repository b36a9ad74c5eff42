"""Assignment 04, its first task: how many windows fit along one axis."""

import numpy as np

from coursecnn import shapes

from ..task import Misconception, Task
from .a04_inputs import windows

FORBIDDEN = ("coursecnn.shapes", "coursecnn.ops", "torch.nn.functional.conv1d", "torch.nn.Conv1d")


def _steps(size, kernel_size, stride=1, padding=0, dilation=1):
    """How far the window can move, before it is divided by the stride."""
    return size + 2 * padding - dilation * (kernel_size - 1) - 1, stride


def _size_by_walking(size, kernel_size, stride=1, padding=0, dilation=1):
    start, count = -padding, 0
    while start + dilation * (kernel_size - 1) < size + padding:
        start, count = start + stride, count + 1
    return count


def _size_by_range(*numbers):
    last, stride = _steps(*numbers)
    return len(range(0, last + 1, stride))


def _size_by_listing(*numbers):
    last, stride = _steps(*numbers)
    return np.arange(last + 1)[::stride].size


def _with(change):
    """The right size for other numbers than were asked for."""

    def wrong(size, kernel_size, stride=1, padding=0, dilation=1):
        return shapes.output_size(*change(size, kernel_size, stride, padding, dilation))

    return wrong


def _quotient(*numbers):
    last, stride = _steps(*numbers)
    return last / stride


def _padding_on_one_side(size, kernel_size, stride=1, padding=0, dilation=1):
    return (size + padding - dilation * (kernel_size - 1) - 1) // stride + 1


def _span_without_one(size, kernel_size, stride=1, padding=0, dilation=1):
    return (size + 2 * padding - dilation * kernel_size) // stride + 1


def _in_floats(*numbers):
    last, stride = _steps(*numbers)
    return round(last / stride) + 1


def _without_brackets(*numbers):
    last, stride = _steps(*numbers)
    return last + 1 - 1 // stride + 1


def _stride_after_padding(size, kernel_size, padding=0, stride=1, dilation=1):
    return _size_by_range(size, kernel_size, stride, padding, dilation)


OUTPUT_SIZE = Task(
    id="output_size",
    points=1,
    reference=shapes.output_size,
    arguments=("size", "kernel_size", "stride", "padding", "dilation"),
    inputs=windows,
    misconceptions=(
        Misconception(
            "off-by-one",
            lambda *numbers: shapes.output_size(*numbers) - 1,
            "The place where the window starts counts, too: add 1 to the number of steps.",
        ),
        Misconception(
            "rounded-up",
            lambda *numbers: int(np.ceil(_quotient(*numbers))) + 1,
            "A step that would lead beyond the end is not made: round down, not up.",
        ),
        Misconception(
            "not-rounded",
            lambda *numbers: _quotient(*numbers) + 1,
            "There are no half windows: round the quotient down, as `//` does.",
        ),
        Misconception(
            "padding-on-one-side",
            _padding_on_one_side,
            "The padding stands on both sides: it counts twice.",
        ),
        Misconception(
            "dilation-ignored",
            _with(lambda size, kernel, stride, padding, dilation: (size, kernel, stride, padding)),
            "A dilated window spans dilation · (kernel_size − 1) + 1 pixels, not kernel_size.",
        ),
        Misconception(
            "dilated-span",
            _span_without_one,
            "Between k entries there are k − 1 gaps: a dilated window spans "
            "dilation · (kernel_size − 1) + 1 pixels.",
        ),
        Misconception(
            "stride-ignored",
            _with(lambda size, kernel, stride, *rest: (size, kernel, 1, *rest)),
            "The window moves by `stride` pixels: divide the way that it can go by the stride.",
        ),
        Misconception(
            "one-pixel-too-far",
            lambda *numbers: (_steps(*numbers)[0] + 1) // _steps(*numbers)[1] + 1,
            "The window moves one pixel too far: it spans dilation · (kernel_size − 1) + 1 pixels, "
            "and that 1 must be taken away, too.",
        ),
        Misconception(
            "one-inside",
            lambda *numbers: (_steps(*numbers)[0] + 1) // _steps(*numbers)[1],
            "The 1 is added to the number of steps, after the division.",
        ),
        Misconception(
            "rounded-to-nearest",
            _in_floats,
            "`round` goes to the nearest whole number, which may lie above: `//` rounds down.",
        ),
        Misconception(
            "brackets-missing",
            _without_brackets,
            "`//` comes before `-`, as `·` does on paper: put brackets around all that is divided.",
        ),
        Misconception(
            "arguments-exchanged",
            _stride_after_padding,
            "The stride comes before the padding: keep the first line of the function as it was.",
        ),
    ),
    alternatives=(_size_by_walking, _size_by_range, _size_by_listing),
    forbidden=FORBIDDEN,
)
