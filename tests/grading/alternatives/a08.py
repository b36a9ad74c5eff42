"""Right answers to assignment 08 in other styles."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn import ops
from coursecnn.grading.tasks.a08.network import forward


def _gate_by_loop(grad, x):
    pairs = zip(np.ravel(grad), np.ravel(x), strict=True)
    return np.array([g if value > 0 else 0 for g, value in pairs]).reshape(x.shape)


def _gate_in_place(grad, x):
    grad[x <= 0] = 0
    return grad


def _dense_by_images(grad, x, weight):
    grad_x, grad_weight = np.zeros(x.shape), np.zeros(weight.shape)
    for n, (g, row) in enumerate(zip(grad, x, strict=True)):
        grad_x[n] = sum(g[k] * weight[k] for k in range(len(g)))
        grad_weight += np.outer(g, row)
    return grad_x, grad_weight, np.ones(len(grad)) @ grad


def _dense_by_einsum(grad, x, weight):
    grad_x = np.einsum("nk,km->nm", grad, weight)
    return grad_x, np.einsum("nk,nm->km", grad, x), np.einsum("nk->k", grad)


def _dense_by_bias_column(grad, x, weight):
    """The bias as the weight of an input that is always 1."""
    wide = np.column_stack([x, np.ones(len(x))])
    both = (wide.T @ grad).T
    return (weight.T @ grad.T).T, both[:, :-1], both[:, -1]


def _loss_by_loops(logits, labels):
    answer = []
    for row, label in zip(np.asarray(logits, float), labels, strict=True):
        powers = [np.exp(score - max(row)) for score in row]
        grads = [power / sum(powers) - (k == label) for k, power in enumerate(powers)]
        answer.append([grad / len(labels) for grad in grads])
    return answer


def _loss_in_place(logits, labels):
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)


def _route_by_loops(grad, x, kernel_size):
    result = [[0.0] * x.shape[1] for _ in range(x.shape[0])]
    for i, j in np.ndindex(grad.shape):
        best = (i * kernel_size, j * kernel_size)
        for u, v in np.ndindex(kernel_size, kernel_size):
            place = (i * kernel_size + u, j * kernel_size + v)
            if x[place] > x[best]:
                best = place
        result[best[0]][best[1]] += float(grad[i, j])
    return result


def _route_by_marks(grad, x, kernel_size):
    result = np.zeros(x.shape)
    for i, j in np.ndindex(grad.shape):
        top, left = i * kernel_size, j * kernel_size
        tile = np.s_[top : top + kernel_size, left : left + kernel_size]
        marks = np.arange(kernel_size**2) == np.argmax(x[tile])
        result[tile] = marks.reshape(kernel_size, kernel_size) * grad[i, j]
    return result


def _route_by_tiles(grad, x, kernel_size):
    """All windows at once, each laid out as one row."""
    rows, columns = grad.shape
    inside = x[: rows * kernel_size, : columns * kernel_size]
    tiles = inside.reshape(rows, kernel_size, columns, kernel_size).swapaxes(1, 2)
    winners = tiles.reshape(rows, columns, -1).argmax(axis=2)
    u, v = np.divmod(winners, kernel_size)
    i, j = np.indices(grad.shape) * kernel_size
    result = np.zeros(x.shape)
    result[i + u, j + v] = grad
    return result


def _by_places(grad, image, kernel):
    """One step for each pixel of the result: what it has read gets its share."""
    rows, columns = kernel.shape
    of_image, of_kernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(grad.shape):
        of_image[i : i + rows, j : j + columns] += grad[i, j] * kernel
        of_kernel += grad[i, j] * image[i : i + rows, j : j + columns]
    return of_image, of_kernel


def _by_formula(grad, image, kernel):
    """Full convolution for the image, correlation for the kernel, in plain loops."""
    (rows, columns), (height, width) = grad.shape, kernel.shape
    of_image = [
        [
            sum(
                float(grad[i - u, j - v] * kernel[u, v])
                for u, v in np.ndindex(height, width)
                if 0 <= i - u < rows and 0 <= j - v < columns
            )
            for j in range(image.shape[1])
        ]
        for i in range(image.shape[0])
    ]
    of_kernel = [
        [np.sum(grad * image[u : u + rows, v : v + columns]) for v in range(width)]
        for u in range(height)
    ]
    return of_image, of_kernel


def _by_padding(grad, image, kernel):
    """Both as correlations, the first with the kernel turned round over a padded gradient."""
    padded = np.pad(grad, [(k - 1, k - 1) for k in kernel.shape])
    of_image = np.einsum("hwij,ij->hw", sliding_window_view(padded, kernel.shape), np.flip(kernel))
    return of_image, np.einsum("hwij,ij->hw", sliding_window_view(image, grad.shape), grad)


def _loss(image, label, kernels, weight, bias):
    return ops.cross_entropy(forward(image, kernels, weight, bias)[-1][None], np.array([label]))


def _by_nudging(image, label, kernels, weight, bias):
    """The definition of a slope: nudge each number, and see what the loss does."""
    image, *parameters = (np.asarray(array, float) for array in (image, kernels, weight, bias))
    gradients = [np.zeros(array.shape) for array in parameters]
    for array, gradient in zip(parameters, gradients, strict=True):
        for place in np.ndindex(array.shape):
            kept, losses = array[place], []
            for nudge in (1e-5, -1e-5):
                array[place] = kept + nudge
                losses.append(_loss(image, label, *parameters))
            array[place] = kept
            gradient[place] = (losses[0] - losses[1]) / 2e-5
    return tuple(gradients)


def _by_winners(image, label, kernels, weight, bias):
    """Follow each feature to the single window of the image that it comes from."""
    rows, columns = kernels.shape[1:]
    sums, pooled, scores = forward(image, kernels, weight, bias)
    grad = np.exp(scores - np.logaddexp.reduce(scores))
    grad[label] -= 1
    of_kernels = np.zeros(kernels.shape)
    for (k, i, j), share in np.ndenumerate((grad @ weight).reshape(pooled.shape)):
        block = sums[k, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        u, v = np.unravel_index(block.argmax(), block.shape)
        if block[u, v] > 0:
            top, left = 2 * i + u, 2 * j + v
            of_kernels[k] += share * image[top : top + rows, left : left + columns]
    return of_kernels, grad[:, None] * pooled.ravel(), grad


def _gate_late(image, label, kernels, weight, bias):
    """Pooling and ReLU commute: the gate may stand behind the pooling."""
    sums, pooled, scores = forward(image, kernels, weight, bias)
    grad = ops.cross_entropy_backward(1, scores[None], np.array([label]))[0]
    grad_pooled = (weight.T @ grad).reshape(pooled.shape) * (pooled > 0)
    grad_sums = ops.max_pool2d_backward(grad_pooled, sums, 2)
    windows = np.lib.stride_tricks.sliding_window_view(image, sums.shape[1:])
    of_kernels = np.einsum("uvij,kij->kuv", windows, grad_sums)
    return of_kernels, np.outer(grad, pooled), grad


ALTERNATIVES = {
    "relu_backward": (
        _gate_by_loop,
        _gate_in_place,
        lambda grad, x: np.where(x > 0, grad, 0),
        lambda grad, x: grad * (np.sign(x) + np.abs(np.sign(x))) / 2,
    ),
    "cross_entropy_backward": (
        _loss_by_loops,
        _loss_in_place,
        lambda logits, labels: (
            (ops.softmax(logits, axis=1) - (np.arange(logits.shape[1]) == labels[:, None]))
            / len(labels)
        ),
    ),
    "dense_backward": (
        _dense_by_images,
        _dense_by_einsum,
        _dense_by_bias_column,
        lambda grad, x, weight: (grad @ weight, grad.T @ x, grad.sum(axis=0)),
    ),
    "max_pool2d_backward": (_route_by_loops, _route_by_tiles, _route_by_marks),
    "conv2d_backward": (_by_places, _by_formula, _by_padding),
    "network_gradients": (_by_winners, _gate_late, _by_nudging),
}
