"""A small array as a grid of numbers."""

import numpy as np
from matplotlib.patches import Rectangle

from coursecnn.plots._check import numbers
from coursecnn.plots._place import place
from coursecnn.plots._words import counted, number
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import PAGES, colour, theme

_LARGEST_WITH_NUMBERS = 7


def matrix(values, *, role="input", shaded=None, window=None, title=None, ax=None):
    """Draw a matrix cell by cell, its numbers inside when it is small enough to read them.

    Parameters
    ----------
    values : ndarray, shape (H, W)
        The numbers; up to 7×7 they are written into the cells.
    role : str, default "input"
        What the matrix is: its lines take the colour of that role.
    shaded : (int, int), optional
        Row and column of one cell to fill.
    window : (int, int, int, int), optional
        Top, left, height and width of a dashed frame in the colour of kernels.
    title : str, optional
        Written above.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `values` does not hold real numbers.
    ValueError
        If `values` is not a matrix, or there is no such role.
    """
    values, ink = _matrix(values), colour(role)
    ax = place(ax)
    height, width = values.shape
    with_numbers = max(height, width) <= _LARGEST_WITH_NUMBERS
    for row, column in np.ndindex(height, width):
        filled = (row, column) == shaded
        fill = {"facecolor": ink if filled else "none", "edgecolor": ink, "linewidth": 1}
        ax.add_patch(Rectangle((column, row), 1, 1, **fill))
        if with_numbers:
            _write(ax, row, column, values[row, column], filled)
    if window is not None:
        top, left, tall, wide = window
        frame = {"fill": False, "edgecolor": colour("kernel"), "linewidth": 3, "linestyle": "--"}
        ax.add_patch(Rectangle((left, top), wide, tall, **frame))
    ax.set(xlim=(-0.1, width + 0.1), ylim=(height + 0.1, -0.1), aspect="equal")
    ax.set_axis_off()
    if title:
        ax.set_title(title, color=ink)
    remember(ax, lambda: _words(values, shaded, window, title))
    return ax


def _matrix(values):
    """Numbers in rows and columns."""
    values = numbers(values, "values")
    if values.ndim != 2:
        raise ValueError(f"`values` must have shape (H, W); received {values.shape}.")
    return values


def _write(ax, row, column, value, filled):
    """A number in the middle of its cell."""
    ax.text(
        column + 0.5, row + 0.5, f"{value:g}", ha="center", va="center", fontsize=10,
        color=PAGES[theme()] if filled else colour("text"),
    )  # fmt: skip


def _words(values, shaded, window, title):
    """Alt text: the numbers row by row where they are written, and what is marked."""
    height, width = values.shape
    name = f"{title[0].upper()}{title[1:]}, a" if title else "A"
    yield f"{name} grid of numbers with {counted(height, 'row')} and {counted(width, 'column')}."
    if max(height, width) <= _LARGEST_WITH_NUMBERS:
        for index, row in enumerate(values, 1):
            yield f"Row {index} is {', '.join(f'{value:g}'.replace('-', '−') for value in row)}."
    else:
        yield f"Values run from {number(values.min())} to {number(values.max())}."
    if window is not None:
        top, left, tall, wide = window
        yield (
            f"A dashed frame holds rows {top + 1} to {top + tall} "
            f"of columns {left + 1} to {left + wide}."
        )
    if shaded is not None:
        yield f"The cell in row {shaded[0] + 1}, column {shaded[1] + 1} is filled."
