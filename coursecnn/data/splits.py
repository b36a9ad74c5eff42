"""Fixed stratified splits that need no random numbers."""

import numpy as np


def every_tenth(labels, digits):
    """Positions whose rank, counted along the classes, ends in one of `digits`.

    The images are ranked class after class. Taking every tenth rank gives each class its fair
    share to within one image, the same on every machine and with every version of NumPy.

    Parameters
    ----------
    labels : ndarray of int, shape (N,)
        Class of each image.
    digits : collection of int
        Last digits to take: range(7) takes seven tenths of each class.

    Returns
    -------
    ndarray of int
        Positions, in increasing order.

    Examples
    --------
    >>> every_tenth(np.zeros(20, int), [3])
    array([ 3, 13])
    """
    ranked = np.argsort(labels, kind="stable")
    chosen = np.isin(np.arange(len(labels)) % 10, list(digits))
    return np.sort(ranked[chosen])


def check_split(split, known):
    """Raise ValueError unless `split` is one of `known`."""
    if split not in known:
        names = ", ".join(f'"{name}"' for name in known)
        raise ValueError(f"`split` must be one of {names}; received {split!r}.")
