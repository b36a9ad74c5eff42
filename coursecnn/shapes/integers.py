"""The door of the library: an argument becomes whole numbers here, or an error that names it."""

from operator import index


def integer(value, name, *, minimum=None):
    """Read one whole number.

    Parameters
    ----------
    value : int
        A Python or NumPy integer; True and False are refused.
    name : str
        How the caller calls the argument; the error repeats it.
    minimum : int, optional
        The smallest number that makes sense.

    Returns
    -------
    int
        The same number as a Python integer, which cannot overflow.

    Raises
    ------
    TypeError
        If `value` is not an integer.
    ValueError
        If `value` is below `minimum`.
    """
    number = value if type(value) is int else _convert(value, name)
    if minimum is not None and number < minimum:
        raise ValueError(f"`{name}` must be at least {minimum}, not {number}")
    return number


def ntuple(value, n, *, name="value", minimum=None):
    """Read one whole number for each of `n` axes.

    Parameters
    ----------
    value : int or sequence of n int
        A single number stands for all axes.
    n : int
        How many axes there are.
    name : str, default "value"
        How the caller calls the argument; the error repeats it.
    minimum : int, optional
        The smallest number that makes sense.

    Returns
    -------
    tuple of n int
        One number per axis.

    Raises
    ------
    TypeError
        If an entry is not an integer.
    ValueError
        If there are not `n` entries, or one is below `minimum`.

    Examples
    --------
    >>> ntuple(3, 2)
    (3, 3)
    """
    try:
        entries = tuple(value)
    except TypeError:
        return (integer(value, name, minimum=minimum),) * n
    if isinstance(value, str) or len(entries) != n:
        raise ValueError(f"`{name}` must be one integer or {n} of them, not {value!r}")
    return tuple(integer(entry, name, minimum=minimum) for entry in entries)


def pair(value, *, name="value", minimum=None):
    """Read a number for the height and a number for the width.

    Parameters
    ----------
    value : int or (int, int)
        A single number stands for both.
    name : str, default "value"
        How the caller calls the argument; the error repeats it.
    minimum : int, optional
        The smallest number that makes sense.

    Returns
    -------
    (int, int)
        Height and width.

    Raises
    ------
    TypeError
        If an entry is not an integer.
    ValueError
        If there are not two entries, or one is below `minimum`.

    Examples
    --------
    >>> pair(3), pair((2, 1))
    ((3, 3), (2, 1))
    """
    return ntuple(value, 2, name=name, minimum=minimum)


def _convert(value, name):
    """Read an integer that is not one of Python's own, as NumPy's are."""
    try:
        number = index(value)
    except TypeError:
        number = None
    if number is None or isinstance(value, bool):
        raise TypeError(f"`{name}` must be an integer, not {value!r}")
    return number
