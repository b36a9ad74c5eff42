"""Cropping cuts a window out of an image, usually after a margin has been put around it."""

import torch

from coursecnn.augment.arguments import each, sizes
from coursecnn.augment.lookup import frame, lookup
from coursecnn.shapes import pair


def crop(images, corners, size=None, *, padding=0, padding_mode="zeros"):
    """Cut its own window out of each image of a batch.

    Parameters
    ----------
    images : Tensor, shape (N, C, H, W)
        Any dtype, any device.
    corners : Tensor of int, shape (N, 2)
        First row and first column of the window, counted in the padded image.
    size : int or (int, int), optional
        Height and width of the window; by default those of the image.
    padding : int or (int, int), default 0
        Pixels added above and below, left and right.
    padding_mode : {"zeros", "reflect", "replicate"}, default "zeros"
        What they show: around 1234, two pixels on each side, 00123400, 32123432 or 11123444.

    Returns
    -------
    Tensor, shape (N, C, height, width)
        The windows.

    Raises
    ------
    ValueError
        If a window does not lie in its padded image.
    """
    n, _, height, width = sizes(images)
    size, (above, left) = _window(images, size), pair(padding, name="padding", minimum=0)
    last = torch.tensor([height + 2 * above - size[0], width + 2 * left - size[1]])
    corners = each(corners, "corners", n, 2, whole=True)
    if (corners < 0).any() or (corners > last).any():
        raise ValueError(
            f"`corners` must lie in (0, 0)…{tuple(last.tolist())}, so that windows of {size} stay "
            f"in the padded image; received {corners.tolist()}."
        )
    top, first = (corners - torch.tensor([above, left])).unbind(1)
    return lookup(images, frame(top, size[0]), frame(first, size[1]), padding_mode)


def random_crop(padding, *, size=None, padding_mode="zeros"):
    """An augmentation that pads each image and cuts a window out of it at random.

    Parameters
    ----------
    padding : int or (int, int)
        Pixels added above and below, left and right.
    size : int or (int, int), optional
        Height and width of the window; by default those of the image.
    padding_mode : {"zeros", "reflect", "replicate"}, default "zeros"
        What the added pixels show, see `crop`.

    Returns
    -------
    callable
        Takes a batch (Tensor, shape (N, C, H, W)) and a torch.Generator on the CPU; returns the
        windows. All places are equally likely.

    Raises
    ------
    ValueError
        If an argument is negative; and, when it is called, if the window exceeds the padded image.
    """
    above, left = pair(padding, name="padding", minimum=0)

    def augment(images, generator):
        n, _, height, width = sizes(images)
        window = _window(images, size)
        places = height + 2 * above - window[0] + 1, width + 2 * left - window[1] + 1
        if min(places) < 1:
            raise ValueError(
                f"`size` {window} exceeds the padded images of "
                f"{(height + 2 * above, width + 2 * left)}; use a smaller window or more `padding`."
            )
        corners = [torch.randint(count, (n,), generator=generator) for count in places]
        return crop(
            images, torch.stack(corners, 1), window,
            padding=(above, left), padding_mode=padding_mode,
        )  # fmt: skip

    return augment


def _window(images, size):
    return tuple(images.shape[2:]) if size is None else pair(size, name="size", minimum=1)
