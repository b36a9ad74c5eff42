"""Every move by whole pixels is one table look-up: which row and which column to read."""

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

PADDING_MODES = ("zeros", "reflect", "replicate")


def lookup(images, rows, columns, padding_mode="zeros"):
    """Read each image of a batch at its own rows and columns.

    Parameters
    ----------
    images : Tensor, shape (N, C, H, W)
        Any dtype, any device.
    rows : Tensor of int, shape (N, H_out)
        Row of the image that each row of the result shows; it may lie outside the image.
    columns : Tensor of int, shape (N, W_out)
        The same for columns.
    padding_mode : {"zeros", "reflect", "replicate"}, default "zeros"
        What lies outside: around 1234, two pixels on each side, 00123400, 32123432 or 11123444.

    Returns
    -------
    Tensor, shape (N, C, H_out, W_out)
        Pixels of `images`, and zeros.

    Raises
    ------
    ValueError
        If the padding mode is not known.
    """
    if padding_mode not in PADDING_MODES:
        names = ", ".join(f'"{name}"' for name in PADDING_MODES)
        raise ValueError(f"`padding_mode` must be one of {names}; received {padding_mode!r}.")
    n, channels, height, width = images.shape
    rows = _inside(rows.to(images.device), height, padding_mode, height * width)
    columns = _inside(columns.to(images.device), width, padding_mode, height * width)
    index = (rows[:, :, None] * width + columns[:, None, :]).flatten(1)
    pixels = images.flatten(2)
    if padding_mode == "zeros":
        pixels = F.pad(pixels, (0, 1))  # one more pixel, the zero that is read for all outside
        index.clamp_(max=height * width)
    read = pixels.gather(2, index[:, None].expand(-1, channels, -1))
    return read.view(n, channels, rows.shape[1], columns.shape[1])


def _inside(positions, size, padding_mode, beyond):
    """Where to read for positions that may lie outside; `beyond` the last pixel for zeros."""
    if padding_mode == "zeros":
        return torch.where((positions >= 0) & (positions < size), positions, beyond)
    if padding_mode == "reflect":  # to and fro between the borders, as often as it takes
        there_and_back = max(1, 2 * (size - 1))
        positions = positions.remainder(there_and_back)
        positions = torch.minimum(positions, there_and_back - positions)
    return positions.clamp(0, size - 1)


def frame(starts, length):
    """Consecutive positions from each start.

    Parameters
    ----------
    starts : Tensor of int, shape (N,)
        First position of each image.
    length : int
        How many positions.

    Returns
    -------
    Tensor of int, shape (N, length)
        Row i is starts[i], starts[i] + 1, …
    """
    return starts[:, None] + torch.arange(length, device=starts.device)
