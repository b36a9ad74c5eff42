"""Stochastic depth: during training a block is skipped now and then."""

import torch


def skip_at_random(x, share, training):
    """Put what a block adds to its input to zero, for some images of a batch.

    Parameters
    ----------
    x : Tensor, shape (N, …)
        What the block would add.
    share : float
        Share of the images that skip the block. For the others `x` is divided by the share that
        does not, so that the mean stays.
    training : bool
        Otherwise nothing happens.

    Returns
    -------
    Tensor
        Of the same shape.

    References
    ----------
    .. [1] G. Huang, Y. Sun, Z. Liu, D. Sedra and K. Weinberger, "Deep networks with stochastic
       depth", ECCV 2016, section 3. There evaluation multiplies by the share that stays.
    """
    if not training or share == 0:
        return x
    kept = torch.empty(len(x), *[1] * (x.ndim - 1), dtype=x.dtype, device=x.device)
    return x * kept.bernoulli_(1 - share).div_(1 - share)
