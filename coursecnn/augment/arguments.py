"""The door of this room: a batch of images, and numbers that belong to its images."""

import numpy as np
import torch


def sizes(images):
    """Measure a batch.

    Parameters
    ----------
    images : Tensor, shape (N, C, H, W)
        A batch.

    Returns
    -------
    (int, int, int, int)
        N, C, H, W.

    Raises
    ------
    TypeError
        If `images` is not a tensor.
    ValueError
        If it does not have four axes.
    """
    if not isinstance(images, torch.Tensor):
        raise TypeError(f"`images` must be a torch.Tensor, received {type(images).__name__}.")
    if images.ndim != 4:
        raise ValueError(
            f"`images` must have shape (N, C, H, W), received {tuple(images.shape)}; "
            "a single image needs images[None]."
        )
    return tuple(images.shape)


def colour_sizes(images):
    """Measure a batch of grey or colour images.

    Parameters
    ----------
    images : Tensor of uint8, shape (N, 1 or 3, H, W)
        A batch.

    Returns
    -------
    (int, int, int, int)
        N, C, H, W.

    Raises
    ------
    TypeError
        If the pixels are not bytes.
    ValueError
        If there are neither one channel nor three.
    """
    n, channels, height, width = sizes(images)
    if images.dtype != torch.uint8:
        raise TypeError(
            f"`images` must be uint8 (0 to 255), received {images.dtype}; "
            "change colours before the pixels are scaled."
        )
    if channels not in (1, 3):
        raise ValueError(f"`images` must have 1 or 3 channels, received {channels}.")
    return n, channels, height, width


def each(values, name, n, *tail, at_least=-torch.inf, at_most=torch.inf, whole=False):
    """Give each of `n` images its own numbers.

    Parameters
    ----------
    values : float or Tensor, shape (N, *tail) or tail
        Without the first axis, all images get the same.
    name : str
        How the caller calls the argument; an error repeats it.
    n : int
        Number of images.
    *tail : int
        Numbers per image: nothing for one, 2 for a pair.
    at_least, at_most : float, optional
        Bounds.
    whole : bool, default False
        Whether they count pixels.

    Returns
    -------
    Tensor, shape (N, *tail)
        On the CPU, where the few numbers of a batch are worked out in double precision.

    Raises
    ------
    TypeError
        If whole numbers are needed and fractions are given.
    ValueError
        If the shape does not fit, or a number is out of bounds or not finite.
    """
    numbers = values if isinstance(values, torch.Tensor) else torch.from_numpy(np.asarray(values))
    numbers = numbers.cpu()
    shape = (n, *tail)
    if numbers.shape != shape and numbers.shape not in (tail, ()):
        what = "one pair" if tail == (2,) else "one row" if tail else "one number"
        raise ValueError(
            f"`{name}` must have shape {shape}, {what} per image; received {tuple(numbers.shape)}."
        )
    if whole and numbers.is_floating_point():
        raise TypeError(f"`{name}` must be whole numbers of pixels, received {numbers.dtype}.")
    if not ((numbers >= at_least) & (numbers <= at_most) & numbers.isfinite()).all():
        raise ValueError(
            f"`{name}` must be finite and lie in {at_least}…{at_most}; received "
            f"{numbers.min().item()}…{numbers.max().item()}."
        )
    return numbers.expand(shape)


def column(numbers, images):
    """Lay numbers, shape (N,), beside a batch, so that each multiplies its own image.

    Parameters
    ----------
    numbers : Tensor, shape (N,)
        Any precision.
    images : Tensor, shape (N, C, H, W)
        The batch; its device decides.

    Returns
    -------
    Tensor of float32, shape (N, 1, 1, 1)
        On the device of `images`.
    """
    return numbers.to(images.device, torch.float32).view(-1, 1, 1, 1)


def uniform(n, low, high, generator):
    """Draw `n` numbers between `low` and `high`.

    Parameters
    ----------
    n : int
        How many.
    low, high : float
        The range.
    generator : torch.Generator
        On the CPU; it alone decides.

    Returns
    -------
    Tensor of float64, shape (n,)
        On the CPU.
    """
    return low + (high - low) * torch.rand(n, generator=generator, dtype=torch.float64)


def probability(p):
    """Return `p`, once it has been found to lie in 0…1.

    Parameters
    ----------
    p : float
        How likely something is.

    Returns
    -------
    float
        The same.

    Raises
    ------
    ValueError
        If `p` lies outside.
    """
    if not 0 <= p <= 1:
        raise ValueError(f"`p` must lie in 0…1, received {p}.")
    return p


def not_negative(value, name):
    """Return `value`, once it has been found not to be negative.

    Parameters
    ----------
    value : float
        A distance, an angle or a strength.
    name : str
        How the caller calls the argument; the error repeats it.

    Returns
    -------
    float
        The same.

    Raises
    ------
    ValueError
        If it is negative.
    """
    if not value >= 0:
        raise ValueError(f"`{name}` must be ≥ 0; received {value}.")
    return value
