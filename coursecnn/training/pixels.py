"""From bytes to numbers that a network likes."""

import torch


def to_input(images, device=None, memory_format=torch.preserve_format):
    """Scale bytes 0…255 to floats −1…1.

    Parameters
    ----------
    images : ndarray or Tensor of uint8, shape (N, C, H, W)
        Pixels.
    device : torch.device, optional
        Where the result shall be; by default where `images` is.
    memory_format : torch.memory_format, default torch.preserve_format
        How the result lies in memory: as `images` do, or `torch.channels_last`.

    Returns
    -------
    Tensor of float32, shape (N, C, H, W)
        Black is −1, white is 1.
    """
    pixels = torch.as_tensor(images, device=device)
    return pixels.to(torch.float32, memory_format=memory_format).mul_(2 / 255).sub_(1)
