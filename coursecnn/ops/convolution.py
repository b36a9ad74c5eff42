"""Convolutional layers over one, two and three axes: what they are, and how to compute them."""

from math import prod

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops import _im2col
from coursecnn.ops._arguments import Geometry, batched, floats, like_output, pad, pad_backward
from coursecnn.shapes.integers import integer


def conv_by_definition(
    x, weight, bias=None, *, stride=1, padding=0, dilation=1, groups=1, padding_mode="zeros"
):
    """The sum that a convolutional layer is, as it stands in the books; made to be read.

    `conv1d`, `conv2d` and `conv3d` give the same numbers, and many times faster. For images::

        out[n, g, k, h, w] = bias[g, k] + Σ_c Σ_i Σ_j weight[g, k, c, i, j]
                             · x[n, g, c, h · stride + i · dilation, w · stride + j · dilation]

    where x has its padding. The letters count: n the images, g the groups into which channels and
    kernels are dealt in turn, k the kernels and c the channels of a group, h and w the places of
    the output, i and j the entries of a kernel. Signals have w and j alone; volumes have a place d
    and an entry t in addition.

    Parameters
    ----------
    x : ndarray, shape (N, C, W), (N, C, H, W) or (N, C, D, H, W)
        Batch of signals, images or volumes. Whole numbers are promoted to float64.
    weight : ndarray, shape (K, C / groups, kW), (…, kH, kW) or (…, kD, kH, kW)
        One kernel per output channel.
    bias : ndarray, shape (K,), optional
        Added to every entry of its output channel.
    stride, padding, dilation, groups, padding_mode : as in `conv2d`
        As for `conv2d`; a tuple has one entry per axis.

    Returns
    -------
    ndarray, shape (N, K, W_out), (N, K, H_out, W_out) or (N, K, D_out, H_out, W_out)
        Feature maps; the sizes are `shapes.output_size` of each axis.

    Raises
    ------
    TypeError, ValueError
        For the reasons of `conv2d`.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", 2016, equations 9.7 and 9.8.

    Examples
    --------
    >>> conv_by_definition([[[0, 1, 2, 3]]], [[[1, 2, 3]]])
    array([[[ 8., 14.]]])
    """
    x, weight, bias = floats(x=x, weight=weight, bias=bias)
    if x.ndim not in (3, 4, 5):
        raise ValueError(f"`x` must have the axes (N, C, …, W), but its shape is {x.shape}")
    axes = x.ndim - 2
    groups = _check(axes, x, weight, bias, groups)
    geometry = Geometry.read(
        x.shape[2:], weight.shape[2:], stride=stride, padding=padding, dilation=dilation
    )
    padded = pad(x, geometry.padding, padding_mode)
    windows = sliding_window_view(padded, geometry.spans, axis=tuple(range(2, x.ndim)))
    windows = windows[(..., *(slice(None, None, n) for n in geometry.stride + geometry.dilation))]

    windows = windows.reshape(len(x), groups, weight.shape[1], *windows.shape[2:])
    kernels = weight.reshape(groups, len(weight) // groups, *weight.shape[1:])
    hw, ij = "dhw"[-axes:], "tij"[-axes:]  # of images: "ngchwij,gkcij->ngkhw"
    out = np.einsum(f"ngc{hw}{ij},gkc{ij}->ngk{hw}", windows, kernels)
    out = out.reshape(len(x), len(weight), *geometry.out)
    return out if bias is None else out + bias.reshape(-1, *(1,) * axes)


def _conv(axes, x, weight, bias, stride, padding, dilation, groups, padding_mode):
    """The same by way of `_im2col`: `conv1d`, `conv2d` and `conv3d` are this over their axes."""
    x, weight, bias = floats(x=x, weight=weight, bias=bias)
    images = batched(x, axes)
    groups = _check(axes, images, weight, bias, groups)
    images, geometry, _ = _bordered(images, weight, stride, padding, dilation, padding_mode)
    out = _im2col.convolution(images, weight, geometry, groups)
    if bias is not None:
        out += bias.reshape(-1, *(1,) * axes)
    return out if x.ndim == axes + 2 else out[0]


def _conv_backward(
    axes, grad, x, weight, stride, padding, dilation, groups, padding_mode, input_gradient
):
    """Gradients with respect to input, weight and bias."""
    grad, x, weight = floats(grad=grad, x=x, weight=weight)
    images = batched(x, axes)
    groups = _check(axes, images, weight, None, groups)
    images, geometry, border = _bordered(images, weight, stride, padding, dilation, padding_mode)
    shape = (len(images), len(weight), *geometry.out)
    grads = like_output(grad, shape if x.ndim == axes + 2 else shape[1:]).reshape(shape)
    grad_weight = _im2col.weight_gradient(grads, images, geometry, groups)
    grad_bias = np.einsum("nkp->k", grads.reshape(*grads.shape[:2], prod(geometry.out)))
    if not input_gradient:
        return None, grad_weight, grad_bias
    grad_x = _im2col.input_gradient(grads, weight, geometry, groups)
    grad_x = pad_backward(grad_x, border, padding_mode)
    return grad_x.reshape(x.shape), grad_weight, grad_bias


def _check(axes, images, weight, bias, groups):
    """Refuse kernels and biases that do not fit the images; return the number of groups."""
    groups = integer(groups, "groups", minimum=1)
    if weight.ndim != axes + 2:
        raise ValueError(
            f"`weight` must have {axes + 2} axes, (K, C, and {axes} of the kernel), "
            f"but its shape is {weight.shape}"
        )
    kernels, per_group = weight.shape[:2]
    channels = images.shape[1]
    if per_group * groups != channels:
        raise ValueError(
            f"`weight` has {per_group} input channels but `x` has {channels}; with `groups`="
            f"{groups} `x` must have {per_group * groups}"
        )
    if kernels % groups:
        raise ValueError(f"`weight` has {kernels} kernels, not divisible by `groups`={groups}")
    if bias is not None and bias.shape != (kernels,):
        raise ValueError(f"`bias` must have shape ({kernels},), one per kernel, not {bias.shape}")
    return groups


def _bordered(images, weight, stride, padding, dilation, padding_mode):
    """Images with their border, and where windows lie; a border of zeros is left to `_im2col`."""
    steps = {"stride": stride, "dilation": dilation}
    geometry = Geometry.read(images.shape[2:], weight.shape[2:], padding=padding, **steps)
    if padding_mode == "zeros":
        return images, geometry, ((0, 0),) * len(geometry.out)
    padded = pad(images, geometry.padding, padding_mode)
    inside = Geometry.read(padded.shape[2:], weight.shape[2:], padding=0, **steps)
    return padded, inside, geometry.padding


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
    return _conv(2, x, weight, bias, stride, padding, dilation, groups, padding_mode)


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
    return _conv_backward(
        2, grad, x, weight, stride, padding, dilation, groups, padding_mode, input_gradient
    )


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
    TypeError, ValueError
        For the reasons of `conv2d`.

    Examples
    --------
    >>> conv1d([[0, 1, 2, 3]], [[[1, 2, 3]]])
    array([[ 8., 14.]])
    """
    return _conv(1, x, weight, bias, stride, padding, dilation, groups, padding_mode)


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
    stride, padding, dilation, groups, padding_mode, input_gradient : as in `conv2d_backward`
        As for `conv2d_backward`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : ndarray, shapes of `x`, of `weight` and (K,)
        What `conv2d_backward` says.

    Raises
    ------
    TypeError, ValueError
        For the reasons of `conv2d_backward`.
    """
    return _conv_backward(
        1, grad, x, weight, stride, padding, dilation, groups, padding_mode, input_gradient
    )


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
    TypeError, ValueError
        For the reasons of `conv2d`.

    Examples
    --------
    >>> from numpy import ones
    >>> conv3d(ones((1, 3, 5, 6)), ones((4, 1, 2, 3, 3))).shape
    (4, 2, 3, 4)
    """
    return _conv(3, x, weight, bias, stride, padding, dilation, groups, padding_mode)


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
    stride, padding, dilation, groups, padding_mode, input_gradient : as in `conv2d_backward`
        As for `conv2d_backward`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : ndarray, shapes of `x`, of `weight` and (K,)
        What `conv2d_backward` says.

    Raises
    ------
    TypeError, ValueError
        For the reasons of `conv2d_backward`.
    """
    return _conv_backward(
        3, grad, x, weight, stride, padding, dilation, groups, padding_mode, input_gradient
    )
