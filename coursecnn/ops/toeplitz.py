"""Convolution as a matrix: one row per output, the same few weights in each, zeros elsewhere."""

from math import prod

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops._arrays import real
from coursecnn.shapes import ntuple, output_size


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
