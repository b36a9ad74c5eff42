"""Flipping mirrors an image; whether its label survives depends on what it shows."""

import torch

from coursecnn.augment.arguments import each, probability, sizes


def flip(images, chosen, *, vertical=False):
    """Mirror the chosen images of a batch.

    Parameters
    ----------
    images : Tensor, shape (N, C, H, W)
        Any dtype, any device.
    chosen : Tensor of bool, shape (N,)
        Which images to mirror.
    vertical : bool, default False
        Swap top and bottom instead of left and right.

    Returns
    -------
    Tensor, shape (N, C, H, W)
        A copy; images that were not chosen are unchanged.

    Raises
    ------
    ValueError
        If there is not one choice per image.
    """
    n = sizes(images)[0]
    chosen = each(chosen, "chosen", n).to(images.device, torch.bool).view(-1, 1, 1, 1)
    return torch.where(chosen, images.flip(2 if vertical else 3), images)


def random_flip(p=0.5, *, vertical=False):
    """An augmentation that mirrors each image with probability `p`.

    Parameters
    ----------
    p : float, default 0.5
        How likely an image is mirrored.
    vertical : bool, default False
        Swap top and bottom instead of left and right.

    Returns
    -------
    callable
        Takes a batch (Tensor, shape (N, C, H, W)) and a torch.Generator on the CPU; returns the
        batch, partly mirrored.

    Raises
    ------
    ValueError
        If `p` is not a probability.
    """
    probability(p)

    def augment(images, generator):
        return flip(images, torch.rand(len(images), generator=generator) < p, vertical=vertical)

    return augment
