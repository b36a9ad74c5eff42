"""How often a model is right, against how sure it is."""

import numpy as np

from coursecnn.plots import _series
from coursecnn.plots._check import named, numbers
from coursecnn.plots._end_labels import label_ends
from coursecnn.plots._place import place
from coursecnn.plots._words import counted, number
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour

_LARGEST = 130  # area of the dot of the fullest part, in square points


def reliability(tables, *, xlabel="probability given", ylabel="share that is right", ax=None):
    """Draw reliability diagrams: below the diagonal, a model is surer than it should be.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        For each model what `explain.reliability` gives: "confidence", "accuracy" and "count", a row
        for each part. The area of a dot is the number of its images; the name stands at the end.
    xlabel, ylabel : str, optional
        What the axes show.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If a table does not hold real numbers.
    ValueError
        If there is no table, a column is missing, or a share is not between 0 and 1.
    """
    read = {name: _columns(name, table) for name, table in named(tables, "tables").items()}
    looks = {name: _series.look(index) for index, name in enumerate(read)}
    ax = place(ax, size=(4.2, 3.4))
    ax.plot([0, 1], [0, 1], color=colour("quiet"), linestyle=":", linewidth=1)
    lines = []
    for name, (confidence, accuracy, count) in read.items():
        look = looks[name]
        area = _LARGEST * count / count.max()
        ax.scatter(
            confidence, accuracy, area, color=look["color"], marker=look["marker"], alpha=0.6
        )
        style = {"color": look["color"], "linestyle": look["linestyle"]}
        lines += ax.plot(confidence, accuracy, linewidth=1.2, **style)
    ax.set(xlim=(0, 1), ylim=(0, 1), aspect="equal", xlabel=xlabel, ylabel=ylabel)
    label_ends(ax, lines, [*read])
    remember(ax, lambda: _words(ax, read))
    return ax


def _columns(name, table):
    """Confidence, accuracy and count of one model, part by part."""
    missing = [column for column in ("confidence", "accuracy", "count") if column not in table]
    if missing:
        raise ValueError(
            f"`tables[{name!r}]` must have the columns of `explain.reliability`; "
            f"{missing[0]!r} is missing."
        )
    columns = [numbers(table[each], f"tables[{name!r}]").astype(float)
               for each in ("confidence", "accuracy", "count")]  # fmt: skip
    shares = np.concatenate(columns[:2])
    if not ((shares >= 0) & (shares <= 1)).all():
        raise ValueError(
            f"`tables[{name!r}]` must hold shares from 0 to 1; received "
            f"{number(shares.min())} to {number(shares.max())}."
        )
    return columns


def _words(ax, read):
    """Alt text: the axes, and where each model is surer than right."""
    yield (
        f"Scatter chart of {ax.get_ylabel()} against {ax.get_xlabel()}, both from 0 to 1, with "
        f"{counted(len(read), 'model')} and a dotted diagonal."
    )
    for name, (confidence, accuracy, count) in read.items():
        gap = (count * (confidence - accuracy)).sum() / count.sum()
        below, parts = int((accuracy < confidence).sum()), len(count)
        yield (
            f"{name} has {below} of {parts} dots below the diagonal; on average it is "
            f"{number(100 * abs(gap))} points {'surer' if gap > 0 else 'less sure'} than right."
        )
