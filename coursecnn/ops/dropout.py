"""Dropout: silence a random part of the entries, so that no unit can rely on one other alone."""

import numpy as np

from coursecnn.ops._arrays import alike, floats
from coursecnn.shapes.integers import integer


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
