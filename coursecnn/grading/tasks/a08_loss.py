"""Assignment 08, where the gradient begins: at the scores under a cross-entropy."""

import numpy as np

from coursecnn import ops

from ..task import Misconception, Task
from .a07_softmax import AXIS_HINT, OVERFLOW_HINT
from .a08_inputs import scored

FORBIDDEN = ("coursecnn.ops", "coursecnn.numpy_net", "torch")


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
        Misconception("axis-lost", _axis_lost, AXIS_HINT),
        Misconception(
            "one-maximum",
            lambda logits, labels: _plain(logits - logits.max(), labels),
            "With one maximum for all rows, the powers of a row that lies far below it all become "
            "0: each row needs its own.",
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
