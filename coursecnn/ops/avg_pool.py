"""Average pooling: replace each window by its mean, which is a convolution with equal weights."""

from coursecnn.ops import _pooling


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
    return _pooling.average_forward(
        2, x, kernel_size, stride=stride, padding=padding, ceil_mode=ceil_mode,
        count_include_pad=count_include_pad,
    )  # fmt: skip


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
    return _pooling.average_backward(
        2, grad, x, kernel_size, stride=stride, padding=padding, ceil_mode=ceil_mode,
        count_include_pad=count_include_pad,
    )  # fmt: skip


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
    return _pooling.average_forward(
        1, x, kernel_size, stride=stride, padding=padding, ceil_mode=ceil_mode,
        count_include_pad=count_include_pad,
    )  # fmt: skip


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
    return _pooling.average_backward(
        1, grad, x, kernel_size, stride=stride, padding=padding, ceil_mode=ceil_mode,
        count_include_pad=count_include_pad,
    )  # fmt: skip


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
    return _pooling.average_forward(
        3, x, kernel_size, stride=stride, padding=padding, ceil_mode=ceil_mode,
        count_include_pad=count_include_pad,
    )  # fmt: skip


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
    return _pooling.average_backward(
        3, grad, x, kernel_size, stride=stride, padding=padding, ceil_mode=ceil_mode,
        count_include_pad=count_include_pad,
    )  # fmt: skip
