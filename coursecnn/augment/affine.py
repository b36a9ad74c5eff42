"""Rotating, moving, scaling and shearing: each pixel of the result is read from the original."""

from math import cos, radians, sin, tan

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.augment.arguments import each, not_negative, sizes, uniform

INTERPOLATIONS = ("bilinear", "nearest")


def affine(images, angles=0.0, offsets=0.0, scales=1.0, shears=0.0, *, interpolation="bilinear"):
    """Rotate, scale and shear each image about its centre, then move it.

    Parameters
    ----------
    images : Tensor, shape (N, C, H, W)
        Any dtype, any device.
    angles : float or Tensor, shape (N,), default 0
        Degrees, counter-clockwise.
    offsets : float or Tensor, shape (N, 2), default 0
        Pixels to move down and to the right; fractions are allowed.
    scales : float or Tensor, shape (N,), default 1
        Above 1 enlarges what is seen.
    shears : float or Tensor, shape (N, 2), default 0
        Degrees along the rows and along the columns.
    interpolation : {"bilinear", "nearest"}, default "bilinear"
        Mix the four nearest pixels, or take the nearest one.

    Returns
    -------
    Tensor, shape (N, C, H, W)
        Zeros where nothing was; bytes are rounded.

    Raises
    ------
    ValueError
        If there are not as many parameters as images, a scale is not positive, or the
        interpolation is not known.
    """
    if interpolation not in INTERPOLATIONS:
        names = ", ".join(f'"{name}"' for name in INTERPOLATIONS)
        raise ValueError(f"`interpolation` must be one of {names}; received {interpolation!r}.")
    n, _, height, width = sizes(images)
    parameters = zip(
        each(angles, "angles", n).tolist(),
        each(offsets, "offsets", n, 2).tolist(),
        each(scales, "scales", n, at_least=1e-6).tolist(),
        each(shears, "shears", n, 2, at_least=-89, at_most=89).tolist(),
        strict=True,
    )
    dtype = images.dtype if images.is_floating_point() else torch.float32
    theta = torch.tensor([_backwards(*one) for one in parameters], dtype=dtype).view(n, 2, 3)
    grid = _grid(theta.to(images.device), height, width)
    read = F.grid_sample(images.to(dtype), grid, interpolation, "zeros", align_corners=False)
    return read if images.is_floating_point() else read.round_().to(images.dtype)


def _backwards(angle, offset, scale, shear):
    """Two rows that map a pixel of the result, from the centre, to where it is read.

    Forwards is rotate · scale · shear, then move; its inverse is worked out in double precision.
    """
    turn, along_x, along_y = radians(-angle), radians(shear[0]), radians(shear[1])
    a = cos(turn - along_y) / cos(along_y)
    b = -(a * tan(along_x) + sin(turn))
    c = sin(turn - along_y) / cos(along_y)
    d = cos(turn) - c * tan(along_x)
    rows = [d / scale, -b / scale], [-c / scale, a / scale]
    down, right = offset
    return [(x, y, -x * right - y * down) for x, y in rows]


def _grid(theta, height, width):
    """Where each pixel is read, in the units of `grid_sample`: −1 and 1 are the borders."""
    n, device = len(theta), theta.device
    y = torch.linspace((1 - height) / 2, (height - 1) / 2, height, device=device)
    x = torch.linspace((1 - width) / 2, (width - 1) / 2, width, device=device)
    places = torch.ones(height, width, 3, dtype=theta.dtype, device=device)
    places[..., 0], places[..., 1] = x, y[:, None]
    half = torch.tensor([width / 2, height / 2], dtype=theta.dtype, device=device)
    read = places.view(1, -1, 3).expand(n, -1, -1).bmm(theta.transpose(1, 2) / half)
    return read.view(n, height, width, 2)


def rotate(images, angles, *, interpolation="bilinear"):
    """Turn each image of a batch about its centre.

    Parameters
    ----------
    images : Tensor, shape (N, C, H, W)
        Any dtype, any device.
    angles : float or Tensor, shape (N,)
        Degrees, counter-clockwise.
    interpolation : {"bilinear", "nearest"}, default "bilinear"
        Mix the four nearest pixels, or take the nearest one.

    Returns
    -------
    Tensor, shape (N, C, H, W)
        Corners that turn out of the frame are lost; zeros where nothing was.

    Raises
    ------
    ValueError
        If there is not one angle per image, or the interpolation is not known.
    """
    return affine(images, angles, interpolation=interpolation)


def random_rotate(max_degrees, *, interpolation="bilinear"):
    """An augmentation that turns each image by up to `max_degrees` either way.

    Parameters
    ----------
    max_degrees : float
        Largest angle, in degrees.
    interpolation : {"bilinear", "nearest"}, default "bilinear"
        Mix the four nearest pixels, or take the nearest one.

    Returns
    -------
    callable
        Takes a batch (Tensor, shape (N, C, H, W)) and a torch.Generator on the CPU; returns the
        turned batch.

    Raises
    ------
    ValueError
        If `max_degrees` is negative.
    """
    return random_affine(max_degrees, interpolation=interpolation)


def random_affine(
    max_degrees=0.0, *, max_shift=0.0, scale=(1.0, 1.0), max_shear=0.0, interpolation="bilinear"
):
    """An augmentation that rotates, moves, scales and shears each image at random.

    Parameters
    ----------
    max_degrees : float, default 0
        Largest angle either way, in degrees.
    max_shift : float, default 0
        Largest distance in both directions, in pixels; fractions occur.
    scale : (float, float), default (1, 1)
        Smallest and largest scale.
    max_shear : float, default 0
        Largest angle of shear along the rows, in degrees.
    interpolation : {"bilinear", "nearest"}, default "bilinear"
        Mix the four nearest pixels, or take the nearest one.

    Returns
    -------
    callable
        Takes a batch (Tensor, shape (N, C, H, W)) and a torch.Generator on the CPU; returns the
        changed batch. Every parameter is drawn evenly from its range, for each image.

    Raises
    ------
    ValueError
        If a limit is negative, or the scales are not positive and in order.
    """
    limits = {"max_degrees": max_degrees, "max_shift": max_shift, "max_shear": max_shear}
    for name, limit in limits.items():
        not_negative(limit, name)
    if not 0 < scale[0] <= scale[1]:
        raise ValueError(f"`scale` must be two positive numbers in order; received {scale}.")

    def augment(images, generator):
        n = len(images)
        angles = uniform(n, -max_degrees, max_degrees, generator)
        offsets = uniform(2 * n, -max_shift, max_shift, generator).view(n, 2)
        scales = uniform(n, *scale, generator)
        along_rows = uniform(n, -max_shear, max_shear, generator)
        shears = torch.stack([along_rows, torch.zeros(n)], 1)
        return affine(images, angles, offsets, scales, shears, interpolation=interpolation)

    return augment
