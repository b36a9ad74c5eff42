"""From a table of runs to curves with bands."""

import numpy as np

from coursecnn.plots._check import numbers


def by_arm(table, x, y, *, arm="arm", seed="seed"):
    """Gather the runs of each arm on common points, as `curves` takes them.

    Runs that were measured at different points, as seconds are, are joined by straight lines and
    read at the points of all runs of their arm, as far as every run reaches.

    Parameters
    ----------
    table : pandas.DataFrame
        One row per measurement.
    x, y : str
        Columns of the horizontal and the vertical axis.
    arm, seed : str
        Columns that say to which arm and to which run a row belongs.

    Returns
    -------
    values : dict of str to ndarray of float, shape (runs, n)
        For each arm, in the order of the table.
    points : dict of str to ndarray of float, shape (n,)
        Where the values stand.

    Raises
    ------
    KeyError
        If the table lacks a column.
    ValueError
        If the runs of an arm have no stretch of `x` in common, or one has a point twice.

    Examples
    --------
    >>> import pandas as pd
    >>> points = {"s": [0, 2, 0, 4], "a": [1, 3, 0, 4]}
    >>> table = pd.DataFrame({"arm": "SGD", "seed": [0, 0, 1, 1], **points})
    >>> by_arm(table, "s", "a")
    ({'SGD': array([[1., 3.],
           [0., 2.]])}, {'SGD': array([0., 2.])})
    """
    missing = [name for name in (x, y, arm, seed) if name not in table]
    if missing:
        raise KeyError(f"`table` has no column {', '.join(missing)}; it has {', '.join(table)}.")
    values, points = {}, {}
    for name, rows in table.groupby(arm, sort=False):
        runs = [run.sort_values(x) for _, run in rows.groupby(seed, sort=False)]
        pairs = [
            (numbers(run[x], x).astype(float), numbers(run[y], y).astype(float)) for run in runs
        ]
        points[str(name)] = _common([place for place, _ in pairs], x, name)
        values[str(name)] = np.stack([np.interp(points[str(name)], *pair) for pair in pairs])
    return values, points


def _common(places, x, name):
    """All points of the runs that lie where every run has values."""
    for place in places:
        if len(np.unique(place)) < len(place):
            raise ValueError(
                f"a run of {name!r} has a value of `{x}` twice; is another column needed as `arm`?"
            )
    low, high = max(place[0] for place in places), min(place[-1] for place in places)
    if low > high:
        raise ValueError(f"the runs of {name!r} have no stretch of `{x}` in common.")
    every = np.unique(np.concatenate(places))
    return every[(low <= every) & (every <= high)]
