"""Titles above small pictures: large enough to be read, and not over each other."""

from functools import cache

import matplotlib.pyplot as plt
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

_SMALLEST = 9.4  # points: 12 pixels, and some to spare
_USUAL = 10
_LINE = 1.35  # height of a line of text, in sizes of its letters


def fit(titles, cell):
    """Break the titles and choose the size of their letters.

    Parameters
    ----------
    titles : sequence of object
        One per picture.
    cell : float
        Width of one picture, in inches.

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
    titles = [broken(title, room / _USUAL) for title in titles]
    widest = max(width(line) for title in titles for line in title.split("\n"))
    size = _USUAL if widest == 0 else min(_USUAL, max(_SMALLEST, room / widest))
    lines = max(title.count("\n") + 1 for title in titles)
    return titles, size, (lines * _LINE * size + 4) / 72


def broken(title, room):
    """The title in two lines, broken at the gap nearest to its middle, if one is too long.

    `room` is its width in letters of one point, in points.
    """
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
