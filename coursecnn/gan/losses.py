"""What each of the two wants, as a number to make small."""

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit


def discriminator_loss(real, generated, *, real_label=1.0):
    """Cross-entropy of a discriminator that shall say 1 to real images and 0 to generated ones.

    Parameters
    ----------
    real : Tensor, shape (N,)
        Its scores (logits of being real) of real images.
    generated : Tensor, shape (M,)
        Its scores of generated images.
    real_label : float, default 1.0
        What it shall say to real images. A little less than 1 keeps it from being too sure;
        only this side is smoothed.

    Returns
    -------
    Tensor, shape ()
        The mean over the real images plus the mean over the generated ones, in nats.

    Raises
    ------
    ValueError
        If `real_label` is not above 0 and at most 1.

    References
    ----------
    .. [1] I. Goodfellow et al., "Generative adversarial nets", NeurIPS 2014, algorithm 1.
    .. [2] T. Salimans et al., "Improved techniques for training GANs", NeurIPS 2016, section 3.4.

    Examples
    --------
    >>> undecided = torch.zeros(2)
    >>> round(discriminator_loss(undecided, undecided).item(), 4)  # −2 ln ½
    1.3863
    """
    if not 0 < real_label <= 1:
        raise ValueError(f"`real_label` must be above 0 and at most 1; received {real_label!r}.")
    on_real = F.binary_cross_entropy_with_logits(real, torch.full_like(real, real_label))
    on_generated = F.binary_cross_entropy_with_logits(generated, torch.zeros_like(generated))
    return on_real + on_generated


def generator_loss(generated):
    """Cross-entropy of a discriminator that shall say 1 to what the generator made.

    This is the loss that does not saturate: −ln D, whose slope is steep where the discriminator
    is sure that an image is generated, in place of ln(1 − D), which is flat there.

    Parameters
    ----------
    generated : Tensor, shape (N,)
        The discriminator's scores (logits of being real) of generated images.

    Returns
    -------
    Tensor, shape ()
        The mean, in nats.

    References
    ----------
    .. [1] I. Goodfellow et al., "Generative adversarial nets", NeurIPS 2014, section 3.

    Examples
    --------
    >>> round(generator_loss(torch.zeros(2)).item(), 4)  # −ln ½
    0.6931
    """
    return F.binary_cross_entropy_with_logits(generated, torch.ones_like(generated))
