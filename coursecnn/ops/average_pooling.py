"""Average pooling: replace each window by its mean, which is a convolution with equal weights."""

import numpy as np

from coursecnn.ops._arguments import (
    batched,
    floats,
    like_output,
    pad,
    pad_backward,
    pooling_windows,
)


def _average(axes, x, kernel_size, stride, padding, ceil_mode, count_include_pad):
    """Mean of each window: `avg_pool1d`, `avg_pool2d` and `avg_pool3d`."""
    (x,) = floats(x=x)
    geometry, border = pooling_windows(axes, x, kernel_size, stride, padding, 1, ceil_mode)
    return _sum(pad(x, border), geometry) / _counts(x, geometry, border, count_include_pad)


def _average_backward(axes, grad, x, kernel_size, stride, padding, ceil_mode, count_include_pad):
    """Deal each gradient out to the entries of its window."""
    grad, x = floats(grad=grad, x=x)
    geometry, border = pooling_windows(axes, x, kernel_size, stride, padding, 1, ceil_mode)
    like_output(grad, (*x.shape[:-axes], *geometry.out))
    share = grad / _counts(x, geometry, border, count_include_pad)
    grad_padded = np.zeros_like(pad(x, border))
    for tap in geometry.taps():
        grad_padded[tap] += share
    return pad_backward(grad_padded, border)


def _sum(padded, geometry):
    first, *others = (padded[tap] for tap in geometry.taps())
    out = first.copy()
    for window in others:
        out += window
    return out


def _counts(x, geometry, border, count_include_pad):
    """How many entries each window averages; what hangs over the padding never counts."""
    counted = pad(np.ones(geometry.size, x.dtype), geometry.padding, value=count_include_pad)
    over = [(0, after - p) for (_, after), (p, _) in zip(border, geometry.padding, strict=True)]
    return _sum(pad(counted, over), geometry)


def avg_pool2d(x, kernel_size, *, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    """Mean of the pixels of each window.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W) or (C, H, W)
        Batch of images, or one image. Whole numbers are promoted to float64.
    kernel_size : int or (int, int)
        Height and width of the window.
    stride : int or (int, int), optional
        Step between neighbouring windows; without it, windows tile the image.
    padding : int or (int, int), default 0
        Zeros added on each side, at most half of the window.
    ceil_mode : bool, default False
        Let the last window hang over the border; what hangs over does not count.
    count_include_pad : bool, default True
        Whether the zeros of the padding count as pixels of the mean.

    Returns
    -------
    ndarray, shape (N, C, H_out, W_out) or (C, H_out, W_out)
        The sizes are `shapes.output_size` of each axis.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers, or an option is not an integer.
    ValueError
        If `x` has the wrong number of axes, the window exceeds the padded image, or an option is
        out of its range.

    References
    ----------
    .. [1] Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to
       document recognition", Proceedings of the IEEE 86, 1998, section II: subsampling.

    Examples
    --------
    >>> avg_pool2d([[[8, 5, 2, 7], [1, 6, 0, 3]]], 2)
    array([[[5., 3.]]])
    """
    return _average(2, x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool2d_backward(
    grad, x, kernel_size, *, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """Gradient of the loss with respect to the input of `avg_pool2d`.

    Parameters
    ----------
    grad : ndarray, shape (N, C, H_out, W_out) or (C, H_out, W_out)
        Gradient of the loss with respect to the output of `avg_pool2d`.
    x : ndarray, shape (N, C, H, W) or (C, H, W)
        The images that `avg_pool2d` was given; only their shape matters.
    kernel_size, stride, padding, ceil_mode, count_include_pad : as in `avg_pool2d`
        The options that `avg_pool2d` was given.

    Returns
    -------
    ndarray, shape of `x`
        Each output gradient, in equal shares on the pixels of its window.

    Raises
    ------
    TypeError
        If an array does not hold real numbers, or an option is not an integer.
    ValueError
        If `grad` has not the shape of the output, or for the reasons of `avg_pool2d`.
    """
    return _average_backward(2, grad, x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool1d(x, kernel_size, *, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    """Mean of the entries of each window of a signal.

    Parameters
    ----------
    x : ndarray, shape (N, C, L) or (C, L)
        Batch of signals, or one signal. Whole numbers are promoted to float64.
    kernel_size, stride, padding, ceil_mode, count_include_pad : as in `avg_pool2d`
        As for `avg_pool2d`; a tuple has one entry.

    Returns
    -------
    ndarray, shape (N, C, L_out) or (C, L_out)
        L_out is `shapes.output_size` of L.

    Raises
    ------
    TypeError, ValueError
        For the reasons of `avg_pool2d`.

    Examples
    --------
    >>> avg_pool1d([[1, 5, 2, 4]], 2)
    array([[3., 3.]])
    """
    return _average(1, x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool1d_backward(
    grad, x, kernel_size, *, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """Gradient of the loss with respect to the input of `avg_pool1d`.

    Parameters
    ----------
    grad : ndarray, shape (N, C, L_out) or (C, L_out)
        Gradient of the loss with respect to the output of `avg_pool1d`.
    x : ndarray, shape (N, C, L) or (C, L)
        The signals that `avg_pool1d` was given; only their shape matters.
    kernel_size, stride, padding, ceil_mode, count_include_pad : as in `avg_pool1d`
        The options that `avg_pool1d` was given.

    Returns
    -------
    ndarray, shape of `x`
        Each output gradient, in equal shares on the entries of its window.

    Raises
    ------
    TypeError, ValueError
        For the reasons of `avg_pool2d_backward`.
    """
    return _average_backward(1, grad, x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool3d(x, kernel_size, *, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    """Mean of the voxels of each window of a volume.

    Parameters
    ----------
    x : ndarray, shape (N, C, D, H, W) or (C, D, H, W)
        Batch of volumes, or one volume. Whole numbers are promoted to float64.
    kernel_size, stride, padding, ceil_mode, count_include_pad : as in `avg_pool2d`
        As for `avg_pool2d`; a tuple has three entries, for depth, height and width.

    Returns
    -------
    ndarray, shape (N, C, D_out, H_out, W_out) or (C, D_out, H_out, W_out)
        The sizes are `shapes.output_size` of each axis.

    Raises
    ------
    TypeError, ValueError
        For the reasons of `avg_pool2d`.

    Examples
    --------
    >>> from numpy import arange
    >>> avg_pool3d(arange(16).reshape(1, 2, 2, 4), 2)
    array([[[[6.5, 8.5]]]])
    """
    return _average(3, x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool3d_backward(
    grad, x, kernel_size, *, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """Gradient of the loss with respect to the input of `avg_pool3d`.

    Parameters
    ----------
    grad : ndarray, shape (N, C, D_out, H_out, W_out) or (C, D_out, H_out, W_out)
        Gradient of the loss with respect to the output of `avg_pool3d`.
    x : ndarray, shape (N, C, D, H, W) or (C, D, H, W)
        The volumes that `avg_pool3d` was given; only their shape matters.
    kernel_size, stride, padding, ceil_mode, count_include_pad : as in `avg_pool3d`
        The options that `avg_pool3d` was given.

    Returns
    -------
    ndarray, shape of `x`
        Each output gradient, in equal shares on the voxels of its window.

    Raises
    ------
    TypeError, ValueError
        For the reasons of `avg_pool2d_backward`.
    """
    return _average_backward(3, grad, x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def global_avg_pool2d(x):
    """Mean of each feature map.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W) or (C, H, W)
        Feature maps of a batch, or of one image. Whole numbers are promoted to float64.

    Returns
    -------
    ndarray, shape (N, C) or (C,)
        Ready for a dense layer.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If `x` has the wrong number of axes, or its maps have no pixels.

    References
    ----------
    .. [1] M. Lin, Q. Chen and S. Yan, "Network in network", arXiv:1312.4400, section 3.2.

    Examples
    --------
    >>> global_avg_pool2d([[[1, 2], [3, 6]]])
    array([3.])
    """
    x, _ = _read_maps(x)
    return x.mean(axis=(-2, -1))


def global_avg_pool2d_backward(grad, x):
    """Gradient of the loss with respect to the input of `global_avg_pool2d`.

    Parameters
    ----------
    grad : ndarray, shape (N, C) or (C,)
        Gradient of the loss with respect to the output of `global_avg_pool2d`.
    x : ndarray, shape (N, C, H, W) or (C, H, W)
        The feature maps that it was given; only their shape matters.

    Returns
    -------
    ndarray, shape of `x`
        Each gradient, in equal shares on all pixels of its map.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If `grad` has not the shape of the output, or for the reasons of `global_avg_pool2d`.
    """
    x, pixels = _read_maps(x)
    grad, x = floats(grad=grad, x=x)
    share = like_output(grad, x.shape[:-2]) / pixels
    return np.broadcast_to(share[..., None, None], x.shape).copy()


def _read_maps(x):
    """The maps as floats, and how many pixels each has."""
    (x,) = floats(x=x)
    pixels = batched(x, 2).shape[-2] * x.shape[-1]
    if pixels == 0:
        raise ValueError(f"the maps of `x` have no pixels: its shape is {x.shape}")
    return x, pixels
