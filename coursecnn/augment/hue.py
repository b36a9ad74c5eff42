"""Hue: turn the colour circle, and leave light and saturation alone."""

import torch

from coursecnn.augment.arguments import colour_sizes, each


def hue(images, turns):
    """Turn the colours of each image around the colour circle.

    Parameters
    ----------
    images : Tensor of uint8, shape (N, 1 or 3, H, W)
        Grey images stay as they are.
    turns : float or Tensor, shape (N,)
        −½…½ of a full turn; a third makes red green.

    Returns
    -------
    Tensor of uint8, shape (N, 1 or 3, H, W)
        Greys keep their pixels; elsewhere a pixel may round to its neighbour.

    Raises
    ------
    ValueError
        If there is not one turn per image, or one lies outside −½…½.

    References
    ----------
    .. [1] A. R. Smith, "Color gamut transform pairs", SIGGRAPH 1978: hue, saturation and value.
    """
    n, channels, _, _ = colour_sizes(images)
    turns = each(turns, "turns", n, at_least=-0.5, at_most=0.5)
    if channels == 1:
        return images
    angle, chroma, value = _to_hsv(images.to(torch.float32).mul_(1 / 255))
    angle.add_(turns.to(images.device, torch.float32).view(-1, 1, 1)).remainder_(1)
    return _to_rgb(angle, chroma, value).mul_(255.999).to(torch.uint8)


def _to_hsv(rgb):
    """Hue 0…1, saturation 0…1 and value 0…1, each of shape (N, H, W)."""
    red, green, blue = rgb.unbind(1)
    value = rgb.amax(1)
    spread = value - rgb.amin(1)
    grey = spread == 0
    divisor = spread.masked_fill(grey, 1)
    from_red, from_green, from_blue = ((value - one).div_(divisor) for one in (red, green, blue))
    sixths = torch.where(
        value == green, from_red.add(2).sub_(from_blue), from_green.add(4).sub_(from_red)
    )
    sixths = torch.where(value == red, from_blue.sub_(from_green), sixths)
    angle = sixths.mul_(1 / 6).add_(1).fmod_(1)
    return angle, spread.div_(value.masked_fill(grey, 1)), value


def _to_rgb(angle, saturation, value):
    """Six sextants of the circle: in each, one channel is highest, one lowest, one in between."""
    sextant = angle.mul(6).floor_()
    along = angle.mul_(6).sub_(sextant)
    part, rest = saturation * along, 1 - saturation
    falling = (1 - part).mul_(value).clamp_(0, 1)
    rising = part.add_(rest).mul_(value).clamp_(0, 1)
    lowest = rest.mul_(value).clamp_(0, 1)
    sextant.remainder_(6)
    within = [sextant == number for number in range(6)]
    return torch.stack([
        _channel([within[(number + start) % 6] for number in range(6)],
                 value, falling, lowest, rising)
        for start in (0, 2, 4)
    ], 1)  # fmt: skip


def _channel(within, highest, falling, lowest, rising):
    """One channel, from its own hue on: highest, falling, lowest twice, rising, highest."""
    out = torch.where(within[1], falling, lowest)
    out = torch.where(within[4], rising, out)
    return torch.where(within[0] | within[5], highest, out)
