"""Convolution of volumes: slide a bank of kernels over depth (or time), height and width."""

from coursecnn.ops import _convolution


def conv3d(
    x, weight, bias=None, *, stride=1, padding=0, dilation=1, groups=1, padding_mode="zeros"
):
    """Cross-correlate a batch of volumes with a bank of kernels.

    Parameters
    ----------
    x : ndarray, shape (N, C, D, H, W) or (C, D, H, W)
        Batch of volumes or films, or one of them. Whole numbers are promoted to float64.
    weight : ndarray, shape (K, C / groups, kD, kH, kW)
        One kernel per output channel.
    bias : ndarray, shape (K,), optional
        Added to every voxel of its output channel.
    stride, padding, dilation, groups, padding_mode : as in `conv2d`
        As for `conv2d`; a tuple has three entries, for depth, height and width.

    Returns
    -------
    ndarray, shape (N, K, D_out, H_out, W_out) or (K, D_out, H_out, W_out)
        Feature volumes; the sizes are `shapes.output_size` of each axis.

    Raises
    ------
    TypeError
        If an array does not hold real numbers, or an option is not an integer.
    ValueError
        If the arrays disagree on their channels, the kernel exceeds the padded volume, or an
        option is out of its range.

    References
    ----------
    .. [1] V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning",
       arXiv:1603.07285, relationship 6.

    Examples
    --------
    >>> from numpy import ones
    >>> conv3d(ones((1, 3, 5, 6)), ones((4, 1, 2, 3, 3))).shape
    (4, 2, 3, 4)
    """
    return _convolution.forward(
        3, x, weight, bias, stride=stride, padding=padding, dilation=dilation,
        groups=groups, padding_mode=padding_mode,
    )  # fmt: skip


def conv3d_backward(
    grad, x, weight, *, stride=1, padding=0, dilation=1, groups=1, padding_mode="zeros",
    input_gradient=True,
):  # fmt: skip
    """Gradients of the loss with respect to the three arrays of `conv3d`.

    Parameters
    ----------
    grad : ndarray, shape (N, K, D_out, H_out, W_out) or (K, D_out, H_out, W_out)
        Gradient of the loss with respect to the output of `conv3d`.
    x : ndarray, shape (N, C, D, H, W) or (C, D, H, W)
        The volumes that `conv3d` was given.
    weight : ndarray, shape (K, C / groups, kD, kH, kW)
        The kernels that `conv3d` was given.
    stride, padding, dilation, groups, padding_mode : as in `conv3d`
        The options that `conv3d` was given.
    input_gradient : bool, default True
        Whether to compute `grad_x`; the first layer of a network can do without.

    Returns
    -------
    grad_x : ndarray, shape of `x`, or None
        Every output gradient, times its kernel, added back where the window was read.
    grad_weight : ndarray, shape of `weight`
        Windows of the input, each times its output gradient, added up.
    grad_bias : ndarray, shape (K,)
        Sum of the output gradients of each channel.

    Raises
    ------
    TypeError
        If an array does not hold real numbers, or an option is not an integer.
    ValueError
        If `grad` has not the shape of the output, or for the reasons of `conv3d`.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", 2016, section 9.5.
    """
    return _convolution.backward(
        3, grad, x, weight, stride=stride, padding=padding, dilation=dilation,
        groups=groups, padding_mode=padding_mode, input_gradient=input_gradient,
    )  # fmt: skip
