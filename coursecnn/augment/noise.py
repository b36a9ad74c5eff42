"""Noise: what a poor camera adds to each pixel."""

import torch

from coursecnn.augment.arguments import colour_sizes, column, each, not_negative


def noise(images, sigmas, normal):
    """Add given noise to each image.

    Parameters
    ----------
    images : Tensor of uint8, shape (N, 1 or 3, H, W)
        Grey or colour.
    sigmas : float or Tensor, shape (N,)
        Standard deviation, as a share of the range 0…255.
    normal : Tensor of float32, shape (N, 1 or 3, H, W)
        Numbers drawn from the standard normal distribution.

    Returns
    -------
    Tensor of uint8, shape (N, 1 or 3, H, W)
        What leaves 0…255 is cut off.

    Raises
    ------
    ValueError
        If `normal` does not have the shape of `images`, or a sigma is negative.
    """
    n = colour_sizes(images)[0]
    if normal.shape != images.shape:
        raise ValueError(
            f"`normal` must have the shape of `images`, {tuple(images.shape)}; "
            f"received {tuple(normal.shape)}."
        )
    strength = column(each(sigmas, "sigmas", n, at_least=0).double() * 255, images)
    added = (normal * strength).to(torch.int16)
    return (images + added).clamp_(0, 255).to(torch.uint8)


def random_noise(sigma):
    """An augmentation that adds noise, new for every pixel.

    Parameters
    ----------
    sigma : float
        Standard deviation, as a share of the range 0…255.

    Returns
    -------
    callable
        Takes a batch (Tensor of uint8, shape (N, 1 or 3, H, W)) and a torch.Generator on the CPU;
        returns the noisy batch. The noise is drawn on the device of the batch, from a seed that
        the generator gives: other devices draw other noise.

    Raises
    ------
    ValueError
        If `sigma` is negative.
    """
    not_negative(sigma, "sigma")

    def augment(images, generator):
        seed = int(torch.randint(2**62, (), generator=generator))
        there = torch.Generator(images.device).manual_seed(seed)
        return noise(
            images, sigma, torch.randn(images.shape, generator=there, device=images.device)
        )

    return augment
