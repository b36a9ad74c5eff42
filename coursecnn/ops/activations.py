"""Activations: the bend between two linear layers, applied to each entry alone."""

import numpy as np

from coursecnn.ops._arrays import floats, like_output


def relu(x):
    """Keep what is positive, replace the rest by zero.

    Parameters
    ----------
    x : ndarray, any shape
        Whole numbers are promoted to float64.

    Returns
    -------
    ndarray, shape of `x`
        max(x, 0), entry by entry; NaN stays NaN.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    References
    ----------
    .. [1] V. Nair and G. Hinton, "Rectified linear units improve restricted Boltzmann machines",
       ICML 2010.

    Examples
    --------
    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    """
    (x,) = floats(x=x)
    return np.maximum(x, 0)


def relu_backward(grad, x):
    """Gradient of the loss with respect to the input of `relu`.

    Parameters
    ----------
    grad : ndarray, shape of `x`
        Gradient of the loss with respect to the output of `relu`.
    x : ndarray, any shape
        The input that `relu` was given.

    Returns
    -------
    ndarray, shape of `x`
        `grad` where `x` is positive, zero elsewhere.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the shapes differ.
    """
    grad, x = floats(grad=grad, x=x)
    return np.where(x > 0, like_output(grad, x.shape), 0)
