"""Convolution as mathematics has it: n axes, one kernel, no channels, whole numbers stay exact."""

from math import prod

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops._arguments import pad, real
from coursecnn.shapes import ntuple, output_size, same_padding

MODES = ("full", "same", "valid")


def cross_correlate(x, kernel, *, mode="valid"):
    """Slide a kernel over an array; at each place multiply entry by entry and add up.

    Parameters
    ----------
    x : ndarray, shape (n_1, ..., n_d)
        Signal, image or volume.
    kernel : ndarray, shape (k_1, ..., k_d)
        Weights, with as many axes as `x`.
    mode : {'valid', 'same', 'full'}, default 'valid'
        'valid' keeps the places where the kernel fits into `x`, 'same' as many as `x` has entries,
        'full' all where the two overlap; zeros stand beyond the border.

    Returns
    -------
    ndarray, shape (m_1, ..., m_d)
        With m = n - k + 1 ('valid'), n ('same') or n + k - 1 ('full'). Whole numbers give whole
        numbers (int64), floats stay floats.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the arrays differ in their number of axes, one is empty, the mode is unknown, or the
        kernel exceeds `x` and the mode is 'valid'.

    Notes
    -----
    For a kernel of even size, 'same' adds the additional zero behind `x`, as torch does and as
    `shapes.same_padding` says; SciPy adds it in front.

    Examples
    --------
    >>> cross_correlate([0, 1, 2, 3], [1, 2, 3])
    array([ 8, 14])
    """
    x, kernel = _read(x, kernel, mode)
    windows = sliding_window_view(pad(x, _padding(kernel.shape, mode)), kernel.shape)
    return np.tensordot(windows, kernel, axes=x.ndim)


def convolve(x, kernel, *, mode="full"):
    """Turn the kernel round in every axis, then slide it over the array.

    Parameters
    ----------
    x : ndarray, shape (n_1, ..., n_d)
        Signal, image or volume.
    kernel : ndarray, shape (k_1, ..., k_d)
        Weights, with as many axes as `x`.
    mode : {'full', 'same', 'valid'}, default 'full'
        Which places to keep, as for `cross_correlate`. With 'full' `x` and `kernel` can be
        exchanged, which is why it is the default here.

    Returns
    -------
    ndarray, shape (m_1, ..., m_d)
        The sizes are those of `cross_correlate`.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        For the reasons of `cross_correlate`.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", 2016, equations 9.4 to 9.6.

    Examples
    --------
    >>> convolve([1, 2], [1, 1, 1])
    array([1, 3, 3, 2])
    """
    return cross_correlate(x, np.flip(real("kernel", kernel)), mode=mode)


def _read(x, kernel, mode):
    """Both arrays in one dtype that holds whole numbers exactly, once they are known to fit."""
    x, kernel = real("x", x), real("kernel", kernel)
    if mode not in MODES:
        raise ValueError(f"`mode` must be one of {', '.join(MODES)}, not {mode!r}")
    if x.ndim != kernel.ndim or x.ndim == 0:
        raise ValueError(
            f"`kernel` must have as many axes as `x`, "
            f"but the shapes are {kernel.shape} and {x.shape}"
        )
    for name, array in (("x", x), ("kernel", kernel)):
        if array.size == 0:
            raise ValueError(f"`{name}` has no entries: its shape is {array.shape}")
    if mode == "valid" and any(k > n for k, n in zip(kernel.shape, x.shape, strict=True)):
        raise ValueError(
            f"there is no valid output: `kernel` of shape {kernel.shape} does not fit into `x` of "
            f"shape {x.shape}; use mode='full' or mode='same'"
        )
    dtype = np.result_type(x, kernel)
    dtype = dtype if dtype.kind == "f" else np.int64
    return x.astype(dtype, copy=False), kernel.astype(dtype, copy=False)


def _padding(kernel_shape, mode):
    """Zeros before and after each axis."""
    if mode == "full":
        return [(k - 1, k - 1) for k in kernel_shape]
    return [same_padding(k) if mode == "same" else (0, 0) for k in kernel_shape]


def toeplitz(kernel, image_shape):
    """The matrix whose product with a flattened image is the valid cross-correlation.

    Parameters
    ----------
    kernel : ndarray, shape (k_1, ..., k_d)
        Weights.
    image_shape : int or tuple of d int
        Shape of the images that the matrix is for.

    Returns
    -------
    ndarray, shape (outputs, pixels)
        Row i holds the kernel where output i reads its window, and zeros elsewhere. In one
        dimension it is a Toeplitz matrix: constant along its diagonals.

    Raises
    ------
    TypeError
        If `kernel` does not hold real numbers, or a size is not an integer.
    ValueError
        If `image_shape` has not one size per axis of `kernel`, or the kernel exceeds the image.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", 2016, section 9.1.

    Examples
    --------
    >>> toeplitz([1, -1], 4)
    array([[ 1, -1,  0,  0],
           [ 0,  1, -1,  0],
           [ 0,  0,  1, -1]])
    """
    kernel = real("kernel", kernel)
    shape = ntuple(image_shape, kernel.ndim, name="image_shape", minimum=1)
    outputs = prod(output_size(n, k) for n, k in zip(shape, kernel.shape, strict=True))
    pixel_numbers = np.arange(prod(shape)).reshape(shape)
    windows = sliding_window_view(pixel_numbers, kernel.shape).reshape(outputs, kernel.size)
    matrix = np.zeros((outputs, prod(shape)), kernel.dtype)
    matrix[np.arange(outputs)[:, None], windows] = kernel.ravel()
    return matrix
