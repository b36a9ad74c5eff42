"""Along one axis: how many windows fit, which pixels none reads, what padding keeps the size."""

import numpy as np

from coursecnn import shapes
from coursecnn.grading.task import Misconception, Task

from .inputs import kernels, strides, windows

FORBIDDEN = ("coursecnn.shapes", "coursecnn.ops", "torch.nn.functional.conv1d", "torch.nn.Conv1d")


def _steps(size, kernel_size, stride=1, padding=0, dilation=1):
    """How far the window can move, before it is divided by the stride."""
    return size + 2 * padding - dilation * (kernel_size - 1) - 1, stride


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


def _spanning(span):
    """The right size for windows that span something else."""

    def wrong(size, kernel_size, stride=1, padding=0, dilation=1):
        return (size + 2 * padding - span(kernel_size, dilation)) // stride + 1

    return wrong


def _in_floats(*numbers):
    last, stride = _steps(*numbers)
    return round(last / stride) + 1


def _without_brackets(*numbers):
    last, stride = _steps(*numbers)
    return last + 1 - 1 // stride + 1


def _stride_after_padding(size, kernel_size, padding=0, stride=1, dilation=1):
    last, _ = _steps(size, kernel_size, stride, padding, dilation)
    return len(range(0, last + 1, stride))


END_HINT = (
    "A window needs all its pixels: the last one begins before the end, and how far before depends "
    "on `kernel_size`."
)

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
            "padding-ignored",
            lambda size, kernel_size, stride=1, padding=0, dilation=1: (
                _steps(size, kernel_size, dilation=dilation)[0] // stride + 1
            ),
            "The zeros on both sides make room for more windows: add them to the size.",
        ),
        Misconception(
            "kernel-ignored", lambda size, kernel, stride=1, *_: size // stride, END_HINT
        ),
        Misconception(
            "kernel-ignored", lambda size, kernel, stride=1, *_: -(-size // stride), END_HINT
        ),
        Misconception(
            "dilation-ignored",
            _with(lambda size, kernel, stride, padding, dilation: (size, kernel, stride, padding)),
            "A dilated window spans dilation · (kernel_size − 1) + 1 pixels, not kernel_size.",
        ),
        *(
            Misconception(
                "dilated-span",
                _spanning(span),
                "Between k entries there are k − 1 gaps: a dilated window spans "
                "dilation · (kernel_size − 1) + 1 pixels.",
            )
            for span in (
                lambda kernel_size, dilation: dilation * kernel_size,
                lambda kernel_size, dilation: dilation * kernel_size + 1,
                lambda kernel_size, dilation: dilation + kernel_size - 1,
                lambda kernel_size, dilation: (dilation - 1) * (kernel_size - 1) + 1,
            )
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
    forbidden=FORBIDDEN,
)


def _unread(size, kernel_size, stride=1, padding=0):
    behind = (size + 2 * padding - kernel_size) % stride
    return max(0, behind - padding)


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


def _windows_without_padding(size, kernel_size, stride=1, padding=0):
    end = size - (size - kernel_size) % stride
    return max(0, padding + size - end)


def _side_by_side(size, kernel_size, *rest):
    return max(0, size - shapes.output_size(size, kernel_size, *rest) * kernel_size)


def _side_by_side_with_padding(size, kernel_size, stride=1, padding=0):
    end = shapes.output_size(size, kernel_size, stride, padding) * kernel_size
    return max(0, padding + size - end)


LAST_HINT = (
    "The last window reads `kernel_size` pixels: find out where it ends, not where it begins."
)
ONE_OFF_HINT = (
    "This is one pixel off: count with both ends taken alike, as the first position behind the "
    "pixels or as the last pixel itself."
)

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
            "padding-ignored",
            _windows_without_padding,
            "Padding in front moves every window, and padding behind makes room for more of them.",
        ),
        Misconception(
            "kernel-ignored",
            lambda size, kernel_size, stride=1, padding=0: size % stride,
            LAST_HINT,
        ),
        Misconception(
            "kernel-ignored",
            lambda size, kernel_size, *rest: max(
                0, _behind_last(size, kernel_size, *rest) + kernel_size
            ),
            LAST_HINT,
        ),
        *(
            Misconception(
                "windows-side-by-side",
                wrong,
                "Windows may overlap or leave gaps: where the last one ends depends on the stride.",
            )
            for wrong in (_side_by_side, _side_by_side_with_padding)
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
            ONE_OFF_HINT,
        ),
        Misconception(
            "off-by-one", lambda *numbers: max(0, _behind_last(*numbers) + 1), ONE_OFF_HINT
        ),
        Misconception(
            "gaps-counted",
            _never_read,
            "Pixels between two windows do not count here, only those behind the last one.",
        ),
    ),
    forbidden=FORBIDDEN,
)


def _shares(total):
    return total // 2, total - total // 2


def _halved_first(kernel_size, dilation):
    before = (kernel_size - 1) // 2 * dilation
    return before, dilation * (kernel_size - 1) - before


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
            "halved-too-early",
            lambda kernel_size, dilation=1: _halved_first(kernel_size, dilation),
            "The half was rounded before it was dilated: first compute δ · (k − 1), then share it.",
        ),
        Misconception(
            "halved-too-early",
            lambda kernel_size, dilation=1: ((kernel_size - 1) // 2 * dilation,) * 2,
            "The half was rounded before it was dilated: first compute δ · (k − 1), then share it.",
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
            "both-together",
            lambda kernel_size, dilation=1: dilation * (kernel_size - 1),
            "This is the padding of both sides together; return a share for each.",
        ),
        Misconception(
            "all-on-one-side",
            lambda kernel_size, dilation=1: (0, dilation * (kernel_size - 1)),
            "All zeros stand behind the image; half of them belong in front of it.",
        ),
        *(
            Misconception(
                "off-by-one",
                lambda kernel_size, dilation=1, total=total: _shares(total(kernel_size, dilation)),
                "The first of the pixels that a window spans needs no padding: both sides together "
                "add δ · (k − 1).",
            )
            for total in (
                lambda kernel_size, dilation: dilation * kernel_size,
                lambda kernel_size, dilation: dilation * (kernel_size - 1) + 1,
            )
        ),
        Misconception(
            "full-padding",
            lambda kernel_size, dilation=1: (dilation * (kernel_size - 1),) * 2,
            "This is the padding of the full output: both sides together add so much, not each.",
        ),
    ),
    forbidden=FORBIDDEN,
)
