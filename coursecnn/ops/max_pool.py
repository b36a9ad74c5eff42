"""Max pooling: keep the largest pixel of each window, forget where it was."""

from coursecnn.ops import _pooling


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
    return _pooling.max_forward(
        2, x, kernel_size, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode
    )


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
    kernel_size, stride, padding, dilation, ceil_mode
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

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", 2016, section 9.3.
    """
    return _pooling.max_backward(
        2,
        grad,
        x,
        kernel_size,
        stride=stride,
        padding=padding,
        dilation=dilation,
        ceil_mode=ceil_mode,
    )
