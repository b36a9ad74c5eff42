"""Transposed convolution: the way back through a convolution's connections, to a larger image."""

from coursecnn.ops import _im2col
from coursecnn.ops._arguments import Geometry, batched, floats, like_output
from coursecnn.shapes import pair, transposed_output_size
from coursecnn.shapes.integers import integer


def conv_transpose2d(
    x, weight, bias=None, *, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    """Spread every pixel over a kernel-shaped patch of a larger image; add where patches overlap.

    This is `conv2d_backward` with respect to its images, used as a layer: its matrix is the
    transpose of the convolution's, not the inverse.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W) or (C, H, W)
        Batch of feature maps, or those of one image. Whole numbers are promoted to float64.
    weight : ndarray, shape (C, K / groups, kH, kW)
        One patch per input channel and output channel.
    bias : ndarray, shape (K,), optional
        Added to every pixel of its output channel.
    stride : int or (int, int), default 1
        Step between the patches of neighbouring pixels.
    padding : int or (int, int), default 0
        Pixels cut off on each side of the result.
    output_padding : int or (int, int), default 0
        Rows below and columns on the right that the result has in addition; smaller than the
        stride or the dilation.
    groups : int, default 1
        Deal input and output channels into so many groups.
    dilation : int or (int, int), default 1
        Step between neighbouring entries of a patch.

    Returns
    -------
    ndarray, shape (N, K, H_out, W_out) or (K, H_out, W_out)
        The sizes are `shapes.transposed_output_size` of each axis.

    Raises
    ------
    TypeError
        If an array does not hold real numbers, or an option is not an integer.
    ValueError
        If the arrays disagree on their channels, nothing is left after cutting, or an option is
        out of its range.

    References
    ----------
    .. [1] V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning",
       arXiv:1603.07285, section 4.

    Examples
    --------
    >>> conv_transpose2d([[[1, 2]]], [[[[1, 1], [1, 1]]]], stride=2)
    array([[[1., 1., 2., 2.],
            [1., 1., 2., 2.]]])
    """
    x, weight, bias = floats(x=x, weight=weight, bias=bias)
    images = batched(x, 2)
    groups = _check(images, weight, bias, groups)
    geometry = _geometry(images, weight, stride, padding, output_padding, dilation)
    out = _im2col.input_gradient(images, weight, geometry, groups)
    if bias is not None:
        out += bias[:, None, None]
    return out if x.ndim == 4 else out[0]


def conv_transpose2d_backward(
    grad, x, weight, *, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    """Gradients of the loss with respect to the three arrays of `conv_transpose2d`.

    Parameters
    ----------
    grad : ndarray, shape (N, K, H_out, W_out) or (K, H_out, W_out)
        Gradient of the loss with respect to the output of `conv_transpose2d`.
    x : ndarray, shape (N, C, H, W) or (C, H, W)
        The feature maps that `conv_transpose2d` was given.
    weight : ndarray, shape (C, K / groups, kH, kW)
        The patches that `conv_transpose2d` was given.
    stride, padding, output_padding, groups, dilation : as in `conv_transpose2d`
        The options that `conv_transpose2d` was given.

    Returns
    -------
    grad_x : ndarray, shape of `x`
        `conv2d` of `grad` with the same weights: the transpose of the transpose.
    grad_weight : ndarray, shape of `weight`
        Patches of `grad`, each times the pixel that was spread over it, added up.
    grad_bias : ndarray, shape (K,)
        Sum of the output gradients of each channel.

    Raises
    ------
    TypeError
        If an array does not hold real numbers, or an option is not an integer.
    ValueError
        If `grad` has not the shape of the output, or for the reasons of `conv_transpose2d`.

    References
    ----------
    .. [1] V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning",
       arXiv:1603.07285, section 4.
    """
    grad, x, weight = floats(grad=grad, x=x, weight=weight)
    images = batched(x, 2)
    groups = _check(images, weight, None, groups)
    geometry = _geometry(images, weight, stride, padding, output_padding, dilation)
    shape = (len(images), groups * weight.shape[1], *geometry.size)
    grads = like_output(grad, shape if x.ndim == 4 else shape[1:]).reshape(shape)
    grad_x = _im2col.convolution(grads, weight, geometry, groups).reshape(x.shape)
    return (
        grad_x,
        _im2col.weight_gradient(images, grads, geometry, groups),
        grads.sum(axis=(0, 2, 3)),
    )


def _geometry(images, weight, stride, padding, output_padding, dilation):
    """The windows of the convolution that leads from the output back to `images`."""
    stride = pair(stride, name="stride", minimum=1)
    dilation = pair(dilation, name="dilation", minimum=1)
    cut = pair(padding, name="padding", minimum=0)
    extra = pair(output_padding, name="output_padding", minimum=0)
    kernel, small = weight.shape[2:], images.shape[2:]
    each = zip(small, kernel, stride, cut, extra, dilation, strict=True)
    size = tuple(
        transposed_output_size(n, k, s, p, output_padding=e, dilation=d)
        for n, k, s, p, e, d in each
    )
    return Geometry(size, kernel, stride, dilation, tuple((p, p) for p in cut), small)


def _check(images, weight, bias, groups):
    """Refuse weights and biases that do not fit the images; return the number of groups."""
    groups = integer(groups, "groups", minimum=1)
    if weight.ndim != 4:
        raise ValueError(
            f"`weight` must have 4 axes, (C, K, kH, kW), but its shape is {weight.shape}"
        )
    channels = images.shape[1]
    if len(weight) != channels or channels % groups:
        raise ValueError(
            f"`weight` has {len(weight)} input channels and `x` has {channels}; "
            f"they must be equal, and divisible by `groups`={groups}"
        )
    kernels = groups * weight.shape[1]
    if bias is not None and bias.shape != (kernels,):
        raise ValueError(f"`bias` must have shape ({kernels},), one per channel, not {bias.shape}")
    return groups
