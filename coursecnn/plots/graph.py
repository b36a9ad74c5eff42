"""A graph of operations: numbers that go forward, derivatives that come back."""

from coursecnn.plots._cells import LETTERS
from coursecnn.plots._place import WIDTH, place
from coursecnn.plots._words import counted
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour


def graph(operations, numbers, *, ax=None):
    """Draw a computation from left to right, each derivative of its result below its number.

    Parameters
    ----------
    operations : dict of (float, float) to str
        What stands in the circle at each place: columns to the right, rows downwards.
    numbers : sequence of (str, str, str, start, end)
        The lines: what is written above, the derivative that is written below, the role that gives
        the colour, and where the line begins and ends, each as (column, row). A line keeps the
        row in which it begins as long as it can; ends in several rows are a fork.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If there are no numbers.

    Examples
    --------
    >>> product = {(1, 0): "×"}
    >>> ax = graph(product, [("x = 2", "3", "input", (0, 0), (1, 0))])
    """
    numbers = list(numbers)
    if not numbers:
        raise ValueError("`numbers` must hold at least one line.")
    columns = [place[0] for *_, start, end in numbers for place in (start, end)]
    rows = [place[1] for *_, start, end in numbers for place in (start, end)]
    ax = place(ax, size=(WIDTH, 0.7 + 0.55 * (1 + max(rows) - min(rows))))
    for number, slope, role, start, end in numbers:
        _line(ax, start, end, role)
        if number or slope:
            _write(ax, start, end, role, number, slope)
    for (column, row), sign in operations.items():
        face = ax.get_figure().get_facecolor()
        look = {"markerfacecolor": face, "markeredgecolor": colour("text"), "zorder": 3}
        ax.plot([column], [row], "o", markersize=18, **look)
        look = {"ha": "center", "va": "center", "fontsize": LETTERS, "zorder": 4}
        ax.text(column, row, sign, color=colour("text"), **look)
    ax.set(xlim=(min(columns), max(columns)), ylim=(max(rows) + 0.75, min(rows) - 0.6))
    ax.set_axis_off()
    remember(ax, lambda: _words(operations, numbers))
    return ax


def _line(ax, start, end, role):
    """A line to the right that bends behind its first three quarters."""
    (x0, y0), (x1, y1) = start, end
    bend = x0 + 0.74 * (x1 - x0) if y0 != y1 else x1
    look = {"color": colour(role), "linestyle": "-", "linewidth": 1.4, "zorder": 1}
    ax.plot([x0, bend, x1], [y0, y0, y1], **look)


def _write(ax, start, end, role, number, slope):
    """The number above the straight part of a line, its derivative below."""
    width = end[0] - start[0]
    middle = start[0] + (0.44 if start[1] != end[1] else 0.5) * width
    look = {"x": middle, "ha": "center", "fontsize": LETTERS}
    ax.text(y=start[1] - 0.08, s=number, va="bottom", color=colour(role), **look)
    ax.text(y=start[1] + 0.1, s=f"← {slope}", va="top", color=colour("gradient"), **look)


def _words(operations, numbers):
    """Alt text: how many operations there are, and every number with its derivative."""
    signs = ", ".join(operations.values())
    yield f"A graph of {counted(len(operations), 'operation')} from left to right, {signs}."
    for number, slope, *_ in numbers:
        if number:
            yield f"Above a line stands {number}, below it the derivative {slope}."
