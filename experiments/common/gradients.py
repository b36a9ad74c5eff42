"""How far the gradient of one output spreads over the image: its effective receptive field."""

import torch


def squared(model, images):
    """Mean square of the gradient of the outputs in the middle, pixel by pixel.

    Parameters
    ----------
    model : nn.Module
        Maps images to maps, shape (N, K, H', W').
    images : Tensor, shape (N, C, H, W)
        Where to take the gradient.

    Returns
    -------
    Tensor, shape (H, W)
        Mean over images, their channels and the maps; the sum is 1.
    """
    images = images.clone().requires_grad_()
    maps = model(images)
    middle, total = maps[:, :, maps.shape[2] // 2, maps.shape[3] // 2], 0
    for k in range(middle.shape[1]):
        (gradient,) = torch.autograd.grad(middle[:, k].sum(), images, retain_graph=True)
        total = total + (gradient**2).mean(dim=(0, 1))
    return total / total.sum()


def widths(shares):
    """Standard deviation of such shares along the columns and along the rows, in pixels.

    Parameters
    ----------
    shares : Tensor, shape (H, W)
        Not negative, with sum 1.

    Returns
    -------
    (down, across) : two floats
    """
    found = []
    for axis in (1, 0):
        along = shares.sum(axis)
        place = torch.arange(len(along), dtype=along.dtype)
        mean = (along * place).sum()
        found.append((along * (place - mean) ** 2).sum().sqrt().item())
    return tuple(found)
