"""What the channels of a layer answer to one image."""

import numpy as np

from coursecnn.plots._check import each, shaped
from coursecnn.plots._pixels import channels_last, frame, reach, show_grey, show_signed
from coursecnn.plots._place import WIDTH
from coursecnn.plots._scale import colourbar, show_values
from coursecnn.plots._words import counted, number, size_of
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour
from coursecnn.plots.grid import grid
from coursecnn.shapes.integers import integer


def feature_maps(
    maps,
    titles=None,
    *,
    image=None,
    signed=None,
    shared=True,
    quantile=1.0,
    columns=None,
    size=None,
    ax=None,
):
    """Draw the maps of one layer, all on one scale or each on its own.

    Parameters
    ----------
    maps : ndarray, shape (C, H, W)
        The answers of the layer, one map per channel.
    titles : sequence of str, optional
        One per map.
    image : ndarray, shape (H, W), (1, H, W) or (3, H, W), optional
        What the layer looked at; it is shown first.
    signed : bool, optional
        Whether to draw 0 as white, negative answers orange and positive ones purple; by default
        if there are negative answers. Otherwise the darkest colour is 0.
    shared : bool, default True
        Whether all maps have one scale, which a bar explains: loud and quiet maps can be
        compared. Otherwise each has its own, written below it: quiet maps can be read as well.
    quantile : float, default 1.0
        Share of the values that keep their own colour; larger ones share the last colour.
    columns : int, optional
        Maps per row; by default up to 8.
    size : float, optional
        Width of one map, in inches; by default a figure has the width of a page.
    ax : matplotlib.axes.Axes, optional
        One of `plt.subplots`; the maps share its place.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, shape (rows, columns)

    Raises
    ------
    TypeError
        If `maps` does not hold real numbers.
    ValueError
        If `maps` has another shape, or holds NaN, or there is not one title per map.
    """
    maps = shaped(maps, "maps", "C, H, W").astype(float)
    signed = bool(maps.min() < 0) if signed is None else signed
    if not signed and maps.min() < 0:
        raise ValueError(
            f"`signed=False` needs maps without negative values; received {number(maps.min())}. "
            "Leave `signed` out."
        )
    shown, titles = _with_image(maps, titles, image)
    columns = min(len(shown), 8) if columns is None else integer(columns, "columns", minimum=1)
    axes = grid(shown, titles, columns, size or min(WIDTH / columns, 1.4), ax)
    if image is not None:
        show_grey(shown[0], axes.flat[0])
    tops = [reach(maps, quantile)] * len(maps) if shared else [reach(m, quantile) for m in maps]
    places = axes.flat[len(shown) - len(maps) :]
    for one, top, panel in zip(maps, tops, places, strict=False):
        drawn = show_signed(one, panel, top) if signed else show_values(one, panel, top)
        frame(panel, color=colour("output"), linewidth=0.8)
        if not shared:
            panel.set_xlabel(f"±{number(top)}" if signed else f"≤ {number(top)}")
    if shared:
        colourbar(drawn, axes, clipped=quantile < 1)
    remember(axes, lambda: _words(maps, titles, image, signed, shared))
    return axes


def _with_image(maps, titles, image):
    """What is shown, and its titles: the image first."""
    titles = None if titles is None else each(titles, "titles", len(maps), "map")
    if image is None:
        return [*maps], titles
    titles = ["input", *(titles or [""] * len(maps))]
    return [channels_last(image, "image"), *maps], titles


def _words(maps, titles, image, signed, shared):
    """Alt text: how many maps, their scale, and which channels are loudest and silent."""
    before = "" if image is None else "An image and what a layer answers to it. "
    scale = "on one scale" if shared else "each on its own scale"
    yield f"{before}{counted(len(maps), 'feature map')} of {size_of(maps[0])}, {scale}."
    yield f"Values run from {number(maps.min())} to {number(maps.max())}."
    if signed:
        yield "Orange is below 0, white is 0 and purple is above."
    loud = np.abs(maps).mean((1, 2))
    if len(maps) > 1 and loud.max() > loud.min():
        yield f"Counting from 0, map {loud.argmax()} is the strongest on average."
    silent = int((loud == 0).sum())
    if silent:
        yield f"{counted(silent, 'map')} {'is' if silent == 1 else 'are'} 0 everywhere."
