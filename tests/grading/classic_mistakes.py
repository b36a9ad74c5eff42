"""Mistakes that everybody makes in loops, written as students write them, with their names."""

# ruff: noqa: F811 - several wrong answers to one task have its name
import numpy as np

#: Pairs of a wrong answer to the task of its name and the slug of the mistake.
CLASSIC = []


def classic(slug):
    """Keep a wrong answer under the name of its mistake."""

    def keep(answer):
        CLASSIC.append((answer, slug))
        return answer

    return keep


def sizes(image, kernel):
    """Rows and columns of the result, and of the kernel."""
    (height, width), (rows, columns) = image.shape, kernel.shape
    return height - rows + 1, width - columns + 1, rows, columns


@classic("off-by-one")
def conv2d_valid(image, kernel):
    height, width, rows, columns = sizes(image, kernel)
    return [
        [np.sum(image[i : i + rows, j : j + columns] * kernel) for j in range(width - 1)]
        for i in range(height - 1)
    ]


@classic("off-by-one")
def conv2d_valid(image, kernel):
    height, width, rows, columns = sizes(image, kernel)
    result = np.zeros((height, width))
    for i in range(height - 1):
        for j in range(width - 1):
            result[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return result


@classic("total-not-reset")
def cross_correlate_1d(signal, kernel):
    total, result = 0, []
    for i in range(len(signal) - len(kernel) + 1):
        for u in range(len(kernel)):
            total += signal[i + u] * kernel[u]
        result.append(total)
    return result


@classic("returned-too-early")
def cross_correlate_1d(signal, kernel):
    for i in range(len(signal) - len(kernel) + 1):
        total = 0
        for u in range(len(kernel)):
            total += signal[i + u] * kernel[u]
        return total


@classic("integer-output")
def cross_correlate_1d(signal, kernel):
    result = np.zeros(len(signal) - len(kernel) + 1, dtype=kernel.dtype)
    for i in range(len(result)):
        for u in range(len(kernel)):
            result[i] += signal[i + u] * kernel[u]
    return result


@classic("too-far")
def cross_correlate_1d(signal, kernel):
    result = []
    for i in range(len(signal)):
        result.append(sum(signal[i + u] * kernel[u] for u in range(len(kernel))))
    return result


@classic("same-padding")
def cross_correlate_1d(signal, kernel):
    padded = np.pad(signal, len(kernel) // 2)
    places = range(len(padded) - len(kernel) + 1)
    return [np.sum(padded[i : i + len(kernel)] * kernel) for i in places]


@classic("total-not-reset")
def convolve_1d(signal, kernel):
    total, result = 0, []
    for i in range(len(signal) - len(kernel) + 1):
        for u in range(len(kernel)):
            total += signal[i + u] * kernel[len(kernel) - 1 - u]
        result.append(total)
    return result


@classic("total-not-reset")
def conv2d_valid(image, kernel):
    height, width, rows, columns = sizes(image, kernel)
    result, total = np.zeros((height, width)), 0
    for i in range(height):
        for j in range(width):
            for u in range(rows):
                for v in range(columns):
                    total += image[i + u, j + v] * kernel[u, v]
            result[i, j] = total
    return result


@classic("total-not-reset")
def conv2d_valid(image, kernel):
    height, width, rows, columns = sizes(image, kernel)
    result = np.zeros((height, width))
    for i in range(height):
        total = 0
        for j in range(width):
            total += np.sum(image[i : i + rows, j : j + columns] * kernel)
            result[i, j] = total
    return result


@classic("returned-too-early")
def conv2d_valid(image, kernel):
    height, width, rows, columns = sizes(image, kernel)
    for i in range(height):
        for j in range(width):
            return np.sum(image[i : i + rows, j : j + columns] * kernel)


@classic("returned-too-early")
def conv2d_valid(image, kernel):
    height, width, rows, columns = sizes(image, kernel)
    result = []
    for i in range(height):
        result.append([np.sum(image[i : i + rows, j : j + columns] * kernel) for j in range(width)])
        return result


@classic("transposed")
def conv2d_valid(image, kernel):
    height, width, rows, columns = sizes(image, kernel)
    result = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            result[j, i] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return result


@classic("always-square")
def conv2d_valid(image, kernel):
    k = kernel.shape[0]
    height, width = image.shape
    result = np.zeros((height - k + 1, width - k + 1))
    for i, j in np.ndindex(result.shape):
        result[i, j] = np.sum(image[i : i + k, j : j + k] * kernel)
    return result


@classic("always-square")
def conv2d_valid(image, kernel):
    k = kernel.shape[1]
    height, width = image.shape
    result = np.zeros((height - k + 1, width - k + 1))
    for i, j in np.ndindex(result.shape):
        for u in range(k):
            for v in range(k):
                result[i, j] += image[i + u, j + v] * kernel[u, v]
    return result


@classic("same-padding")
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    padded = np.pad(image, [(rows // 2, rows // 2), (columns // 2, columns // 2)])
    height, width, rows, columns = sizes(padded, kernel)
    result = np.zeros((height, width))
    for i, j in np.ndindex(result.shape):
        result[i, j] = np.sum(padded[i : i + rows, j : j + columns] * kernel)
    return result


@classic("not-added-up")
def conv2d_valid(image, kernel):
    height, width, rows, columns = sizes(image, kernel)
    result = np.zeros((height, width))
    for i, j in np.ndindex(result.shape):
        result[i, j] = sum(image[i : i + rows, j : j + columns] * kernel)
    return result


@classic("python-sum")
def conv2d_valid(image, kernel):
    height, width, rows, columns = sizes(image, kernel)
    return [
        [sum(image[i : i + rows, j : j + columns] * kernel) for j in range(width)]
        for i in range(height)
    ]


@classic("flipped-kernel")
def conv2d_valid(image, kernel):
    kernel = kernel[::-1]
    height, width, rows, columns = sizes(image, kernel)
    return [
        [np.sum(image[i : i + rows, j : j + columns] * kernel) for j in range(width)]
        for i in range(height)
    ]


@classic("integer-output")
def conv2d_valid(image, kernel):
    height, width, rows, columns = sizes(image, kernel)
    result = np.zeros((height, width), dtype=kernel.dtype)
    for i, j in np.ndindex(result.shape):
        result[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return result


@classic("integer-output")
def conv2d_valid(image, kernel):
    height, width, _, _ = sizes(image, kernel)
    result = np.zeros((height, width), dtype=image.dtype)
    for u, v in np.ndindex(kernel.shape):
        result += kernel[u, v] * image[u : u + height, v : v + width]
    return result


def banks(x, weight):
    """Kernels, rows and columns of the result, and of a slice."""
    return len(weight), *sizes(x[0], weight[0, 0])


@classic("total-not-reset")
def conv2d_multi(x, weight, bias):
    kernels, height, width, rows, columns = banks(x, weight)
    result = np.zeros((kernels, height, width))
    for k in range(kernels):
        total = 0
        for i in range(height):
            for j in range(width):
                for c in range(len(x)):
                    total += np.sum(x[c, i : i + rows, j : j + columns] * weight[k, c])
                result[k, i, j] = total + bias[k]
    return result


@classic("returned-too-early")
def conv2d_multi(x, weight, bias):
    kernels, height, width, rows, columns = banks(x, weight)
    result = np.zeros((kernels, height, width))
    for k in range(kernels):
        for i in range(height):
            for j in range(width):
                window = x[:, i : i + rows, j : j + columns]
                result[k, i, j] = np.sum(window * weight[k]) + bias[k]
        return result


@classic("transposed")
def conv2d_multi(x, weight, bias):
    kernels, height, width, rows, columns = banks(x, weight)
    result = np.zeros((kernels, height, width))
    for k, i, j in np.ndindex(kernels, height, width):
        window = x[:, i : i + rows, j : j + columns]
        result[k, j, i] = np.sum(window * weight[k]) + bias[k]
    return result


@classic("always-square")
def conv2d_multi(x, weight, bias):
    kernels, _, k_size, _ = weight.shape
    _, height, width = x.shape
    result = np.zeros((kernels, height - k_size + 1, width - k_size + 1))
    for k, i, j in np.ndindex(result.shape):
        window = x[:, i : i + k_size, j : j + k_size]
        result[k, i, j] = np.sum(window * weight[k]) + bias[k]
    return result


@classic("not-added-up")
def conv2d_multi(x, weight, bias):
    kernels, height, width, rows, columns = banks(x, weight)
    result = np.zeros((kernels, height, width))
    for k, i, j in np.ndindex(result.shape):
        result[k, i, j] = sum(x[:, i : i + rows, j : j + columns] * weight[k]) + bias[k]
    return result


@classic("integer-output")
def conv2d_multi(x, weight, bias):
    kernels, height, width, rows, columns = banks(x, weight)
    result = np.zeros((kernels, height, width), dtype=weight.dtype)
    for k, i, j in np.ndindex(result.shape):
        result[k, i, j] = np.sum(x[:, i : i + rows, j : j + columns] * weight[k]) + bias[k]
    return result


@classic("reshape-not-transpose")
def conv1x1(x, weight):
    channels, height, width = x.shape
    return (x.reshape(-1, channels) @ weight.T).reshape(len(weight), height, width)


@classic("total-not-reset")
def conv1x1(x, weight):
    total, maps = np.zeros(x.shape[1:]), []
    for row in weight:
        for w, channel in zip(row, x, strict=True):
            total = total + w * channel
        maps.append(total)
    return maps


@classic("returned-too-early")
def conv1x1(x, weight):
    result = np.zeros((len(weight), *x.shape[1:]))
    for k in range(len(weight)):
        for c in range(len(x)):
            result[k] += weight[k, c] * x[c]
        return result


@classic("always-square")
def depthwise(x, weight):
    channels, k, _ = weight.shape
    result = np.zeros((channels, x.shape[1] - k + 1, x.shape[2] - k + 1))
    for c, i, j in np.ndindex(result.shape):
        result[c, i, j] = np.sum(x[c, i : i + k, j : j + k] * weight[c])
    return result


@classic("not-added-up")
def conv3d_valid(video, kernel):
    frames, rows, columns = kernel.shape
    result = np.zeros(np.subtract(video.shape, kernel.shape) + 1)
    for t, i, j in np.ndindex(result.shape):
        result[t, i, j] = sum(video[t : t + frames, i : i + rows, j : j + columns] * kernel)
    return result


@classic("integer-output")
def conv3d_valid(video, kernel):
    frames, rows, columns = kernel.shape
    result = np.zeros(np.subtract(video.shape, kernel.shape) + 1, kernel.dtype)
    for t, i, j in np.ndindex(result.shape):
        result[t, i, j] = np.sum(video[t : t + frames, i : i + rows, j : j + columns] * kernel)
    return result


@classic("always-square")
def conv2d_backward(grad, image, kernel):
    k = kernel.shape[0]
    of_image, of_kernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(grad.shape):
        of_image[i : i + k, j : j + k] += grad[i, j] * kernel
        of_kernel += grad[i, j] * image[i : i + k, j : j + k]
    return of_image, of_kernel


@classic("integer-output")
def conv2d_backward(grad, image, kernel):
    rows, columns = kernel.shape
    of_image, of_kernel = np.zeros(image.shape), np.zeros_like(kernel)
    for i, j in np.ndindex(grad.shape):
        of_image[i : i + rows, j : j + columns] += grad[i, j] * kernel
        for u, v in np.ndindex(kernel.shape):
            of_kernel[u, v] += grad[i, j] * image[i + u, j + v]
    return of_image, of_kernel


@classic("returned-too-early")
def conv2d_backward(grad, image, kernel):
    rows, columns = kernel.shape
    of_image, of_kernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i in range(grad.shape[0]):
        for j in range(grad.shape[1]):
            of_image[i : i + rows, j : j + columns] += grad[i, j] * kernel
            of_kernel += grad[i, j] * image[i : i + rows, j : j + columns]
        return of_image, of_kernel
