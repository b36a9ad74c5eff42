"""Names at the ends of curves, where the eye is, instead of a legend far away."""

import numpy as np
from matplotlib.text import Annotation


def label_ends(ax, lines, names):
    """Write each name to the right of the axes, as high as its line ends, none over another.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where the lines are.
    lines : list of matplotlib.lines.Line2D
        The curves; one without a finite point gets no name.
    names : list of str
        One per curve; an empty one is not written.
    """
    labels = []
    for line, name in zip(lines, names, strict=True):
        if name and np.isfinite(line.get_xydata()).all(axis=1).any():
            labels.append(_EndLabel(name, line, labels))
    for label in labels:
        ax.add_artist(label)


class _EndLabel(Annotation):
    """A name that finds its height when it is drawn: scales and limits may change until then."""

    def __init__(self, name, line, group):
        ink = line.get_color()
        thread = {"arrowstyle": "-", "color": ink, "linewidth": 0.8, "shrinkA": 1, "shrinkB": 3}
        xy = np.ma.getdata(line.get_xydata())
        self.end, self.group = xy[np.isfinite(xy).all(axis=1)][-1], group
        super().__init__(
            name, self.end, xytext=(0, 0), textcoords="offset points", color=ink,
            va="center", ha="left", arrowprops=thread, annotation_clip=False, clip_on=False,
        )  # fmt: skip

    def update_positions(self, renderer):
        """Stand beside the axes, in the row that is left for this name."""
        points = 72 / self.figure.dpi
        heights = [label.axes.transData.transform(label.end)[1] * points for label in self.group]
        rows = spread(heights, 1.2 * self.get_fontsize())
        x, y = self.axes.transData.transform(self.end) * points
        right = self.axes.bbox.x1 * points
        self.xyann = (right + 10 - x, rows[self.group.index(self)] - y)
        super().update_positions(renderer)

    def get_tightbbox(self, renderer=None):
        """The room that the layout must leave; the inherited one knows only data coordinates."""
        return self.get_window_extent(renderer)


def spread(wanted, gap):
    """Heights as near as possible to those wanted, at least `gap` apart, in the same order.

    Neighbours that collide form a block, which stands where it displaces its members least: the
    pool-adjacent-violators algorithm.

    Examples
    --------
    >>> spread([0.0, 10.0, 11.0], 4)
    [0.0, 8.5, 12.5]
    """
    order = np.argsort(wanted, kind="stable")
    blocks = []  # of [sum of the heights, each less its rank times the gap; how many]
    for rank, index in enumerate(order):
        blocks.append([wanted[index] - rank * gap, 1])
        while len(blocks) > 1 and _mean(blocks[-2]) > _mean(blocks[-1]):
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    bases = np.repeat([_mean(block) for block in blocks], [count for _, count in blocks])
    heights = np.empty(len(order))
    heights[order] = bases + gap * np.arange(len(order))
    return heights.tolist()


def _mean(block):
    return block[0] / block[1]
