"""How much of a kernel is a Gabor function: stripes under a bell."""

import itertools
from functools import cache

import numpy as np

from coursecnn.shapes.integers import integer

ANGLES, OFFSETS = 12, (-2, -1, 0, 1, 2)  # of the stripes; of the middle of the bell, in pixels
WIDTHS = (1.2, 1.8, 2.7)  # standard deviations of the bell, in pixels
WAVELENGTHS = (3, 4, 5.5, 7.5, 10)  # of the stripes


def gabor_fit(kernels):
    """For each kernel the Gabor function that resembles it most, in one colour.

    All bells and stripes of a fixed list are tried; phase and strength of the stripes follow by
    least squares. A kernel of several channels is first replaced by the nearest product of one
    pattern and one colour (its first singular vectors), and the pattern is compared.

    Parameters
    ----------
    kernels : ndarray, shape (K, C, k, k)
        Kernels as `filters` gives them, 7 pixels wide or wider.

    Returns
    -------
    patterns : ndarray, shape (K, k, k)
        What is compared, with norm 1.
    fits : ndarray, shape (K, k, k)
        The Gabor functions.
    shares : ndarray, shape (K,)
        How much of the squared weights of a pattern its fit explains: 1 is all.

    Raises
    ------
    ValueError
        If `kernels` have another shape, are narrower, or one is 0 everywhere.

    References
    ----------
    .. [1] J. P. Jones and L. A. Palmer, "An evaluation of the two-dimensional Gabor filter model of
       simple receptive fields in cat striate cortex", Journal of Neurophysiology 58(6), 1987.

    Examples
    --------
    >>> from coursecnn.ops import gabor
    >>> patterns, fits, shares = gabor_fit(gabor(60, wavelength=4)[None, None])
    >>> bool(shares[0] > 0.95)
    True
    """
    kernels = np.asarray(kernels, float)
    if kernels.ndim != 4 or kernels.shape[2] != kernels.shape[3] or kernels.shape[2] < 7:
        raise ValueError(
            "`kernels` must have shape (K, C, k, k) with k ≥ 7; received "
            f"{kernels.shape}. Narrower ones are too coarse to show stripes under a bell."
        )
    if not kernels.any((1, 2, 3)).all():
        raise ValueError("`kernels` must not hold one that is 0 everywhere.")
    side = kernels.shape[2]
    patterns = np.linalg.svd(kernels.reshape(*kernels.shape[:2], -1), full_matrices=False)[2][:, 0]
    bases = _bases(side)
    strengths = np.einsum("gdp,kp->kgd", bases, patterns, optimize=True)
    explained = (strengths**2).sum(2)
    best, rows = explained.argmax(1), np.arange(len(kernels))
    fits = np.einsum("kd,kdp->kp", strengths[rows, best], bases[best])
    shape = (len(kernels), side, side)
    return patterns.reshape(shape), fits.reshape(shape), explained[rows, best]


@cache
def _bases(side):
    """Two orthonormal functions for each bell and stripes, shape (G, 2, side²).

    They span the stripes of all phases.
    """
    y, x = np.mgrid[:side, :side] - (integer(side, "side") - 1) / 2
    found = []
    for down, across, width in itertools.product(OFFSETS, OFFSETS, WIDTHS):
        bell = np.exp(-((x - across) ** 2 + (y - down) ** 2) / (2 * width**2))
        for number, wave in itertools.product(range(ANGLES), WAVELENGTHS):
            angle = np.pi * number / ANGLES
            along = np.cos(angle) * (x - across) + np.sin(angle) * (y - down)
            turn = 2 * np.pi * along / wave
            pair = np.stack([bell * np.cos(turn), bell * np.sin(turn)]).reshape(2, -1)
            found.append(np.linalg.qr(pair.T)[0].T)
    return np.array(found)
