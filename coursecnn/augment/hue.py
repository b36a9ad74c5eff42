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
    angle += turns.to(images.device, torch.float32).view(-1, 1, 1)
    angle -= angle.floor()
    return _to_rgb(angle, chroma, value)


def _to_hsv(rgb):
    """Hue 0…1, saturation 0…1 and value 0…1, each of shape (N, H, W)."""
    value = rgb.amax(1)
    spread = value - rgb.amin(1)
    grey = spread == 0  # keeps the divisors from 0
    red, green, blue = (value[:, None] - rgb).div_((spread + grey)[:, None]).unbind(1)
    is_red, is_green = red == 0, green == 0  # no distance from the highest channel
    sixths = (blue - green).mul_(is_red)
    sixths += (red + 2).sub_(blue).mul_(is_green & ~is_red)
    sixths += (green + 4).sub_(red).mul_(~(is_green | is_red))
    angle = sixths.mul_(1 / 6).add_(1)
    return angle.sub_(angle.floor()), spread.div_(value + grey), value


def _to_rgb(angle, saturation, value):
    """Bytes, shape (N, 3, H, W): in each sixth of the circle one channel is highest, one lowest."""
    sixth = angle.mul_(6).floor()
    along = angle.sub_(sixth)
    part, rest = saturation * along, 1 - saturation
    falling = _bytes((1 - part).mul_(value))
    rising = _bytes(part.add_(rest).mul_(value))
    lowest, highest = _bytes(rest.mul_(value)), _bytes(value)
    within = [sixth == number for number in range(6)]
    within[0] |= sixth == 6  # a full turn, reached by rounding
    out = torch.empty(len(value), 3, *value.shape[1:], dtype=torch.uint8, device=value.device)
    for channel in range(3):  # red begins at 0, green at 2 sixths, blue at 4
        own = [within[(number + 2 * channel) % 6] for number in range(6)]
        out[:, channel] = highest * (own[0] | own[5]) + falling * own[1]
        out[:, channel] += lowest * (own[2] | own[3]) + rising * own[4]
    return out


def _bytes(shares):
    return shares.clamp_(0, 1).mul_(255.999).to(torch.uint8)
