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
    CROSSED,
    JUMPING_WINDOWS,
    KERNEL_CROSSED,
    LAST_PRODUCT,
    MATRIX_PRODUCT,
    MEAN_NOT_SUM,
    NOT_ADDED_UP,
    PYTHON_SUM,
    SQUARE_INPUT,
    SQUARE_KERNEL,
    TOO_FAR,
    WHOLE_NUMBERS,
    cut_each_time,
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
        Misconception(
            "quarter-turn",
            np.rot90,
            "That is a turn by 90°; reversing both axes is a turn by 180°.",
        ),
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
        flattened(cross_correlate),
        *KERNEL_CROSSED,
        *SQUARE_KERNEL,
        *_WINDOWS,
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


def _magnitude(image):
    return np.hypot(*gradient(image))


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
        *off_by_one(_magnitude, (0, 1), (0,), (1,)),
        *swapped_indices(_magnitude),
        *integer_output(_magnitude, "image"),
        *returned_too_early(_magnitude, 2),
        *total_not_reset(_magnitude, 2),
        *lifted(_with_sobel, *_WINDOWS),
    ),
    forbidden=FORBIDDEN,
)
