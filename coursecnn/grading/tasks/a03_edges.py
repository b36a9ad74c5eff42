"""Assignment 03, its last task: find the edges of a photograph."""

import numpy as np

from coursecnn.ops import cross_correlate

from ..task import Misconception, Task
from .a03_images import FORBIDDEN
from .a03_inputs import images
from .mistakes import PADDING_HINT, off_by_one

SOBEL_X = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
SOBEL_Y = SOBEL_X.T


def gradient(image):
    """Slopes of an image to the right and downwards, by Sobel's kernels.

    Parameters
    ----------
    image : ndarray, shape (H, W)
        Grey levels.

    Returns
    -------
    ndarray, ndarray, shape (H - 2, W - 2)
        Horizontal and vertical slope.
    """
    image = np.asarray(image, np.float64)
    return cross_correlate(image, SOBEL_X), cross_correlate(image, SOBEL_Y)


def _by_differences(image):
    """Smooth along one axis, subtract along the other, without any kernel."""
    rows = [np.asarray(row, np.float64) for row in image]
    smooth = np.array([a + 2 * b + c for a, b, c in zip(rows, rows[1:], rows[2:], strict=False)])
    steep = np.array([c - a for a, c in zip(rows, rows[2:], strict=False)])
    down = steep[:, :-2] + 2 * steep[:, 1:-1] + steep[:, 2:]
    return np.sqrt((smooth[:, 2:] - smooth[:, :-2]) ** 2 + down**2).tolist()


def _prewitt(image):
    image, kernel = np.asarray(image, np.float64), np.sign(SOBEL_X)
    return np.hypot(cross_correlate(image, kernel), cross_correlate(image, kernel.T))


def _magnitude(image):
    return np.hypot(*gradient(image))


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
        *off_by_one(_magnitude, (0, 1)),
    ),
    alternatives=(
        lambda image: np.linalg.norm(gradient(image), axis=0),
        lambda image: np.abs(gradient(image)[0] + 1j * gradient(image)[1]),
        _by_differences,
    ),
    forbidden=FORBIDDEN,
)
