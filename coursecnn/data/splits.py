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
    check_choice("split", split, known)


def check_choice(name, value, known):
    """Raise ValueError unless the argument called `name` is one of `known`."""
    if value not in known:
        names = ", ".join(f'"{choice}"' for choice in known)
        raise ValueError(f"`{name}` must be one of {names}; received {value!r}.")


def how_many(n, split, usual):
    """The number of images to draw: `n`, or what is usual for the split.

    Parameters
    ----------
    n : int or None
        What was asked for.
    split : str
        Which part of the set.
    usual : dict of str to int
        The splits that there are, and how many images each has unless said.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    ValueError
        If the split is not known, or `n` is not positive.
    """
    check_split(split, usual)
    if n is not None and n < 1:
        raise ValueError(f"`n` must be at least 1; received {n}.")
    return usual[split] if n is None else n


def stream(seed, split, usual):
    """Random numbers of one split: other splits of the same seed get others.

    Parameters
    ----------
    seed : int
        At least 0.
    split : str
        A key of `usual`.
    usual : dict
        The splits that there are, in their order.

    Returns
    -------
    numpy.random.Generator
        Fresh.

    Raises
    ------
    ValueError
        If `seed` is negative.
    """
    if seed < 0:
        raise ValueError(f"`seed` must be ≥ 0; received {seed}.")
    return np.random.default_rng([seed, list(usual).index(split)])
