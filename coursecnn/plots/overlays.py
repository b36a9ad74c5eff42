"""Where in an image an explanation sees evidence: its map laid over the image."""

import matplotlib as mpl
import numpy as np

from coursecnn.plots._check import each, shaped
from coursecnn.plots._pixels import channels_last, frame, reach, show_grey
from coursecnn.plots._place import WIDTH
from coursecnn.plots._words import counted, number, size_of
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import SIGNED, colour
from coursecnn.plots.grid import grid
from coursecnn.shapes.integers import integer

_LEAST, _MOST = 0.4, 0.75  # share of the map's colour where it is 0, and where it is largest
_PALE = 0.2  # grey levels of the image begin here, so that its dark places keep their hue
_OUTLINE = 0.5  # of the largest value
_PIECES = 8  # an outline of more pieces is grain, and is left out
_FINE = 64  # places along an axis at which an outline is looked for


def overlays(image, maps, titles=None, *, quantile=1.0, columns=None, size=None, ax=None):
    """Draw maps over the image that they explain, after the image itself.

    The image fades to grey. It turns purple where a map is above 0 and orange where it is below,
    darker the further from 0. A line runs round what exceeds half of the largest value.

    Parameters
    ----------
    image : ndarray, shape (H, W), (1, H, W) or (3, H, W)
        Grey or colour, channels first; colours are bytes, or floats from 0 to 1.
    maps : sequence of ndarray, shape (H, W)
        One number per pixel: saliency, Grad-CAM, the drop of a probability. Each has its own scale,
        written below it.
    titles : sequence of str, optional
        One per map.
    quantile : float, default 1.0
        Share of the values that keep their own colour; larger ones share the last colour.
    columns : int, optional
        Pictures per row; by default up to 4.
    size : float, optional
        Width of one picture, in inches; by default a figure has the width of a page.
    ax : matplotlib.axes.Axes, optional
        One of `plt.subplots`; the pictures share its place.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, shape (rows, columns)

    Raises
    ------
    TypeError
        If the image or the maps do not hold real numbers.
    ValueError
        If a map has not the size of the image, or holds NaN, or there is not one title per map.
    """
    shown = channels_last(image, "image")
    maps = shaped(maps, "maps", "M, H, W").astype(float)
    if maps.shape[1:] != shown.shape[:2]:
        raise ValueError(
            f"`maps` must have the size of the image, {size_of(shown)}; received "
            f"{size_of(maps[0])}. Enlarge them first."
        )
    names = [""] * len(maps) if titles is None else each(titles, "titles", len(maps), "map")
    count = len(maps) + 1
    columns = min(count, 4) if columns is None else integer(columns, "columns", minimum=1)
    size = size or min(WIDTH / columns, 1.6)
    axes = grid([shown] * count, ["image", *names], columns, size, ax)
    show_grey(shown, axes.flat[0])
    frame(axes.flat[0], color=colour("input"), linewidth=0.8)
    axes.flat[0].set_xlabel("\N{NO-BREAK SPACE}")  # as high as the others with their scales
    outlined = []
    for one, panel in zip(maps, axes.flat[1:], strict=False):
        top = reach(one, quantile)
        panel.imshow(_blend(shown, one, top))
        outlined.append(_outline(one, panel))
        frame(panel, color=colour("quiet"), linewidth=0.8)
        panel.set_xlabel(f"{'±' if one.min() < 0 else '≤ '}{number(top)}")
    remember(axes, lambda: _words(shown, maps, names, outlined))
    return axes


def _blend(image, values, top):
    """The image in pale grey under the colours of the map, shape (H, W, 3)."""
    grey = _grey(image)
    strength = np.clip(values / top, -1, 1)
    share = (_LEAST + (_MOST - _LEAST) * np.abs(strength))[..., None]
    coloured = mpl.colormaps[SIGNED](0.5 + strength / 2)[..., :3]
    return share * coloured + (1 - share) * (_PALE + (1 - _PALE) * grey)[..., None]


def _grey(image):
    """The brightness of an image, from 0 to 1."""
    if image.ndim == 3:
        whole = 255 if image.dtype == np.uint8 else 1
        return image @ np.array([0.299, 0.587, 0.114]) / whole
    low, high = (0, 255) if image.dtype == np.uint8 else (image.min(), image.max())
    return (image - low) / ((high - low) or 1)


def _outline(values, ax):
    """A line round what exceeds half of the largest value; whether there is one.

    It is left out where it would break into many pieces.
    """
    if values.max() <= 0:
        return False
    level, view = _OUTLINE * values.max(), {"xlim": ax.get_xlim(), "ylim": ax.get_ylim()}
    step = -(-max(values.shape) // _FINE)  # a line through every pixel would be long
    places = [np.arange(step // 2, size, step) for size in values.shape]
    coarse = values[np.ix_(*places)]
    edged = np.pad(coarse, 1, constant_values=min(0, values.min()))  # closed at the border, too
    y, x = (np.r_[place[0] - step, place, place[-1] + step] for place in places)
    lines = [
        ax.contour(x, y, edged, [level], colors=ink, linewidths=width)
        for width, ink in ((2.4, "1"), (1, "0.1"))  # dark on light is seen on any picture
    ]
    ax.set(**view)
    if 1 <= len(lines[0].allsegs[0]) <= _PIECES:
        return True
    for line in lines:
        line.remove()
    return False


def _words(image, maps, names, outlined):
    """Alt text: how many maps, and for each how far it reaches and where it is strongest."""
    yield f"An image of {size_of(image)} pixels and {counted(len(maps), 'map')} over it."
    yield "Purple is above 0 and orange below."
    if any(outlined):
        yield "A line runs round what exceeds half of the largest value."
    for k, (name, values, has_line) in enumerate(zip(names, maps, outlined, strict=True), 1):
        yield f"Map {k}, {name + ', ' if name else ''}{_told(values, has_line)}."


def _told(values, has_line):
    """Range, the place of the maximum, and how much lies within the line."""
    low, high = number(values.min()), number(values.max())
    if values.max() <= 0:
        return f"runs from {low} to {high}, nowhere above 0"
    row, column = np.unravel_index(values.argmax(), values.shape)
    vertical = ("top", "middle", "bottom")[3 * row // len(values)]
    across = ("left", "centre", "right")[3 * column // values.shape[1]]
    share = number(100 * np.mean(values > _OUTLINE * values.max()))
    line = f", and the line encloses {share} percent of the pixels" if has_line else ""
    return f"runs from {low} to {high}, largest in the {vertical} {across}{line}"
