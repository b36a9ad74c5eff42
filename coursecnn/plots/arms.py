"""Arms of an experiment: every seed as a dot, the mean as a bar, the live run as a ring."""

import numpy as np

from coursecnn.plots._check import finite, named, numbers
from coursecnn.plots._place import WIDTH, place
from coursecnn.plots._series import MARKERS
from coursecnn.plots._titles import broken
from coursecnn.plots._words import counted, extremes, number
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import SERIES, colour

_NAME = 8.5  # width of a name in sizes of its letters: about a quarter of a telephone


def arms(values, *, live=None, xlabel="", ax=None):
    """Draw the seeds of each arm on one line, with mean ± one standard deviation.

    Parameters
    ----------
    values : dict of str to array_like of float, shape (n,)
        The figure of each arm, seed by seed, under the arm's name.
    live : dict of str to float, optional
        Figures that were computed on this page.
    xlabel : str, optional
        What is measured, with its unit.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure is as high as its arms need.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `values` do not hold real numbers.
    ValueError
        If there is no arm, an arm holds no number or NaN, or `live` names an unknown arm.
    """
    values = {name: _seeds(name, seeds) for name, seeds in named(values, "values").items()}
    live = _known(live or {}, values)
    ax = place(ax, size=(WIDTH, 0.9 + 0.42 * len(values)))
    ax.use_sticky_edges = False  # else a band ends at the border, and halves the dots there
    for row, seeds in enumerate(values.values()):
        _draw(ax, row, seeds)
    ax.set_yticks(range(len(values)), [broken(name, _NAME) for name in values])
    ax.set(xlabel=xlabel, ylim=(len(values) - 0.4, -0.6))
    ax.grid(visible=False, axis="y")
    if live:
        _rings(ax, live, [*values])
    remember(ax, lambda: _words(ax, values, live))
    return ax


def _seeds(name, seeds):
    """The figures of one arm, one per seed."""
    return finite(np.ravel(numbers(seeds, f"values[{name!r}]").astype(float)), f"values[{name!r}]")


def _known(live, values):
    """The live runs, if every one belongs to an arm."""
    unknown = [name for name in live if name not in values]
    if unknown:
        raise ValueError(
            f"`live` must name arms of `values`, {', '.join(values)}; received {unknown[0]!r}."
        )
    return live


def _draw(ax, row, seeds):
    """One arm: band, mean and dots; a single seed has no band."""
    tint, mean = colour(SERIES[row % len(SERIES)]), seeds.mean()
    if len(seeds) > 1:
        sd = seeds.std(ddof=1)
        ax.barh(row, 2 * sd, left=mean - sd, height=0.5, color=tint, alpha=0.18)
    ax.plot([mean, mean], [row - 0.25, row + 0.25], color=tint, linestyle="-")
    marker = MARKERS[row % len(MARKERS)]
    ax.plot(seeds, np.full(seeds.size, row), marker, color=tint, markersize=5, linestyle="none")


def _rings(ax, live, names):
    """The runs of this page, and what a ring means beside the first one."""
    rows = [names.index(name) for name in live]
    ring = {"facecolors": "none", "edgecolors": colour("text"), "linewidths": 1.5, "s": 150}
    ax.scatter([*live.values()], rows, zorder=3, **ring)
    first = min(live, key=names.index)
    x, y = live[first], names.index(first)
    along, _ = ax.transAxes.inverted().transform(ax.transData.transform((x, y)))
    side = "left" if along < 0.1 else "right" if along > 0.9 else "center"
    ax.annotate(
        "this page", (x, y), xytext=(0, 9), textcoords="offset points",
        ha=side, va="bottom", color=colour("text"),
    )  # fmt: skip


def _words(ax, values, live):
    """Alt text: how many arms and seeds, each mean and spread, the extremes, the live runs."""
    what = ax.get_xlabel() or "a measure"
    sizes = {len(seeds) for seeds in values.values()}
    dots = f"{counted(sizes.pop(), 'dot')} each" if len(sizes) == 1 else "one dot per seed"
    many = counted(len(values), "arm")
    yield f"Dot plot of {many} against {what}, {dots}, with mean and standard deviation."
    for name, seeds in values.items():
        spread = f" ± {number(seeds.std(ddof=1))}" if len(seeds) > 1 else ""
        yield f"{name} has mean {number(seeds.mean())}{spread}."
    ends = extremes({name: seeds.mean() for name, seeds in values.items()})
    if ends:
        yield f"Of the means {ends}."
    if live:
        runs = ", ".join(f"{name} {number(value)}" for name, value in live.items())
        yield f"Rings show the runs of this page, {runs}."
