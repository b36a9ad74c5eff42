"""How far the gradient of a unit spreads over the image: its effective receptive field."""

import torch

from coursecnn.explain.door import (
    as_input,
    evaluating,
    last_output,
    named_layer,
    recording,
    to_array,
)
from coursecnn.shapes.integers import integer


def effective_receptive_field(model, images, layer=None, *, draws=None, seed=0):
    """Mean square of the gradient of the units in the middle of a layer, pixel by pixel.

    Parameters
    ----------
    model : nn.Module
        A network; nothing in it is changed.
    images : ImageSet, or ndarray or Tensor, shape (N, C, H, W)
        Where to take the gradient: bytes, or floats as the model takes them.
    layer : str or nn.Module, optional
        A layer that puts out maps; by default the maps that the model itself puts out.
    draws : int, optional
        By default every map has its turn. For many maps it is faster to draw a sign for each of
        them, and to take the square of the gradient of their signed sum: its mean over the signs
        is the same. This is how many signs are drawn for each.
    seed : int, default 0
        Decides the signs.

    Returns
    -------
    ndarray, shape (H, W)
        Mean over images, their channels and the maps; the sum is 1.

    Raises
    ------
    TypeError
        If `images` are neither bytes nor floats, or `draws` is not a whole number.
    ValueError
        If the images have another shape, the model has no such layer, there are no maps, or the
        units in the middle do not depend on the images.

    References
    ----------
    .. [1] W. Luo, Y. Li, R. Urtasun and R. Zemel, "Understanding the effective receptive field in
       deep convolutional neural networks", NeurIPS 2016, section 2.

    Examples
    --------
    A kernel of 1 × 3 with the weights 1, 2 and −1 has shares of 1, 4 and 1 in six:

    >>> layer = torch.nn.Conv2d(1, 1, (1, 3), bias=False)
    >>> layer.weight.data = torch.tensor([[[[1.0, 2.0, -1.0]]]])
    >>> effective_receptive_field(layer, torch.zeros(1, 1, 1, 5)).round(3)
    array([[0.   , 0.167, 0.667, 0.167, 0.   ]], dtype=float32)
    """
    x = as_input(model, images).clone().requires_grad_()
    with evaluating(model), recording(model if layer is None else named_layer(model, layer)) as out:
        model(x)
        maps = last_output(out)
        if maps.ndim != 4:
            raise ValueError(
                f"`layer` must put out maps, shape (N, K, h, w); received {tuple(maps.shape)}."
            )
        middle, total = maps[:, :, maps.shape[2] // 2, maps.shape[3] // 2], 0
        for signs in _signs(middle, draws, seed):
            (gradient,) = torch.autograd.grad((middle * signs).sum(), x, retain_graph=True)
            total = total + (gradient**2).mean(dim=(0, 1))
    if not total.sum():
        raise ValueError("`images` have no gradient: the units in the middle do not change.")
    return to_array(total / total.sum())


def _signs(middle, draws, seed):
    """For each turn the factor of every unit: one map alone, or all of them with random signs."""
    if draws is None:
        yield from torch.eye(middle.shape[1]).to(middle)
        return
    generator = torch.Generator().manual_seed(seed)
    for _ in range(integer(draws, "draws", minimum=1)):
        yield (2 * torch.randint(2, middle.shape, generator=generator) - 1).to(middle)


def spread(shares):
    """Standard deviation of the shares along the columns and along the rows, in pixels.

    Parameters
    ----------
    shares : ndarray, shape (H, W)
        Not negative, with sum 1: an effective receptive field.

    Returns
    -------
    (down, across) : (float, float)
        Twice as much to either side covers about 95 % of a field that is like a bell.

    Raises
    ------
    ValueError
        If `shares` has another shape, or another sum.

    Examples
    --------
    Half of it one pixel above the middle, half one below:

    >>> import numpy as np
    >>> spread(np.array([[0.5], [0.0], [0.5]]))
    (1.0, 0.0)
    """
    shares = torch.as_tensor(shares)
    if shares.ndim != 2 or abs(shares.sum().item() - 1) > 1e-3 or shares.min() < 0:
        raise ValueError(
            f"`shares` must have shape (H, W), no value below 0 and the sum 1; received "
            f"{tuple(shares.shape)} with the sum {shares.sum():.3g}."
        )
    found = []
    for axis in (1, 0):
        along = shares.sum(axis)
        place = torch.arange(len(along), dtype=along.dtype)
        mean = (along * place).sum()
        found.append((along * (place - mean) ** 2).sum().sqrt().item())
    return tuple(found)
