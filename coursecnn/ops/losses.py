"""From scores to probabilities, and from these to one number that says how wrong they are."""

import numpy as np

from coursecnn.ops._arguments import alike, floats
from coursecnn.ops.activations import sigmoid


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


def mse(x, target):
    """Mean squared error.

    Parameters
    ----------
    x : ndarray, any shape
        Outputs. Whole numbers are promoted to float64.
    target : ndarray, shape of `x`
        What they should be.

    Returns
    -------
    float
        Mean of (x − target)² over all entries.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the shapes differ, or there is nothing to average.

    Examples
    --------
    >>> float(mse([1.0, 2.0], [1.0, 4.0]))
    2.0
    """
    x, target = _read(x, target)
    return np.mean((x - target) ** 2)


def mse_backward(grad, x, target):
    """Gradient with respect to the outputs that `mse` was given.

    Parameters
    ----------
    grad : float
        Gradient of the final loss with respect to `mse`: 1 where `mse` is the loss itself.
    x : ndarray, any shape
        The outputs that `mse` was given.
    target : ndarray, shape of `x`
        The targets that `mse` was given.

    Returns
    -------
    ndarray, shape of `x`
        2 · (x − target) / number of entries.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the shapes differ, or there is nothing to average.
    """
    x, target = _read(x, target)
    return float(grad) * 2 / x.size * (x - target)


def binary_cross_entropy_with_logits(x, target):
    """Mean surprise at yes-or-no answers, straight from the scores.

    Parameters
    ----------
    x : ndarray, any shape
        Scores (logits): positive means yes. Whole numbers are promoted to float64.
    target : ndarray, shape of `x`
        1 for yes, 0 for no, or a probability of yes.

    Returns
    -------
    float
        Mean of −target · log σ(x) − (1 − target) · log(1 − σ(x)), computed without overflow.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the shapes differ, or there is nothing to average.

    Examples
    --------
    >>> float(binary_cross_entropy_with_logits([1000.0, -1000.0], [0, 0]))
    500.0
    """
    x, target = _read(x, target)
    return np.mean(np.maximum(x, 0) - x * target + np.log1p(np.exp(-np.abs(x))))


def binary_cross_entropy_with_logits_backward(grad, x, target):
    """Gradient with respect to the scores of `binary_cross_entropy_with_logits`.

    Parameters
    ----------
    grad : float
        Gradient of the final loss with respect to this one: 1 where this is the loss itself.
    x : ndarray, any shape
        The scores that it was given.
    target : ndarray, shape of `x`
        The targets that it was given.

    Returns
    -------
    ndarray, shape of `x`
        (σ(x) − target) / number of entries: never vanishes while the answer is wrong.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the shapes differ, or there is nothing to average.
    """
    x, target = _read(x, target)
    return float(grad) / x.size * (sigmoid(x) - target)


def cross_entropy(x, target):
    """Mean surprise at the right classes, straight from the scores.

    Parameters
    ----------
    x : ndarray, shape (N, K) or (N, K, ...)
        Scores (logits) of the K classes. Whole numbers are promoted to float64.
    target : ndarray of int, shape (N,) or (N, ...)
        Number of the right class.

    Returns
    -------
    float
        Mean of −log softmax(x) at the right class. Guessing evenly costs log K.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers, or `target` whole ones.
    ValueError
        If the shapes do not fit, a class number is outside 0 … K − 1, or there is nothing to
        average.

    Examples
    --------
    >>> float(cross_entropy([[0.0, 0.0]], [1]))
    0.6931471805599453
    """
    x, target = _read_classes(x, target)
    return -np.mean(np.take_along_axis(log_softmax(x, axis=1), target, axis=1))


def cross_entropy_backward(grad, x, target):
    """Gradient with respect to the scores that `cross_entropy` was given.

    Parameters
    ----------
    grad : float
        Gradient of the final loss with respect to this one: 1 where this is the loss itself.
    x : ndarray, shape (N, K) or (N, K, ...)
        The scores that it was given.
    target : ndarray of int, shape (N,) or (N, ...)
        The classes that it was given.

    Returns
    -------
    ndarray, shape of `x`
        (softmax(x) − 1 at the right class) / number of answers.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers, or `target` whole ones.
    ValueError
        For the reasons of `cross_entropy`.
    """
    x, target = _read_classes(x, target)
    p = softmax(x, axis=1)
    at_target = np.take_along_axis(p, target, axis=1) - 1
    np.put_along_axis(p, target, at_target, axis=1)
    return float(grad) / target.size * p


def _read(x, target):
    """Outputs and targets, of one shape and not empty."""
    x, target = floats(x=x, target=target)
    if x.shape != target.shape:
        raise ValueError(f"`target` must have the shape of `x`, {x.shape}, not {target.shape}")
    return _not_empty(x), target


def _read_classes(x, target):
    """Scores, and class numbers with an axis of length 1 where the scores have their classes."""
    (x,), target = floats(x=x), np.asarray(target)
    if target.dtype.kind not in "ui":
        raise TypeError(f"`target` must hold class numbers, but its dtype is {target.dtype}")
    if x.ndim < 2 or target.shape != (x.shape[0], *x.shape[2:]):
        raise ValueError(
            f"`x` must have shape (N, K, ...) and `target` (N, ...), "
            f"but their shapes are {x.shape} and {target.shape}"
        )
    _not_empty(x)
    if target.min() < 0 or target.max() >= x.shape[1]:
        raise ValueError(
            f"`target` must lie between 0 and {x.shape[1] - 1}, as `x` has {x.shape[1]} classes, "
            f"but it reaches from {target.min()} to {target.max()}"
        )
    return x, np.expand_dims(target, 1)


def _not_empty(x):
    """A mean over no entries is not defined."""
    if x.size == 0:
        raise ValueError(f"`x` has no entries to average: its shape is {x.shape}")
    return x
