"""Images in the size that a network was trained on."""

from dataclasses import replace

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.shapes.integers import integer

_AT_ONCE = 100  # images in float32, while they are resized


def resize(image_set, size):
    """Cut the largest square out of the middle of each image, and resize it.

    `fine_tune`, `training.fit` and `training.accuracy` take images as they are; a network that was
    trained on large photographs sees next to nothing in small ones.

    Parameters
    ----------
    image_set : ImageSet
        Images of shape (N, C, H, W).
    size : int
        Height and width of the result, in pixels.

    Returns
    -------
    ImageSet
        Images of shape (N, C, size, size), bicubic and rounded to whole levels; the rest is kept.

    Raises
    ------
    TypeError
        If `size` is not an integer.
    ValueError
        If `size` is not positive, or these are videos, sounds, or images with outlines.

    Notes
    -----
    The pixels are those of `models.prepare`, but for the rounding: half a level at most.

    Examples
    --------
    >>> from coursecnn import data
    >>> resize(data.digits("test"), 32).images.shape[1:]
    (1, 32, 32)
    """
    size = integer(size, "size", minimum=1)
    if image_set.images.ndim != 4 or hasattr(image_set, "masks"):
        raise ValueError(
            f"`image_set` must be an ImageSet of plain images, shape (N, C, H, W); received a "
            f"{type(image_set).__name__} of shape {image_set.images.shape}"
        )
    parts = torch.from_numpy(image_set.images).split(_AT_ONCE)
    images = torch.cat([resized(part, size) for part in parts])
    return replace(image_set, images=images.numpy())


def resized(pixels, size):
    """The same of a batch.

    Parameters
    ----------
    pixels : Tensor of uint8, shape (N, C, H, W)
        Images.
    size : int
        Height and width of the result.

    Returns
    -------
    Tensor of uint8, shape (N, C, size, size)
        Those of the right size are returned as they are.
    """
    height, width = pixels.shape[2:]
    if height == width == size:
        return pixels
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    square = pixels[:, :, top : top + side, left : left + side].float()
    levels = F.interpolate(square, (size, size), mode="bicubic", antialias=True)
    return levels.clamp_(0, 255).round_().to(torch.uint8)
