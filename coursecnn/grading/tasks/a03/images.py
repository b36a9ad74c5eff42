"""On images: flip a kernel, slide it, and find the edges of a photograph."""

import numpy as np

from coursecnn.grading.task import Misconception, Task
from coursecnn.ops import cross_correlate

from ..common.mistakes import (
    PADDING_HINT,
    flattened,
    integer_output,
    off_by_one,
    returned_too_early,
    sliding,
    swapped_indices,
    total_not_reset,
)
from ..common.windows import (
    AS_LARGE_AS_INPUT,
    CROSSED,
    DIVIDED_BY_WEIGHTS,
    JUMPING_WINDOWS,
    KERNEL_CROSSED,
    KERNEL_SIZES_CROSSED,
    LAST_PRODUCT,
    MATRIX_PRODUCT,
    MEAN_NOT_SUM,
    NOT_ADDED_UP,
    ONE_WINDOW,
    OTHER_ARITHMETIC,
    PART_OF_KERNEL,
    PYTHON_SUM,
    SQUARE_INPUT,
    SQUARE_KERNEL,
    TOO_FAR,
    WHOLE_NUMBERS,
    WINDOW_SIZE,
    cut_each_time,
    first_left_out,
    flipped,
    lifted,
    padded,
)
from .inputs import images, images_with_kernels, kernels

FORBIDDEN = ("coursecnn.ops", "cv2", "skimage.filters", *sliding(2))


def _flip_in_place(kernel):
    for at in np.ndindex(kernel.shape):
        kernel[at] = kernel[tuple(n - 1 - i for n, i in zip(kernel.shape, at, strict=True))]
    return kernel


def _sorted_downwards(kernel):
    return np.sort(kernel, axis=None)[::-1].reshape(kernel.shape)


def _one_less(kernel):
    """Numbers from k − 2 down to −1, which is the last entry again."""
    return np.roll(np.flip(kernel), (-1, -1), axis=(0, 1))


FLIP = Task(
    id="flip",
    points=1,
    reference=np.flip,
    arguments=("kernel",),
    inputs=kernels,
    misconceptions=(
        Misconception(
            "flipped-one-axis",
            np.flipud,
            "The rows are reversed, the columns are not; reverse both.",
        ),
        Misconception(
            "flipped-one-axis",
            np.fliplr,
            "The columns are reversed, the rows are not; reverse both.",
        ),
        Misconception(
            "nothing-turned",
            np.copy,
            "Nothing is turned round. Two pairs of brackets with one slice each reverse the rows, "
            "and then the rows again: give each axis a slice of its own.",
        ),
        Misconception(
            "transposed",
            np.transpose,
            "Transposing mirrors at the diagonal; here rows and columns stay what they are.",
        ),
        Misconception(
            "transposed",
            lambda kernel: np.flip(kernel).T,
            "Both axes are reversed, but rows have also become columns: leave out the transpose.",
        ),
        Misconception(
            "from-minus-zero",
            lambda kernel: np.roll(np.flip(kernel), (1, 1), axis=(0, 1)),
            "An index of −0 is 0, the first entry; counted from the end, the last entry is −1.",
        ),
        Misconception(
            "overwritten",
            _flip_in_place,
            "Half of the numbers are lost: the loop writes into the array that it still reads. "
            "Write into a new one.",
        ),
        *(
            Misconception(
                "quarter-turn",
                wrong,
                "That is a turn by 90°; reversing both axes is a turn by 180°.",
            )
            for wrong in (np.rot90, lambda kernel: np.rot90(kernel, -1))
        ),
        flattened(np.flip),
        *(
            Misconception(
                "weight-left-out",
                wrong,
                "The first weight of an axis is missing: a slice stops before the end that is "
                "written in it.",
            )
            for wrong in (
                lambda kernel: kernel[:0:-1, :0:-1],
                lambda kernel: kernel[:0:-1, ::-1],
                lambda kernel: kernel[::-1, :0:-1],
            )
        ),
        Misconception(
            "negated",
            np.negative,
            "The weights have changed their sign, not their place.",
        ),
        *(
            Misconception(
                "sorted", wrong, "The weights were sorted by their size; only their places change."
            )
            for wrong in (_sorted_downwards, lambda kernel: -np.sort(-kernel))
        ),
        *(
            Misconception(
                "too-far",
                wrong,
                "An axis of k entries ends at the number k − 1: the first comes from k − 1 − 0.",
            )
            for wrong in (lambda kernel: kernel[kernel.shape], _one_less)
        ),
        *returned_too_early(np.flip, 2),
    ),
)


_WINDOWS = (
    MEAN_NOT_SUM,
    JUMPING_WINDOWS,
    LAST_PRODUCT,
    *MATRIX_PRODUCT,
    PYTHON_SUM,
    *NOT_ADDED_UP,
    *CROSSED,
    *SQUARE_INPUT,
    *TOO_FAR,
    ONE_WINDOW,
    *AS_LARGE_AS_INPUT,
    *PART_OF_KERNEL,
)

CONV2D_VALID = Task(
    id="conv2d_valid",
    points=3,
    reference=cross_correlate,
    arguments=("image", "kernel"),
    inputs=images_with_kernels,
    misconceptions=(
        *flipped(cross_correlate, 2),
        *off_by_one(cross_correlate, (0, 1), (0,), (1,)),
        *padded(cross_correlate),
        *swapped_indices(cross_correlate),
        *integer_output(cross_correlate, "image", "kernel"),
        *cut_each_time("image", "kernel"),
        *WHOLE_NUMBERS,
        *returned_too_early(cross_correlate, 2),
        *total_not_reset(cross_correlate, 2),
        *first_left_out(cross_correlate, 2),
        flattened(cross_correlate),
        *KERNEL_CROSSED,
        KERNEL_SIZES_CROSSED,
        *SQUARE_KERNEL,
        *_WINDOWS,
        *OTHER_ARITHMETIC,
        *DIVIDED_BY_WEIGHTS,
        *WINDOW_SIZE,
    ),
    forbidden=FORBIDDEN,
)

SOBEL_X = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
SOBEL_Y = SOBEL_X.T


def gradient(image):
    """Slopes to the right and downwards, by Sobel's kernels."""
    image = np.asarray(image, np.float64)
    return cross_correlate(image, SOBEL_X), cross_correlate(image, SOBEL_Y)


def _prewitt(image):
    image, kernel = np.asarray(image, np.float64), np.sign(SOBEL_X)
    return np.hypot(cross_correlate(image, kernel), cross_correlate(image, kernel.T))


def _by(kernel, other):
    """Magnitudes with other kernels."""
    first, second = np.array(kernel), np.array(other)

    def wrong(image):
        image = np.asarray(image, np.float64)
        return np.hypot(cross_correlate(image, first), cross_correlate(image, second))

    return wrong


_HEAVY_BORDER = [[-2, 0, 2], [-1, 0, 1], [-2, 0, 2]]
_NO_SIGN = np.abs(SOBEL_X)
OTHER_KERNELS = (
    Misconception(
        "other-kernel",
        _by(_HEAVY_BORDER, np.transpose(_HEAVY_BORDER)),
        "Look at the kernel again: its middle row weighs twice as much as the other two, not half.",
    ),
    Misconception(
        "other-kernel",
        _by(_NO_SIGN, _NO_SIGN.T),
        "The minus signs are missing: a slope is a difference.",
    ),
    Misconception(
        "other-kernel",
        _by(SOBEL_X, _NO_SIGN.T),
        "The minus signs of the second kernel are missing: a slope is a difference.",
    ),
)


def _magnitude(image):
    return np.hypot(*gradient(image))


def _range_stretched(image):
    found = _magnitude(image)
    lowest = found.min()
    return (found - lowest) / (found.max() - lowest)


SCALED = tuple(
    Misconception("scaled", wrong, "The magnitudes are asked for as they are, on no other scale.")
    for wrong in (
        lambda image: 255 * _magnitude(image) / _magnitude(image).max(),
        _range_stretched,
        lambda image: 255 * _range_stretched(image),
        lambda image: _magnitude(image) / 4,
        lambda image: _magnitude(image) / 8,
        lambda image: _magnitude(image) / np.sqrt(2),
    )
)


def _root_of_first(image):
    right, down = np.square(gradient(image))
    return np.sqrt(right) + down


def _root_of_each(image):
    return np.sqrt(np.abs(gradient(image))).sum(axis=0)


def _root_of_sum(image):
    return np.sqrt(np.abs(gradient(image)).sum(axis=0))


ROOTS = (
    Misconception(
        "root-of-one",
        _root_of_first,
        "The root is taken of the first square alone: both are added inside of its brackets.",
    ),
    Misconception(
        "not-squared",
        _root_of_each,
        "Square both slopes, add, then take the root: here each root is taken of a slope as it is.",
    ),
    Misconception(
        "not-squared",
        _root_of_sum,
        "Square both slopes before you add them; the root of the sum comes after that.",
    ),
)


def _angle(image):
    right, down = gradient(image)
    return np.arctan2(down, right)


OTHER_LENGTHS = (
    Misconception(
        "larger-slope",
        lambda image: np.abs(gradient(image)).max(axis=0),
        "Only the larger of the two slopes is kept; the length of the arrow needs both.",
    ),
    Misconception(
        "slopes-averaged",
        lambda image: np.abs(gradient(image)).mean(axis=0),
        "The length of an arrow is the root of the sum of squares, not the mean of its parts.",
    ),
    Misconception(
        "slopes-multiplied",
        lambda image: np.prod(gradient(image), axis=0),
        "The slopes are multiplied with each other: square each of them, then add.",
    ),
    Misconception(
        "slopes-multiplied",
        lambda image: np.abs(np.prod(gradient(image), axis=0)),
        "The slopes are multiplied with each other: square each of them, then add.",
    ),
    Misconception(
        "squares-subtracted",
        lambda image: np.sqrt(np.abs(np.subtract(*np.square(gradient(image))))),
        "The squares are added, not subtracted.",
    ),
    Misconception(
        "direction-not-length",
        _angle,
        "This is the direction of the arrow; its length is asked for.",
    ),
)


def _with_sobel(wrong):
    """A mistake of task 4, made with both kernels."""
    return lambda image: np.hypot(wrong(image, SOBEL_X), wrong(image, SOBEL_Y))


EDGE_MAP = Task(
    id="edge_map",
    points=2,
    reference=_magnitude,
    arguments=("image",),
    inputs=images,
    misconceptions=(
        Misconception(
            "one-direction",
            lambda image: np.abs(gradient(image)[0]),
            "Only the slope from left to right is in it; an edge may run the other way.",
        ),
        Misconception(
            "one-direction",
            lambda image: np.abs(gradient(image)[1]),
            "Only the slope from top to bottom is in it; an edge may run the other way.",
        ),
        Misconception(
            "slopes-added",
            lambda image: np.add(*gradient(image)),
            "Slopes of opposite sign cancel when they are added; square them first.",
        ),
        Misconception(
            "slopes-added",
            lambda image: np.abs(np.add(*gradient(image))),
            "Slopes of opposite sign cancel when they are added: square each of them, then add.",
        ),
        Misconception(
            "one-kernel-twice",
            lambda image: np.sqrt(2) * np.abs(gradient(image)[0]),
            "Both slopes were measured with the same kernel: `.T` gives a transposed array, and "
            "leaves the one that it is asked of as it is.",
        ),
        Misconception(
            "one-kernel-after-the-other",
            lambda image: np.abs(cross_correlate(gradient(image)[0], SOBEL_Y)),
            "The second kernel slides over the image, too, not over the result of the first.",
        ),
        Misconception(
            "other-kernel",
            _prewitt,
            "Look at the kernel again: its middle row weighs twice as much as the other two.",
        ),
        Misconception(
            "one-number",
            lambda image: np.sqrt(np.sum(np.square(gradient(image)))),
            "This adds over the whole image; one magnitude is asked for at each place.",
        ),
        Misconception(
            "scaled",
            lambda image: _magnitude(image) / _magnitude(image).max(),
            "The magnitudes are asked for as they are, not as parts of the largest one.",
        ),
        Misconception(
            "sum-of-absolutes",
            lambda image: np.abs(gradient(image)).sum(axis=0),
            "The length of an arrow is the root of the sum of squares, not the sum of its parts.",
        ),
        Misconception(
            "no-root",
            lambda image: np.square(gradient(image)).sum(axis=0),
            "This is the square of the magnitude; its root is missing.",
        ),
        Misconception(
            "same-padding",
            lambda image: _magnitude(np.pad(image, 1)),
            PADDING_HINT,
        ),
        Misconception(
            "clipped",
            lambda image: np.clip(_magnitude(image), 0, 255),
            "The magnitudes are asked for as they are: slopes between bytes may exceed 255.",
        ),
        *OTHER_KERNELS,
        *SCALED,
        *ROOTS,
        *OTHER_LENGTHS,
        *off_by_one(_magnitude, (0, 1), (0,), (1,)),
        *swapped_indices(_magnitude),
        *integer_output(_magnitude, "image"),
        *returned_too_early(_magnitude, 2),
        *total_not_reset(_magnitude, 2),
        *first_left_out(_magnitude, 2),
        *lifted(_with_sobel, *_WINDOWS),
    ),
    forbidden=FORBIDDEN,
)
