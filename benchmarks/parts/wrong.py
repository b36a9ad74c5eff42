"""Wrong answers to assignment 03: from task to pairs of what must be said of them, and the cell.

What must be said is a verdict, and the misconception after a colon if it is a known one. Names may
be replaced as `right.SYNONYMS` says.
"""

CROSS_CORRELATE_1D = (
    (
        "wrong:flipped-kernel",
        """
def cross_correlate_1d(signal, kernel):
    kernel = kernel[::-1]
    n, k = len(signal), len(kernel)
    return np.array([np.sum(signal[i : i + k] * kernel) for i in range(n - k + 1)])
""",
    ),
    (
        "wrong:off-by-one",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    out = np.zeros(n - k)
    for i in range(n - k):
        out[i] = np.dot(signal[i : i + k], kernel)
    return out
""",
    ),
    (
        "wrong:off-by-one",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    out = np.zeros(n - k + 1)
    for i in range(n - k):
        out[i] = (signal[i : i + k] * kernel).sum()
    return out
""",
    ),
    (
        "wrong:same-padding",
        """
def cross_correlate_1d(signal, kernel):
    k = len(kernel)
    padded = np.pad(signal, (k // 2, (k - 1) // 2))
    return np.array([np.sum(padded[i : i + k] * kernel) for i in range(len(signal))])
""",
    ),
    (
        "wrong:full-padding",
        """
def cross_correlate_1d(signal, kernel):
    k = len(kernel)
    padded = np.pad(signal, k - 1)
    return [np.sum(padded[i : i + k] * kernel) for i in range(len(padded) - k + 1)]
""",
    ),
    (
        "wrong:mean-not-sum",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    out = np.zeros(n - k + 1)
    for i in range(n - k + 1):
        out[i] = np.mean(signal[i : i + k] * kernel)
    return out
""",
    ),
    (
        "wrong:jumping-windows",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    return np.array([np.sum(signal[i : i + k] * kernel) for i in range(0, n - k + 1, k)])
""",
    ),
    (
        "wrong:no-return",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    out = np.zeros(n - k + 1)
    for i in range(n - k + 1):
        out[i] = np.sum(signal[i : i + k] * kernel)
    print(out)
""",
    ),
    (
        "wrong:returned-too-early",
        """
def cross_correlate_1d(signal, kernel):
    k = len(kernel)
    for i in range(len(signal) - k + 1):
        out = np.sum(signal[i : i + k] * kernel)
        return out
""",
    ),
    (
        "error",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    out = np.zeros(n - k + 1)
    for i in range(n - k + 1):
        out[i] = np.sum(signal[i : i + k] * kernal)
    return out
""",
    ),
    (
        "error",
        """
def cross_correlate_1d(signal, kernel):
    out = np.zeros(len(signal) - len(kernel) + 1)
    for i in range(len(signal) + 1):
        out[i] = np.sum(signal[i : i + len(kernel)] * kernel)
    return out
""",
    ),
    (
        "error",
        """
def cross_correlate_1d(signal, kernel)
    n, k = len(signal), len(kernel)
    return [sum(signal[i : i + k] * kernel) for i in range(n - k + 1)]
""",
    ),
    (
        "review",
        """
def cross_correlate_1d(signal, kernel):
    return np.correlate(signal, kernel, mode="valid")
""",
    ),
    (
        "review",
        """
import scipy.signal as sps

def cross_correlate_1d(signal, kernel):
    return sps.correlate(signal, kernel, mode="valid")
""",
    ),
)

CONVOLVE_1D = (
    (
        "wrong:kernel-not-flipped",
        """
def convolve_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    return np.array([np.sum(signal[i : i + k] * kernel) for i in range(n - k + 1)])
""",
    ),
    (
        "wrong:kernel-not-flipped",
        """
def convolve_1d(signal, kernel):
    np.flip(kernel)
    return cross_correlate_1d(signal, kernel)
""",
    ),
    (
        "wrong:flipped-signal",
        """
def convolve_1d(signal, kernel):
    return cross_correlate_1d(signal[::-1], kernel)
""",
    ),
    (
        "wrong:flipped-signal",
        """
def convolve_1d(signal, kernel):
    signal = np.flip(signal)
    k = kernel.size
    return [np.dot(signal[i : i + k], kernel) for i in range(signal.size - k + 1)]
""",
    ),
    (
        "wrong:off-by-one",
        """
def convolve_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    out = []
    for i in range(n - k):
        out.append(np.sum(signal[i : i + k] * kernel[::-1]))
    return np.array(out)
""",
    ),
    (
        "wrong:full-padding",
        """
def convolve_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    out = np.zeros(n + k - 1)
    for i in range(n):
        for u in range(k):
            out[i + u] += signal[i] * kernel[u]
    return out
""",
    ),
    (
        "wrong:no-return",
        """
def convolve_1d(signal, kernel):
    turned = kernel[::-1]
    k = len(turned)
    out = [np.sum(signal[i : i + k] * turned) for i in range(len(signal) - k + 1)]
""",
    ),
    (
        "error",
        """
def convolve_1d(signal, kernel):
    kernel.reverse()
    return cross_correlate_1d(signal, kernel)
""",
    ),
    (
        "wrong:too-far",
        """
def convolve_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    return [sum(signal[i + k - u] * kernel[u] for u in range(k)) for i in range(n - k + 1)]
""",
    ),
    (
        "error",
        """
def convolve_1d(signal, kernel):
return cross_correlate_1d(signal, kernel[::-1])
""",
    ),
    (
        "review",
        """
def convolve_1d(signal, kernel):
    return np.convolve(signal, kernel, "valid")
""",
    ),
)

FLIP = (
    (
        "wrong:flipped-one-axis",
        """
def flip(kernel):
    return kernel[::-1]
""",
    ),
    (
        "wrong:flipped-one-axis",
        """
def flip(kernel):
    return np.array([line[::-1] for line in kernel])
""",
    ),
    (
        "wrong:transposed",
        """
def flip(kernel):
    return kernel.T
""",
    ),
    (
        "wrong:transposed",
        """
def flip(kernel):
    rows, columns = kernel.shape
    out = np.zeros((columns, rows))
    for i in range(rows):
        for j in range(columns):
            out[j, i] = kernel[i, j]
    return out
""",
    ),
    (
        "wrong:quarter-turn",
        """
def flip(kernel):
    return np.rot90(kernel)
""",
    ),
    (
        "wrong:no-return",
        """
def flip(kernel):
    kernel[:] = kernel[::-1, ::-1].copy()
""",
    ),
    (
        "wrong:nothing-turned",
        """
def flip(kernel):
    return kernel
""",
    ),
    (
        "wrong:negated",
        """
def flip(kernel):
    return -kernel
""",
    ),
    (
        "error",
        """
def flip(kernel):
    return kernel.flip()
""",
    ),
    (
        "error",
        """
def flip(kernel):
    return kernel[::-1, ::-1
""",
    ),
    (
        "wrong:too-far",
        """
def flip(kernel):
    rows, columns = kernel.shape
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = kernel[rows - i, columns - j]
    return out
""",
    ),
)

CONV2D_VALID = (
    (
        "wrong:flipped-kernel",
        """
def conv2d_valid(image, kernel):
    kernel = np.flip(kernel)
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i, j in np.ndindex(out.shape):
        out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out
""",
    ),
    (
        "wrong:flipped-kernel",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            for u in range(rows):
                for v in range(columns):
                    out[i, j] += image[i + u, j + v] * kernel[rows - 1 - u, columns - 1 - v]
    return out
""",
    ),
    (
        "wrong:off-by-one",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows, image.shape[1] - columns))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out
""",
    ),
    (
        "wrong:off-by-one",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i in range(image.shape[0] - rows):
        for j in range(image.shape[1] - columns):
            out[i, j] = (image[i : i + rows, j : j + columns] * kernel).sum()
    return out
""",
    ),
    (
        "wrong:off-by-one",
        """
def conv2d_valid(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)[:-1]
    return np.sum(windows * kernel, axis=(-2, -1))
""",
    ),
    (
        "wrong:off-by-one",
        """
def conv2d_valid(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)[:, :-1]
    return np.einsum("hwij,ij->hw", windows, kernel)
""",
    ),
    (
        "wrong:transposed",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[1] - columns + 1, image.shape[0] - rows + 1))
    for i in range(image.shape[0] - rows + 1):
        for j in range(image.shape[1] - columns + 1):
            out[j, i] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out
""",
    ),
    (
        "wrong:transposed",
        """
def conv2d_valid(image, kernel):
    width, height = image.shape
    rows, columns = kernel.shape
    out = np.zeros((height - rows + 1, width - columns + 1))
    for i in range(height - rows + 1):
        for j in range(width - columns + 1):
            out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out
""",
    ),
    (
        "wrong:same-padding",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    padded = np.pad(
        image, ((rows // 2, (rows - 1) // 2), (columns // 2, (columns - 1) // 2))
    )
    out = np.zeros(image.shape)
    for i, j in np.ndindex(out.shape):
        out[i, j] = np.sum(padded[i : i + rows, j : j + columns] * kernel)
    return out
""",
    ),
    (
        "wrong:full-padding",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    padded = np.pad(image, ((rows - 1, rows - 1), (columns - 1, columns - 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    return (windows * kernel).sum((2, 3))
""",
    ),
    (
        "wrong:mean-not-sum",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.mean(image[i : i + rows, j : j + columns] * kernel)
    return out
""",
    ),
    (
        "wrong:jumping-windows",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = []
    for i in range(0, image.shape[0] - rows + 1, rows):
        line = []
        for j in range(0, image.shape[1] - columns + 1, columns):
            line.append(np.sum(image[i : i + rows, j : j + columns] * kernel))
        out.append(line)
    return np.array(out)
""",
    ),
    (
        "wrong:integer-output",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros_like(image)[rows - 1 :, columns - 1 :]
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out
""",
    ),
    (
        "wrong:matrix-product",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + rows, j : j + columns] @ kernel)
    return out
""",
    ),
    (
        "wrong:no-return",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i, j in np.ndindex(out.shape):
        out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
""",
    ),
    (
        "wrong",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = image[i : i + rows, j : j + columns].max()
    return out
""",
    ),
    (
        "error",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            out[i + 1, j + 1] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out
""",
    ),
    (
        "error",
        """
def conv2d_valid(image, kernel):
    rows, columns = len(kernel), len(kernel[0])
    out = np.zeros(image.shape[0] - rows + 1, image.shape[1] - columns + 1)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out
""",
    ),
    (
        "error",
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    for i in range(image.shape[0] - rows + 1):
    for j in range(image.shape[1] - columns + 1):
        out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out
""",
    ),
    (
        "error",
        """
import opencv_helper

def conv2d_valid(image, kernel):
    return opencv_helper.filter(image, kernel)
""",
    ),
    (
        "review",
        """
import scipy.signal

def conv2d_valid(image, kernel):
    return scipy.signal.correlate2d(image, kernel, mode="valid")
""",
    ),
    (
        "review",
        """
import scipy.signal as sps

def conv2d_valid(image, kernel):
    return sps.convolve2d(image, kernel[::-1, ::-1], mode="valid")
""",
    ),
)

SLOPES = """
def slopes(image):
    image = np.asarray(image, float)
    gx = image[:-2, 2:] - image[:-2, :-2] + 2 * (image[1:-1, 2:] - image[1:-1, :-2])
    gx += image[2:, 2:] - image[2:, :-2]
    gy = image[2:, :-2] - image[:-2, :-2] + 2 * (image[2:, 1:-1] - image[:-2, 1:-1])
    gy += image[2:, 2:] - image[:-2, 2:]
    return gx, gy
"""
EDGE_MAP = (
    (
        "wrong:one-direction",
        """
def edge_map(image):
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return np.abs(conv2d_valid(image, sobel))
""",
    ),
    (
        "wrong:one-direction",
        f"""{SLOPES}
def edge_map(image):
    gx, gy = slopes(image)
    return abs(gy)
""",
    ),
    (
        "wrong:slopes-added",
        """
def edge_map(image):
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return np.add(conv2d_valid(image, sobel), conv2d_valid(image, sobel.T))
""",
    ),
    (
        "wrong:sum-of-absolutes",
        f"""{SLOPES}
def edge_map(image):
    gx, gy = slopes(image)
    return np.abs(gx) + np.abs(gy)
""",
    ),
    (
        "wrong:no-root",
        """
def edge_map(image):
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    gx, gy = conv2d_valid(image, sobel), conv2d_valid(image, sobel.T)
    return np.square(gx) + np.square(gy)
""",
    ),
    (
        "wrong:no-root",
        f"""{SLOPES}
def edge_map(image):
    return sum(slope * slope for slope in slopes(image))
""",
    ),
    (
        "wrong:same-padding",
        f"""{SLOPES}
def edge_map(image):
    gx, gy = slopes(np.pad(image, 1))
    return np.hypot(gx, gy)
""",
    ),
    (
        "wrong:off-by-one",
        f"""{SLOPES}
def edge_map(image):
    out = np.zeros((image.shape[0] - 2, image.shape[1] - 2))
    gx, gy = slopes(image)
    for i in range(image.shape[0] - 3):
        for j in range(image.shape[1] - 3):
            out[i, j] = np.sqrt(gx[i, j] ** 2 + gy[i, j] ** 2)
    return out
""",
    ),
    (
        "wrong:no-return",
        f"""{SLOPES}
def edge_map(image):
    gx, gy = slopes(image)
    out = np.sqrt(gx**2 + gy**2)
    print(out.shape)
""",
    ),
    (
        "wrong",
        f"""{SLOPES}
def edge_map(image):
    gx, gy = slopes(image)
    return np.arctan2(gy, gx) + 1
""",
    ),
    (
        "error",
        """
def edge_map(image):
    gx = conv2d_valid(image, sobel_x)
    gy = conv2d_valid(image, sobel_y)
    return np.sqrt(gx**2 + gy**2)
""",
    ),
    (
        "error",
        f"""{SLOPES}
def edge_map(image):
    gx, gy = slopes(image)
    return np.squareroot(gx**2 + gy**2)
""",
    ),
    (
        "error",
        """
def edge_map(image):
    return np.hypot(image[2:] - image[:-2], image[:, 2:] - image[:, :-2]
""",
    ),
    (
        "review",
        """
from scipy import ndimage

def edge_map(image):
    image = np.asarray(image, float)
    gx, gy = ndimage.sobel(image, axis=1), ndimage.sobel(image, axis=0)
    return np.hypot(gx, gy)[1:-1, 1:-1]
""",
    ),
)

ANSWERS = {
    "cross_correlate_1d": CROSS_CORRELATE_1D,
    "convolve_1d": CONVOLVE_1D,
    "flip": FLIP,
    "conv2d_valid": CONV2D_VALID,
    "edge_map": EDGE_MAP,
}
