"""Cutout hides a square: the net must not live on one detail (DeVries and Taylor 2017)."""

import torch

from coursecnn.augment.arguments import each, sizes
from coursecnn.shapes import pair


def spans(images, corners, size):
    """Which rows and which columns the box of each image covers.

    Parameters
    ----------
    images : Tensor, shape (N, C, H, W)
        A batch; only its sizes count.
    corners : Tensor of int, shape (N, 2)
        First row and first column of the box; it may lie outside the image.
    size : (int, int) or Tensor of int, shape (N, 2)
        Height and width of the box.

    Returns
    -------
    Tensor of bool, shape (N, H)
        Rows; on the CPU, so that the device need not be asked for the area.
    Tensor of bool, shape (N, W)
        Columns, likewise.

    Raises
    ------
    ValueError
        If there is not one pair of numbers per image.
    """
    n, _, height, width = sizes(images)
    first = each(corners, "corners", n, 2, whole=True)
    last = first + each(size, "size", n, 2, at_least=0, whole=True)
    ranges = zip((height, width), first.unbind(1), last.unbind(1), strict=True)
    return tuple(_between(*one) for one in ranges)


def boxes(rows, columns, device):
    """Which pixels lie in the box of each image.

    Parameters
    ----------
    rows, columns : Tensor of bool, shapes (N, H) and (N, W)
        What `spans` returns.
    device : torch.device
        Where the images are.

    Returns
    -------
    Tensor of bool, shape (N, 1, H, W)
        True in the box.
    """
    return rows.to(device)[:, None, :, None] & columns.to(device)[:, None, None, :]


def _between(count, first, last):
    positions = torch.arange(count)
    return (positions >= first[:, None]) & (positions < last[:, None])


def cutout(images, corners, size, *, value=0):
    """Paint a box of each image over.

    Parameters
    ----------
    images : Tensor, shape (N, C, H, W)
        Any dtype, any device.
    corners : Tensor of int, shape (N, 2)
        First row and first column of the box; what lies outside the image is ignored.
    size : int or (int, int)
        Height and width of the box.
    value : float, default 0
        The paint.

    Returns
    -------
    Tensor, shape (N, C, H, W)
        A copy with a hole in each image.

    Raises
    ------
    ValueError
        If there is not one corner per image.
    """
    rows, columns = spans(images, corners, pair(size, name="size", minimum=0))
    return images.masked_fill(boxes(rows, columns, images.device), value)


def random_cutout(size, *, value=0):
    """An augmentation that paints a box of each image over.

    Parameters
    ----------
    size : int or (int, int)
        Height and width of the box.
    value : float, default 0
        The paint; 128 is the middle of the range.

    Returns
    -------
    callable
        Takes a batch (Tensor, shape (N, C, H, W)) and a torch.Generator on the CPU; returns the
        batch with holes. Every pixel is equally likely the centre, so boxes at the border are
        smaller.

    Raises
    ------
    ValueError
        If `size` is not positive.
    """
    tall, wide = pair(size, name="size", minimum=1)

    def augment(images, generator):
        n, _, height, width = sizes(images)
        centres = [torch.randint(count, (n,), generator=generator) for count in (height, width)]
        corners = torch.stack(centres, 1) - torch.tensor([tall // 2, wide // 2])
        return cutout(images, corners, (tall, wide), value=value)

    return augment
