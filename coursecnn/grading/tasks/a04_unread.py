"""Assignment 04, what rounding down leaves over: pixels that no window reads."""

import numpy as np

from coursecnn import shapes

from ..task import Misconception, Task
from .a04_inputs import strides
from .a04_sizes import FORBIDDEN


def _unread(size, kernel_size, stride=1, padding=0):
    behind = (size + 2 * padding - kernel_size) % stride
    return max(0, behind - padding)


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


def _never_read(size, kernel_size, stride=1, padding=0):
    """Also counts pixels between two windows."""
    starts = np.arange(-padding, size + padding - kernel_size + 1, stride)
    read = {start + tap for start in starts for tap in range(kernel_size)}
    return sum(pixel not in read for pixel in range(size))


def _behind(size, kernel_size, stride=1, padding=0):
    return (size + 2 * padding - kernel_size) % stride


def _behind_last(size, kernel_size, stride=1, padding=0):
    """From the end of the last window to the end of the image; negative within the padding."""
    return _behind(size, kernel_size, stride, padding) - padding


def _from_first_pixel(size, kernel_size, stride=1, padding=0):
    return max(0, _behind_last(size, kernel_size, stride, padding) - padding)


UNREAD_PIXELS = Task(
    id="unread_pixels",
    points=2,
    reference=_unread,
    arguments=("size", "kernel_size", "stride", "padding"),
    inputs=strides,
    misconceptions=(
        Misconception(
            "padding-counted",
            _behind,
            "Some of what no window reads behind the last one is padding: only pixels of the "
            "image count.",
        ),
        Misconception(
            "negative",
            lambda size, kernel_size, stride=1, padding=0: (
                _behind(size, kernel_size, stride, padding) - padding
            ),
            "There cannot be fewer than no pixels: where only padding is left over, the answer "
            "is 0.",
        ),
        Misconception(
            "padding-ignored",
            lambda size, kernel_size, stride=1, padding=0: (size - kernel_size) % stride,
            "Padding in front moves every window, and padding behind makes room for more of them.",
        ),
        Misconception(
            "kernel-ignored",
            lambda size, kernel_size, stride=1, padding=0: size % stride,
            "The last window reads `kernel_size` pixels: begin with how far it can move.",
        ),
        Misconception(
            "padding-in-front-forgotten",
            _from_first_pixel,
            "The first window begins in the padding, so the last one ends `padding` pixels earlier "
            "than here.",
        ),
        Misconception(
            "one-step-too-far",
            lambda size, kernel_size, stride=1, padding=0: max(
                0, _behind_last(size, kernel_size, stride, padding) - stride
            ),
            "Between the first window and the last there is one step fewer than there are windows.",
        ),
        Misconception(
            "one-step-too-far",
            lambda size, kernel_size, stride=1, padding=0: max(
                0, _behind_last(size, kernel_size, stride, padding) + kernel_size - stride
            ),
            "`windows * stride` is where one more window would begin. Where does the last one end?",
        ),
        Misconception(
            "absolute-value",
            lambda *numbers: abs(_behind_last(*numbers)),
            "Where the last window ends in the padding, it reads every pixel of the image: the "
            "answer is then 0, whatever the sign.",
        ),
        Misconception(
            "off-by-one",
            lambda *numbers: max(0, _behind_last(*numbers) - 1),
            "One pixel is lost: count with both ends of the window taken alike, as the first "
            "position behind the pixels or as the last pixel itself.",
        ),
        Misconception(
            "gaps-counted",
            _never_read,
            "Pixels between two windows do not count here, only those behind the last one.",
        ),
    ),
    alternatives=(_unread_by_last_window, _unread_by_marking, _unread_by_columns),
    forbidden=FORBIDDEN,
)
