"""A pair that learns to draw: the generator makes images of a class, the discriminator doubts."""

import torch
from torch import nn

from coursecnn.models.blocks import check_images


class Generator(nn.Module):
    """Noise and a label become an image: a seed of maps, enlarged twice.

    Parameters
    ----------
    num_classes : int, default 10
        How many labels there are.
    image_size : int, default 28
        Height and width of the images, in pixels; a multiple of 4.
    channels : int, default 1
        Channels of the images.
    width : int, default 16
        A quarter of the maps of the seed.
    latent_size : int, default 54
        Random numbers behind an image. With ten classes that makes 64 numbers in all.

    Raises
    ------
    ValueError
        If `image_size` is not a multiple of 4.

    References
    ----------
    .. [1] A. Radford, L. Metz and S. Chintala, "Unsupervised representation learning with deep
       convolutional generative adversarial networks", ICLR 2016, section 3.
    .. [2] M. Mirza and S. Osindero, "Conditional generative adversarial nets", arXiv:1411.1784,
       section 3.2.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(Generator())
    234177
    """

    def __init__(self, num_classes=10, *, image_size=28, channels=1, width=16, latent_size=54):
        super().__init__()
        self.num_classes, self.latent_size = num_classes, latent_size
        side = _quarter(image_size)
        self.layers = nn.Sequential(
            nn.Linear(latent_size + num_classes, 4 * width * side**2, bias=False),
            nn.Unflatten(1, (4 * width, side, side)), nn.BatchNorm2d(4 * width), nn.ReLU(),
            nn.ConvTranspose2d(4 * width, 2 * width, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(2 * width), nn.ReLU(),
            nn.ConvTranspose2d(2 * width, channels, 4, stride=2, padding=1), nn.Tanh(),
        )  # fmt: skip
        self.apply(_initialise)

    def forward(self, latent, labels):
        """Images between −1 and 1, shape (N, channels, image_size, image_size).

        Parameters
        ----------
        latent : Tensor, shape (N, latent_size)
            Standard normal numbers.
        labels : Tensor of int64, shape (N,)
            The class of each image.
        """
        if latent.ndim != 2 or latent.shape[1] != self.latent_size:
            raise ValueError(
                f"`latent` must have shape (N, {self.latent_size}); received {tuple(latent.shape)}"
            )
        return self.layers(torch.cat([latent, _one_hot(labels, self.num_classes, latent)], 1))


class Discriminator(nn.Module):
    """Is this a real image of that class? Two convolutions with stride, and a dense layer.

    The dense layer has an output per class, of which the one of the label counts: the convolutions
    look for strokes whatever the label is, and each class has weights of its own to judge them by.

    Parameters
    ----------
    num_classes : int, default 10
        How many labels there are.
    image_size : int, default 28
        Height and width of the images, in pixels; a multiple of 4.
    channels : int, default 1
        Channels of the images.
    width : int, default 16
        Half of the kernels of the first convolution.

    Raises
    ------
    ValueError
        If `image_size` is not a multiple of 4.

    References
    ----------
    .. [1] A. Radford, L. Metz and S. Chintala, "Unsupervised representation learning with deep
       convolutional generative adversarial networks", ICLR 2016, section 3.
    .. [2] T. Miyato and M. Koyama, "cGANs with projection discriminator", ICLR 2018, section 3: the
       product of features and a vector of the class, here without the part that all classes share.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(Discriminator())
    64810
    """

    def __init__(self, num_classes=10, *, image_size=28, channels=1, width=16):
        super().__init__()
        self.num_classes, self.image_size, self.channels = num_classes, image_size, channels
        side = _quarter(image_size)
        self.layers = nn.Sequential(
            nn.Conv2d(channels, 2 * width, 4, stride=2, padding=1), nn.LeakyReLU(0.2),
            nn.Conv2d(2 * width, 4 * width, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(4 * width), nn.LeakyReLU(0.2),
            nn.Flatten(), nn.Linear(4 * width * side**2, num_classes),
        )  # fmt: skip
        self.apply(_initialise)

    def forward(self, x, labels):
        """Scores (logits of being real), shape (N,).

        Parameters
        ----------
        x : Tensor, shape (N, channels, image_size, image_size)
            Images between −1 and 1.
        labels : Tensor of int64, shape (N,)
            The class that each image is said to have.
        """
        check_images(x, self.channels, size=self.image_size)
        return (self.layers(x) * _one_hot(labels, self.num_classes, x)).sum(1)


def _quarter(image_size):
    """The side of the maps that two steps of 2 lead to."""
    if image_size < 4 or image_size % 4:
        raise ValueError(f"`image_size` must be a multiple of 4; received {image_size!r}")
    return image_size // 4


def _one_hot(labels, num_classes, like):
    """A one in the column of the label, shape (N, num_classes), as floats."""
    if labels.shape != like.shape[:1]:
        raise ValueError(
            f"`labels` must have shape ({len(like)},), one per image; "
            f"received {tuple(labels.shape)}"
        )
    try:
        return nn.functional.one_hot(labels, num_classes).to(like.dtype)
    except RuntimeError as error:
        raise ValueError(
            f"`labels` must be int64 from 0 to {num_classes - 1}: {str(error).splitlines()[0]}"
        ) from error


def _initialise(layer):
    """Section 4 of the paper: normal weights with standard deviation 0.02."""
    if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
        nn.init.normal_(layer.weight, std=0.02)
