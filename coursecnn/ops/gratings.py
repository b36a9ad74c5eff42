"""Stripes, at rest and in motion, as cells of the visual cortex answer to them."""

import numpy as np

from coursecnn.shapes import ntuple, pair


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
    _check_wavelength(wavelength)
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
    _check_wavelength(wavelength)
    size = 2 * int(np.ceil(wavelength)) + 1
    kernel = grating(size, angle, wavelength=wavelength, phase=phase)
    y, x = _places((size, size))
    window = np.exp(-2 * (x**2 + y**2) / wavelength**2)  # half a wavelength is one sd
    kernel = window * (kernel - np.sum(window * kernel) / np.sum(window))
    return kernel / np.linalg.norm(kernel)


def motion_pair(speed, *, wavelength=8.0, shape=(5, 9, 9)):
    """Two kernels of moving stripes, a quarter of a wavelength apart: a quadrature pair.

    Where something moves across the picture as the stripes do, one of the two answers whenever
    the other is silent; the sum of their squared answers is the motion energy.

    Parameters
    ----------
    speed : float
        How far the stripes move to the right from frame to frame, in pixels; negative to the left.
    wavelength : float, default 8.0
        Distance between two stripes, in pixels; pixels cannot show stripes of 2 or less.
    shape : (int, int, int), default (5, 9, 9)
        Frames, height and width of the kernels.

    Returns
    -------
    ndarray, shape (2, 1, frames, height, width)
        The even kernel and the odd one, as `weight` for `conv3d`. Each sums to 0, so that flat
        ground leaves it silent, and has norm 1.

    Raises
    ------
    TypeError
        If a size is not an integer.
    ValueError
        If `wavelength` is not above 2, a size is smaller than 1, or the width smaller than 3.

    References
    ----------
    .. [1] E. H. Adelson and J. R. Bergen, "Spatiotemporal energy models for the perception of
       motion", Journal of the Optical Society of America A 2(2), 1985.

    Examples
    --------
    >>> motion_pair(1.5).shape
    (2, 1, 5, 9, 9)
    """
    _check_wavelength(wavelength)
    sizes = np.array(ntuple(shape, 3, name="shape", minimum=1)).reshape(3, 1, 1, 1)
    if sizes[2] < 3:
        raise ValueError(f"`shape` must be at least 3 pixels wide; received {shape}")
    places = np.indices(sizes.ravel()) - (sizes - 1) / 2
    window = np.exp(-8 * np.sum((places / sizes) ** 2, axis=0))  # a quarter of each size is one sd
    t, _, x = places
    phase = 2 * np.pi * (x - speed * t) / wavelength
    kernels = window * np.stack([np.cos(phase), np.sin(phase)])
    kernels -= window * kernels.sum((1, 2, 3), keepdims=True) / window.sum()
    norms = np.linalg.norm(kernels.reshape(2, -1), axis=1).reshape(2, 1, 1, 1)
    return (kernels / norms)[:, np.newaxis]


def _check_wavelength(wavelength):
    """Refuse stripes too fine to be seen on pixels."""
    if not wavelength > 2:
        raise ValueError(f"`wavelength` must be above 2 pixels; received {wavelength}")


def _places(size):
    """Rows and columns of the pixels, counted from the middle."""
    height, width = size
    return np.ogrid[-(height - 1) / 2 : height / 2, -(width - 1) / 2 : width / 2]
