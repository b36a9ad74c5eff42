"""Wrong answers to assignment 07, by somebody who did not know which mistakes have names."""

WRONG = [
    (
        "relu",
        "np.max(x, 0): the second argument is the axis",
        """
def relu(x):
    return np.max(x, 0)
""",
    ),
    (
        "relu",
        "(x + |x|) // 2 cuts floats",
        """
def relu(x):
    return (x + np.abs(x)) // 2
""",
    ),
    (
        "softmax",
        "maximum of the whole array: rows far below it become 0 / 0",
        """
def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=1, keepdims=True)
""",
    ),
    (
        "softmax",
        "scores clipped at 500 against the overflow",
        """
def softmax(z):
    powers = np.exp(np.clip(z, -500, 500))
    return powers / powers.sum(axis=1, keepdims=True)
""",
    ),
    (
        "softmax",
        "divided by the sum of all powers",
        """
def softmax(z):
    m = z.max(axis=1, keepdims=True)
    powers = np.exp(z - m)
    return powers / np.sum(powers)
""",
    ),
    (
        "softmax",
        "maximum subtracted above the line only",
        """
def softmax(z):
    result = np.zeros(z.shape)
    for n in range(len(z)):
        m = np.max(z[n])
        result[n] = np.exp(z[n] - m) / np.sum(np.exp(z[n]))
    return result
""",
    ),
    (
        "sigmoid_slope",
        "e^-x / (1 + e^-x)^2 is inf / inf at -1000",
        """
def sigmoid_slope(x):
    e = np.exp(-x)
    return e / (1 + e) ** 2
""",
    ),
    (
        "sigmoid_slope",
        "difference quotient with a step of 0.01",
        """
def sigmoid_slope(x):
    def sigma(t):
        return 1 / (1 + np.exp(-t))
    h = 0.01
    return (sigma(x + h) - sigma(x)) / h
""",
    ),
    (
        "chain_slopes",
        "products from the end: da_L/da_(l-1) instead of da_l/dx",
        """
def chain_slopes(x, weights):
    a = x
    factors = []
    for w in weights:
        z = w * a
        factors.append(sigmoid_slope(z) * w)
        a = 1 / (1 + np.exp(-z))
    return np.cumprod(factors[::-1])[::-1]
""",
    ),
    (
        "chain_slopes",
        "product by logarithms: nan for negative weights",
        """
def chain_slopes(x, weights):
    logs = []
    for w in weights:
        z = w * x
        logs.append(np.log(sigmoid_slope(z) * w))
        x = 1 / (1 + np.exp(-z))
    return np.exp(np.cumsum(logs))
""",
    ),
    (
        "chain_slopes",
        "the unit is updated first, then the slope is taken at the new value",
        """
def chain_slopes(x, weights):
    a, slope = x, 1.0
    slopes = np.zeros(len(weights))
    for l, w in enumerate(weights):
        a = 1 / (1 + np.exp(-w * a))
        slope = slope * sigmoid_slope(w * a) * w
        slopes[l] = slope
    return slopes
""",
    ),
    (
        "chain_slopes",
        "the weight is forgotten in the product, the slope alone is multiplied",
        """
def chain_slopes(x, weights):
    slope, result = 1, []
    for w in weights:
        z = w * x
        slope *= sigmoid_slope(z)
        result.append(slope)
        x = 1 / (1 + np.exp(-z))
    return np.array(result)
""",
    ),
    (
        "max_pool2d",
        "search for the largest begins at 0: negative pixels",
        """
def max_pool2d(x, kernel_size, stride):
    H, W = x.shape
    rows = (H - kernel_size) // stride + 1
    cols = (W - kernel_size) // stride + 1
    out = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            for u in range(kernel_size):
                for v in range(kernel_size):
                    out[i, j] = max(out[i, j], x[i * stride + u, j * stride + v])
    return out
""",
    ),
    (
        "max_pool2d",
        "range(0, H - k, s): the last window that just fits is left out",
        """
def max_pool2d(x, kernel_size, stride):
    H, W = x.shape
    result = []
    for top in range(0, H - kernel_size, stride):
        row = []
        for left in range(0, W - kernel_size, stride):
            row.append(np.max(x[top:top+kernel_size, left:left+kernel_size]))
        result.append(row)
    return np.array(result)
""",
    ),
    (
        "max_pool2d",
        "rounded up: windows that stick out count, too",
        """
def max_pool2d(x, kernel_size, stride):
    rows = int(np.ceil((x.shape[0] - kernel_size) / stride)) + 1
    columns = int(np.ceil((x.shape[1] - kernel_size) / stride)) + 1
    result = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = x[top : top + kernel_size, left : left + kernel_size]
            if window.size > 0:
                result[i, j] = window.max()
    return result
""",
    ),
    (
        "max_pool2d",
        "result of whole numbers cuts floats",
        """
def max_pool2d(x, kernel_size, stride):
    rows = (x.shape[0] - kernel_size) // stride + 1
    columns = (x.shape[1] - kernel_size) // stride + 1
    result = np.zeros((rows, columns), dtype=int)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        result[i, j] = x[top : top + kernel_size, left : left + kernel_size].max()
    return result
""",
    ),
    (
        "avg_pool2d",
        "shifted pictures added as bytes: overflow",
        """
def avg_pool2d(x, kernel_size, stride):
    rows = (x.shape[0] - kernel_size) // stride + 1
    cols = (x.shape[1] - kernel_size) // stride + 1
    total = np.zeros((rows, cols), dtype=x.dtype)
    for u in range(kernel_size):
        for v in range(kernel_size):
            total += x[u : u + rows * stride : stride, v : v + cols * stride : stride][:rows, :cols]
    return total / kernel_size**2
""",
    ),
    (
        "avg_pool2d",
        "divided by stride squared instead of kernel size squared",
        """
def avg_pool2d(x, kernel_size, stride):
    rows, columns = ((n - kernel_size) // stride + 1 for n in x.shape)
    result = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        result[i, j] = np.sum(x[top : top + kernel_size, left : left + kernel_size]) / stride**2
    return result
""",
    ),
    (
        "global_avg_pool",
        "reshape(-1, C) and mean over the rows",
        """
def global_avg_pool(x):
    C = x.shape[0]
    return x.reshape(-1, C).mean(axis=0)
""",
    ),
    (
        "global_avg_pool",
        "sum divided by the height squared (square only)",
        """
def global_avg_pool(x):
    n = x.shape[1]
    return np.array([m.sum() / n**2 for m in x])
""",
    ),
]
