"""Kernels in space and time that answer to motion."""

import numpy as np

from coursecnn.shapes.integers import ntuple


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
    if not wavelength > 2:
        raise ValueError(f"`wavelength` must be above 2 pixels; received {wavelength}")
    sizes = np.array(ntuple(shape, 3, name="shape", minimum=1)).reshape(3, 1, 1, 1)
    if sizes[2] < 3:
        raise ValueError(f"`shape` must be at least 3 pixels wide; received {shape}")
    places = np.indices(sizes.ravel()) - (sizes - 1) / 2
    window = np.exp(-8 * np.sum((places / sizes) ** 2, axis=0))  # a quarter of each size is one sd
    t, _, x = places
    phase = 2 * np.pi * (x - speed * t) / wavelength
    pair = window * np.stack([np.cos(phase), np.sin(phase)])
    pair -= window * pair.sum((1, 2, 3), keepdims=True) / window.sum()
    return (pair / np.linalg.norm(pair.reshape(2, -1), axis=1).reshape(2, 1, 1, 1))[:, np.newaxis]
