"""Many images in rows and columns."""

import numpy as np

from coursecnn.plots import _titles
from coursecnn.plots._check import each
from coursecnn.plots._pixels import channels_last, reach, show_grey, show_signed
from coursecnn.plots._place import panels
from coursecnn.plots._words import counted, number, quoted, size_of
from coursecnn.plots.alt import remember
from coursecnn.shapes.integers import integer


def image_grid(
    images,
    titles=None,
    *,
    columns=None,
    signed=False,
    limits=None,
    quantile=1.0,
    size=1.4,
    ax=None,
):
    """Show images side by side, each with a title if there are titles.

    Parameters
    ----------
    images : sequence of ndarray, shape (H, W), (1, H, W) or (3, H, W)
        Grey or colour, channels first; colours are bytes, or floats from 0 to 1.
    titles : sequence of str, optional
        One per image; a title that is too long is broken at a gap.
    columns : int, optional
        Images per row; by default all in one row up to 8.
    signed : bool or sequence of bool, default False
        Which grey images to draw with a map centred on 0: orange below, white at 0, purple above.
    limits : (float, float), optional
        Values drawn as black and white in the images that are not signed; by default each image's
        own smallest and largest, and 0 to 255 for bytes.
    quantile : float, default 1.0
        Share of the values of a signed image that keep their own colour; larger values share the
        darkest one, so that a few strong answers do not make all others pale.
    size : float, default 1.4
        Width of one image, in inches.
    ax : matplotlib.axes.Axes, optional
        One of `plt.subplots`; the images share its place.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, shape (rows, columns)

    Raises
    ------
    TypeError
        If an image does not hold real numbers.
    ValueError
        If there is no image, an image has another shape, or there is not one title per image.
    """
    images = arranged(images)
    titles = None if titles is None else each(titles, "titles", len(images), "image")
    axes = grid(images, titles, columns, size, ax)
    count = len(images)
    centred = each(signed, "signed", count, "image") if np.ndim(signed) else [signed] * count
    for image, mapped, panel in zip(images, centred, axes.flat, strict=False):
        if mapped:
            show_signed(image, panel, reach(image, quantile))
        else:
            show_grey(image, panel, limits)
    remember(axes, lambda: _words(images, titles, centred, axes.shape))
    return axes


def arranged(images):
    """The images as imshow expects them, at least one."""
    images = [channels_last(image) for image in images]
    if not images:
        raise ValueError("`images` must hold at least one image; received none.")
    return images


def grid(images, titles, columns, size, ax=None):
    """Empty panels for images, with their titles, as high as the tallest image needs."""
    columns = min(len(images), 8) if columns is None else integer(columns, "columns", minimum=1)
    rows = -(-len(images) // columns)
    height = rows * size * max(image.shape[0] / image.shape[1] for image in images)
    if titles is not None:
        titled = sum(any(titles[row * columns :][:columns]) for row in range(rows))
        titles, letters, above = _titles.fit(titles, size)
        height += titled * above
    axes = panels(rows, columns, (size * columns, height), ax)
    for panel, title in zip(axes.flat, titles or (), strict=False):
        panel.set_title(title, fontsize=letters)
    return axes


def _words(images, titles, centred, shape):
    """Alt text: how many images of which kind and size, in which order, and their titles."""
    sizes = {size_of(image) for image in images}
    kinds = {_kind(image, mapped) for image, mapped in zip(images, centred, strict=True)}
    rows = counted(min(shape[0], len(images)), "row")
    yield (
        f"{counted(len(images), ' and '.join(sorted(kinds)) + ' image')} in {rows}"
        f"{f', {sizes.pop()} pixels each' if len(sizes) == 1 else ''}."
    )
    if any(centred):
        yield "In signed images orange is below 0, white is 0 and purple is above."
    if titles is not None:
        yield f"Titles in reading order are {quoted(titles)}."
    elif len(images) == 1 and images[0].ndim == 2:
        yield f"Values run from {number(images[0].min())} to {number(images[0].max())}."


def _kind(image, mapped):
    if mapped:
        return "signed"
    return "colour" if image.ndim == 3 else "grey"
