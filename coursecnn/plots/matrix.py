"""A small array as a grid of numbers."""

import numpy as np

from coursecnn.plots._cells import cells, fill, frame, write
from coursecnn.plots._check import numbers
from coursecnn.plots._place import place
from coursecnn.plots._words import counted, number
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import PAGES, colour, theme

_LARGEST_WITH_NUMBERS = 7


def matrix(values, *, role="input", shaded=None, window=None, title=None, ax=None):
    """Draw a matrix as a grid of cells, its numbers inside when it is small enough to read them.

    An input has a solid frame, a kernel a dashed one, an output a rounded one.

    Parameters
    ----------
    values : ndarray, shape (H, W)
        The numbers; up to 7×7 they are written into the cells. Where there is none (NaN), the
        cell stays empty.
    role : str, default "input"
        What the matrix is: its lines take the colour of that role, and its frame the manner.
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
    cells(ax, values.shape, role)
    if shaded is not None:
        fill(ax, *shaded, role)
    if with_numbers:
        for (row, column), value in np.ndenumerate(values):
            if np.isnan(value):
                continue
            letters = PAGES[theme()] if (row, column) == shaded else colour("text")
            write(ax, row, column, f"{value:g}".replace("-", "−"), letters)
    if window is not None:
        frame(ax, window, "kernel", linewidth=2.4)
    if title:
        ax.set_title(title, color=ink, loc="left")
    remember(ax, lambda: _words(values, shaded, window, title))
    return ax


def _matrix(values):
    """Numbers in rows and columns."""
    values = numbers(values, "values")
    if values.ndim != 2:
        raise ValueError(f"`values` must have shape (H, W); received {values.shape}.")
    return values


def _spoken(value):
    """A number as it is read aloud."""
    return "empty" if np.isnan(value) else f"{value:g}".replace("-", "−")


def _words(values, shaded, window, title):
    """Alt text: the numbers row by row where they are written, and what is marked."""
    height, width = values.shape
    name = f"{title[0].upper()}{title[1:]}, a" if title else "A"
    yield f"{name} grid of numbers with {counted(height, 'row')} and {counted(width, 'column')}."
    if max(height, width) <= _LARGEST_WITH_NUMBERS:
        for index, row in enumerate(values, 1):
            yield f"Row {index} is {', '.join(_spoken(value) for value in row)}."
    else:
        yield f"Values run from {number(np.nanmin(values))} to {number(np.nanmax(values))}."
    if window is not None:
        top, left, tall, wide = window
        yield (
            f"A dashed frame holds rows {top + 1} to {top + tall} "
            f"of columns {left + 1} to {left + wide}."
        )
    if shaded is not None:
        yield f"The cell in row {shaded[0] + 1}, column {shaded[1] + 1} is filled."
