"""A chain of operations: numbers that go forward, derivatives that come back."""

from coursecnn.plots._cells import LETTERS
from coursecnn.plots._place import WIDTH, place
from coursecnn.plots._words import quoted
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour

_STEP = 3.2  # from one operation to the next
_ROLES = ("input", "kernel")


def graph(sources, steps, *, ax=None):
    """Draw a computation from left to right, with the derivative of its result below each number.

    Parameters
    ----------
    sources : sequence of (str, str)
        One or two numbers that go into the first operation, an input and a kernel: what is
        written above the line, and below it the derivative.
    steps : sequence of (str, str, str)
        Each operation: what stands in its circle, its result, and the derivative below that.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If there are no sources, more than two, or no steps.
    """
    sources, steps = list(sources), list(steps)
    if not 1 <= len(sources) <= len(_ROLES) or not steps:
        raise ValueError(
            f"`graph` draws one or two sources and at least one step; received {len(sources)} "
            f"and {len(steps)}."
        )
    ax = place(ax, size=(WIDTH, 1.9))
    heights = [1, -1] if len(sources) == 2 else [0]
    for (number, slope), y, role in zip(sources, heights, _ROLES, strict=False):
        _edge(ax, (-_STEP, y), (0, 0), role, number, slope)
    for n, (sign, number, slope) in enumerate(steps):
        _edge(ax, (n * _STEP, 0), ((n + 1) * _STEP, 0), "output", number, slope)
        ax.plot(
            [n * _STEP], [0], "o", markersize=25, zorder=3,
            markerfacecolor=ax.get_figure().get_facecolor(), markeredgecolor=colour("text"),
        )  # fmt: skip
        ax.text(
            n * _STEP, 0, sign, ha="center", va="center", zorder=4, fontsize=LETTERS,
            color=colour("text"),
        )  # fmt: skip
    ax.set(xlim=(-_STEP - 0.1, len(steps) * _STEP + 0.1), ylim=(-1.75, 1.6))
    ax.set_axis_off()
    remember(ax, lambda: _words(sources, steps))
    return ax


def _edge(ax, start, end, role, number, slope):
    """A line to the right, bent where it must fall or rise, and its number and derivative."""
    (x0, y0), (x1, y1) = start, end
    bend = x1 if y0 == y1 else x1 - 0.9
    ax.plot([x0, bend, x1], [y0, y0, y1], color=colour(role), linestyle="-", linewidth=1.4)
    look = {"x": (x0 + bend) / 2, "ha": "center", "fontsize": LETTERS}
    ax.text(y=y0 + 0.12, s=number, va="bottom", color=colour(role), **look)
    ax.text(y=y0 - 0.15, s=f"← {slope}", va="top", color=colour("gradient"), **look)


def _words(sources, steps):
    """Alt text: what goes in, what each operation makes of it, and all derivatives."""
    yield f"A chain of operations from left to right. {quoted(n for n, _ in sources)} go in."
    for sign, number, slope in steps:
        yield f"The operation {sign} gives {number}; below it stands the derivative {slope}."
    yield f"Below what goes in stand the derivatives {quoted(slope for _, slope in sources)}."
