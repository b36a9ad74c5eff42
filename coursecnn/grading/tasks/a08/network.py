"""Backwards through all of it: the gradients of a network, from its loss to its kernels."""

import numpy as np

from coursecnn import ops
from coursecnn.grading.task import Misconception, Task

from ..common.mistakes import NOT_RESET_HINT
from .images import FILTERS_TOO
from .inputs import networks
from .vectors import integer_parts


def forward(image, kernels, weight, bias):
    """What the stages of the network answer: sums, pooled maps, scores."""
    sums = ops.conv2d(image[None, None], kernels[:, None])[0]
    pooled = ops.max_pool2d(ops.relu(sums), 2)
    return sums, pooled, weight @ pooled.ravel() + bias


def _surprise(scores, label):
    return ops.cross_entropy_backward(1, scores[None], np.array([label]))[0]


def _unroute(grad_pooled, maps):
    return ops.max_pool2d_backward(grad_pooled, maps, 2)


def _gate(grad_maps, sums):
    return ops.relu_backward(grad_maps, sums)


def _unflatten(grad_features, shape):
    return grad_features.reshape(shape)


def _backward(*, surprise=_surprise, unflatten=_unflatten, unroute=_unroute, gate=_gate):
    """The gradients; each keyword puts a mistake in the place of one step."""

    def answer(image, label, kernels, weight, bias):
        arrays = (np.asarray(array, np.float64) for array in (image, kernels, weight, bias))
        image, kernels, weight, bias = arrays
        sums, pooled, scores = forward(image, kernels, weight, bias)
        grad = surprise(scores, label)
        grad_pooled = unflatten(grad @ weight, pooled.shape)
        grad_sums = gate(unroute(grad_pooled, ops.relu(sums)), sums)
        grad_kernels = ops.conv2d_backward(grad_sums[None], image[None, None], kernels[:, None])[1]
        return grad_kernels[:, 0], np.outer(grad, pooled), grad

    return answer


_gradients = _backward()


def _spread(grad_pooled, maps):
    spread = np.zeros(maps.shape)
    rows, columns = (2 * n for n in grad_pooled.shape[1:])
    spread[:, :rows, :columns] = grad_pooled.repeat(2, axis=1).repeat(2, axis=2)
    return spread


def _channels_last(grad_features, shape):
    channels, rows, columns = shape
    return np.moveaxis(grad_features.reshape(rows, columns, channels), 2, 0)


def _without_label(scores, label):
    return ops.softmax(scores)


def _first_kernel_only(*given):
    of_kernels, *others = _gradients(*given)
    of_kernels[1:] = 0
    return of_kernels, *others


def _one_for_all(*given):
    of_kernels, *others = _gradients(*given)
    return np.broadcast_to(of_kernels.sum(axis=0), of_kernels.shape).copy(), *others


def _image_not_kernel(image, label, kernels, weight, bias):
    _, of_weight, of_bias = _gradients(image, label, kernels, weight, bias)
    sums, pooled, scores = forward(image, kernels, weight, bias)
    grad_pooled = (_surprise(scores, label) @ weight).reshape(pooled.shape)
    grad_sums = _gate(_unroute(grad_pooled, ops.relu(sums)), sums)
    of_images = [
        ops.conv2d_backward(of_sum[None, None], image[None, None], kernel[None, None])[0][0, 0]
        for of_sum, kernel in zip(grad_sums, kernels, strict=True)
    ]
    return np.array(of_images), of_weight, of_bias


def _weight_transposed(*given):
    of_kernels, of_weight, of_bias = _gradients(*given)
    return of_kernels, of_weight.T, of_bias


ORDER_HINT = "The order is kernels, weights, biases."

NETWORK_GRADIENTS = Task(
    id="network_gradients",
    points=3,
    reference=_gradients,
    arguments=("image", "label", "kernels", "weight", "bias"),
    inputs=networks,
    misconceptions=(
        Misconception(
            "relu-forgotten",
            _backward(gate=lambda grad_maps, sums: grad_maps),
            "Between the pooling and the sums stands the ReLU: where a sum is not positive, it "
            "stops the gradient.",
        ),
        Misconception(
            "pooling-spread",
            _backward(unroute=_spread),
            "Of each 2×2 pixels only the largest has an influence: send the gradient there, as "
            "`max_pool2d_backward` does.",
        ),
        Misconception(
            "label-ignored",
            _backward(surprise=_without_label),
            "The gradient of the loss at the scores is p − 1 at the right class, not p.",
        ),
        Misconception(
            "wrong-sign",
            lambda *given: tuple(-part for part in _gradients(*given)),
            "All signs are turned round. The gradient points to where the loss grows; the "
            "training then goes the other way.",
        ),
        Misconception(
            "channels-last",
            _backward(unflatten=_channels_last),
            "The features were flattened from shape (K, rows, columns); give them that shape back.",
        ),
        Misconception(
            "first-kernel-only",
            _first_kernel_only,
            "Only the first kernel got its gradient: the loop over the kernels ends too early, or "
            "writes to the same place.",
        ),
        Misconception(
            "one-for-all",
            _one_for_all,
            "All kernels got the same gradient. Each has made a map of its own, and learns from "
            "that.",
        ),
        Misconception(
            "gate-on-gradient",
            _backward(gate=lambda grad_maps, sums: np.maximum(grad_maps, 0)),
            "Whether a gradient passes the ReLU depends on the sign of the sum, not on its own.",
        ),
        Misconception(
            "added-over-kernels",
            lambda *given: (_gradients(*given)[0].sum(axis=0), *_gradients(*given)[1:]),
            "The kernels' gradients were added up; collect them, one for each kernel.",
        ),
        Misconception(
            "last-kernel-only",
            lambda *given: (_gradients(*given)[0][-1], *_gradients(*given)[1:]),
            "Only the gradient of the last kernel is left: collect them in a list.",
        ),
        Misconception(
            "total-not-reset",
            lambda *given: (np.cumsum(_gradients(*given)[0], axis=0), *_gradients(*given)[1:]),
            NOT_RESET_HINT,
        ),
        *integer_parts(_gradients, (0, 2), (1, 3), (2, 4)),
        Misconception(
            "image-not-kernel",
            _image_not_kernel,
            "`conv2d_backward` returns two arrays. The second belongs to the kernel; the first is "
            "the gradient of the image, which nobody learns.",
        ),
        Misconception(
            "step-taken",
            lambda image, label, *given: tuple(
                part - 0.1 * slope
                for part, slope in zip(given, _gradients(image, label, *given), strict=True)
            ),
            "These are parameters after a step; the gradients themselves are asked for.",
        ),
        Misconception(
            "weight-transposed",
            _weight_transposed,
            "The gradient of `weight` has the shape of `weight`, (M, F): one row for each class.",
        ),
        Misconception(
            "axes-kept",
            lambda *given: (*_gradients(*given)[:2], _gradients(*given)[2][np.newaxis]),
            "The gradient of the bias has one axis, (M,); the batch of one is gone.",
        ),
        Misconception(
            "results-missing",
            lambda *given: _gradients(*given)[:2],
            "Three gradients are asked for: of the kernels, of `weight` and of `bias`.",
        ),
        Misconception(
            "results-exchanged",
            lambda *given: _gradients(*given)[::-1],
            ORDER_HINT,
        ),
        Misconception(
            "results-exchanged",
            lambda *given: (*_gradients(*given)[1:], _gradients(*given)[0]),
            ORDER_HINT,
        ),
    ),
    forbidden=FILTERS_TOO,
)
