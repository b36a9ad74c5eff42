"""From bytes to numbers that a network likes."""

import torch


def to_input(images, device=None):
    """Scale bytes 0…255 to floats −1…1.

    Parameters
    ----------
    images : ndarray or Tensor of uint8, shape (N, C, H, W)
        Pixels.
    device : torch.device, optional
        Where the result shall be; by default where `images` is.

    Returns
    -------
    Tensor of float32, shape (N, C, H, W)
        Black is −1, white is 1.
    """
    return torch.as_tensor(images, device=device).float().mul_(2 / 255).sub_(1)
