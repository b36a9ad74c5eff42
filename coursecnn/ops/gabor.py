"""Stripes, and stripes seen through a round window: what cells of the visual cortex answer to."""

import numpy as np

from coursecnn.shapes import pair


def grating(size, angle, *, wavelength=6.0, phase=0.0):
    """An image of parallel stripes that fade into each other, a cosine wave.

    Parameters
    ----------
    size : int or (int, int)
        Height and width of the image, in pixels.
    angle : float
        Direction of the stripes, in degrees: 0 lies, 90 stands, 45 rises to the right.
    wavelength : float, default 6.0
        Distance between two bright stripes, in pixels; pixels cannot show stripes of 2 or less.
    phase : float, default 0.0
        How far the wave is moved on, in degrees: at 0 the middle of the image is brightest, at 90
        the left side of an upright wave is bright and its right side dark.

    Returns
    -------
    ndarray, shape (height, width)
        From −1, dark, to 1, bright.

    Raises
    ------
    TypeError
        If a size is not an integer.
    ValueError
        If a size is smaller than 1, or `wavelength` is not above 2.

    Examples
    --------
    >>> grating((1, 5), 90, wavelength=4).round(2) + 0.0
    array([[-1.,  0.,  1.,  0., -1.]])
    """
    _check(wavelength)
    y, x = _places(pair(size, name="size", minimum=1))
    across = x * np.sin(np.radians(angle)) + y * np.cos(np.radians(angle))
    return np.cos(2 * np.pi * across / wavelength + np.radians(phase))


def gabor(angle, *, wavelength=6.0, phase=0.0):
    """A Gabor kernel: a grating that fades out from the middle, as a simple cell sees it.

    Parameters
    ----------
    angle, wavelength, phase : float
        Those of the grating, see `grating`. With phases 0 and 90 two kernels are a quadrature
        pair: the sum of their squared answers to a grating hardly depends on where its stripes lie.

    Returns
    -------
    ndarray, shape (k, k)
        Weights for cross-correlation; they sum to 0, so that flat ground leaves the kernel silent,
        and have norm 1. The window fades to a seventh over one wavelength and ends there: k is
        twice the wavelength, rounded up, and 1.

    Raises
    ------
    ValueError
        If `wavelength` is not above 2.

    References
    ----------
    .. [1] J. P. Jones and L. A. Palmer, "An evaluation of the two-dimensional Gabor filter model of
       simple receptive fields in cat striate cortex", Journal of Neurophysiology 58(6), 1987.

    Examples
    --------
    >>> gabor(90).shape
    (13, 13)
    """
    _check(wavelength)
    size = 2 * int(np.ceil(wavelength)) + 1
    kernel = grating(size, angle, wavelength=wavelength, phase=phase)
    y, x = _places((size, size))
    window = np.exp(-2 * (x**2 + y**2) / wavelength**2)  # half a wavelength is one sd
    kernel = window * (kernel - np.sum(window * kernel) / np.sum(window))
    return kernel / np.linalg.norm(kernel)


def _check(wavelength):
    """Stripes must be wider apart than two pixels to be seen on them."""
    if not wavelength > 2:
        raise ValueError(f"`wavelength` must be above 2 pixels; received {wavelength}")


def _places(size):
    """Rows and columns of the pixels, counted from the middle."""
    height, width = size
    return np.ogrid[-(height - 1) / 2 : height / 2, -(width - 1) / 2 : width / 2]
