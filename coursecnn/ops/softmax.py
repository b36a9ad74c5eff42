"""Softmax: from scores to probabilities, and their logarithms, without overflow."""

import numpy as np

from coursecnn.ops._arrays import alike, floats


def softmax(x, *, axis=-1):
    """Turn scores into probabilities.

    Parameters
    ----------
    x : ndarray, any shape
        Scores, also called logits. Whole numbers are promoted to float64.
    axis : int, default -1
        The axis along which the probabilities add up to 1: the classes.

    Returns
    -------
    ndarray, shape of `x`
        exp(x) / Σ exp(x), computed after the largest score is subtracted from all. A score of
        minus infinity has probability 0.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If `x` has no such axis.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", 2016, section 4.1.

    Examples
    --------
    >>> softmax([1000.0, 1000.0])
    array([0.5, 0.5])
    """
    (x,) = floats(x=x)
    powers = np.exp(_lowered(x, axis))
    return powers / powers.sum(axis=axis, keepdims=True)


def softmax_backward(grad, x, *, axis=-1):
    """Gradient of the loss with respect to the input of `softmax`.

    Parameters
    ----------
    grad : ndarray, shape of `x`
        Gradient of the loss with respect to the output of `softmax`.
    x : ndarray, any shape
        The scores that `softmax` was given.
    axis : int, default -1
        The option that `softmax` was given.

    Returns
    -------
    ndarray, shape of `x`
        p · (`grad` − Σ p · `grad`), where p are the probabilities.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the shapes differ, or `x` has no such axis.
    """
    grad, x = alike(grad, x)
    p = softmax(x, axis=axis)
    return p * (grad - np.sum(p * grad, axis=axis, keepdims=True))


def log_softmax(x, *, axis=-1):
    """Logarithms of the probabilities of `softmax`, also of those too small for a float.

    Parameters
    ----------
    x : ndarray, any shape
        Scores, also called logits. Whole numbers are promoted to float64.
    axis : int, default -1
        The axis of the classes.

    Returns
    -------
    ndarray, shape of `x`
        x − log Σ exp(x), computed after the largest score is subtracted from all.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If `x` has no such axis.

    Examples
    --------
    >>> log_softmax([0.0, -2000.0])
    array([    0., -2000.])
    """
    (x,) = floats(x=x)
    lowered = _lowered(x, axis)
    return lowered - np.log(np.exp(lowered).sum(axis=axis, keepdims=True))


def log_softmax_backward(grad, x, *, axis=-1):
    """Gradient of the loss with respect to the input of `log_softmax`.

    Parameters
    ----------
    grad : ndarray, shape of `x`
        Gradient of the loss with respect to the output of `log_softmax`.
    x : ndarray, any shape
        The scores that `log_softmax` was given.
    axis : int, default -1
        The option that `log_softmax` was given.

    Returns
    -------
    ndarray, shape of `x`
        `grad` − p · Σ `grad`, where p are the probabilities.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the shapes differ, or `x` has no such axis.
    """
    grad, x = alike(grad, x)
    return grad - softmax(x, axis=axis) * grad.sum(axis=axis, keepdims=True)


def _lowered(x, axis):
    """The scores with their largest subtracted: nothing changes, and no power exceeds 1."""
    with np.errstate(invalid="ignore"):  # infinity minus infinity is NaN, and may be
        return x - x.max(axis=axis, keepdims=True, initial=-np.inf)
