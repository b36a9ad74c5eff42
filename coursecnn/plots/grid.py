"""Many images in rows and columns."""

import matplotlib.pyplot as plt
import numpy as np

from coursecnn.plots.roles import GREY, SIGNED


def image_grid(
    images, titles=None, *, columns=None, signed=False, limits=None, quantile=1.0, size=1.4
):
    """Show images side by side, each with a title if there are titles.

    Parameters
    ----------
    images : sequence of ndarray, shape (H, W), (1, H, W) or (3, H, W)
        Grey or colour, channels first.
    titles : sequence of str, optional
        One per image.
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

    Returns
    -------
    ndarray of matplotlib.axes.Axes, shape (rows, columns)

    Raises
    ------
    ValueError
        If there is not one title per image.
    """
    if titles is not None and len(titles) != len(images):
        raise ValueError(f"`titles` must hold {len(images)} strings; received {len(titles)}.")
    columns = columns or min(len(images), 8)
    rows = -(-len(images) // columns)
    images = [_channels_last(np.asarray(image)) for image in images]
    tallest = max(image.shape[0] / image.shape[1] for image in images)
    row = size * tallest + (0.25 if titles is not None else 0.0)
    _, axes = plt.subplots(rows, columns, figsize=(size * columns, row * rows), squeeze=False)
    for ax in axes.flat:
        ax.set_axis_off()
    centred = np.broadcast_to(signed, len(images))
    for index, (image, ax) in enumerate(zip(images, axes.flat, strict=False)):
        top = np.quantile(np.abs(image), quantile) or 1 if centred[index] else None
        _draw(image, ax, top, limits)
        if titles is not None:
            ax.set_title(titles[index], fontsize=9)
    return axes


def _channels_last(image):
    """What imshow expects: one channel has no axis, three come last."""
    if image.ndim == 2:
        return image
    return image[0] if len(image) == 1 else image.transpose(1, 2, 0)


def _draw(image, ax, top, limits):
    """Show one image: signed around 0 up to `top`, or grey between the limits."""
    if top is not None:
        ax.imshow(image, cmap=SIGNED, vmin=-top, vmax=top)
        return
    whole = (0, 255) if image.dtype == np.uint8 else (image.min(), image.max())
    low, high = limits or whole
    ax.imshow(image, cmap=GREY, vmin=low, vmax=high)
