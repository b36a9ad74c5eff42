"""Blurring averages a neighbourhood under a bell curve: sharp edges must not be all there is."""

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.augment.arguments import colour_sizes, each, uniform


def blur(images, sigmas, *, kernel_size=3):
    """Convolve each image with its own Gaussian kernel, borders reflected.

    Parameters
    ----------
    images : Tensor of uint8, shape (N, 1 or 3, H, W)
        Grey or colour.
    sigmas : float or Tensor, shape (N,)
        Width of the bell, in pixels.
    kernel_size : int, default 3
        Odd; the kernel reaches (kernel_size − 1) / 2 pixels to each side.

    Returns
    -------
    Tensor of uint8, shape (N, 1 or 3, H, W)
        Rounded.

    Raises
    ------
    ValueError
        If the kernel is not odd or too large to be reflected, or a sigma is not positive.
    """
    n, channels, height, width = colour_sizes(images)
    reach = _reach(kernel_size)
    if reach >= min(height, width):
        raise ValueError(
            f"`kernel_size` {kernel_size} reaches {reach} pixels past the border of images of "
            f"{height}×{width}; use a smaller kernel."
        )
    sigmas = each(sigmas, "sigmas", n, at_least=1e-3).to(images.device, torch.float32)
    kernels = _kernels(sigmas, kernel_size)
    padded = F.pad(images.to(torch.float32), (reach,) * 4, mode="reflect")
    blurred = torch.empty_like(images, dtype=torch.float32)
    for number, kernel in enumerate(kernels):  # one call for all would add up in another order
        bank = kernel.expand(channels, 1, -1, -1)
        blurred[number] = F.conv2d(padded[number : number + 1], bank, groups=channels)[0]
    return blurred.round_().to(torch.uint8)


def _reach(kernel_size):
    if kernel_size < 1 or kernel_size % 2 == 0:
        raise ValueError(f"`kernel_size` must be odd and positive; received {kernel_size}.")
    return kernel_size // 2


def _kernels(sigmas, kernel_size):
    """One square kernel per image that sums to 1, shape (N, kernel_size, kernel_size)."""
    end = (kernel_size - 1) / (2 * 2**0.5)  # so that exp(−x²) is the bell, with x over √2
    x = torch.linspace(-end, end, kernel_size, device=sigmas.device)
    bell = (x / sigmas[:, None]).pow(2).neg().softmax(1)
    return bell[:, :, None] * bell[:, None, :]


def random_blur(max_sigma, *, min_sigma=0.1, kernel_size=3):
    """An augmentation that blurs each image by a random width.

    Parameters
    ----------
    max_sigma, min_sigma : float
        The width of the bell is drawn evenly between them, in pixels.
    kernel_size : int, default 3
        Odd; the kernel reaches (kernel_size − 1) / 2 pixels to each side.

    Returns
    -------
    callable
        Takes a batch (Tensor of uint8, shape (N, 1 or 3, H, W)) and a torch.Generator on the CPU;
        returns the blurred batch.

    Raises
    ------
    ValueError
        If the widths are not positive and in order, or the kernel is not odd.
    """
    _reach(kernel_size)
    if not 0 < min_sigma <= max_sigma:
        raise ValueError(
            f"`min_sigma` and `max_sigma` must be positive and in order; received {min_sigma} "
            f"and {max_sigma}."
        )

    def augment(images, generator):
        sigmas = uniform(len(images), min_sigma, max_sigma, generator)
        return blur(images, sigmas, kernel_size=kernel_size)

    return augment
