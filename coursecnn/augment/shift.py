"""Shifting moves an image in its frame; what leaves is lost, what enters is zero."""

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit


def shift(images, offsets):
    """Move each image of a batch by its own number of pixels.

    Parameters
    ----------
    images : Tensor, shape (N, C, H, W)
        Any dtype, any device.
    offsets : Tensor of int, shape (N, 2)
        Pixels to move down and to the right; negative: up and to the left.

    Returns
    -------
    Tensor, shape (N, C, H, W)
        The moved images, zeros where nothing was.

    Raises
    ------
    ValueError
        If there is not one pair of offsets per image.
    """
    n, _, height, width = images.shape
    if offsets.shape != (n, 2):
        raise ValueError(
            f"`offsets` must have shape ({n}, 2), one pair per image; "
            f"received {tuple(offsets.shape)}."
        )
    margin = int(offsets.abs().max()) if n else 0
    padded = F.pad(images, (margin,) * 4)
    top, left = (margin - offsets).unbind(1)
    rows = top[:, None] + torch.arange(height, device=images.device)
    columns = left[:, None] + torch.arange(width, device=images.device)
    image = torch.arange(n, device=images.device)
    moved = padded[image[:, None, None], :, rows[:, :, None], columns[:, None, :]]
    return moved.permute(0, 3, 1, 2).contiguous()


def random_shift(max_shift):
    """An augmentation that moves each image by up to `max_shift` pixels in both directions.

    Parameters
    ----------
    max_shift : int
        Largest distance, in pixels; every distance up to it is equally likely.

    Returns
    -------
    callable
        Takes a batch (Tensor, shape (N, C, H, W)) and a torch.Generator on the CPU; returns the
        moved batch. The generator alone decides how the images move.

    Raises
    ------
    ValueError
        If `max_shift` is negative.
    """
    if max_shift < 0:
        raise ValueError(f"`max_shift` must be ≥ 0 pixels; received {max_shift}.")

    def augment(images, generator):
        offsets = torch.randint(-max_shift, max_shift + 1, (len(images), 2), generator=generator)
        return shift(images, offsets.to(images.device))

    return augment
