"""The dense layer: every output is a weighted sum of all inputs."""

from coursecnn.ops._arguments import floats, like_output


def linear(x, weight, bias=None):
    """Multiply by a matrix and add a bias.

    Parameters
    ----------
    x : ndarray, shape (..., M)
        Inputs; all axes but the last are batch axes. Whole numbers are promoted to float64.
    weight : ndarray, shape (K, M)
        One row of weights per output.
    bias : ndarray, shape (K,), optional
        Added to the outputs.

    Returns
    -------
    ndarray, shape (..., K)
        ``x @ weight.T + bias``.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the arrays disagree on M or K.

    Examples
    --------
    >>> linear([1, 2], [[3, 4], [5, 6]], [0, 1])
    array([11., 18.])
    """
    x, weight, bias = floats(x=x, weight=weight, bias=bias)
    _check(x, weight, bias)
    out = x @ weight.T
    return out if bias is None else out + bias


def linear_backward(grad, x, weight):
    """Gradients of the loss with respect to the three arrays of `linear`.

    Parameters
    ----------
    grad : ndarray, shape (..., K)
        Gradient of the loss with respect to the output of `linear`.
    x : ndarray, shape (..., M)
        The inputs that `linear` was given.
    weight : ndarray, shape (K, M)
        The weights that `linear` was given.

    Returns
    -------
    grad_x : ndarray, shape of `x`
        ``grad @ weight``.
    grad_weight : ndarray, shape of `weight`
        Products of output gradient and input, added over the batch.
    grad_bias : ndarray, shape (K,)
        Output gradients, added over the batch.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If `grad` has not the shape of the output, or the arrays disagree on M.
    """
    grad, x, weight = floats(grad=grad, x=x, weight=weight)
    _check(x, weight, None)
    like_output(grad, (*x.shape[:-1], len(weight)))
    batch_axes = tuple(range(x.ndim - 1))
    rows, inputs = grad.reshape(-1, len(weight)), x.reshape(-1, x.shape[-1])
    return grad @ weight, rows.T @ inputs, grad.sum(axis=batch_axes)


def _check(x, weight, bias):
    """Refuse arrays that do not fit."""
    if weight.ndim != 2:
        raise ValueError(f"`weight` must have the axes (K, M), but its shape is {weight.shape}")
    if x.ndim == 0 or x.shape[-1] != weight.shape[1]:
        raise ValueError(
            f"`weight` has {weight.shape[1]} inputs, but the shape of `x` is {x.shape}; its last "
            f"axis must have {weight.shape[1]} entries"
        )
    if bias is not None and bias.shape != (len(weight),):
        raise ValueError(
            f"`bias` must have shape ({len(weight)},), one per output, not {bias.shape}"
        )
