"""Wrong answers to assignment 03, by somebody who did not know which mistakes have names."""

WRONG = [
    (
        "cross_correlate_1d",
        "the last place is left out: its number stays 0",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    result = np.zeros(n - k + 1)
    for i in range(n - k):
        result[i] = np.sum(signal[i:i + k] * kernel)
    return result
""",
    ),
    (
        "cross_correlate_1d",
        "result has the type of the signal: whole-number signal cuts off a kernel of floats",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    result = np.zeros(n - k + 1, dtype=signal.dtype)
    for i in range(n - k + 1):
        result[i] = np.sum(signal[i:i + k] * kernel)
    return result
""",
    ),
    (
        "cross_correlate_1d",
        "the running total is never set back to 0",
        """
def cross_correlate_1d(signal, kernel):
    result = []
    total = 0
    for i in range(len(signal) - len(kernel) + 1):
        for u in range(len(kernel)):
            total += signal[i + u] * kernel[u]
        result.append(total)
    return np.array(result)
""",
    ),
    (
        "cross_correlate_1d",
        "assignment instead of += in the inner loop: only the last product remains",
        """
def cross_correlate_1d(signal, kernel):
    places = len(signal) - len(kernel) + 1
    y = np.zeros(places)
    for i in range(places):
        for u in range(len(kernel)):
            y[i] = signal[i + u] * kernel[u]
    return y
""",
    ),
    (
        "convolve_1d",
        "turns the signal round instead of the kernel: result comes from its end",
        """
def convolve_1d(signal, kernel):
    return cross_correlate_1d(signal[::-1], kernel)
""",
    ),
    (
        "convolve_1d",
        "uses x[i - u], whose negative indices wrap round",
        """
def convolve_1d(signal, kernel):
    k = len(kernel)
    y = np.zeros(len(signal) - k + 1)
    for i in range(len(y)):
        for u in range(k):
            y[i] += signal[i - u] * kernel[u]
    return y
""",
    ),
    (
        "convolve_1d",
        "the slice [:0:-1] from the end leaves out the first weight",
        """
def convolve_1d(signal, kernel):
    turned = kernel[:0:-1]
    return cross_correlate_1d(signal, turned)
""",
    ),
    (
        "convolve_1d",
        "exchanges only the first and the last weight",
        """
def convolve_1d(signal, kernel):
    turned = kernel.copy()
    turned[0], turned[-1] = kernel[-1], kernel[0]
    return cross_correlate_1d(signal, turned)
""",
    ),
    (
        "flip",
        "two slices one after the other reverse the rows twice: nothing happens",
        """
def flip(kernel):
    return kernel[::-1][::-1]
""",
    ),
    (
        "flip",
        "negative index without -1: row 0 stays where it is",
        """
def flip(kernel):
    result = np.zeros(kernel.shape)
    for u in range(kernel.shape[0]):
        for v in range(kernel.shape[1]):
            result[u, v] = kernel[-u, -v]
    return result
""",
    ),
    (
        "flip",
        "overwrites the entries while it still needs them",
        """
def flip(kernel):
    kernel = kernel.copy()
    h, w = kernel.shape
    for u in range(h):
        for v in range(w):
            kernel[u, v] = kernel[h - 1 - u, w - 1 - v]
    return kernel
""",
    ),
    (
        "conv2d_valid",
        "result has the type of the image",
        """
def conv2d_valid(image, kernel):
    kh, kw = kernel.shape
    h, w = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    result = np.zeros((h, w), dtype=image.dtype)
    for i in range(h):
        for j in range(w):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result
""",
    ),
    (
        "conv2d_valid",
        "a true convolution: the kernel is flipped",
        """
def conv2d_valid(image, kernel):
    kh, kw = kernel.shape
    h, w = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    turned = flip(kernel)
    result = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * turned)
    return result
""",
    ),
    (
        "conv2d_valid",
        "u and v change places at the image: works like the transposed kernel",
        """
def conv2d_valid(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    result = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            for u in range(kh):
                for v in range(kw):
                    result[i, j] += image[i + v, j + u] * kernel[u, v]
    return result
""",
    ),
    (
        "conv2d_valid",
        "matrix product of window and kernel instead of entry by entry",
        """
def conv2d_valid(image, kernel):
    kh, kw = kernel.shape
    H, W = image.shape
    result = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] @ kernel.T)
    return result
""",
    ),
    (
        "conv2d_valid",
        "return inside the outer loop: only the first row is filled",
        """
def conv2d_valid(image, kernel):
    kh, kw = kernel.shape
    H, W = image.shape
    result = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
        return result
""",
    ),
    (
        "edge_map",
        "sum of the absolute slopes instead of the length of the arrow",
        """
def edge_map(image):
    sx = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    gx = conv2d_valid(image, sx)
    gy = conv2d_valid(image, sx.T)
    return np.sqrt(gx ** 2) + np.sqrt(gy ** 2)
""",
    ),
    (
        "edge_map",
        "reverses the rows of S_x instead of transposing it, so both slopes are the same",
        """
def edge_map(image):
    sx = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    sy = sx[::-1]
    gx = conv2d_valid(image, sx)
    gy = conv2d_valid(image, sy)
    return np.sqrt(gx ** 2 + gy ** 2)
""",
    ),
    (
        "edge_map",
        "cuts off at 255 as for a picture of bytes",
        """
def edge_map(image):
    sx = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    gx = conv2d_valid(image, sx)
    gy = conv2d_valid(image, sx.T)
    return np.clip(np.sqrt(gx ** 2 + gy ** 2), 0, 255)
""",
    ),
    (
        "edge_map",
        "the middle weights 2 forgotten: all weights are 1",
        """
def edge_map(image):
    sx = np.array([[-1, 0, 1]] * 3)
    gx = conv2d_valid(image, sx)
    gy = conv2d_valid(image, sx.T)
    return np.hypot(gx, gy)
""",
    ),
    (
        "cross_correlate_1d",
        "stride of k",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    return np.array([np.sum(signal[i : i + k] * kernel) for i in range(0, n - k + 1, k)])
""",
    ),
    (
        "cross_correlate_1d",
        "mean instead of sum",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    return np.array([np.mean(signal[i : i + k] * kernel) for i in range(n - k + 1)])
""",
    ),
    (
        "cross_correlate_1d",
        "wraps around",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    return np.array([sum(signal[(i + u) % n] * kernel[u] for u in range(k)) for i in range(n)])
""",
    ),
    (
        "cross_correlate_1d",
        "length from n - k",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    y = np.zeros(n - k)
    for i in range(n - k):
        for u in range(k):
            y[i] += signal[i + u] * kernel[u]
    return y
""",
    ),
    (
        "cross_correlate_1d",
        "the same window always",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    y = np.zeros(n - k + 1)
    for i in range(n - k + 1):
        y[i] = np.sum(signal[:k] * kernel)
    return y
""",
    ),
    (
        "cross_correlate_1d",
        "adds instead of multiplies",
        """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    y = np.zeros(n - k + 1)
    for i in range(n - k + 1):
        y[i] = np.sum(signal[i : i + k] + kernel)
    return y
""",
    ),
    (
        "convolve_1d",
        "turns the result",
        """
def convolve_1d(signal, kernel):
    return cross_correlate_1d(signal, kernel)[::-1]
""",
    ),
    (
        "convolve_1d",
        "full",
        """
def convolve_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    y = np.zeros(n + k - 1)
    for i in range(n):
        for u in range(k):
            y[i + u] += signal[i] * kernel[u]
    return y
""",
    ),
    (
        "convolve_1d",
        "negates the index wrongly by one: signal[i+k-u]",
        """
def convolve_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    s = np.append(signal, 0)
    return np.array([sum(s[i + k - u] * kernel[u] for u in range(k)) for i in range(n - k + 1)])
""",
    ),
    (
        "flip",
        "quarter turn",
        """
def flip(kernel):
    return np.rot90(kernel)
""",
    ),
    (
        "flip",
        "a list, flattened",
        """
def flip(kernel):
    return kernel.ravel()[::-1]
""",
    ),
    (
        "flip",
        "rows only by a loop",
        """
def flip(kernel):
    out = np.zeros_like(kernel)
    for i in range(kernel.shape[0]):
        out[i] = kernel[kernel.shape[0] - 1 - i]
    return out
""",
    ),
    (
        "conv2d_valid",
        "window with height and width of kernel swapped",
        """
def conv2d_valid(image, kernel):
    H, W = image.shape
    kw, kh = kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
    return out
""",
    ),
    (
        "conv2d_valid",
        "max of the products",
        """
def conv2d_valid(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[i, j] = np.max(image[i : i + kh, j : j + kw] * kernel)
    return out
""",
    ),
    (
        "conv2d_valid",
        "only first row of the kernel summed (return in loop of rows)",
        """
def conv2d_valid(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            s = 0
            for u in range(kh):
                for v in range(kw):
                    s += image[i + u, j + v] * kernel[u, v]
                break
            out[i, j] = s
    return out
""",
    ),
    (
        "edge_map",
        "max of both slopes",
        """
def edge_map(image):
    s = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return np.maximum(np.abs(conv2d_valid(image, s)), np.abs(conv2d_valid(image, s.T)))
""",
    ),
]
