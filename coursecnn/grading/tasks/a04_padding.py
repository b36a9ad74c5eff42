"""Assignment 04, the padding that keeps the size of an axis."""

import numpy as np

from coursecnn import shapes

from ..task import Misconception, Task
from .a04_inputs import kernels
from .a04_sizes import FORBIDDEN


def _shares(total):
    return total // 2, total - total // 2


def _rounded(total):
    return round(total / 2), total - round(total / 2)


SAME_PADDING = Task(
    id="same_padding",
    points=1,
    reference=shapes.same_padding,
    arguments=("kernel_size", "dilation"),
    inputs=kernels,
    misconceptions=(
        Misconception(
            "half-the-kernel",
            lambda kernel_size, dilation=1: (kernel_size // 2, kernel_size // 2),
            "Half the kernel on each side is one pixel too many in all if the kernel is even, and "
            "a dilated kernel needs more.",
        ),
        Misconception(
            "larger-half-first",
            lambda kernel_size, dilation=1: shapes.same_padding(kernel_size, dilation)[::-1],
            "Where the halves differ, the larger one goes after the image.",
        ),
        Misconception(
            "dilation-ignored",
            lambda kernel_size, dilation=1: shapes.same_padding(kernel_size),
            "A dilated window spans dilation · (kernel_size − 1) + 1 pixels, and all but one of "
            "them must be added.",
        ),
        Misconception(
            "half-pixels",
            lambda kernel_size, dilation=1: (dilation * (kernel_size - 1) / 2,) * 2,
            "Half a pixel cannot be added: where the sum is odd, the two sides differ by one.",
        ),
        Misconception(
            "both-rounded-down",
            lambda kernel_size, dilation=1: (dilation * (kernel_size - 1) // 2,) * 2,
            "Where the sum is odd, one zero is missing: the second share is what the first leaves.",
        ),
        Misconception(
            "rounded-to-nearest",
            lambda kernel_size, dilation=1: _rounded(dilation * (kernel_size - 1)),
            "`round` takes a half up or down, to the even number: the smaller share goes before "
            "the image, always.",
        ),
        Misconception(
            "always-unequal",
            lambda kernel_size, dilation=1: (
                dilation * (kernel_size - 1) // 2,
                dilation * (kernel_size - 1) // 2 + 1,
            ),
            "The shares differ only where the sum is odd; together they must make the sum.",
        ),
        Misconception(
            "one-side-only",
            lambda kernel_size, dilation=1: dilation * (kernel_size - 1) // 2,
            "This is one share; return both, separated by a comma.",
        ),
        Misconception(
            "dilated-span",
            lambda kernel_size, dilation=1: _shares(dilation * kernel_size - 1),
            "Between k entries there are k − 1 gaps, and each is dilated: put k − 1 in brackets.",
        ),
        Misconception(
            "full-padding",
            lambda kernel_size, dilation=1: (dilation * (kernel_size - 1),) * 2,
            "This is the padding of the full output: both sides together add so much, not each.",
        ),
    ),
    alternatives=(
        lambda kernel_size, dilation=1: _shares(dilation * (kernel_size - 1)),
        lambda kernel_size, dilation=1: [
            np.floor(dilation * (kernel_size - 1) / 2),
            np.ceil(dilation * (kernel_size - 1) / 2),
        ],
        lambda kernel_size, dilation=1: (
            np.array([dilation * (kernel_size - 1), dilation * (kernel_size - 1) + 1]) // 2
        ),
    ),
    forbidden=FORBIDDEN,
)
