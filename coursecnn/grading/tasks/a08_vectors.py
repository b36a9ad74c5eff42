"""Assignment 08, without windows: through the ReLU, and through the dense layer."""

import numpy as np

from coursecnn import ops

from ..task import Misconception, Task
from .a08_inputs import gates, layers
from .a08_pooling import INTEGER_HINT

FORBIDDEN = ("coursecnn.ops", "coursecnn.numpy_net", "torch")


def _gate_by_loop(grad, x):
    pairs = zip(np.ravel(grad), np.ravel(x), strict=True)
    return np.array([g if value > 0 else 0 for g, value in pairs]).reshape(x.shape)


def _gate_in_place(grad, x):
    grad[x <= 0] = 0
    return grad


RELU_BACKWARD = Task(
    id="relu_backward",
    points=1,
    reference=ops.relu_backward,
    arguments=("grad", "x"),
    inputs=gates,
    misconceptions=(
        Misconception(
            "gradient-ignored",
            lambda grad, x: (x > 0).astype(float),
            "This is the slope of the ReLU. By the chain rule, multiply it with `grad`.",
        ),
        Misconception(
            "gate-on-gradient",
            lambda grad, x: np.maximum(grad, 0),
            "Whether the gradient passes depends on the sign of `x`, not on its own.",
        ),
        Misconception(
            "multiplied-by-input",
            lambda grad, x: grad * np.maximum(x, 0),
            "The slope of the ReLU is 1 where it is positive, whatever the size of `x`.",
        ),
        Misconception(
            "slope-at-zero",
            lambda grad, x: grad * (x >= 0),
            "The slope is agreed to be 0 where `x` is exactly 0.",
        ),
        Misconception(
            "forward-again",
            lambda grad, x: np.maximum(x, 0),
            "This is the ReLU itself; its backward pass hands `grad` on or stops it.",
        ),
        Misconception(
            "entries-dropped",
            lambda grad, x: grad[x > 0],
            "Selecting drops the other entries: where the gradient is stopped, it is 0.",
        ),
        Misconception(
            "multiplied-by-input",
            lambda grad, x: grad * x,
            "The slope of the ReLU is 1 or 0; `x` decides which, and is no factor.",
        ),
        Misconception(
            "input-kept",
            lambda grad, x: np.where(x > 0, grad, x),
            "Where the gradient is stopped the result is 0, not `x`.",
        ),
        Misconception(
            "gate-turned-round",
            lambda grad, x: np.where(x < 0, grad, 0),
            "The gradient passes where `x` is positive and is stopped elsewhere; here it is the "
            "other way.",
        ),
        Misconception(
            "sign-for-slope",
            lambda grad, x: grad * np.sign(x),
            "Where `x` is negative the slope of the ReLU is 0, not −1.",
        ),
        Misconception(
            "arguments-exchanged",
            lambda grad, x: np.where(grad > 0, x, 0),
            "`grad` and `x` have changed places: the sign of `x` decides, and `grad` passes.",
        ),
        Misconception(
            "integer-output",
            lambda grad, x: np.where(x > 0, grad, 0).astype(x.dtype),
            INTEGER_HINT,
        ),
        Misconception(
            "question-to-an-array",
            lambda grad, x: grad if x > 0 else 0 * grad,
            "`if` asks one question about the whole array, which has many answers: decide entry "
            "by entry.",
        ),
        Misconception(
            "rows-as-numbers",
            lambda grad, x: np.array(
                [g if value > 0 else 0 for g, value in zip(grad, x, strict=True)]
            ),
            "A loop over an array with two axes meets rows, not numbers, and `x` may have any "
            "shape: decide for all entries at once.",
        ),
    ),
    alternatives=(
        _gate_by_loop,
        _gate_in_place,
        lambda grad, x: np.where(x > 0, grad, 0),
        lambda grad, x: grad * (np.sign(x) + np.abs(np.sign(x))) / 2,
    ),
    forbidden=FORBIDDEN,
)


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


def _dense(change):
    """The right gradients with a mistake made in them."""
    return lambda grad, x, weight: change(*ops.linear_backward(grad, x, weight), grad, weight)


DENSE_BACKWARD = Task(
    id="dense_backward",
    points=2,
    reference=ops.linear_backward,
    arguments=("grad", "x", "weight"),
    inputs=layers,
    misconceptions=(
        Misconception(
            "results-exchanged",
            _dense(lambda of_x, of_weight, of_bias, *_: (of_weight, of_x, of_bias)),
            "The gradient of `x` comes first, then that of `weight`, then that of the bias.",
        ),
        Misconception(
            "results-exchanged",
            _dense(lambda of_x, of_weight, of_bias, *_: (of_weight, of_bias, of_x)),
            "The gradient of `x` comes first, then that of `weight`, then that of the bias.",
        ),
        Misconception(
            "weight-transposed",
            _dense(lambda of_x, of_weight, of_bias, *_: (of_x, of_weight.T, of_bias)),
            "The gradient of `weight` has the shape of `weight`, (K, M): one row for each output.",
        ),
        Misconception(
            "multiplied-by-transpose",
            lambda grad, x, weight: (grad @ weight.T, *ops.linear_backward(grad, x, weight)[1:]),
            "Forward the input meets the transpose of `weight`; backward the gradient meets "
            "`weight` itself.",
        ),
        Misconception(
            "mean-not-sum",
            _dense(lambda x, w, b, grad, _: (x, w / len(grad), b / len(grad))),
            "Each weight serves all N images, and their gradients add up. The loss has divided by "
            "N already.",
        ),
        Misconception(
            "mean-not-sum",
            _dense(lambda x, w, b, grad, _: (x, w, b / len(grad))),
            "The bias serves all N images, and their gradients add up. The loss has divided by N "
            "already.",
        ),
        Misconception(
            "bias-of-each-image",
            _dense(lambda x, w, b, grad, _: (x, w, grad)),
            "There is one bias for each output, so its gradient has shape (K,): add over the "
            "images.",
        ),
        Misconception(
            "bias-over-outputs",
            _dense(lambda x, w, b, grad, _: (x, w, grad.sum(axis=1))),
            "This adds along the rows: add over the images, axis 0.",
        ),
        Misconception(
            "gradient-ignored",
            lambda grad, x, weight: ops.linear_backward(np.ones_like(grad), x, weight),
            "These are the gradients of the sum of all outputs. By the chain rule, each output "
            "counts as much as `grad` says.",
        ),
        Misconception(
            "not-transposed",
            lambda grad, x, weight: (grad @ weight, grad @ x, grad.sum(axis=0)),
            "For `weight` the sum runs over the images, which are the first axis of `grad` and of "
            "`x`: the left one must be transposed.",
        ),
        Misconception(
            "results-missing",
            _dense(lambda x, w, b, *_: (x, w)),
            "Three gradients are asked for: of `x`, of `weight` and of the bias.",
        ),
        Misconception(
            "results-exchanged",
            _dense(lambda x, w, b, *_: (b, w, x)),
            "The gradient of `x` comes first, then that of `weight`, then that of the bias.",
        ),
        Misconception(
            "bias-of-all",
            _dense(lambda x, w, b, *_: (x, w, b.sum())),
            "There is one bias for each output, so its gradient has shape (K,): add over the "
            "images only.",
        ),
        Misconception(
            "axes-kept",
            _dense(lambda x, w, b, *_: (x, w, b[np.newaxis])),
            "The gradient of the bias has one axis, (K,): `keepdims` keeps a second one.",
        ),
        Misconception(
            "gradient-ignored",
            _dense(lambda x, w, b, grad, _: (x, w, np.full(b.shape, len(grad)))),
            "The slope of an output to its bias is 1, but by the chain rule it is multiplied with "
            "`grad`.",
        ),
        Misconception(
            "gradient-ignored",
            _dense(lambda x, w, b, *_: (x, w, np.ones(b.shape))),
            "The slope of an output to its bias is 1, but by the chain rule it is multiplied with "
            "`grad`.",
        ),
    ),
    alternatives=(
        _dense_by_images,
        _dense_by_einsum,
        _dense_by_bias_column,
        lambda grad, x, weight: (grad @ weight, grad.T @ x, grad.sum(axis=0)),
    ),
    forbidden=FORBIDDEN,
)
