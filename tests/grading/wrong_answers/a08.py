"""Wrong answers to assignment 08, by somebody who did not know which mistakes have names."""

WRONG = [
    (
        "relu_backward",
        "boolean index: only the entries that pass, in a flat array",
        """
def relu_backward(grad, x):
    return grad[x > 0]
""",
    ),
    (
        "relu_backward",
        "the gradient itself goes through the ReLU, too",
        """
def relu_backward(grad, x):
    return np.maximum(grad, 0) * (x > 0)
""",
    ),
    (
        "relu_backward",
        "slope 1/2 at exactly 0",
        """
def relu_backward(grad, x):
    return grad * np.heaviside(x, 0.5)
""",
    ),
    (
        "cross_entropy_backward",
        "p[:, labels] -= 1 subtracts in every row",
        """
def cross_entropy_backward(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    p[:, labels] -= 1
    return p / len(labels)
""",
    ),
    (
        "cross_entropy_backward",
        "one-hot matrix only as wide as the largest label that occurs",
        """
def cross_entropy_backward(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    one_hot = np.eye(labels.max() + 1)[labels]
    return (p - one_hot) / len(logits)
""",
    ),
    (
        "cross_entropy_backward",
        "mean over all entries: divided by N * K",
        """
def cross_entropy_backward(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    for n, label in enumerate(labels):
        p[n, label] -= 1
    return p / p.size
""",
    ),
    (
        "cross_entropy_backward",
        "only the right class gets a gradient, the others 0",
        """
def cross_entropy_backward(logits, labels):
    N = len(labels)
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    result = np.zeros(logits.shape)
    result[np.arange(N), labels] = p[np.arange(N), labels] - 1
    return result / N
""",
    ),
    (
        "dense_backward",
        "weights and biases get the mean over the images",
        """
def dense_backward(grad, x, weight):
    N = len(x)
    return grad @ weight, grad.T @ x / N, grad.mean(axis=0)
""",
    ),
    (
        "dense_backward",
        "bias with keepdims: shape (1, K)",
        """
def dense_backward(grad, x, weight):
    of_x = np.dot(grad, weight)
    of_weight = np.dot(grad.T, x)
    of_bias = np.sum(grad, axis=0, keepdims=True)
    return of_x, of_weight, of_bias
""",
    ),
    (
        "dense_backward",
        "loop over the images overwrites the gradient of the weights",
        """
def dense_backward(grad, x, weight):
    of_x = np.zeros(x.shape)
    of_bias = np.zeros(weight.shape[0])
    for n in range(len(x)):
        of_x[n] = grad[n] @ weight
        of_weight = np.outer(grad[n], x[n])
        of_bias += grad[n]
    return of_x, of_weight, of_bias
""",
    ),
    (
        "max_pool2d_backward",
        "zeros_like(x) cuts a float gradient",
        """
def max_pool2d_backward(grad, x, kernel_size):
    k = kernel_size
    result = np.zeros_like(x)
    for i, j in np.ndindex(grad.shape):
        window = x[i*k:(i+1)*k, j*k:(j+1)*k]
        u, v = np.unravel_index(np.argmax(window), window.shape)
        result[i*k + u, j*k + v] = grad[i, j]
    return result
""",
    ),
    (
        "max_pool2d_backward",
        "every pixel of the image that equals the largest of the window",
        """
def max_pool2d_backward(grad, x, kernel_size):
    result = np.zeros(x.shape)
    rows, cols = grad.shape
    for i in range(rows):
        for j in range(cols):
            window = x[i*kernel_size:(i+1)*kernel_size, j*kernel_size:(j+1)*kernel_size]
            result[x == window.max()] = grad[i, j]
    return result
""",
    ),
    (
        "max_pool2d_backward",
        "equally large pixels share the gradient",
        """
def max_pool2d_backward(grad, x, kernel_size):
    result = np.zeros(x.shape)
    for i, j in np.ndindex(grad.shape):
        top, left = i * kernel_size, j * kernel_size
        part = np.s_[top : top + kernel_size, left : left + kernel_size]
        mask = x[part] == x[part].max()
        result[part] = grad[i, j] * mask / mask.sum()
    return result
""",
    ),
    (
        "conv2d_backward",
        "padded grad slides against the kernel that is not turned",
        """
def conv2d_backward(grad, image, kernel):
    kH, kW = kernel.shape
    padded = np.pad(grad, ((kH - 1, kH - 1), (kW - 1, kW - 1)))
    of_image = np.zeros(image.shape)
    for i, j in np.ndindex(image.shape):
        of_image[i, j] = np.sum(padded[i:i+kH, j:j+kW] * kernel)
    of_kernel = np.zeros(kernel.shape)
    gH, gW = grad.shape
    for u, v in np.ndindex(kernel.shape):
        of_kernel[u, v] = np.sum(grad * image[u:u+gH, v:v+gW])
    return of_image, of_kernel
""",
    ),
    (
        "conv2d_backward",
        "zeros_like(image) cuts float shares",
        """
def conv2d_backward(grad, image, kernel):
    kH, kW = kernel.shape
    of_image = np.zeros_like(image)
    of_kernel = np.zeros_like(kernel)
    for i in range(grad.shape[0]):
        for j in range(grad.shape[1]):
            for u in range(kH):
                for v in range(kW):
                    of_image[i + u, j + v] += grad[i, j] * kernel[u, v]
                    of_kernel[u, v] += grad[i, j] * image[i + u, j + v]
    return of_image, of_kernel
""",
    ),
    (
        "conv2d_backward",
        "for the kernel the gradient is turned round",
        """
def conv2d_backward(grad, image, kernel):
    kH, kW = kernel.shape
    gH, gW = grad.shape
    of_image = np.zeros(image.shape)
    for i, j in np.ndindex(grad.shape):
        of_image[i:i+kH, j:j+kW] += grad[i, j] * kernel
    turned = grad[::-1, ::-1]
    of_kernel = np.zeros(kernel.shape)
    for u, v in np.ndindex(kernel.shape):
        of_kernel[u, v] = np.sum(turned * image[u:u+gH, v:v+gW])
    return of_image, of_kernel
""",
    ),
    (
        "conv2d_backward",
        "shared weights get the mean of their shares",
        """
def conv2d_backward(grad, image, kernel):
    rows, columns = kernel.shape
    of_image, of_kernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(grad.shape):
        of_image[i : i + rows, j : j + columns] += grad[i, j] * kernel
        of_kernel += grad[i, j] * image[i : i + rows, j : j + columns]
    return of_image, of_kernel / grad.size
""",
    ),
    (
        "network_gradients",
        "the ReLU is left out on the way back",
        """
def network_gradients(image, label, kernels, weight, bias):
    sums, maps, pooled, logits = forward(image, kernels, weight, bias)
    g = cross_entropy_backward(logits[np.newaxis], np.array([label]))
    g, of_weight, of_bias = dense_backward(g, pooled.ravel()[np.newaxis], weight)
    g = g.reshape(pooled.shape)
    of_kernels = np.zeros(kernels.shape)
    for k in range(len(kernels)):
        of_map = max_pool2d_backward(g[k], maps[k], 2)
        of_kernels[k] = conv2d_backward(of_map, image, kernels[k])[1]
    return of_kernels, of_weight, of_bias
""",
    ),
    (
        "network_gradients",
        "features taken apart with the kernel as the last axis",
        """
def network_gradients(image, label, kernels, weight, bias):
    sums, maps, pooled, logits = forward(image, kernels, weight, bias)
    grad = cross_entropy_backward(logits[np.newaxis], np.array([label]))
    grad, of_weight, of_bias = dense_backward(grad, pooled.ravel()[np.newaxis], weight)
    K, rows, columns = pooled.shape
    grad = grad.reshape(rows, columns, K)
    of_kernels = []
    for k in range(K):
        of_map = max_pool2d_backward(grad[:, :, k], maps[k], 2)
        of_sum = relu_backward(of_map, sums[k])
        of_kernels.append(conv2d_backward(of_sum, image, kernels[k])[1])
    return np.array(of_kernels), of_weight, of_bias
""",
    ),
    (
        "network_gradients",
        "gradients of the kernels pile up from one kernel to the next",
        """
def network_gradients(image, label, kernels, weight, bias):
    sums, maps, pooled, logits = forward(image, kernels, weight, bias)
    grad = cross_entropy_backward(logits[np.newaxis], np.array([label]))
    grad, of_weight, of_bias = dense_backward(grad, pooled.ravel()[np.newaxis], weight)
    grad = grad.reshape(pooled.shape)
    of_kernels = []
    total = np.zeros(kernels.shape[1:])
    for k in range(len(kernels)):
        of_map = max_pool2d_backward(grad[k], maps[k], 2)
        of_sum = relu_backward(of_map, sums[k])
        total = total + conv2d_backward(of_sum, image, kernels[k])[1]
        of_kernels.append(total)
    return np.array(of_kernels), of_weight, of_bias
""",
    ),
]
