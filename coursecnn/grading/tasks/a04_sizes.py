"""Assignment 04, along one axis: how many windows fit, what they miss, what one unit sees."""

import numpy as np

from coursecnn import shapes

from ..task import Misconception, Task
from .a04_inputs import chains, kernels, strides, windows

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
    ),
    alternatives=(_size_by_walking, _size_by_range, _size_by_listing),
    forbidden=FORBIDDEN,
)


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
            "gaps-counted",
            _never_read,
            "Pixels between two windows do not count here, only those behind the last one.",
        ),
    ),
    alternatives=(_unread_by_last_window, _unread_by_marking, _unread_by_columns),
    forbidden=FORBIDDEN,
)


def _shares(total):
    return total // 2, total - total // 2


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


def _field(layers):
    return shapes.receptive_field(layers).size


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


def _field_of_late_jumps(layers):
    size, jump = 1, 1
    for kernel_size, stride in layers:
        jump *= stride
        size += (kernel_size - 1) * jump
    return size


RECEPTIVE_FIELD = Task(
    id="receptive_field",
    points=2,
    reference=_field,
    arguments=("layers",),
    inputs=chains,
    misconceptions=(
        Misconception(
            "stride-ignored",
            lambda layers: 1 + sum(kernel_size - 1 for kernel_size, _ in layers),
            "Behind a layer with stride 2, one step is two pixels of the image: count the jump.",
        ),
        Misconception(
            "own-stride-too-early",
            _field_of_late_jumps,
            "The stride of a layer spreads the layers *behind* it; its own kernel still looks at "
            "neighbours. First add, then multiply.",
        ),
        Misconception(
            "kernels-added",
            lambda layers: sum(kernel_size for kernel_size, _ in layers),
            "A kernel of k adds k − 1 neighbours to the pixel that is there already.",
        ),
        Misconception(
            "kernels-multiplied",
            lambda layers: int(np.prod([kernel_size for kernel_size, _ in layers], dtype=int)),
            "Windows overlap, so sizes do not multiply: two kernels of 3 see 5 pixels, not 9.",
        ),
        Misconception(
            "off-by-one",
            lambda layers: _field(layers) - 1,
            "Without any layer a unit sees itself: begin with 1, not with 0.",
        ),
        Misconception(
            "order-reversed",
            lambda layers: _field(list(reversed(layers))),
            "The layers are listed from the image on; here they were gone through the other way.",
        ),
    ),
    alternatives=(_field_from_above, _field_by_products, _field_by_following),
    forbidden=FORBIDDEN,
)
