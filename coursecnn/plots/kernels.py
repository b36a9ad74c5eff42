"""The weights of a layer, kernel by kernel."""

import numpy as np

from coursecnn.plots._check import each, shaped
from coursecnn.plots._pixels import frame, reach, show_signed
from coursecnn.plots._place import WIDTH
from coursecnn.plots._scale import colourbar
from coursecnn.plots._words import counted, number, size_of
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour
from coursecnn.plots.grid import grid
from coursecnn.shapes.integers import integer


def kernels(weight, titles=None, *, shared=True, columns=None, size=None, ax=None):
    """Draw kernels as small images in which weight 0 has the same colour everywhere.

    Kernels of one channel are orange below 0, white at 0 and purple above. Kernels of three
    channels are drawn in the colours that they look for, mid-grey at 0.

    Parameters
    ----------
    weight : ndarray, shape (K, 1, kH, kW), (K, 3, kH, kW) or (K, kH, kW)
        The weights of a layer that looks at grey or colour images.
    titles : sequence of str, optional
        One per kernel.
    shared : bool, default True
        Whether all kernels have one scale: the strong and the weak ones can be compared.
        Otherwise each is drawn as strongly as its own largest weight allows.
    columns : int, optional
        Kernels per row; by default up to 8.
    size : float, optional
        Width of one kernel, in inches; by default a figure has the width of a page.
    ax : matplotlib.axes.Axes, optional
        One of `plt.subplots`; the kernels share its place.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, shape (rows, columns)

    Raises
    ------
    TypeError
        If `weight` does not hold real numbers.
    ValueError
        If `weight` has another shape, or holds NaN, or there is not one title per kernel.
    """
    weight = _one_or_three(shaped(weight, "weight", "K, C, kH, kW", "K, kH, kW").astype(float))
    titles = None if titles is None else each(titles, "titles", len(weight), "kernel")
    tops = [reach(weight)] * len(weight) if shared else [reach(kernel) for kernel in weight]
    columns = min(len(weight), 8) if columns is None else integer(columns, "columns", minimum=1)
    axes = grid([*weight[:, 0]], titles, columns, size or min(WIDTH / columns, 1.2), ax)
    for kernel, top, panel in zip(weight, tops, axes.flat, strict=False):
        drawn = _draw(kernel, panel, top)
        frame(panel, color=colour("kernel"), linewidth=1, linestyle="--")
    if shared and weight.shape[1] == 1:
        colourbar(drawn, axes)
    remember(axes, lambda: _words(weight, shared))
    return axes


def _one_or_three(weight):
    """The weights with an axis for the channels, of which a picture can show one or three."""
    weight = weight[:, None] if weight.ndim == 3 else weight
    if weight.shape[1] not in (1, 3):
        raise ValueError(
            f"`weight` must have 1 or 3 input channels; received {weight.shape[1]} in shape "
            f"{weight.shape}. Choose one: `weight[:, [0]]`."
        )
    return weight


def _draw(kernel, ax, top):
    """Draw one kernel: signed, or as the colours it looks for, mid-grey where its weight is 0."""
    if len(kernel) == 1:
        return show_signed(kernel[0], ax, top)
    return ax.imshow(np.clip(0.5 + kernel.transpose(1, 2, 0) / (2 * top), 0, 1))


def _words(weight, shared):
    """Alt text: how many kernels of which size, on which scale, and which is the strongest."""
    kind = "grey" if weight.shape[1] == 1 else "colour"
    scale = "on one scale" if shared else "each on its own scale"
    yield f"{counted(len(weight), 'kernel')} of {size_of(weight[0, 0])} for {kind} images, {scale}."
    yield (
        "Orange is below 0, white is 0 and purple is above."
        if kind == "grey"
        else "Mid-grey is weight 0; each colour is one that the kernel looks for."
    )
    yield f"Weights run from {number(weight.min())} to {number(weight.max())}."
    norms = np.sqrt((weight**2).sum((1, 2, 3)))
    if len(weight) > 1 and norms.max() > norms.min():
        yield f"Counting from 0, kernel {norms.argmax()} has the largest weights overall."
