"""Convolution of signals: slide a bank of kernels along one axis."""

from coursecnn.ops import _convolution


def conv1d(
    x, weight, bias=None, *, stride=1, padding=0, dilation=1, groups=1, padding_mode="zeros"
):
    """Cross-correlate a batch of signals with a bank of kernels.

    Parameters
    ----------
    x : ndarray, shape (N, C, L) or (C, L)
        Batch of signals, or one signal. Whole numbers are promoted to float64.
    weight : ndarray, shape (K, C / groups, kL)
        One kernel per output channel.
    bias : ndarray, shape (K,), optional
        Added to every entry of its output channel.
    stride, padding, dilation, groups, padding_mode : as in `conv2d`
        As for `conv2d`; a tuple has one entry.

    Returns
    -------
    ndarray, shape (N, K, L_out) or (K, L_out)
        Filtered signals; L_out is `shapes.output_size` of L.

    Raises
    ------
    TypeError
        If an array does not hold real numbers, or an option is not an integer.
    ValueError
        If the arrays disagree on their channels, the kernel exceeds the padded signal, or an
        option is out of its range.

    References
    ----------
    .. [1] V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning",
       arXiv:1603.07285, relationship 6.

    Examples
    --------
    >>> conv1d([[0, 1, 2, 3]], [[[1, 2, 3]]])
    array([[ 8., 14.]])
    """
    return _convolution.forward(
        1, x, weight, bias, stride=stride, padding=padding, dilation=dilation,
        groups=groups, padding_mode=padding_mode,
    )  # fmt: skip


def conv1d_backward(
    grad, x, weight, *, stride=1, padding=0, dilation=1, groups=1, padding_mode="zeros",
    input_gradient=True,
):  # fmt: skip
    """Gradients of the loss with respect to the three arrays of `conv1d`.

    Parameters
    ----------
    grad : ndarray, shape (N, K, L_out) or (K, L_out)
        Gradient of the loss with respect to the output of `conv1d`.
    x : ndarray, shape (N, C, L) or (C, L)
        The signals that `conv1d` was given.
    weight : ndarray, shape (K, C / groups, kL)
        The kernels that `conv1d` was given.
    stride, padding, dilation, groups, padding_mode : as in `conv1d`
        The options that `conv1d` was given.
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
        If `grad` has not the shape of the output, or for the reasons of `conv1d`.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", 2016, section 9.5.
    """
    return _convolution.backward(
        1, grad, x, weight, stride=stride, padding=padding, dilation=dilation,
        groups=groups, padding_mode=padding_mode, input_gradient=input_gradient,
    )  # fmt: skip
