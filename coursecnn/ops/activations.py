"""Activations, entry by entry: rectifiers, which have a corner, and smooth curves."""

from math import erfc, pi, sqrt

import numpy as np

from coursecnn.ops._arguments import alike, floats


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
        `grad` where `x` is positive, 0 elsewhere; at exactly 0 the slope is taken to be 0.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the shapes differ.
    """
    grad, x = alike(grad, x)
    return grad * (x > 0)


def leaky_relu(x, *, negative_slope=0.01):
    """Keep what is positive, shrink the rest.

    Parameters
    ----------
    x : ndarray, any shape
        Whole numbers are promoted to float64.
    negative_slope : float, default 0.01
        Factor for what is negative.

    Returns
    -------
    ndarray, shape of `x`
        x where it is positive, negative_slope · x elsewhere.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    References
    ----------
    .. [1] A. Maas, A. Hannun and A. Ng, "Rectifier nonlinearities improve neural network acoustic
       models", ICML 2013.

    Examples
    --------
    >>> leaky_relu([-2.0, 3.0], negative_slope=0.1)
    array([-0.2,  3. ])
    """
    (x,) = floats(x=x)
    return np.maximum(x, 0) + float(negative_slope) * np.minimum(x, 0)


def leaky_relu_backward(grad, x, *, negative_slope=0.01):
    """Gradient of the loss with respect to the input of `leaky_relu`.

    Parameters
    ----------
    grad : ndarray, shape of `x`
        Gradient of the loss with respect to the output of `leaky_relu`.
    x : ndarray, any shape
        The input that `leaky_relu` was given.
    negative_slope : float, default 0.01
        The option that `leaky_relu` was given.

    Returns
    -------
    ndarray, shape of `x`
        `grad` where `x` is positive, negative_slope · `grad` elsewhere.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the shapes differ.
    """
    grad, x = alike(grad, x)
    return np.where(x > 0, grad, float(negative_slope) * grad)


def elu(x, *, alpha=1.0):
    """Keep what is positive, let the rest level off smoothly.

    Parameters
    ----------
    x : ndarray, any shape
        Whole numbers are promoted to float64.
    alpha : float, default 1.0
        The level far to the left is -alpha.

    Returns
    -------
    ndarray, shape of `x`
        x where it is positive, alpha · (exp(x) − 1) elsewhere.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    References
    ----------
    .. [1] D.-A. Clevert, T. Unterthiner and S. Hochreiter, "Fast and accurate deep network learning
       by exponential linear units", arXiv:1511.07289.

    Examples
    --------
    >>> elu([-1000.0, 3.0])
    array([-1.,  3.])
    """
    (x,) = floats(x=x)
    return np.maximum(x, 0) + float(alpha) * np.expm1(np.minimum(x, 0))


def elu_backward(grad, x, *, alpha=1.0):
    """Gradient of the loss with respect to the input of `elu`.

    Parameters
    ----------
    grad : ndarray, shape of `x`
        Gradient of the loss with respect to the output of `elu`.
    x : ndarray, any shape
        The input that `elu` was given.
    alpha : float, default 1.0
        The option that `elu` was given.

    Returns
    -------
    ndarray, shape of `x`
        `grad` where `x` is positive, alpha · exp(x) · `grad` elsewhere.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the shapes differ.
    """
    grad, x = alike(grad, x)
    return np.where(x > 0, grad, float(alpha) * np.exp(np.minimum(x, 0)) * grad)


def sigmoid(x):
    """Squeeze any number between 0 and 1.

    Parameters
    ----------
    x : ndarray, any shape
        Whole numbers are promoted to float64.

    Returns
    -------
    ndarray, shape of `x`
        1 / (1 + exp(−x)), computed without overflow.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    Examples
    --------
    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    (x,) = floats(x=x)
    small = np.exp(-np.abs(x))  # at most 1, where exp(-x) would overflow
    return np.where(x < 0, small, 1) / (1 + small)


def sigmoid_backward(grad, x):
    """Gradient of the loss with respect to the input of `sigmoid`.

    Parameters
    ----------
    grad : ndarray, shape of `x`
        Gradient of the loss with respect to the output of `sigmoid`.
    x : ndarray, any shape
        The input that `sigmoid` was given.

    Returns
    -------
    ndarray, shape of `x`
        σ(x) · (1 − σ(x)) · `grad`; the factor is at most 1/4.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the shapes differ.
    """
    grad, x = alike(grad, x)
    s = sigmoid(x)
    return grad * s * (1 - s)


def tanh(x):
    """Squeeze any number between -1 and 1.

    Parameters
    ----------
    x : ndarray, any shape
        Whole numbers are promoted to float64.

    Returns
    -------
    ndarray, shape of `x`
        2 · sigmoid(2x) − 1.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    Examples
    --------
    >>> tanh([-1000.0, 0.0, 1000.0])
    array([-1.,  0.,  1.])
    """
    (x,) = floats(x=x)
    return np.tanh(x)


def tanh_backward(grad, x):
    """Gradient of the loss with respect to the input of `tanh`.

    Parameters
    ----------
    grad : ndarray, shape of `x`
        Gradient of the loss with respect to the output of `tanh`.
    x : ndarray, any shape
        The input that `tanh` was given.

    Returns
    -------
    ndarray, shape of `x`
        (1 − tanh²(x)) · `grad`.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the shapes differ.
    """
    grad, x = alike(grad, x)
    return grad * (1 - np.tanh(x) ** 2)


def gelu(x):
    """Weigh each number by the chance that a standard normal one is smaller.

    Parameters
    ----------
    x : ndarray, any shape
        Whole numbers are promoted to float64.

    Returns
    -------
    ndarray, shape of `x`
        x · Φ(x); exact, so it takes about 0.1 µs an entry.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    References
    ----------
    .. [1] D. Hendrycks and K. Gimpel, "Gaussian error linear units", arXiv:1606.08415.

    Examples
    --------
    >>> gelu([-100.0, 0.0, 100.0])
    array([ -0.,   0., 100.])
    """
    (x,) = floats(x=x)
    return x * _normal_cdf(x)


def gelu_backward(grad, x):
    """Gradient of the loss with respect to the input of `gelu`.

    Parameters
    ----------
    grad : ndarray, shape of `x`
        Gradient of the loss with respect to the output of `gelu`.
    x : ndarray, any shape
        The input that `gelu` was given.

    Returns
    -------
    ndarray, shape of `x`
        (Φ(x) + x · φ(x)) · `grad`, where φ is the density of the standard normal.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the shapes differ.
    """
    grad, x = alike(grad, x)
    density = np.exp(-(x**2) / 2) / sqrt(2 * pi)
    return grad * (_normal_cdf(x) + x * density)


def _normal_cdf(x):
    """Φ(x), entry by entry: NumPy has no error function, the standard library has."""
    cdf = np.frompyfunc(lambda entry: erfc(-entry / sqrt(2)) / 2, 1, 1)
    return np.asarray(cdf(x)).astype(x.dtype)
