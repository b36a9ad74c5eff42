"""Where a window of an image lies in its flattened vector, for both orders of the axes."""

import numpy as np
from matplotlib.patches import Rectangle

from coursecnn.plots._check import shaped
from coursecnn.plots._pixels import show_grey
from coursecnn.plots._place import WIDTH, panels
from coursecnn.plots._words import counted, size_of
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour

_ORDERS = {
    "channels first (C, H, W)": (0, 1, 2),
    "channels last (H, W, C)": (1, 2, 0),
}


def flattening(image, window, *, ax=None):
    """Draw an image with a window, and below it where the window's numbers lie in the vector.

    Each vector is a bar from its first entry to its last; a line stands at every entry that comes
    from the window, and a bracket spans them all.

    Parameters
    ----------
    image : ndarray, shape (3, H, W)
        A colour image, channels first, bytes or floats from 0 to 1.
    window : (int, int, int, int)
        Top, left, height and width of the window, in pixels.
    ax : matplotlib.axes.Axes, optional
        One of `plt.subplots`; the panels share its place.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, shape (2,)
        The image, and the two vectors.

    Raises
    ------
    TypeError
        If `image` does not hold real numbers.
    ValueError
        If `image` has another shape, or the window does not lie in it.
    """
    image = _colour(image)
    places = _places(image.shape, _inside(window, image.shape))
    axes = panels(1, 2, (WIDTH, 2.1), ax, width_ratios=(1, 2.4))[0]
    show_grey(image.transpose(1, 2, 0), axes[0])
    _frame(axes[0], window)
    for row, (name, entries) in enumerate(places.items()):
        _vector(axes[1], row, name, entries, image.size)
    axes[1].set(xlim=(-0.01 * image.size, 1.01 * image.size), ylim=(1.75, -0.55))
    remember(axes, lambda: _words(image, window, places))
    return axes


def _colour(image):
    """An image of three channels."""
    image = shaped(image, "image", "3, H, W")
    if len(image) != 3:
        raise ValueError(f"`image` must have shape (3, H, W); received {image.shape}.")
    return image


def _inside(window, shape):
    """The window as slices, if it lies in the image."""
    top, left, tall, wide = window
    rows, columns = slice(top, top + tall), slice(left, left + wide)
    if min(top, left) < 0 or min(tall, wide) < 1 or rows.stop > shape[1] or columns.stop > shape[2]:
        raise ValueError(
            f"`window` must lie in the image of {shape[1]}×{shape[2]} pixels; received {window} "
            "as top, left, height and width."
        )
    return rows, columns


def _places(shape, window):
    """For each order, which entries of the vector the window fills, in ascending order."""
    places = {}
    for name, axes in _ORDERS.items():
        sizes = [shape[axis] for axis in axes]
        position = np.arange(np.prod(shape)).reshape(sizes).transpose(np.argsort(axes))
        places[name] = np.sort(position[:, *window], axis=None)
    return places


def _frame(ax, window):
    """The window on the image; pixels are centred on whole numbers."""
    top, left, tall, wide = window
    frame = {"fill": False, "edgecolor": colour("kernel"), "linewidth": 2, "linestyle": "--"}
    ax.add_patch(Rectangle((left - 0.5, top - 0.5), wide, tall, **frame))


def _vector(ax, row, name, entries, size):
    """One bar with its lines, a bracket below and words above."""
    ink, first, last = colour("kernel"), entries[0], entries[-1]
    bar = {"facecolor": "none", "edgecolor": colour("input"), "linewidth": 1}
    ax.add_patch(Rectangle((0, row - 0.2), size, 0.4, **bar))
    ax.vlines(entries + 0.5, row - 0.2, row + 0.2, color=ink, linewidth=1)
    ax.plot([first, first, last, last], row + 0.02 * np.array([13, 16, 16, 13]), "-", color=ink,
            linewidth=1)  # fmt: skip
    ax.text(0, row - 0.25, name, ha="left", va="bottom", color=colour("text"))
    ax.text((first + last) / 2, row + 0.35, f"{last - first + 1:,} entries", ha="center", va="top",
            color=ink)  # fmt: skip


def _words(image, window, places):
    """Alt text: the image, the window, and the stretch that it fills in each vector."""
    _, _, tall, wide = window
    pixels = size_of(image[0])
    count = counted(3 * tall * wide, "number")
    yield f"A colour image of {pixels} pixels with a dashed window of {tall}×{wide}."
    yield f"Beside it two bars for its vectors of {image.size:,} entries, a line at each of the "
    yield f"{count} of the window."
    for name, entries in places.items():
        groups = counted(int((np.diff(entries) > 1).sum()) + 1, "group")
        stretch = f"{entries[-1] - entries[0] + 1:,} entries"
        yield f"With {name.split(' (')[0]} the lines form {groups} in a stretch of {stretch}."
