"""Max pooling: keep the largest entry of each window, forget where it was."""

import numpy as np

from coursecnn.ops._arguments import floats, like_output, pad, pad_backward, pooling_windows


def _maximum(axes, x, kernel_size, stride, padding, dilation, ceil_mode):
    """Largest entry of each window: `max_pool1d`, `max_pool2d` and `max_pool3d`."""
    (x,) = floats(x=x)
    geometry, border = pooling_windows(axes, x, kernel_size, stride, padding, dilation, ceil_mode)
    return _largest(pad(x, border, value=-np.inf), geometry)


def _maximum_backward(axes, grad, x, kernel_size, stride, padding, dilation, ceil_mode):
    """Look again for the winner of each window, and give it the gradient."""
    grad, x = floats(grad=grad, x=x)
    geometry, border = pooling_windows(axes, x, kernel_size, stride, padding, dilation, ceil_mode)
    padded = pad(x, border, value=-np.inf)
    out = _largest(padded, geometry)
    like_output(grad, out.shape)
    grad_padded, undecided = np.zeros_like(padded), np.ones(out.shape, bool)
    for tap in geometry.taps():
        window = padded[tap]
        wins = undecided & ((window == out) | np.isnan(window))
        undecided &= ~wins  # of equal entries the first takes the whole gradient
        grad_padded[tap] += wins * grad
    return pad_backward(grad_padded, border)


def _largest(padded, geometry):
    """Larger of two entries, one place of the window after the other."""
    first, *others = (padded[tap] for tap in geometry.taps())
    out = first.copy()
    for window in others:
        np.maximum(out, window, out=out)
    return out


def max_pool2d(x, kernel_size, *, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Largest pixel of each window.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W) or (C, H, W)
        Batch of images, or one image. Whole numbers are promoted to float64.
    kernel_size : int or (int, int)
        Height and width of the window.
    stride : int or (int, int), optional
        Step between neighbouring windows; without it, windows tile the image.
    padding : int or (int, int), default 0
        Pixels of minus infinity added on each side, at most half of the window.
    dilation : int or (int, int), default 1
        Step between neighbouring pixels of one window.
    ceil_mode : bool, default False
        Let the last window hang over the border, so that no pixel is left out.

    Returns
    -------
    ndarray, shape (N, C, H_out, W_out) or (C, H_out, W_out)
        The sizes are `shapes.output_size` of each axis. NaN wins over every number.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers, or an option is not an integer.
    ValueError
        If `x` has the wrong number of axes, the window exceeds the padded image, or an option is
        out of its range.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", 2016, section 9.3.

    Examples
    --------
    >>> max_pool2d([[[8, 5, 2, 7], [1, 6, 0, 3], [2, 4, 7, 1], [5, 1, 8, 0]]], 2)
    array([[[8., 7.],
            [5., 8.]]])
    """
    return _maximum(2, x, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool2d_backward(
    grad, x, kernel_size, *, stride=None, padding=0, dilation=1, ceil_mode=False
):
    """Gradient of the loss with respect to the input of `max_pool2d`.

    Parameters
    ----------
    grad : ndarray, shape (N, C, H_out, W_out) or (C, H_out, W_out)
        Gradient of the loss with respect to the output of `max_pool2d`.
    x : ndarray, shape (N, C, H, W) or (C, H, W)
        The images that `max_pool2d` was given.
    kernel_size, stride, padding, dilation, ceil_mode : as in `max_pool2d`
        The options that `max_pool2d` was given.

    Returns
    -------
    ndarray, shape of `x`
        Each output gradient goes to the largest pixel of its window, to the first of equal ones.

    Raises
    ------
    TypeError
        If an array does not hold real numbers, or an option is not an integer.
    ValueError
        If `grad` has not the shape of the output, or for the reasons of `max_pool2d`.
    """
    return _maximum_backward(2, grad, x, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool1d(x, kernel_size, *, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Largest entry of each window of a signal.

    Parameters
    ----------
    x : ndarray, shape (N, C, L) or (C, L)
        Batch of signals, or one signal. Whole numbers are promoted to float64.
    kernel_size, stride, padding, dilation, ceil_mode : as in `max_pool2d`
        As for `max_pool2d`; a tuple has one entry.

    Returns
    -------
    ndarray, shape (N, C, L_out) or (C, L_out)
        L_out is `shapes.output_size` of L.

    Raises
    ------
    TypeError, ValueError
        For the reasons of `max_pool2d`.

    Examples
    --------
    >>> max_pool1d([[1, 5, 2, 3]], 2, stride=1)
    array([[5., 5., 3.]])
    """
    return _maximum(1, x, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool1d_backward(
    grad, x, kernel_size, *, stride=None, padding=0, dilation=1, ceil_mode=False
):
    """Gradient of the loss with respect to the input of `max_pool1d`.

    Parameters
    ----------
    grad : ndarray, shape (N, C, L_out) or (C, L_out)
        Gradient of the loss with respect to the output of `max_pool1d`.
    x : ndarray, shape (N, C, L) or (C, L)
        The signals that `max_pool1d` was given.
    kernel_size, stride, padding, dilation, ceil_mode : as in `max_pool1d`
        The options that `max_pool1d` was given.

    Returns
    -------
    ndarray, shape of `x`
        Each output gradient at the largest entry of its window.

    Raises
    ------
    TypeError, ValueError
        For the reasons of `max_pool2d_backward`.
    """
    return _maximum_backward(1, grad, x, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool3d(x, kernel_size, *, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Largest voxel of each window of a volume.

    Parameters
    ----------
    x : ndarray, shape (N, C, D, H, W) or (C, D, H, W)
        Batch of volumes, or one volume. Whole numbers are promoted to float64.
    kernel_size, stride, padding, dilation, ceil_mode : as in `max_pool2d`
        As for `max_pool2d`; a tuple has three entries, for depth, height and width.

    Returns
    -------
    ndarray, shape (N, C, D_out, H_out, W_out) or (C, D_out, H_out, W_out)
        The sizes are `shapes.output_size` of each axis.

    Raises
    ------
    TypeError, ValueError
        For the reasons of `max_pool2d`.

    Examples
    --------
    >>> from numpy import arange
    >>> max_pool3d(arange(16).reshape(1, 2, 2, 4), 2)
    array([[[[13., 15.]]]])
    """
    return _maximum(3, x, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool3d_backward(
    grad, x, kernel_size, *, stride=None, padding=0, dilation=1, ceil_mode=False
):
    """Gradient of the loss with respect to the input of `max_pool3d`.

    Parameters
    ----------
    grad : ndarray, shape (N, C, D_out, H_out, W_out) or (C, D_out, H_out, W_out)
        Gradient of the loss with respect to the output of `max_pool3d`.
    x : ndarray, shape (N, C, D, H, W) or (C, D, H, W)
        The volumes that `max_pool3d` was given.
    kernel_size, stride, padding, dilation, ceil_mode : as in `max_pool3d`
        The options that `max_pool3d` was given.

    Returns
    -------
    ndarray, shape of `x`
        Each output gradient at the largest voxel of its window.

    Raises
    ------
    TypeError, ValueError
        For the reasons of `max_pool2d_backward`.
    """
    return _maximum_backward(3, grad, x, kernel_size, stride, padding, dilation, ceil_mode)
