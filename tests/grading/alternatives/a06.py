"""Right answers to assignment 06 in other styles."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.grading.tasks.common.moves import moved as shifted
from coursecnn.ops import cross_correlate


def _band_by_diagonals(kernel, size):
    rows = size - len(kernel) + 1
    return sum(weight * np.eye(rows, size, k=u) for u, weight in enumerate(kernel))


def _band_by_columns(kernel, size):
    return np.stack([cross_correlate(unit, kernel) for unit in np.eye(size)], axis=1)


def _band_in_lists(kernel, size):
    k = len(kernel)
    return [[0] * i + list(kernel) + [0] * (size - k - i) for i in range(size - k + 1)]


def _by_kronecker(kernel, image_shape):
    height, width = image_shape
    rows, columns = height - kernel.shape[0] + 1, width - kernel.shape[1] + 1
    return sum(
        weight * np.kron(np.eye(rows, height, k=u), np.eye(columns, width, k=v))
        for (u, v), weight in np.ndenumerate(kernel)
    )


def _by_unit_images(kernel, image_shape):
    units = np.eye(np.prod(image_shape)).reshape(-1, *image_shape)
    return np.stack([cross_correlate(unit, kernel).ravel() for unit in units], axis=1)


def _in_lists(kernel, image_shape):
    height, width = image_shape
    rows, columns = height - kernel.shape[0] + 1, width - kernel.shape[1] + 1
    matrix = [[0.0] * (height * width) for _ in range(rows * columns)]
    for (u, v), weight in np.ndenumerate(kernel):
        for place in range(rows * columns):
            i, j = divmod(place, columns)
            matrix[place][(i + u) * width + j + v] = float(weight)
    return matrix


def _counts_by_loop(matrix):
    seen = [weight for row in matrix.tolist() for weight in row if weight]
    return len(seen), len(set(seen))


def _counts_by_sorting(matrix):
    weights = np.sort(matrix[np.nonzero(matrix)])
    return [weights.size, np.count_nonzero(np.diff(weights)) + bool(weights.size)]


def _counts_by_dictionary(matrix):
    tally = {}
    for weight in matrix.flat:
        tally[float(weight)] = tally.get(float(weight), 0) + 1
    tally.pop(0.0, None)
    return np.array([sum(tally.values()), len(tally)])


def _shift_by_loops(image, down, right):
    height, width = image.shape
    return [
        [
            image[i - down, j - right] if 0 <= i - down < height and 0 <= j - right < width else 0
            for j in range(width)
        ]
        for i in range(height)
    ]


def _shift_in_a_frame(image, down, right):
    height, width = image.shape
    framed = np.pad(image, [(height, height), (width, width)])
    top = height - max(-height, min(down, height))
    left = width - max(-width, min(right, width))
    return framed[top : top + height, left : left + width]


def _shift_by_roll(image, down, right):
    out = np.roll(image, (down, right), axis=(0, 1))
    i, j = (np.arange(n) - step for n, step in zip(image.shape, (down, right), strict=True))
    out[(i < 0) | (i >= len(i))] = 0
    out[:, (j < 0) | (j >= len(j))] = 0
    return out


def _gap_by_padding(image, kernel, shift, stride=1):
    def moved(picture, steps):
        return np.pad(picture, [(steps, 0)] * 2)[: len(picture), : picture.shape[1]]

    first = _answers(moved(image, shift), kernel, stride)
    last = moved(_answers(image, kernel, stride), shift // stride)
    return np.sqrt(np.square(first - last))


def _answers(image, kernel, stride):
    windows = sliding_window_view(image, kernel.shape)[::stride, ::stride]
    return np.einsum("hwij,ij->hw", windows, np.asarray(kernel, float))


def _gap_by_loops(image, kernel, shift, stride=1):
    (rows, columns), steps = kernel.shape, shift // stride

    def answer(picture, i, j):
        return np.sum(picture[i : i + rows, j : j + columns] * kernel)

    moved = shifted(image, shift, shift)
    shape = cross_correlate(image, kernel)[::stride, ::stride].shape
    out = np.zeros(shape)
    for i, j in np.ndindex(shape):
        inside = i >= steps and j >= steps
        last = answer(image, (i - steps) * stride, (j - steps) * stride) if inside else 0
        out[i, j] = abs(answer(moved, i * stride, j * stride) - last)
    return out


def _gap_by_larger_and_smaller(image, kernel, shift, stride=1):
    first = cross_correlate(shifted(image, shift, shift), kernel)[::stride, ::stride]
    last = cross_correlate(image, kernel)[::stride, ::stride]
    last = shifted(last, shift // stride, shift // stride)
    return (np.maximum(first, last) - np.minimum(first, last)).tolist()


def _largest_by_turned_kernel(image, kernel):
    """Turning the image is the same as turning the kernel back, and then the output."""
    difference = cross_correlate(image, np.rot90(kernel, -1)) - cross_correlate(image, kernel)
    return max(abs(float(value)) for value in difference.flat)


def _largest_by_indices(image, kernel):
    def answers(picture):
        windows = sliding_window_view(picture, kernel.shape)
        return np.einsum("hwij,ij->hw", windows, np.asarray(kernel, float))

    first, last = answers(image.T[::-1]), answers(image).T[::-1]
    return np.linalg.norm((first - last).ravel(), np.inf)


def _largest_by_sorting(image, kernel):
    difference = cross_correlate(np.rot90(image), kernel) - np.rot90(cross_correlate(image, kernel))
    difference = np.sort(difference, axis=None)
    return max(-difference[0], difference[-1])


ALTERNATIVES = {
    "band_matrix": (_band_by_diagonals, _band_by_columns, _band_in_lists),
    "toeplitz": (_by_kronecker, _by_unit_images, _in_lists),
    "count_connections": (_counts_by_loop, _counts_by_sorting, _counts_by_dictionary),
    "shift_image": (_shift_by_loops, _shift_in_a_frame, _shift_by_roll),
    "equivariance_map": (_gap_by_padding, _gap_by_loops, _gap_by_larger_and_smaller),
    "rotation_gap": (_largest_by_turned_kernel, _largest_by_indices, _largest_by_sorting),
}
