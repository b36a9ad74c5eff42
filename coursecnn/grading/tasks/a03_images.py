"""Assignment 03, on images: flip a kernel, slide it over an image, find edges."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops import cross_correlate

from ..task import Misconception, Task
from .a03_inputs import images, images_with_kernels, kernels
from .mistakes import (
    INTEGER_OUTPUT,
    JUMPING_WINDOWS,
    MEAN_NOT_SUM,
    PADDING_HINT,
    flipped,
    off_by_one,
    padded,
)

FORBIDDEN = (
    "coursecnn.ops",
    "cv2",
    "scipy.ndimage",
    "scipy.signal",
    "skimage.filters",
    "torch.conv2d",
    "torch.nn.Conv2d",
    "torch.nn.functional.conv2d",
)
TRANSPOSED_HINT = (
    "Rows and columns have changed places: the first index is the row in the image, in the "
    "kernel, and in the result."
)
SOBEL_X = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
SOBEL_Y = SOBEL_X.T


def _loops(image, kernel):
    height, width = kernel.shape
    return [
        [
            sum(image[i + u, j + v] * kernel[u, v] for u in range(height) for v in range(width))
            for j in range(image.shape[1] - width + 1)
        ]
        for i in range(image.shape[0] - height + 1)
    ]


def _einsum(image, kernel):
    return np.einsum("hwij,ij->hw", sliding_window_view(image, kernel.shape), kernel)


def _fourier(image, kernel):
    spectrum = np.fft.fft2(image) * np.conj(np.fft.fft2(kernel, image.shape))
    rows, columns = (n - k + 1 for n, k in zip(image.shape, kernel.shape, strict=True))
    return np.fft.ifft2(spectrum).real[:rows, :columns]


def _shifts(image, kernel):
    rows, columns = (n - k + 1 for n, k in zip(image.shape, kernel.shape, strict=True))
    total = np.zeros((rows, columns))
    for (u, v), weight in np.ndenumerate(kernel):
        total += weight * image[u : u + rows, v : v + columns]
    return total


def _swapped_sizes(image, kernel):
    """Loops that take the first size for the width: they leave a high image."""
    width, height = image.shape
    rows, columns = kernel.shape
    out = np.zeros((height - rows + 1, width - columns + 1))
    for i, j in np.ndindex(out.shape):
        out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out


def _matrix_products(image, kernel):
    return np.sum(sliding_window_view(image, kernel.shape) @ kernel, axis=(2, 3))


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


def _magnitude(image):
    return np.hypot(*gradient(image))


CONV2D_VALID = Task(
    id="conv2d_valid",
    points=3,
    reference=cross_correlate,
    arguments=("image", "kernel"),
    inputs=images_with_kernels,
    misconceptions=(
        flipped(cross_correlate),
        *off_by_one(cross_correlate, (0, 1)),
        *off_by_one(cross_correlate, (0,)),
        *off_by_one(cross_correlate, (1,)),
        Misconception("transposed", lambda x, k: cross_correlate(x, k).T, TRANSPOSED_HINT),
        Misconception("transposed", lambda x, k: cross_correlate(x, k.T), TRANSPOSED_HINT),
        Misconception("transposed", _swapped_sizes, TRANSPOSED_HINT),
        *padded(cross_correlate),
        MEAN_NOT_SUM,
        JUMPING_WINDOWS,
        INTEGER_OUTPUT,
        Misconception(
            "matrix-product",
            _matrix_products,
            "`@` and `np.dot` multiply matrices; here `*` multiplies entries in the same place.",
        ),
    ),
    alternatives=(_loops, _einsum, _fourier, _shifts),
    forbidden=FORBIDDEN,
)

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
            "transposed",
            np.transpose,
            "Transposing mirrors at the diagonal; here rows and columns stay what they are.",
        ),
        Misconception(
            "quarter-turn",
            np.rot90,
            "That is a turn by 90°; reversing both axes is a turn by 180°.",
        ),
    ),
    alternatives=(
        lambda kernel: [list(row)[::-1] for row in kernel][::-1],
        lambda kernel: np.rot90(kernel, 2),
        lambda kernel: kernel.ravel()[::-1].reshape(kernel.shape),
    ),
)

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
        lambda image: np.hypot(
            _shifts(np.asarray(image, float), SOBEL_X), _shifts(np.asarray(image, float), SOBEL_Y)
        ).tolist(),
    ),
    forbidden=FORBIDDEN,
)
