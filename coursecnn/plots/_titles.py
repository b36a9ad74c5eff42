"""Titles above small pictures: large enough for a telephone, and not over each other."""

from functools import cache

import matplotlib.pyplot as plt
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

_SMALLEST = 9  # points
_SHARE = 2.0  # points per inch of the figure: nine pixels when it is shown on a telephone
_LINE = 1.35  # height of a line of text, in sizes of its letters


def fit(titles, cell, whole):
    """Break the titles and choose the size of their letters.

    Parameters
    ----------
    titles : sequence of object
        One per picture.
    cell, whole : float
        Widths of one picture and of the figure, in inches.

    Returns
    -------
    list of str
        The titles, in two lines where one is too long.
    float
        Size of the letters, in points.
    float
        Height that the titles need, in inches.
    """
    titles, room = [str(title) for title in titles], 0.97 * cell * 72
    wanted = max(_SMALLEST, _SHARE * whole)
    titles = [_broken(title, room / wanted) for title in titles]
    widest = max(width(line) for title in titles for line in title.split("\n"))
    size = wanted if widest == 0 else min(wanted, max(_SMALLEST, room / widest))
    lines = max(title.count("\n") + 1 for title in titles)
    return titles, size, (lines * _LINE * size + 4) / 72


def _broken(title, room):
    """The title in two lines, broken at the gap nearest to its middle, if one is too long."""
    gaps = [i for i, letter in enumerate(title) if letter == " "]
    if width(title) <= room or not gaps:
        return title
    gap = min(gaps, key=lambda i: abs(i - len(title) / 2))
    return f"{title[:gap].rstrip()}\n{title[gap:].lstrip()}"


@cache
def width(line):
    """Width of a line in letters of one point, in points."""
    if not line.strip():
        return 0.0
    font = FontProperties(family=plt.rcParams["font.family"])
    return TextPath((0, 0), line, size=100, prop=font).get_extents().x1 / 100
