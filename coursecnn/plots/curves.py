"""One measure over another, arm by arm, with the spread of the runs."""

import itertools

import numpy as np

from coursecnn.plots import _series
from coursecnn.plots._check import named, numbers
from coursecnn.plots._end_labels import label_ends
from coursecnn.plots._logs import log_axes
from coursecnn.plots._place import place
from coursecnn.plots._words import against, counted, extremes, scales, tendency
from coursecnn.plots.alt import remember


def curves(
    values, x=None, *, band="range", live=None, xlabel="", ylabel="", log="", looks=None, ax=None
):
    """Draw the mean of each arm's runs as a line, and their spread as a band.

    The name of an arm stands at the end of its line. Arms differ in colour, dashes and, where
    there are at most 16 points, markers.

    Parameters
    ----------
    values : dict of str to array_like of float, shape (n,) or (runs, n)
        The measure of each arm, at most eight arms; NaN leaves a gap.
    x : array_like of float, shape (n,), or dict of str to array_like, optional
        Where the points stand, for all arms or arm by arm; by default 1, 2, … n.
    band : {"range", "sd", None}, default "range"
        From the smallest to the largest run, or mean ± one standard deviation, or no band.
    live : dict of str to array_like of float, shape (n,), or (x, values), optional
        Runs of this page, drawn as rings on their arm.
    xlabel, ylabel : str, optional
        What the axes show, with its unit.
    log : {"", "x", "y", "xy"}, default ""
        Which axes are logarithmic.
    looks : dict of str to int, optional
        Number of the look of some arms, 0 to 7, so that an arm keeps it from figure to figure; the
        other arms take the numbers that are left.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `values` do not hold real numbers.
    ValueError
        If there is no arm or too many, lengths disagree, a look is asked for twice or does not
        exist, or a logarithm meets a value ≤ 0.

    See Also
    --------
    by_arm : makes `values` and `x` from a table of runs.
    """
    arms = {
        name: _series.runs(each, f"values[{name!r}]")
        for name, each in named(values, "values").items()
    }
    where = {name: _points(x, name, rows.shape[1]) for name, rows in arms.items()}
    looks = _looks(arms, looks or {})
    ax = place(ax)
    lines = [
        _series.draw(ax, where[name], rows, looks[name], name, band) for name, rows in arms.items()
    ]
    names = [*arms]
    if live:
        lines += _rings(ax, live, where, looks)
        names += ["this page", *[""] * (len(live) - 1)]
    ax.set(xlabel=xlabel, ylabel=ylabel)
    log_axes(ax, log)
    label_ends(ax, lines, names)
    remember(ax, lambda: _words(ax, arms, where, band, live))
    return ax


def _looks(arms, asked):
    """The look of each arm: the one that was asked for, or the first that is left."""
    if not set(asked) <= set(arms) or len(set(asked.values())) < len(asked):
        raise ValueError(
            "`looks` must name arms of `values`, each with a number of its own; "
            f"received {asked!r}."
        )
    left = (index for index in itertools.count() if index not in asked.values())
    return {name: _series.look(asked[name] if name in asked else next(left)) for name in arms}


def _points(x, name, count):
    """Where the points of one arm stand."""
    if x is None:
        return np.arange(1.0, count + 1)
    if hasattr(x, "keys"):
        if name not in x:
            raise ValueError(f"`x` must have an entry for {name!r}; received {', '.join(x)}.")
        x = x[name]
    points = numbers(x, "x").astype(float)
    if points.shape != (count,):
        raise ValueError(
            f"`x` must have shape ({count},), one number per value of {name!r}; "
            f"received {points.shape}."
        )
    return points


def _rings(ax, live, where, looks):
    """Draw the runs of this page: rings, in the colour of their arm."""
    lines = []
    for name, run in live.items():
        if name not in where:
            raise ValueError(f"`live` must name arms of `values`; received {name!r}.")
        x, run = run if isinstance(run, tuple) else (where[name], run)
        x, run = numbers(x, "live").astype(float), numbers(run, "live").astype(float)
        if x.shape != run.shape:
            raise ValueError(
                f"`live[{name!r}]` must have one value per point of its arm, {x.shape}; received "
                f"{run.shape}. Other points go with it: (x, values)."
            )
        ring = {"marker": "o", "markersize": 8, "markerfacecolor": "none", "linestyle": "none"}
        every = max(1, len(x) // 12)
        lines += ax.plot(x, run, color=looks[name]["color"], markevery=every, **ring)
    return lines


def _words(ax, arms, where, band, live):
    """Alt text: axes, what the lines and bands are, how each arm goes, who ends highest."""
    most = max(len(rows) for rows in arms.values())
    spread = f", each the mean of up to {most} runs with {_series.BANDS[band]}" if most > 1 else ""
    yield f"Line chart of {against(ax)}, {counted(len(arms), 'curve')}{spread}."
    yield from scales(ax)
    means = {name: rows.mean(0) for name, rows in arms.items()}
    for name, mean in means.items():
        yield f"{name} {tendency(where[name], mean)}."
    ends = extremes({name: mean[-1] for name, mean in means.items()})
    if ends:
        yield f"At the end {ends}."
    if live:
        yield f"Rings show a run of this page for {' and '.join(live)}."
