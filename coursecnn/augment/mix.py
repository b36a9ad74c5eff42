"""Mixing two images mixes their labels: mixup (Zhang et al. 2018), CutMix (Yun et al. 2019)."""

import numpy as np
import torch

from coursecnn.augment.arguments import column, each, sizes
from coursecnn.augment.cutout import boxes, spans


def mixup(images, targets, partners, shares):
    """Lay each image over its partner, as a double exposure.

    Parameters
    ----------
    images : Tensor, shape (N, C, H, W)
        Bytes or floats.
    targets : Tensor of float, shape (N, K)
        Probability of each class: `torch.nn.functional.one_hot(labels, K).float()`.
    partners : Tensor of int, shape (N,)
        Number of the image that each is mixed with.
    shares : float or Tensor, shape (N,)
        How much of an image stays, 0…1; the rest is its partner's.

    Returns
    -------
    Tensor, shape (N, C, H, W)
        The mixed images; bytes are rounded.
    Tensor of float, shape (N, K)
        The mixed targets.

    Raises
    ------
    ValueError
        If the shapes disagree, a partner does not exist, or a share lies outside 0…1.
    """
    partners = _partners(images, targets, partners)
    shares = each(shares, "shares", len(images), at_least=0, at_most=1).double()
    kept, lent = column(shares, images), column(1 - shares, images)
    mixed = images[partners] * lent + images * kept
    if not images.is_floating_point():
        mixed = mixed.round_().to(images.dtype)
    return mixed, _mix(targets, partners, shares)


def cutmix(images, targets, partners, corners, size):
    """Replace a box of each image by the same box of its partner.

    Parameters
    ----------
    images : Tensor, shape (N, C, H, W)
        Any dtype.
    targets : Tensor of float, shape (N, K)
        Probability of each class: `torch.nn.functional.one_hot(labels, K).float()`.
    partners : Tensor of int, shape (N,)
        Number of the image that each takes its box from.
    corners : Tensor of int, shape (N, 2)
        First row and first column of the box; what lies outside the image is ignored.
    size : (int, int) or Tensor of int, shape (N, 2)
        Height and width of the box.

    Returns
    -------
    Tensor, shape (N, C, H, W)
        The mixed images.
    Tensor of float, shape (N, K)
        Targets, mixed by the share of pixels.

    Raises
    ------
    ValueError
        If the shapes disagree, or a partner does not exist.
    """
    partners = _partners(images, targets, partners)
    rows, columns = spans(images, corners, size)
    taken = (rows.sum(1) * columns.sum(1)).double() / (rows.shape[1] * columns.shape[1])
    shares = 1 - taken
    box = boxes(rows, columns, images.device)
    return torch.where(box, images[partners], images), _mix(targets, partners, shares)


def _mix(targets, partners, shares):
    kept = shares.to(targets.device, targets.dtype)[:, None]
    lent = (1 - shares).to(targets.device, targets.dtype)[:, None]
    return targets[partners] * lent + targets * kept


def _partners(images, targets, partners):
    """The partners on the device of the batch, when everything fits."""
    n = sizes(images)[0]
    if targets.ndim != 2 or len(targets) != n or not targets.is_floating_point():
        raise ValueError(
            f"`targets` must be probabilities of shape ({n}, K), received {targets.dtype} of shape "
            f"{tuple(targets.shape)}; labels need torch.nn.functional.one_hot(labels, K).float()."
        )
    within = {"at_least": 0, "at_most": n - 1}
    return each(partners, "partners", n, **within, whole=True).to(images.device)


def random_mixup(alpha=0.2):
    """An augmentation of images and targets that mixes each image with another one.

    Parameters
    ----------
    alpha : float, default 0.2
        Shares are drawn from Beta(alpha, alpha): small numbers leave most images nearly alone.

    Returns
    -------
    callable
        Takes a batch, its targets (Tensor of float, shape (N, K)) and a torch.Generator on the
        CPU; returns the mixed batch and its targets.

    Raises
    ------
    ValueError
        If `alpha` is not positive.
    """
    _positive(alpha)

    def augment(images, targets, generator):
        partners = torch.randperm(len(images), generator=generator)
        return mixup(images, targets, partners, _beta(len(images), alpha, generator))

    return augment


def random_cutmix(alpha=1.0):
    """An augmentation of images and targets that swaps a box of each image with another one's.

    Parameters
    ----------
    alpha : float, default 1
        The share of an image that stays is drawn from Beta(alpha, alpha), before the border cuts
        the box.

    Returns
    -------
    callable
        Takes a batch, its targets (Tensor of float, shape (N, K)) and a torch.Generator on the
        CPU; returns the mixed batch and its targets.

    Raises
    ------
    ValueError
        If `alpha` is not positive.
    """
    _positive(alpha)

    def augment(images, targets, generator):
        n, _, height, width = sizes(images)
        partners = torch.randperm(n, generator=generator)
        side = (1 - _beta(n, alpha, generator)).sqrt()[:, None]
        size = (side * torch.tensor([height, width])).long()
        centres = [torch.randint(count, (n,), generator=generator) for count in (height, width)]
        return cutmix(images, targets, partners, torch.stack(centres, 1) - size // 2, size)

    return augment


def _positive(alpha):
    if not alpha > 0:
        raise ValueError(f"`alpha` must be positive; received {alpha}.")


def _beta(n, alpha, generator):
    """Shares for n images; torch's own Beta distribution takes no generator, NumPy's does."""
    seed = int(torch.randint(2**62, (), generator=generator))
    return torch.from_numpy(np.random.default_rng(seed).beta(alpha, alpha, n))
