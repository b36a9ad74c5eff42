"""Layers that are different in training: batch normalisation and dropout."""

import numpy as np

from coursecnn.ops._arguments import alike, floats, like_output
from coursecnn.shapes.integers import integer


def batch_statistics(x):
    """Mean and variance of each channel, over the batch and all positions.

    Parameters
    ----------
    x : ndarray, shape (N, C, ...)
        A batch with at least two numbers per channel. Whole numbers are promoted to float64.

    Returns
    -------
    mean, var : ndarray, shape (C,)
        The variance divides by the number of entries, not by one less.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If `x` has no channel axis, or fewer than two numbers per channel.
    """
    (x,) = floats(x=x)
    axes = _other_axes(x)
    if x.size < 2 * x.shape[1]:
        raise ValueError(
            f"the statistics of `x` need two numbers per channel, but its shape is {x.shape}; use "
            "a larger batch, or give `mean` and `var`"
        )
    return x.mean(axis=axes), x.var(axis=axes)


def batch_norm(x, weight, bias, *, mean=None, var=None, eps=1e-5):
    """Normalise each channel, then scale and shift it.

    Parameters
    ----------
    x : ndarray, shape (N, C, ...)
        A batch. Whole numbers are promoted to float64.
    weight, bias : ndarray, shape (C,)
        Scale and shift of each channel.
    mean, var : ndarray, shape (C,), optional
        Fixed statistics, as at test time. Without them, those of the batch are used.
    eps : float, default 1e-5
        Added to the variance, so that a constant channel does not divide by zero.

    Returns
    -------
    ndarray, shape of `x`
        weight · (x − mean) / √(var + eps) + bias.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the arrays disagree on C, only one of `mean` and `var` is given, or a channel of the
        batch has fewer than two numbers and no fixed statistics.

    References
    ----------
    .. [1] S. Ioffe and C. Szegedy, "Batch normalization: accelerating deep network training by
       reducing internal covariate shift", arXiv:1502.03167, algorithm 1.

    Examples
    --------
    >>> batch_norm([[1.0], [3.0]], [10.0], [5.0], eps=0.0)
    array([[-5.],
           [15.]])
    """
    x, weight, bias, mean, var = floats(x=x, weight=weight, bias=bias, mean=mean, var=var)
    _check(x, weight=weight, bias=bias, mean=mean, var=var)
    normal, _ = _normalise(x, mean, var, eps)
    return _spread(weight, x) * normal + _spread(bias, x)


def batch_norm_backward(grad, x, weight, *, mean=None, var=None, eps=1e-5):
    """Gradients of the loss with respect to the three arrays of `batch_norm`.

    Parameters
    ----------
    grad : ndarray, shape of `x`
        Gradient of the loss with respect to the output of `batch_norm`.
    x : ndarray, shape (N, C, ...)
        The batch that `batch_norm` was given.
    weight : ndarray, shape (C,)
        The scale that `batch_norm` was given.
    mean, var, eps : as in `batch_norm`
        The options that `batch_norm` was given.

    Returns
    -------
    grad_x : ndarray, shape of `x`
        With the batch's own statistics, what would only move or stretch them is taken away.
    grad_weight : ndarray, shape (C,)
        Sum of gradient times normalised input.
    grad_bias : ndarray, shape (C,)
        Sum of the gradient.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If `grad` has not the shape of `x`, or for the reasons of `batch_norm`.
    """
    grad, x, weight, mean, var = floats(grad=grad, x=x, weight=weight, mean=mean, var=var)
    _check(x, weight=weight, mean=mean, var=var)
    like_output(grad, x.shape)
    normal, deviation = _normalise(x, mean, var, eps)
    axes = _other_axes(x)
    grad_weight, grad_bias = np.sum(grad * normal, axis=axes), grad.sum(axis=axes)
    if mean is None:
        count = x.size // x.shape[1]
        grad = grad - _spread(grad_bias, x) / count - normal * _spread(grad_weight, x) / count
    return grad * _spread(weight / deviation, x), grad_weight, grad_bias


def _normalise(x, mean, var, eps):
    """Each channel with mean 0 and variance 1, and the standard deviation that it had."""
    if mean is None:
        mean, var = batch_statistics(x)
    deviation = np.sqrt(var + float(eps))
    return (x - _spread(mean, x)) / _spread(deviation, x), deviation


def _check(x, **per_channel):
    """Refuse arrays that do not hold one number per channel, and a mean without a variance."""
    _other_axes(x)
    for name, array in per_channel.items():
        if array is not None and array.shape != x.shape[1:2]:
            raise ValueError(
                f"`{name}` must have shape {x.shape[1:2]}, one per channel of `x`, "
                f"not {array.shape}"
            )
    if (per_channel["mean"] is None) != (per_channel["var"] is None):
        raise ValueError("`mean` and `var` must be given together, or neither of them")


def _other_axes(x):
    """All axes but that of the channels."""
    if x.ndim < 2:
        raise ValueError(f"`x` must have the axes (N, C, ...), but its shape is {x.shape}")
    return (0, *range(2, x.ndim))


def _spread(channels, x):
    """One number per channel, shaped so that it meets every entry of its channel."""
    return channels.reshape(-1, *(1,) * (x.ndim - 2))


def dropout(x, *, p=0.5, seed):
    """Set each entry to zero with probability p, and enlarge the others to keep the mean.

    Parameters
    ----------
    x : ndarray, any shape
        Whole numbers are promoted to float64.
    p : float, default 0.5
        Probability of zero.
    seed : int
        Decides which entries fall. Give another one in every step of training; give
        `dropout_backward` the same one.

    Returns
    -------
    ndarray, shape of `x`
        Entries that stay are divided by 1 − p. At test time, do not call it.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers, or `seed` is not an integer.
    ValueError
        If `p` is outside 0 … 1, or `seed` is negative.

    References
    ----------
    .. [1] N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever and R. Salakhutdinov, "Dropout: a
       simple way to prevent neural networks from overfitting", JMLR 15, 2014.

    Examples
    --------
    >>> sorted(set(dropout([1.0] * 100, p=0.75, seed=0).tolist()))
    [0.0, 4.0]
    """
    (x,) = floats(x=x)
    return x * _mask(x, p, seed)


def dropout_backward(grad, x, *, p=0.5, seed):
    """Gradient of the loss with respect to the input of `dropout`.

    Parameters
    ----------
    grad : ndarray, shape of `x`
        Gradient of the loss with respect to the output of `dropout`.
    x : ndarray, any shape
        The input that `dropout` was given; only its shape matters.
    p : float, default 0.5
        The option that `dropout` was given.
    seed : int
        The seed that `dropout` was given, so that the same entries fall.

    Returns
    -------
    ndarray, shape of `x`
        `grad` through the same mask.

    Raises
    ------
    TypeError
        If an array does not hold real numbers, or `seed` is not an integer.
    ValueError
        If the shapes differ, `p` is outside 0 … 1, or `seed` is negative.
    """
    grad, x = alike(grad, x)
    return grad * _mask(x, p, seed)


def _mask(x, p, seed):
    """0 where an entry falls, 1 / (1 − p) where it stays."""
    if not 0 <= p <= 1:
        raise ValueError(f"`p` must be a probability between 0 and 1, not {p!r}")
    draws = np.random.default_rng(integer(seed, "seed", minimum=0)).random(x.shape, np.float32)
    return (draws >= p) * x.dtype.type(1 / (1 - p) if p < 1 else 0)
