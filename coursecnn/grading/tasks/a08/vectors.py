"""Backwards without windows: through the ReLU, the cross-entropy, the dense layer."""

from functools import partial

import numpy as np

from coursecnn import ops
from coursecnn.grading.task import Misconception, Task

from ..common.mistakes import (
    AXIS_LOST_HINT,
    ONE_MAXIMUM_HINT,
    OVERFLOW_HINT,
    integer_output,
    returned_too_early,
    stored,
)
from .inputs import gates, layers, scored

FORBIDDEN = ("coursecnn.ops", "coursecnn.numpy_net", "torch")
INTEGER_HINT = (
    "A result took the number type of what was given, as `np.zeros_like` gives it, and lost what "
    "does not fit; `np.zeros` with the same shape makes an array for any number."
)


def integer_parts(function, *places):
    """Results in the number types of arguments: each of them alone, and all of them.

    `function` gives the right results, and `places` pairs the place of a result with that of the
    argument that it resembles. Either fractions are cut off, or NumPy refuses to add them.
    """

    def cut(alike, *args):
        parts = list(function(*args))
        for part, at in alike:
            parts[part] = stored(parts[part], args[at].dtype)
        return tuple(parts)

    def refused(alike, *args):
        for _, at in alike:
            others = [array for place, array in enumerate(args) if place != at]
            total = np.zeros(1, args[at].dtype)
            total += np.zeros((), np.result_type(*others))  # raises, as it does for the student
        return cut(alike, *args)

    return tuple(
        Misconception("integer-output", partial(wrong, alike), INTEGER_HINT)
        for alike in dict.fromkeys((*((place,) for place in places), places))
        for wrong in (cut, refused)
    )


def _with_slope_at_zero(slope, grad, x):
    return grad * np.heaviside(x, slope)


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
            "gate-on-gradient",
            lambda grad, x: np.maximum(grad, 0) * (x > 0),
            "Whether the gradient passes depends on the sign of `x` alone: where `x` is positive, "
            "a negative gradient passes, too.",
        ),
        Misconception(
            "multiplied-by-input",
            lambda grad, x: grad * np.maximum(x, 0),
            "The slope of the ReLU is 1 where it is positive, whatever the size of `x`.",
        ),
        *(
            Misconception(
                "slope-at-zero",
                partial(_with_slope_at_zero, slope),
                "The slope is agreed to be 0 where `x` is exactly 0.",
            )
            for slope in (1, 0.5)
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
        *integer_output(ops.relu_backward, None, "x"),
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
    forbidden=FORBIDDEN,
)


def _loss_gradient(logits, labels):
    return ops.cross_entropy_backward(1, logits, np.asarray(labels).astype(int))


def _one_hot(logits, labels):
    return np.eye(logits.shape[1])[labels]


def _plain(logits, labels):
    powers = np.exp(logits)
    return (powers / powers.sum(axis=1, keepdims=True) - _one_hot(logits, labels)) / len(labels)


def _at_label_only(logits, labels):
    return _loss_gradient(logits, labels) * _one_hot(logits, labels)


def _every_label_in_every_row(logits, labels):
    p = ops.softmax(logits, axis=1)
    p[:, labels] -= 1
    return p / len(labels)


def _rows_of_labels(logits, labels):
    p = ops.softmax(logits, axis=1)
    p[labels] -= 1
    return p / len(labels)


def _label_before_division(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    grads = powers - _one_hot(logits, labels)
    return grads / powers.sum(axis=1, keepdims=True) / len(labels)


def _surprises(logits, labels):
    return -ops.log_softmax(logits, axis=1)[np.arange(len(labels)), labels]


def _one_hot_too_narrow(logits, labels):
    return (ops.softmax(logits, axis=1) - np.eye(labels.max() + 1)[labels]) / len(labels)


def _axis_lost(logits, labels):
    powers = np.exp(logits - logits.max(axis=1))
    return (powers / powers.sum(axis=1) - _one_hot(logits, labels)) / len(labels)


CROSS_ENTROPY_BACKWARD = Task(
    id="cross_entropy_backward",
    points=2,
    reference=_loss_gradient,
    arguments=("logits", "labels"),
    inputs=scored,
    misconceptions=(
        Misconception("overflow", _plain, OVERFLOW_HINT),
        Misconception("axis-lost", _axis_lost, AXIS_LOST_HINT),
        Misconception(
            "one-hot-too-narrow",
            _one_hot_too_narrow,
            "Not every class occurs among the labels: there are as many classes as columns of "
            "`logits`, whatever the largest label is.",
        ),
        *integer_output(_loss_gradient, "logits"),
        *returned_too_early(_loss_gradient, 2),
        Misconception(
            "one-maximum",
            lambda logits, labels: _plain(logits - logits.max(), labels),
            ONE_MAXIMUM_HINT,
        ),
        Misconception(
            "another-shift",
            lambda logits, labels: _plain(logits - logits.mean(axis=1, keepdims=True), labels),
            "After the mean is subtracted, a score far above it still overflows: subtract the "
            "largest score of the row, so that no exponent is positive.",
        ),
        Misconception(
            "loss-itself",
            lambda logits, labels: _surprises(logits, labels).mean(),
            "This is the loss, one number. Its gradient has a number for every score.",
        ),
        Misconception(
            "loss-itself",
            _surprises,
            "These are the losses of the images. The gradient has a number for every score.",
        ),
        Misconception(
            "right-class-only",
            lambda logits, labels: _loss_gradient(logits, labels)[np.arange(len(labels)), labels],
            "These are the entries of the right classes. The result has a number for every score: "
            "change `p` in these places and return all of it.",
        ),
        Misconception(
            "rows-of-labels",
            _rows_of_labels,
            "`p[labels]` names whole rows. One entry of each row needs two lists of indices: "
            "`p[np.arange(N), labels]`.",
        ),
        Misconception(
            "number-subtracted",
            lambda logits, labels: (ops.softmax(logits, axis=1) - labels[:, None]) / len(labels),
            "The number of the right class says only where to subtract; what is subtracted is 1.",
        ),
        Misconception(
            "counted-from-one",
            lambda logits, labels: _loss_gradient(logits, (labels - 1) % logits.shape[1]),
            "The classes are counted from 0, so the label is the index itself.",
        ),
        Misconception(
            "label-before-division",
            _label_before_division,
            "The 1 was subtracted from the powers; first make them probabilities.",
        ),
        Misconception(
            "half-divided",
            lambda logits, labels: (
                ops.softmax(logits, axis=1) - _one_hot(logits, labels) / len(labels)
            ),
            "Only the 1 was divided by N; the probabilities must be divided, too.",
        ),
        Misconception(
            "half-divided",
            lambda logits, labels: (
                ops.softmax(logits, axis=1) / len(labels) - _one_hot(logits, labels)
            ),
            "Only the probabilities were divided by N; the 1 must be divided, too.",
        ),
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
    forbidden=FORBIDDEN,
)


def _dense(change):
    """The right gradients with a mistake made in them."""
    return lambda grad, x, weight: change(*ops.linear_backward(grad, x, weight), grad, weight)


def _dense_overwritten(places):
    """The results at these places hold what the last image has given."""

    def wrong(grad, x, weight):
        right, last = (ops.linear_backward(grad[n:], x[n:], weight) for n in (0, len(grad) - 1))
        return tuple(last[n] if n in places else right[n] for n in range(3))

    return wrong


ORDER_HINT = "The gradient of `x` comes first, then that of `weight`, then that of the bias."
BIAS_SLOPE_HINT = (
    "The slope of an output to its bias is 1, but by the chain rule it is multiplied with `grad`."
)

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
            ORDER_HINT,
        ),
        Misconception(
            "results-exchanged",
            _dense(lambda of_x, of_weight, of_bias, *_: (of_weight, of_bias, of_x)),
            ORDER_HINT,
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
        *(
            Misconception(
                "overwritten",
                _dense_overwritten(places),
                "Only the last image is in the gradient of `weight` or of the bias: in a loop over "
                "the images `=` overwrites, `+=` adds.",
            )
            for places in ((1,), (2,), (1, 2))
        ),
        *integer_parts(ops.linear_backward, (0, 1), (1, 2)),
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
            ORDER_HINT,
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
            BIAS_SLOPE_HINT,
        ),
        Misconception(
            "gradient-ignored",
            _dense(lambda x, w, b, *_: (x, w, np.ones(b.shape))),
            BIAS_SLOPE_HINT,
        ),
    ),
    forbidden=FORBIDDEN,
)
