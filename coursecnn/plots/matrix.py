"""A small array as a grid of numbers."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from coursecnn.plots.roles import colour

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
    """
    ax = ax or plt.gca()
    values = np.asarray(values)
    height, width = values.shape
    for row, column in np.ndindex(height, width):
        filled = (row, column) == shaded
        ax.add_patch(
            Rectangle(
                (column, row), 1, 1, facecolor=colour(role) if filled else "none",
                alpha=None, edgecolor=colour(role), linewidth=1,
            )
        )  # fmt: skip
        if max(height, width) <= _LARGEST_WITH_NUMBERS:
            ax.text(
                column + 0.5, row + 0.5, f"{values[row, column]:g}", ha="center", va="center",
                color="white" if filled else colour("text"), fontsize=10,
            )  # fmt: skip
    if window is not None:
        top, left, tall, wide = window
        frame = {"fill": False, "edgecolor": colour("kernel"), "linewidth": 3, "linestyle": "--"}
        ax.add_patch(Rectangle((left, top), wide, tall, **frame))
    ax.set(xlim=(-0.1, width + 0.1), ylim=(height + 0.1, -0.1), aspect="equal")
    ax.set_axis_off()
    if title:
        ax.set_title(title, color=colour(role))
    return ax
