"""Light and colour: brightness, contrast, saturation, hue, and grey.

Each change rounds as torchvision's does, so that a batch gives the pixels that one image gives.
"""

import torch

from coursecnn.augment.arguments import colour_sizes, column, each, probability, uniform
from coursecnn.augment.compose import compose
from coursecnn.augment.hue import hue


def brightness(images, factors):
    """Multiply the pixels of each image.

    Parameters
    ----------
    images : Tensor of uint8, shape (N, 1 or 3, H, W)
        Grey or colour.
    factors : float or Tensor, shape (N,)
        0 gives black, 1 the image, 2 twice the light.

    Returns
    -------
    Tensor of uint8, shape (N, 1 or 3, H, W)
        What exceeds 255 becomes 255.

    Raises
    ------
    ValueError
        If there is not one factor per image, or one is negative.
    """
    n = colour_sizes(images)[0]
    factors = each(factors, "factors", n, at_least=0)
    return (images * column(factors, images)).clamp_(0, 255).to(torch.uint8)


def contrast(images, factors):
    """Stretch the pixels of each image away from its mean grey.

    Parameters
    ----------
    images : Tensor of uint8, shape (N, 1 or 3, H, W)
        Grey or colour.
    factors : float or Tensor, shape (N,)
        0 gives an even grey, 1 the image, 2 twice the distance.

    Returns
    -------
    Tensor of uint8, shape (N, 1 or 3, H, W)
        What leaves 0…255 is cut off.

    Raises
    ------
    ValueError
        If there is not one factor per image, or one is negative.
    """
    n = colour_sizes(images)[0]
    mean = _grey(images).floor_().mean((1, 2, 3), keepdim=True)
    return _blend(images, mean, each(factors, "factors", n, at_least=0))


def saturation(images, factors):
    """Stretch the colours of each image away from their greys.

    Parameters
    ----------
    images : Tensor of uint8, shape (N, 1 or 3, H, W)
        Grey images stay as they are.
    factors : float or Tensor, shape (N,)
        0 gives greys, 1 the image, 2 twice the distance.

    Returns
    -------
    Tensor of uint8, shape (N, 1 or 3, H, W)
        What leaves 0…255 is cut off.

    Raises
    ------
    ValueError
        If there is not one factor per image, or one is negative.
    """
    n, channels, _, _ = colour_sizes(images)
    factors = each(factors, "factors", n, at_least=0)
    return images if channels == 1 else _blend(images, _grey(images).floor_(), factors)


def grayscale(images, chosen=True):
    """Take the colour out of the chosen images.

    Parameters
    ----------
    images : Tensor of uint8, shape (N, 1 or 3, H, W)
        Grey images stay as they are.
    chosen : bool or Tensor of bool, shape (N,), default True
        Which images.

    Returns
    -------
    Tensor of uint8, shape (N, 1 or 3, H, W)
        As many channels as before; three equal ones where the colour is gone.

    Raises
    ------
    ValueError
        If there is not one choice per image.
    """
    n, channels, _, _ = colour_sizes(images)
    chosen = each(chosen, "chosen", n).to(images.device, torch.bool).view(-1, 1, 1, 1)
    return images if channels == 1 else torch.where(chosen, _grey(images).to(torch.uint8), images)


def _grey(images):
    """How bright each pixel looks (ITU-R BT.601), as a float that is not rounded yet."""
    if images.shape[1] == 1:
        return images.to(torch.float32)
    red, green, blue = images.to(torch.float32).unbind(1)
    return red.mul(0.2989).add_(green, alpha=0.587).add_(blue, alpha=0.114)[:, None]


def _blend(images, other, factors):
    """factor · image + (1 − factor) · other; `addcmul` rounds the sum once, as torchvision does."""
    own = images * column(factors, images)
    return torch.addcmul(own, other, column(1 - factors, images)).clamp_(0, 255).to(torch.uint8)


def random_color(brightness=0.0, contrast=0.0, saturation=0.0, hue=0.0):
    """An augmentation that changes light and colour of each image at random, in this order.

    Parameters
    ----------
    brightness, contrast, saturation : float, default 0
        Strength s: factors are drawn evenly from max(0, 1 − s)…1 + s.
    hue : float, default 0
        Turns of the colour circle are drawn evenly from −hue…hue, at most ½.

    Returns
    -------
    callable
        Takes a batch (Tensor of uint8, shape (N, 1 or 3, H, W)) and a torch.Generator on the CPU;
        returns the changed batch.

    Raises
    ------
    ValueError
        If a strength is negative, or `hue` exceeds ½.
    """
    strengths = {"brightness": brightness, "contrast": contrast, "saturation": saturation,
                 "hue": hue}  # fmt: skip
    return compose(*(_random(name, s) for name, s in strengths.items() if _checked(name, s)))


def _checked(name, strength):
    limit = 0.5 if name == "hue" else torch.inf
    if not 0 <= strength <= limit:
        raise ValueError(f"`{name}` must lie in 0…{limit}; received {strength}.")
    return strength


def _random(name, strength):
    """The change called `name`, with a parameter of its own for each image."""
    change = {"brightness": brightness, "contrast": contrast, "saturation": saturation,
              "hue": hue}[name]  # fmt: skip
    middle, least = (0, -torch.inf) if name == "hue" else (1, 0)

    def augment(images, generator):
        low, high = max(least, middle - strength), middle + strength
        return change(images, uniform(len(images), low, high, generator))

    return augment


def random_grayscale(p=0.1):
    """An augmentation that takes the colour out of each image with probability `p`.

    Parameters
    ----------
    p : float, default 0.1
        How likely an image turns grey.

    Returns
    -------
    callable
        Takes a batch (Tensor of uint8, shape (N, 1 or 3, H, W)) and a torch.Generator on the CPU;
        returns the batch, partly grey.

    Raises
    ------
    ValueError
        If `p` is not a probability.
    """
    probability(p)

    def augment(images, generator):
        return grayscale(images, torch.rand(len(images), generator=generator) < p)

    return augment
