"""Convolution of images: slide a bank of kernels over height and width."""

from coursecnn.ops import _convolution


def conv2d(
    x, weight, bias=None, *, stride=1, padding=0, dilation=1, groups=1, padding_mode="zeros"
):
    """Cross-correlate a batch of images with a bank of kernels.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W) or (C, H, W)
        Batch of images, or one image. Whole numbers are promoted to float64.
    weight : ndarray, shape (K, C / groups, kH, kW)
        One kernel per output channel.
    bias : ndarray, shape (K,), optional
        Added to every pixel of its output channel.
    stride : int or (int, int), default 1
        Step between neighbouring windows, in pixels.
    padding : int or (int, int) or {'valid', 'same'}, default 0
        Pixels added on each side of the image; 'valid' adds none, 'same' as many as keep the size
        (stride 1 only; when their number is odd, the additional one goes below and to the right).
    dilation : int or (int, int), default 1
        Step between neighbouring entries of the kernel, in pixels.
    groups : int, default 1
        Deal input and output channels into so many groups; a kernel sees its own group only.
    padding_mode : {'zeros', 'reflect', 'replicate', 'circular'}, default 'zeros'
        What the added pixels hold.

    Returns
    -------
    ndarray, shape (N, K, H_out, W_out) or (K, H_out, W_out)
        Feature maps; the sizes are `shapes.output_size` of each axis.

    Raises
    ------
    TypeError
        If an array does not hold real numbers, or an option is not an integer.
    ValueError
        If the arrays disagree on their channels, the kernel exceeds the padded image, or an option
        is out of its range.

    References
    ----------
    .. [1] V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning",
       arXiv:1603.07285, relationship 6.
    .. [2] K. Chellapilla, S. Puri and P. Simard, "High performance convolutional neural networks
       for document processing", 2006: unrolling the windows into a matrix.

    Examples
    --------
    >>> conv2d([[[1, 2, 3], [4, 5, 6]]], [[[[1, 0], [0, 1]]]])
    array([[[6., 8.]]])
    """
    return _convolution.forward(
        2, x, weight, bias, stride=stride, padding=padding, dilation=dilation,
        groups=groups, padding_mode=padding_mode,
    )  # fmt: skip


def conv2d_backward(
    grad, x, weight, *, stride=1, padding=0, dilation=1, groups=1, padding_mode="zeros",
    input_gradient=True,
):  # fmt: skip
    """Gradients of the loss with respect to the three arrays of `conv2d`.

    Parameters
    ----------
    grad : ndarray, shape (N, K, H_out, W_out) or (K, H_out, W_out)
        Gradient of the loss with respect to the output of `conv2d`.
    x : ndarray, shape (N, C, H, W) or (C, H, W)
        The images that `conv2d` was given.
    weight : ndarray, shape (K, C / groups, kH, kW)
        The kernels that `conv2d` was given.
    stride, padding, dilation, groups, padding_mode : as in `conv2d`
        The options that `conv2d` was given.
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
        If `grad` has not the shape of the output, or for the reasons of `conv2d`.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", 2016, section 9.5.
    """
    return _convolution.backward(
        2, grad, x, weight, stride=stride, padding=padding, dilation=dilation,
        groups=groups, padding_mode=padding_mode, input_gradient=input_gradient,
    )  # fmt: skip
