"""Assignment 08, what comes after the maps: the detector, the loss, the dense layer."""

import numpy as np

from coursecnn import ops

from ..task import Misconception, Task
from .a07_activations import OVERFLOW_HINT
from .a08_inputs import gates, layers, scored

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
    ),
    alternatives=(
        _gate_by_loop,
        _gate_in_place,
        lambda grad, x: np.where(x > 0, grad, 0),
        lambda grad, x: grad * (np.sign(x) + np.abs(np.sign(x))) / 2,
    ),
    forbidden=FORBIDDEN,
)


def _loss_gradient(logits, labels):
    return ops.cross_entropy_backward(1, logits, np.asarray(labels).astype(int))


def _one_hot(logits, labels):
    return np.eye(logits.shape[1])[labels]


def _plain(logits, labels):
    powers = np.exp(logits)
    return (powers / powers.sum(axis=1, keepdims=True) - _one_hot(logits, labels)) / len(labels)


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


def _at_label_only(logits, labels):
    return _loss_gradient(logits, labels) * _one_hot(logits, labels)


def _every_label_in_every_row(logits, labels):
    p = ops.softmax(logits, axis=1)
    p[:, labels] -= 1
    return p / len(labels)


CROSS_ENTROPY_BACKWARD = Task(
    id="cross_entropy_backward",
    points=2,
    reference=_loss_gradient,
    arguments=("logits", "labels"),
    inputs=scored,
    misconceptions=(
        Misconception("overflow", _plain, OVERFLOW_HINT),
        Misconception(
            "not-averaged",
            lambda logits, labels: _loss_gradient(logits, labels) * len(labels),
            "The loss is the mean over N images, so each of them counts for one N-th.",
        ),
        Misconception(
            "divided-by-all",
            lambda logits, labels: _loss_gradient(logits, labels) / logits.shape[1],
            "The loss is a mean over images, not over classes: divide by N only.",
        ),
        Misconception(
            "label-ignored",
            lambda logits, labels: ops.softmax(logits, axis=1) / len(labels),
            "These are the probabilities. At the right class, 1 must be subtracted.",
        ),
        Misconception(
            "wrong-sign",
            lambda logits, labels: -_loss_gradient(logits, labels),
            "The loss falls when the score of the right class rises: its gradient is negative "
            "there, and p − 1 is.",
        ),
        Misconception(
            "one-from-all",
            lambda logits, labels: (ops.softmax(logits, axis=1) - 1) / len(labels),
            "Subtract 1 at the right class of each row only.",
        ),
        Misconception(
            "every-label-in-every-row",
            _every_label_in_every_row,
            "`p[:, labels]` names these columns in all rows. One entry of each row needs two lists "
            "of indices: `p[np.arange(N), labels]`.",
        ),
        Misconception(
            "right-class-only",
            _at_label_only,
            "The scores of the wrong classes matter, too: they stand in the sum of the softmax.",
        ),
        Misconception(
            "columns",
            lambda logits, labels: (
                (ops.softmax(logits, axis=0) - _one_hot(logits, labels)) / len(labels)
            ),
            "Each row is one image: its probabilities add up to 1 along the row.",
        ),
    ),
    alternatives=(
        _loss_by_loops,
        _loss_in_place,
        lambda logits, labels: (
            (ops.softmax(logits, axis=1) - (np.arange(logits.shape[1]) == labels[:, None]))
            / len(labels)
        ),
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
    ),
    alternatives=(
        _dense_by_images,
        _dense_by_einsum,
        _dense_by_bias_column,
        lambda grad, x, weight: (grad @ weight, grad.T @ x, grad.sum(axis=0)),
    ),
    forbidden=FORBIDDEN,
)
