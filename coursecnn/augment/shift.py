"""Shifting moves an image in its frame; what leaves is lost, what enters is zero."""

import torch

from coursecnn.augment.arguments import each, not_negative, sizes
from coursecnn.augment.lookup import frame, lookup


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
    n, _, height, width = sizes(images)
    down, right = each(offsets, "offsets", n, 2, whole=True).unbind(1)
    return lookup(images, frame(-down, height), frame(-right, width))


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
    not_negative(max_shift, "max_shift")

    def augment(images, generator):
        offsets = torch.randint(-max_shift, max_shift + 1, (len(images), 2), generator=generator)
        return shift(images, offsets)

    return augment
