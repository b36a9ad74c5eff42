"""Points with their names beside them: what is right, against what it costs."""

import numpy as np

from coursecnn.plots._check import each, finite, numbers
from coursecnn.plots._logs import log_axes
from coursecnn.plots._place import WIDTH, place, redraw_narrow
from coursecnn.plots._point_labels import label_points
from coursecnn.plots._words import against, counted, extremes, number, scales
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import SERIES, colour
from coursecnn.plots.style import LINE_STYLES

_LARGEST, _SMALLEST, _PLAIN = 20, 3.2, 6  # points across
_UPRIGHT = 1.5  # height of the axes on a telephone, in widths


def scatter(
    x, y, names, *, sizes=None, families=None, size_label="", xlabel="", ylabel="", log="", ax=None
):
    """Draw named points; those of one family share a look and are joined by a line.

    The names stand beside their points, none over another, and need no colour. The leftmost point
    of a family bears the family's name, too.

    Parameters
    ----------
    x, y : array_like of float, shape (n,)
        Where the points stand.
    names : sequence of str
        One per point; inside a family a short one will do.
    sizes : array_like of float, shape (n,), optional
        What the areas of the points show; above 0.
    families : sequence of str, optional
        To which family each point belongs; by default each is alone.
    size_label : str, optional
        What the sizes are, with their unit; it heads a key of three sizes.
    xlabel, ylabel : str, optional
        What the axes show, with its unit.
    log : {"", "x", "y", "xy"}, default ""
        Which axes are logarithmic.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `x`, `y` or `sizes` do not hold real numbers.
    ValueError
        If there is no point, lengths disagree, a size is not above 0, or a logarithm meets a value
        ≤ 0.

    Examples
    --------
    >>> from coursecnn import plots
    >>> ax = plots.scatter([1, 2, 4], [70, 74, 72], ["18", "34", "b"], families=["R", "R", "b"])
    >>> plots.alt_text(ax)[:70]
    'Scatter chart of y against x, 3 points in 2 families. R goes from 18 a'
    """
    x, y = _row(x, "x"), _row(y, "y")
    names = [str(name) for name in each(names, "names", len(x), "point")]
    each(y, "y", len(x), "value of `x`")
    families = [*names] if families is None else each(families, "families", len(x), "point")
    sizes = None if sizes is None else _sizes(sizes, len(x))
    groups = {family: _members(families, family, x) for family in dict.fromkeys(families)}
    key = size_label if sizes is not None else ""
    labels = {"xlabel": xlabel, "ylabel": ylabel}

    def draw(ax):
        ax.margins(0.09)
        across = _across(sizes, sizes, len(x))
        for index, members in enumerate(groups.values()):
            _draw(ax, x[members], y[members], across[members], index)
        ax.set(**labels)
        log_axes(ax, log)
        if key:
            _key(ax, sizes, key)
        looks = {family: _tint(index) for index, family in enumerate(groups)}
        label_points(
            ax, x, y, _written(names, families, groups), across / 2,
            [looks[family] for family in families],
        )  # fmt: skip

    def draw_narrow(ax):
        draw(ax)
        ax.set_box_aspect(_UPRIGHT)

    ax = place(ax, size=(WIDTH, 4.4))
    draw(ax)
    redraw_narrow(ax, draw_narrow)
    remember(ax, lambda: _words(ax, x, y, names, groups, sizes, size_label))
    return ax


def _row(values, name):
    """Finite numbers in one row."""
    values = finite(numbers(values, name).astype(float), name)
    if values.ndim != 1:
        raise ValueError(f"`{name}` must have shape (n,); received {values.shape}.")
    return values


def _sizes(sizes, count):
    """One size above 0 for each point."""
    sizes = _row(sizes, "sizes")
    each(sizes, "sizes", count, "point")
    if sizes.min() <= 0:
        raise ValueError(f"`sizes` must be above 0; received {number(sizes.min())}.")
    return sizes


def _members(families, family, x):
    """The points of one family, from left to right."""
    members = [index for index, name in enumerate(families) if name == family]
    return np.array(sorted(members, key=lambda index: x[index]))


def _across(values, sizes, count):
    """Points across of circles whose areas are `values`, where the largest of `sizes` is known."""
    if sizes is None:
        return np.full(count, float(_PLAIN))
    return np.maximum(_LARGEST * np.sqrt(np.asarray(values, float) / sizes.max()), _SMALLEST)


def _tint(index):
    return colour(SERIES[index % len(SERIES)])


def _draw(ax, x, y, across, index):
    """One family: pale circles with a rim, joined by a thin line."""
    tint, style = _tint(index), LINE_STYLES[(index // len(SERIES)) % len(LINE_STYLES)]
    ax.plot(x, y, color=tint, linestyle=style, linewidth=1, zorder=1.5)
    ax.scatter(x, y, across**2, color=tint, alpha=0.25, linewidths=0, zorder=2)
    ax.scatter(x, y, across**2, facecolors="none", edgecolors=tint, linewidths=1.2, zorder=2.2)


def _written(names, families, groups):
    """What stands beside each point: its name, and that of the family with the leftmost."""
    firsts = {members[0] for members in groups.values()}
    return [
        _full(name, family) if index in firsts else name
        for index, (name, family) in enumerate(zip(names, families, strict=True))
    ]


def _full(name, family):
    """A name that can stand without its family."""
    return name if name.startswith(family) else f"{family} {name}"


def _key(ax, sizes, label):
    """Three circles of round sizes, above the axes."""
    values = [*dict.fromkeys(_round(sizes.max() * share) for share in (0.01, 0.1, 0.6))]
    marks = [
        ax.scatter([], [], _across([value], sizes, 1) ** 2, facecolors="none",
                   edgecolors=colour("quiet"), linewidths=1.2)
        for value in values
    ]  # fmt: skip
    legend = ax.legend(
        marks, [*map(number, values)], title=label, loc="lower left", bbox_to_anchor=(0, 1),
        ncols=len(values), fontsize=10, title_fontsize=10, labelcolor=colour("quiet"),
        alignment="left", columnspacing=1, handletextpad=0.3, borderpad=0,
    )  # fmt: skip
    legend.get_title().set_color(colour("quiet"))


def _round(value):
    """The number of the form 1, 2 or 5 with zeros that is nearest."""
    powers = 10.0 ** np.arange(np.floor(np.log10(value)), np.ceil(np.log10(value)) + 1)
    found = np.outer(powers, [1, 2, 5]).ravel()
    return float(found[np.abs(np.log(found / value)).argmin()])


def _words(ax, x, y, names, groups, sizes, size_label):
    """Alt text: axes, how many points, where each family begins and ends, who is highest."""
    alone = len(groups) == len(names)
    families = "" if alone else f" in {len(groups)} families"
    area = f", their area shows {size_label}" if sizes is not None and size_label else ""
    yield f"Scatter chart of {against(ax)}, {counted(len(names), 'point')}{families}{area}."
    yield from scales(ax)
    for family, members in groups.items():
        first, last = members[0], members[-1]
        at = [f"at {number(x[n])} with {number(y[n])}" for n in (first, last)]
        if first == last:
            yield f"{_full(names[first], family)} is {at[0]}."
        else:
            yield f"{family} goes from {names[first]} {at[0]} to {names[last]} {at[1]}."
    ends = extremes({_full(names[n], f): y[n] for f, members in groups.items() for n in members})
    if ends:
        yield f"Of all points {ends}."
