"""Wrong answers to assignment 05, by somebody who did not know which mistakes have names."""

WRONG = [
    (
        "layer_budget",
        "one bias for each slice of a kernel, not for each kernel",
        """
def layer_budget(shape, weight_shape):
    channels, height, width = shape
    kernels, slices, k_height, k_width = weight_shape
    rows = height - k_height + 1
    columns = width - k_width + 1
    parameters = kernels * slices * (k_height * k_width + 1)
    multiplications = kernels * slices * k_height * k_width * rows * columns
    return kernels, rows, columns, parameters, multiplications
""",
    ),
    (
        "layer_budget",
        "multiplications counted for each pixel of the input",
        """
def layer_budget(shape, weight_shape):
    C, H, W = shape
    K, C, kH, kW = weight_shape
    weights = K * C * kH * kW
    return K, H - kH + 1, W - kW + 1, weights + K, weights * H * W
""",
    ),
    (
        "layer_budget",
        "one kernel size for both directions (square only)",
        """
def layer_budget(shape, weight_shape):
    C, H, W = shape
    K, k = weight_shape[0], weight_shape[-1]
    out_h, out_w = H - k + 1, W - k + 1
    weights = K * C * k * k
    return K, out_h, out_w, weights + K, weights * out_h * out_w
""",
    ),
    (
        "conv2d_multi",
        "bias added once for each channel",
        """
def conv2d_multi(x, weight, bias):
    K, C, kH, kW = weight.shape
    H, W = x.shape[1:]
    out = np.zeros((K, H - kH + 1, W - kW + 1))
    for k in range(K):
        for c in range(C):
            for i in range(H - kH + 1):
                for j in range(W - kW + 1):
                    out[k, i, j] += np.sum(x[c, i:i+kH, j:j+kW] * weight[k, c]) + bias[k]
    return out
""",
    ),
    (
        "conv2d_multi",
        "result has the type of the image, so float weights are cut",
        """
def conv2d_multi(x, weight, bias):
    K, C, kH, kW = weight.shape
    C, H, W = x.shape
    result = np.zeros((K, H - kH + 1, W - kW + 1), dtype=x.dtype)
    for k, i, j in np.ndindex(result.shape):
        window = x[:, i : i + kH, j : j + kW]
        result[k, i, j] = np.sum(window * weight[k]) + bias[k]
    return result
""",
    ),
    (
        "conv2d_multi",
        "reshape instead of moving the axis of the kernels to the front",
        """
def conv2d_multi(x, weight, bias):
    K, C, kH, kW = weight.shape
    rows, cols = x.shape[1] - kH + 1, x.shape[2] - kW + 1
    places = []
    for i in range(rows):
        for j in range(cols):
            window = x[:, i:i+kH, j:j+kW]
            places.append(np.sum(weight * window, axis=(1, 2, 3)) + bias)
    return np.array(places).reshape(K, rows, cols)
""",
    ),
    (
        "conv2d_multi",
        "channels of the image and slices of the kernel are summed before the product",
        """
def conv2d_multi(x, weight, bias):
    kernels, _, k_height, k_width = weight.shape
    grey = x.sum(axis=0)
    flat = weight.sum(axis=1)
    height, width = grey.shape
    result = np.zeros((kernels, height - k_height + 1, width - k_width + 1))
    for k, i, j in np.ndindex(result.shape):
        result[k, i, j] = np.sum(grey[i : i + k_height, j : j + k_width] * flat[k]) + bias[k]
    return result
""",
    ),
    (
        "conv2d_multi",
        "the map is not set back to zero for the next kernel",
        """
def conv2d_multi(x, weight, bias):
    K, C, kH, kW = weight.shape
    rows, cols = x.shape[1] - kH + 1, x.shape[2] - kW + 1
    total = np.zeros((rows, cols))
    maps = []
    for k in range(K):
        for c in range(C):
            for u in range(kH):
                for v in range(kW):
                    total = total + weight[k, c, u, v] * x[c, u:u+rows, v:v+cols]
        maps.append(total + bias[k])
    return np.array(maps)
""",
    ),
    (
        "conv1x1",
        "tensordot with .T: height and width change places",
        """
def conv1x1(x, weight):
    return np.tensordot(x, weight, axes=(0, 1)).T
""",
    ),
    (
        "conv1x1",
        "reshape to (pixels, C) instead of a transpose",
        """
def conv1x1(x, weight):
    C, H, W = x.shape
    K = weight.shape[0]
    pixels = x.reshape(H * W, C)
    mixed = pixels @ weight.T
    return mixed.T.reshape(K, H, W)
""",
    ),
    (
        "conv1x1",
        "mean over the channels instead of the sum",
        """
def conv1x1(x, weight):
    maps = []
    for row in weight:
        maps.append(np.mean(row.reshape(-1, 1, 1) * x, axis=0))
    return np.array(maps)
""",
    ),
    (
        "depthwise",
        "every kernel meets all channels",
        """
def depthwise(x, weight):
    bank = np.repeat(weight[:, np.newaxis], len(x), axis=1)
    return conv2d_multi(x, bank, np.zeros(len(weight)))
""",
    ),
    (
        "depthwise",
        "stack instead of concatenate leaves an axis of size 1",
        """
def depthwise(x, weight):
    maps = []
    for c in range(len(x)):
        maps.append(conv2d_multi(x[c : c + 1], weight[np.newaxis, c : c + 1], [0]))
    return np.stack(maps)
""",
    ),
    (
        "depthwise",
        "the kernel is turned round (true convolution)",
        """
def depthwise(x, weight):
    C, kH, kW = weight.shape
    result = np.zeros((C, x.shape[1] - kH + 1, x.shape[2] - kW + 1))
    for c, i, j in np.ndindex(result.shape):
        for u in range(kH):
            for v in range(kW):
                result[c, i, j] += x[c, i + u, j + v] * weight[c, kH - 1 - u, kW - 1 - v]
    return result
""",
    ),
    (
        "conv3d_valid",
        "time runs backwards: frame t + kT - 1 - d",
        """
def conv3d_valid(video, kernel):
    kT, kH, kW = kernel.shape
    T, H, W = video.shape
    out = np.zeros((T - kT + 1, H - kH + 1, W - kW + 1))
    for t in range(out.shape[0]):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                for d in range(kT):
                    frame = video[t + kT - 1 - d]
                    out[t, i, j] += (frame[i:i+kH, j:j+kW] * kernel[d]).sum()
    return out
""",
    ),
    (
        "conv3d_valid",
        "the last place in time is forgotten and stays zero",
        """
def conv3d_valid(video, kernel):
    frames, height, width = kernel.shape
    T, H, W = video.shape
    result = np.zeros((T - frames + 1, H - height + 1, W - width + 1))
    for t in range(T - frames):
        for i in range(H - height + 1):
            for j in range(W - width + 1):
                result[t, i, j] = np.sum(video[t:t+frames, i:i+height, j:j+width] * kernel)
    return result
""",
    ),
    (
        "conv3d_valid",
        "= instead of +=: only the last slice of the kernel counts",
        """
def conv3d_valid(video, kernel):
    frames, height, width = kernel.shape
    result = np.zeros(np.subtract(video.shape, kernel.shape) + 1)
    for t, i, j in np.ndindex(result.shape):
        for d in range(frames):
            window = video[t + d, i : i + height, j : j + width]
            result[t, i, j] = np.sum(window * kernel[d])
    return result
""",
    ),
    (
        "motion_map",
        "mean over time before squaring",
        """
def motion_map(video, right, left):
    def energy(pair):
        a = conv3d_valid(video, pair[0]).mean(axis=0)
        b = conv3d_valid(video, pair[1]).mean(axis=0)
        return a ** 2 + b ** 2
    return energy(right) - energy(left)
""",
    ),
    (
        "motion_map",
        "divided by the number of frames of the video, not of the answers",
        """
def motion_map(video, right, left):
    T = video.shape[0]
    total = 0
    for kernel in right:
        total = total + conv3d_valid(video, kernel) ** 2
    for kernel in left:
        total = total - conv3d_valid(video, kernel) ** 2
    return total.sum(axis=0) / T
""",
    ),
    (
        "motion_map",
        "square of the sum of the two answers",
        """
def motion_map(video, right, left):
    def energy(pair):
        return sum(conv3d_valid(video, kernel) for kernel in pair) ** 2
    return np.mean(energy(right) - energy(left), axis=0)
""",
    ),
]
