"""Right answers to assignment 03, as different people write them.

Each is the text of a cell. The names in `SYNONYMS` may be replaced by others of their row.
"""

SYNONYMS = {
    "signal": ("signal", "x", "values", "sequence", "series", "sig"),
    "kernel": ("kernel", "w", "weights", "filt", "mask", "taps"),
    "image": ("image", "img", "pixels", "picture", "grid", "im"),
    "out": ("out", "result", "res", "answer", "y", "total"),
    "rows": ("rows", "kh", "k_height", "tall", "height_k", "n_rows"),
    "columns": ("columns", "kw", "k_width", "wide", "width_k", "n_cols"),
    "i": ("i", "row", "a", "top", "pos", "step"),
    "j": ("j", "col", "b", "left", "column_", "place"),
    "u": ("u", "di", "dy", "offset", "m", "r"),
    "v": ("v", "dj", "dx", "shift", "q", "s"),
    "n": ("n", "length", "size", "N", "len_x", "number"),
    "k": ("k", "span", "taps_n", "K", "len_w", "reach"),
}

CROSS_CORRELATE_1D = (
    """
def cross_correlate_1d(signal, kernel):
    out = np.zeros(len(signal) - len(kernel) + 1)
    for i in range(len(out)):
        out[i] = np.sum(signal[i : i + len(kernel)] * kernel)
    return out
""",
    """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    return np.array([np.dot(signal[i : i + k], kernel) for i in range(n - k + 1)])
""",
    """
def cross_correlate_1d(signal, kernel):
    out = []
    for i in range(len(signal) - len(kernel) + 1):
        summe = 0
        for u in range(len(kernel)):
            summe += signal[i + u] * kernel[u]
        out.append(summe)
    return out
""",
    """
from numpy.lib.stride_tricks import sliding_window_view

def cross_correlate_1d(signal, kernel):
    return sliding_window_view(signal, len(kernel)) @ kernel
""",
    """
def cross_correlate_1d(signal, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(signal, kernel.shape)
    return np.einsum("ab,b->a", windows, kernel)
""",
    """
def cross_correlate_1d(signal, kernel):
    n = signal.size + kernel.size - 1
    product = np.fft.rfft(signal, n) * np.fft.rfft(kernel[::-1], n)
    return np.fft.irfft(product, n)[kernel.size - 1 : signal.size]
""",
    """
def cross_correlate_1d(signal, kernel):
    n = len(signal) - len(kernel) + 1
    out = np.zeros(n)
    for u, weight in enumerate(kernel):
        out += weight * signal[u : u + n]
    return out
""",
    """
def cross_correlate_1d(signal, kernel):
    out = []
    i = 0
    while i + len(kernel) <= len(signal):
        out.append((signal[i : i + len(kernel)] * kernel).sum())
        i += 1
    return np.array(out)
""",
    """
def cross_correlate_1d(signal, kernel):
    n, k = signal.shape[0], kernel.shape[0]
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix @ signal
""",
    """
def cross_correlate_1d(signal, kernel):
    k = len(kernel)
    places = np.arange(len(signal) - k + 1)[:, None] + np.arange(k)[None, :]
    return (signal[places] * kernel).sum(axis=1)
""",
    """
cross_correlate_1d = lambda signal, kernel: [
    sum(float(a_) * float(b_) for a_, b_ in zip(signal[i:], kernel))
    for i in range(len(signal) - len(kernel) + 1)
]
""",
    """
class Slider:
    def __init__(self, combine):
        self.combine = combine

    def __call__(self, signal, kernel):
        k = len(kernel)
        return [self.combine(signal[i : i + k], kernel) for i in range(len(signal) - k + 1)]

cross_correlate_1d = Slider(np.inner)
""",
)

CONVOLVE_1D = (
    """
def convolve_1d(signal, kernel):
    return cross_correlate_1d(signal, kernel[::-1])
""",
    """
def convolve_1d(signal, kernel):
    return cross_correlate_1d(signal, np.flip(kernel))
""",
    """
def convolve_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    out = np.zeros(n - k + 1)
    for i in range(n - k + 1):
        for u in range(k):
            out[i] += signal[i + k - 1 - u] * kernel[u]
    return out
""",
    """
def convolve_1d(signal, kernel):
    turned = list(kernel)[::-1]
    k = len(turned)
    return [
        sum(turned[u] * signal[i + u] for u in range(k)) for i in range(len(signal) - k + 1)
    ]
""",
    """
def convolve_1d(signal, kernel):
    n = len(signal) + len(kernel) - 1
    product = np.fft.fft(signal, n) * np.fft.fft(kernel, n)
    return np.real(np.fft.ifft(product))[len(kernel) - 1 : len(signal)]
""",
    """
def convolve_1d(signal, kernel):
    n = len(signal) - len(kernel) + 1
    return sum(
        weight * signal[len(kernel) - 1 - u : len(kernel) - 1 - u + n]
        for u, weight in enumerate(kernel)
    )
""",
    """
def convolve_1d(signal, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(signal, len(kernel))
    return windows @ np.flip(kernel)
""",
    """
def convolve_1d(signal, kernel):
    k = kernel.shape[0]
    out = np.zeros(signal.shape[0] - k + 1)
    for i in range(out.shape[0]):
        out[i] = np.dot(signal[i : i + k][::-1], kernel)
    return out
""",
    """
def turn(weights_):
    return weights_[::-1].copy()

def convolve_1d(signal, kernel):
    turned = turn(kernel)
    out = []
    for i in range(len(signal) - len(turned) + 1):
        out.append(np.sum(signal[i : i + len(turned)] * turned))
    return np.asarray(out)
""",
)

FLIP = (
    """
def flip(kernel):
    return kernel[::-1, ::-1]
""",
    """
def flip(kernel):
    return np.flip(kernel)
""",
    """
def flip(kernel):
    return np.flip(kernel, axis=(0, 1))
""",
    """
def flip(kernel):
    return np.flipud(np.fliplr(kernel))
""",
    """
def flip(kernel):
    return np.rot90(np.rot90(kernel))
""",
    """
def flip(kernel):
    return [list(line)[::-1] for line in kernel][::-1]
""",
    """
def flip(kernel):
    rows, columns = kernel.shape
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = kernel[rows - 1 - i, columns - 1 - j]
    return out
""",
    """
def flip(kernel):
    return kernel.ravel()[::-1].reshape(kernel.shape)
""",
    """
def flip(kernel):
    out = np.empty_like(kernel)
    for (i, j), weight in np.ndenumerate(kernel):
        out[-1 - i, -1 - j] = weight
    return out
""",
    """
def flip(kernel):
    upside_down = kernel[::-1, :]
    return upside_down[:, ::-1]
""",
    """
def flip(kernel):
    rows, columns = kernel.shape
    return kernel[np.ix_(np.arange(rows)[::-1], np.arange(columns)[::-1])]
""",
    """
def flip(kernel):
    rows, columns = (np.eye(n)[::-1] for n in kernel.shape)
    return rows @ kernel @ columns
""",
)

CONV2D_VALID = (
    """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out
""",
    """
def conv2d_valid(image, kernel):
    height, width = image.shape
    rows, columns = kernel.shape
    out = np.zeros((height - rows + 1, width - columns + 1))
    for i, j in np.ndindex(out.shape):
        window = image[i : i + rows, j : j + columns]
        out[i, j] = (window * kernel).sum()
    return out
""",
    """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i in range(len(out)):
        for j in range(len(out[0])):
            summe = 0
            for u in range(rows):
                for v in range(columns):
                    summe = summe + image[i + u, j + v] * kernel[u, v]
            out[i, j] = summe
    return out
""",
    """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    return [
        [
            float(np.sum(image[i : i + rows, j : j + columns] * kernel))
            for j in range(image.shape[1] - columns + 1)
        ]
        for i in range(image.shape[0] - rows + 1)
    ]
""",
    """
from numpy.lib.stride_tricks import sliding_window_view

def conv2d_valid(image, kernel):
    return np.einsum("hwij,ij->hw", sliding_window_view(image, kernel.shape), kernel)
""",
    """
def conv2d_valid(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum(axis=(2, 3))
""",
    """
def conv2d_valid(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.tensordot(windows, kernel, axes=2)
""",
    """
def conv2d_valid(image, kernel):
    rows = image.shape[0] - kernel.shape[0] + 1
    columns = image.shape[1] - kernel.shape[1] + 1
    out = np.zeros((rows, columns))
    for (u, v), weight in np.ndenumerate(kernel):
        out += weight * image[u : u + rows, v : v + columns]
    return out
""",
    """
def conv2d_valid(image, kernel):
    rows, columns = (n - k + 1 for n, k in zip(image.shape, kernel.shape))
    spectrum = np.fft.fft2(image) * np.conj(np.fft.fft2(kernel, image.shape))
    return np.fft.ifft2(spectrum).real[:rows, :columns]
""",
    """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    high, wide_ = image.shape[0] - rows + 1, image.shape[1] - columns + 1
    patches = [
        image[i : i + rows, j : j + columns].ravel() for i in range(high) for j in range(wide_)
    ]
    return (np.array(patches) @ kernel.ravel()).reshape(high, wide_)
""",
    """
def conv2d_valid(image, kernel):
    rows = len(kernel)
    out = []
    for i in range(len(image) - rows + 1):
        lines = [cross_correlate_1d(image[i + u], kernel[u]) for u in range(rows)]
        out.append(np.sum(lines, axis=0))
    return np.array(out)
""",
    """
def window_at(image, i, j, shape):
    return image[i : i + shape[0], j : j + shape[1]]

def conv2d_valid(image, kernel):
    shape = tuple(np.subtract(image.shape, kernel.shape) + 1)
    out = np.zeros(shape)
    for i in range(shape[0]):
        for j in range(shape[1]):
            out[i][j] = np.vdot(window_at(image, i, j, kernel.shape), kernel)
    return out
""",
    """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    i = 0
    while i < out.shape[0]:
        j = 0
        while j < out.shape[1]:
            out[i, j] = np.multiply(image[i : i + rows, j : j + columns], kernel).sum()
            j += 1
        i += 1
    return out
""",
)

EDGE_MAP = (
    """
def edge_map(image):
    sobel_x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    to_the_right = conv2d_valid(image, sobel_x)
    downwards = conv2d_valid(image, sobel_x.T)
    return np.sqrt(np.square(to_the_right) + np.square(downwards))
""",
    """
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])

def edge_map(image):
    return np.hypot(conv2d_valid(image, SOBEL), conv2d_valid(image, SOBEL.T))
""",
    """
def edge_map(image):
    sobel = np.outer([1, 2, 1], [-1, 0, 1])
    slopes = np.array([conv2d_valid(image, sobel), conv2d_valid(image, sobel.T)])
    return np.linalg.norm(slopes, axis=0)
""",
    """
def edge_map(image):
    sobel_x = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    sobel_y = np.array([[-1.0, -2, -1], [0, 0, 0], [1, 2, 1]])
    gx = np.asarray(conv2d_valid(image, sobel_x))
    gy = np.asarray(conv2d_valid(image, sobel_y))
    return abs(gx + 1j * gy)
""",
    """
def edge_map(image):
    x_ = image.astype(float)
    smooth = x_[:-2] + 2 * x_[1:-1] + x_[2:]
    gx = smooth[:, 2:] - smooth[:, :-2]
    smooth = x_[:, :-2] + 2 * x_[:, 1:-1] + x_[:, 2:]
    gy = smooth[2:] - smooth[:-2]
    return (gx**2 + gy**2) ** 0.5
""",
    """
def edge_map(image):
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(image, float), (3, 3))
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    gx = np.einsum("hwij,ij->hw", windows, sobel)
    gy = np.einsum("hwij,ji->hw", windows, sobel)
    return np.hypot(gx, gy)
""",
    """
import math

def edge_map(image):
    weights_ = {(0, 0): -1, (1, 0): -2, (2, 0): -1, (0, 2): 1, (1, 2): 2, (2, 2): 1}
    out = []
    for i in range(image.shape[0] - 2):
        line = []
        for j in range(image.shape[1] - 2):
            gx = sum(w_ * float(image[i + u, j + v]) for (u, v), w_ in weights_.items())
            gy = sum(w_ * float(image[i + v, j + u]) for (u, v), w_ in weights_.items())
            line.append(math.sqrt(gx * gx + gy * gy))
        out.append(line)
    return out
""",
)

ANSWERS = {
    "cross_correlate_1d": CROSS_CORRELATE_1D,
    "convolve_1d": CONVOLVE_1D,
    "flip": FLIP,
    "conv2d_valid": CONV2D_VALID,
    "edge_map": EDGE_MAP,
}
