"""Grids of cells in the manner of their role, as the figures to play with draw them.

An input has a solid frame, a kernel a dashed one, an output a rounded one; the lines between cells
are faint. A cell is one unit wide, and the first one lies at (0, 0).
"""

from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path

from coursecnn.plots.colours import colour

LETTERS = 10  # points
_ROUND = "round,pad=0,rounding_size=0.2"


def cells(ax, shape, role, *, lines=True):
    """Draw the frame of a grid and the lines between its cells, and make room for it."""
    height, width = shape
    if lines:
        _lines(ax, height, width, colour(role))
    frame(ax, (0, 0, height, width), role)
    ax.set(xlim=(-0.1, width + 0.1), ylim=(height + 0.1, -0.1), aspect="equal")
    ax.set_axis_off()


def frame(ax, place, role, *, linewidth=1.6, **look):
    """Draw a frame; `place` is its top, left, height and width."""
    top, left, tall, wide = place
    look = {"facecolor": "none", "edgecolor": colour(role), "linewidth": linewidth} | look
    if role == "kernel":
        look = {"linestyle": "--"} | look
    if role == "output":
        patch = FancyBboxPatch((left, top), wide, tall, boxstyle=_ROUND, **look)
    else:
        patch = Rectangle((left, top), wide, tall, **look)
    return ax.add_patch(patch)


def fill(ax, row, column, role, strength=1.0):
    """Fill one cell, with a share of the role's colour."""
    return frame(
        ax, (row, column, 1, 1), role,
        facecolor=(colour(role), strength), edgecolor="none", linewidth=0, linestyle="-",
    )  # fmt: skip


def write(ax, row, column, text, ink):
    """Write into the middle of a cell."""
    ax.text(
        column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=LETTERS, color=ink
    )  # fmt: skip


def _lines(ax, height, width, ink):
    """All lines between cells, as one path."""
    ends = [((0, row), (width, row)) for row in range(1, height)]
    ends += [((column, 0), (column, height)) for column in range(1, width)]
    if ends:
        path = Path([end for line in ends for end in line], [Path.MOVETO, Path.LINETO] * len(ends))
        look = {"facecolor": "none", "edgecolor": ink, "linewidth": 0.8, "alpha": 0.45}
        ax.add_patch(PathPatch(path, **look))
