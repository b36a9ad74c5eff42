"""Right answers to assignment 03 in other styles."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.grading.tasks.a03.images import gradient


def _correlate_loops(signal, kernel):
    places = len(signal) - len(kernel) + 1
    return [sum(s * w for s, w in zip(signal[i:], kernel, strict=False)) for i in range(places)]


def _correlate_windows(signal, kernel):
    return sliding_window_view(signal, len(kernel)) @ kernel


def _convolve_fft(signal, kernel):
    size = len(signal) + len(kernel) - 1
    product = np.fft.rfft(signal, size) * np.fft.rfft(kernel, size)
    return np.fft.irfft(product, size)[len(kernel) - 1 : len(signal)]


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


def _by_differences(image):
    """Smooth along one axis, subtract along the other, without any kernel."""
    rows = [np.asarray(row, np.float64) for row in image]
    smooth = np.array([a + 2 * b + c for a, b, c in zip(rows, rows[1:], rows[2:], strict=False)])
    steep = np.array([c - a for a, c in zip(rows, rows[2:], strict=False)])
    down = steep[:, :-2] + 2 * steep[:, 1:-1] + steep[:, 2:]
    return np.sqrt((smooth[:, 2:] - smooth[:, :-2]) ** 2 + down**2).tolist()


ALTERNATIVES = {
    "cross_correlate_1d": (
        _correlate_loops,
        _correlate_windows,
        lambda signal, kernel: _convolve_fft(signal, kernel[::-1]),
    ),
    "convolve_1d": (
        _convolve_fft,
        lambda signal, kernel: _correlate_loops(signal, kernel[::-1]),
        lambda signal, kernel: sum(
            weight * signal[len(kernel) - 1 - i : len(signal) - i]
            for i, weight in enumerate(kernel)
        ),
    ),
    "flip": (
        lambda kernel: [list(row)[::-1] for row in kernel][::-1],
        lambda kernel: np.rot90(kernel, 2),
        lambda kernel: kernel.ravel()[::-1].reshape(kernel.shape),
    ),
    "conv2d_valid": (_loops, _einsum, _fourier, _shifts),
    "edge_map": (
        lambda image: np.linalg.norm(gradient(image), axis=0),
        lambda image: np.abs(gradient(image)[0] + 1j * gradient(image)[1]),
        _by_differences,
    ),
}
