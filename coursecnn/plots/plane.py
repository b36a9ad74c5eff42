"""What classifiers say about each point of a plane."""

import numpy as np

from coursecnn.plots._check import each, shaped
from coursecnn.plots._pixels import frame, show_signed
from coursecnn.plots._words import counted, number, quoted
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour
from coursecnn.plots.grid import grid

_INK = "0.1"  # the maps have the colours of paper in both themes, and so have the points


def plane(maps, points, labels, titles, *, reach, size=1.7, ax=None):
    """Show what classifiers say about the points of a square, with labelled points on top.

    Parameters
    ----------
    maps : sequence of ndarray, shape (n, n)
        For each classifier its outputs from −1, surely class 0 (orange), to 1, surely class 1
        (purple). The first row is the lowest of the square, the first column the leftmost.
    points : ndarray, shape (N, 2)
        Points of which the class is known.
    labels : ndarray of int, shape (N,)
        Class of each: 0 is drawn as a filled circle, 1 as an open triangle.
    titles : sequence of str
        One per classifier.
    reach : float
        The square goes from −reach to reach in both directions.
    size : float, default 1.7
        Width of one square, in inches.
    ax : matplotlib.axes.Axes, optional
        One of `plt.subplots`; the squares share its place.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, shape (1, classifiers)

    Raises
    ------
    TypeError
        If a map or the points do not hold real numbers.
    ValueError
        If there is no map, shapes disagree, or there is not one title per map.
    """
    maps = [shaped(each_map, "maps", "n, n") for each_map in maps]
    if not maps:
        raise ValueError("`maps` must hold at least one map; received none.")
    points = shaped(points, "points", "N, 2")
    labels = np.asarray(labels)
    if points.shape[1] != 2 or labels.shape != points.shape[:1]:
        raise ValueError(
            f"`points` must have shape (N, 2) and `labels` (N,); "
            f"received {points.shape} and {labels.shape}."
        )
    titles = each(titles, "titles", len(maps), "map")
    axes = grid(maps, titles, len(maps), size, ax)
    corners = (-reach, reach, -reach, reach)
    looks = [("o", _INK), ("^", "none")]
    for values, panel in zip(maps, axes.flat, strict=True):
        show_signed(values, panel, 2).set(extent=corners)  # pale, for the points
        panel.images[-1].origin = "lower"
        for label, (marker, face) in enumerate(looks):
            panel.scatter(
                *points[labels == label].T, s=9, marker=marker, facecolors=face,
                edgecolors=_INK, linewidths=0.7,
            )  # fmt: skip
        panel.set(xlim=corners[:2], ylim=corners[:2])
        frame(panel, color=colour("quiet"))
    remember(axes, lambda: _words(maps, labels, titles))
    return axes


def _words(maps, labels, titles):
    """Alt text: how many squares and points, and how each square is divided."""
    shares = ", ".join(
        f"{title}, {number(100 * np.mean(values > 0))} percent"
        for title, values in zip(quoted(titles).split(", "), maps, strict=True)
    )
    yield (
        f"{counted(len(maps), 'square')} with {counted(int(np.sum(labels == 0)), 'circle')} "
        f"and {counted(int(np.sum(labels == 1)), 'triangle')}, "
        "orange where class 0 is the likelier and purple where class 1 is."
    )
    yield f"Share that is purple: {shares}."
