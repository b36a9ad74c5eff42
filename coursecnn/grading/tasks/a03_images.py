"""Assignment 03, on images: flip a kernel, slide it over an image."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops import cross_correlate

from ..task import Misconception, Task
from .a03_inputs import images_with_kernels, kernels
from .a03_loops import (
    CROSSED,
    FLATTENED,
    LAST_PRODUCT,
    SQUARE_ONLY,
    TOO_FAR,
    TOTAL_NOT_RESET,
    TRANSPOSED_HINT,
    UNFINISHED,
    WHOLE_NUMBERS,
)
from .mistakes import (
    INTEGER_OUTPUT,
    JUMPING_WINDOWS,
    MEAN_NOT_SUM,
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


def _flip_in_place(kernel):
    for at in np.ndindex(kernel.shape):
        kernel[at] = kernel[tuple(n - 1 - i for n, i in zip(kernel.shape, at, strict=True))]
    return kernel


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
        WHOLE_NUMBERS,
        *CROSSED,
        *SQUARE_ONLY,
        *TOO_FAR,
        *UNFINISHED,
        TOTAL_NOT_RESET,
        LAST_PRODUCT,
        FLATTENED,
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
    alternatives=(
        lambda kernel: [list(row)[::-1] for row in kernel][::-1],
        lambda kernel: np.rot90(kernel, 2),
        lambda kernel: kernel.ravel()[::-1].reshape(kernel.shape),
    ),
)
