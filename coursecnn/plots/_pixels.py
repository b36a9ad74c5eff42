"""How the numbers of one image become grey, colour, or a map."""

import numpy as np

from coursecnn.plots._check import finite, numbers
from coursecnn.plots.colours import GREY, SIGNED


def channels_last(image, name="images"):
    """What imshow expects: one channel has no axis, three come last."""
    image = finite(numbers(image, name), name)
    if image.ndim == 2:
        return image
    if image.ndim != 3 or len(image) not in (1, 3):
        raise ValueError(
            f"each of `{name}` must have shape (H, W), (1, H, W) or (3, H, W), channels first; "
            f"received {image.shape}."
        )
    return image[0] if len(image) == 1 else image.transpose(1, 2, 0)


def reach(values, quantile=1.0):
    """The largest size of a value, or 1 where all are 0; of a share `quantile` of the values."""
    return float(np.quantile(np.abs(values), quantile)) or 1.0


def show_grey(image, ax, limits=None):
    """Show an image from black to white, between the limits or those of its kind."""
    whole = (0, 255) if image.dtype == np.uint8 else (image.min(), image.max())
    low, high = limits or whole
    return ax.imshow(image, cmap=GREY, vmin=low, vmax=high)


def show_signed(image, ax, top):
    """Show a signed image: orange below 0, white at 0, purple above, darkest at ±top."""
    return ax.imshow(image, cmap=SIGNED, vmin=-top, vmax=top)


def frame(ax, **look):
    """Draw a frame round the picture on `ax`, without ticks."""
    ax.set_axis_on()
    ax.set(xticks=[], yticks=[])
    ax.grid(visible=False)
    for spine in ax.spines.values():
        spine.set(visible=True, **look)
