"""Images with what a network said of them: right and wrong can be told without colour."""

import numpy as np
from matplotlib.patches import Rectangle

from coursecnn.plots._check import each
from coursecnn.plots._pixels import show_grey
from coursecnn.plots._words import counted, quoted
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour
from coursecnn.plots.grid import arranged, grid

_FRAME = 0.07  # width of a hatched frame, in widths of its image


def predictions(
    images,
    true,
    predicted,
    class_names=None,
    *,
    probabilities=None,
    columns=None,
    size=1.1,
    ax=None,
):
    """Show images with the class that was predicted: ✓ and a thin frame, or ✗ and a hatched one.

    Parameters
    ----------
    images : sequence of ndarray, shape (H, W), (1, H, W) or (3, H, W)
        Grey or colour, channels first.
    true, predicted : sequence of int, shape (N,)
        Classes, as indices into `class_names`.
    class_names : sequence of str, optional
        One name per class; by default the numbers themselves.
    probabilities : sequence of float, shape (N,), optional
        How sure the network was of its prediction.
    columns : int, optional
        Images per row; by default up to 5.
    size : float, default 1.1
        Width of one image, in inches.
    ax : matplotlib.axes.Axes, optional
        One of `plt.subplots`; the images share its place.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, shape (rows, columns)

    Raises
    ------
    ValueError
        If there is not one class or one probability per image, or a class has no name.
    """
    images = arranged(images)
    true, predicted = _classes(true, predicted, len(images))
    names = _names(true, predicted, class_names)
    right = [a == b for a, b in zip(true, predicted, strict=True)]
    titles = [_title(names[a], names[b]) for a, b in zip(true, predicted, strict=True)]
    if probabilities is not None:
        sure = each(probabilities, "probabilities", len(images), "image")
        titles = [f"{title}  {share:.2f}" for title, share in zip(titles, sure, strict=True)]
    axes = grid(images, titles, min(len(images), 5) if columns is None else columns, size, ax)
    for image, ok, panel in zip(images, right, axes.flat, strict=False):
        show_grey(image, panel)
        _mark(panel, ok)
    remember(axes, lambda: _words(titles, right))
    return axes


def _classes(true, predicted, count):
    """Both sequences as lists of whole numbers."""
    pairs = {"true": true, "predicted": predicted}
    lists = [np.asarray(each(values, name, count, "image")) for name, values in pairs.items()]
    for name, array in zip(pairs, lists, strict=True):
        if array.dtype.kind not in "iu":
            raise TypeError(
                f"`{name}` must hold classes as integers; received dtype {array.dtype}."
            )
    return [array.tolist() for array in lists]


def _names(true, predicted, class_names):
    """A name for every class that occurs."""
    used = sorted({*true, *predicted})
    if class_names is None:
        return {label: str(label) for label in used}
    if used[0] < 0 or used[-1] >= len(class_names):
        raise ValueError(
            f"`class_names` has {len(class_names)} names, for the classes 0 to "
            f"{len(class_names) - 1}; received classes from {used[0]} to {used[-1]}."
        )
    return {label: class_names[label] for label in used}


def _title(true, predicted):
    """The class, with a tick or a cross; for an error, what was taken for what."""
    return f"✓ {true}" if true == predicted else f"✗ {true} → {predicted}"


def _mark(ax, right):
    """A thin frame for a right answer, a hatched one for a wrong answer; both have equal room."""
    left, end, bottom, top = ax.images[0].get_extent()
    edge = _FRAME * max(end - left, bottom - top)
    ax.set(xlim=(left - edge, end + edge), ylim=(bottom + edge, top - edge))
    look = {"fill": False, "edgecolor": colour("output" if right else "wrong"), "linewidth": 1.5}
    ax.add_patch(Rectangle((left, top), end - left, bottom - top, **look))
    if not right:
        width, height = end - left + 2 * edge, bottom - top + 2 * edge
        ring = Rectangle((left - edge, top - edge), width, height, hatch="//////", **look)
        ring.set_zorder(-1)  # the picture covers its middle
        ax.add_patch(ring)


def _words(titles, right):
    """Alt text: how many are right, and what was taken for what."""
    tally = f"{sum(right)} right and {len(right) - sum(right)} wrong"
    yield f"{counted(len(right), 'image')} with predictions, {tally}."
    wrong = [title[2:] for title, ok in zip(titles, right, strict=True) if not ok]
    if wrong:
        yield f"Wrong, as true → predicted, are {quoted(wrong)}."
    good = [title[2:] for title, ok in zip(titles, right, strict=True) if ok]
    if good:
        yield f"Right are {quoted(good)}."
