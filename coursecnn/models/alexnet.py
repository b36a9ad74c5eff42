"""AlexNet, which won ImageNet 2012, and ZFNet, the same idea with tuned sizes (2013)."""

import torch
from torch import nn

from coursecnn.models.blocks import check_images


class AlexNet(nn.Module):
    """Five convolutions and three dense layers for photographs of 224×224.

    Parameters
    ----------
    num_classes : int, default 1000
        Size of the output.
    towers : {1, 2}, default 1
        1 is the later form on one GPU [2]_, torchvision's. 2 is the paper [1]_: two GPUs hold half
        of the maps each and meet in the third convolution and in the dense layers; the first two
        convolutions are followed by local response normalisation.
    in_channels : int, default 3
        Channels of the images.
    dropout : float, default 0.5
        Share of the features that are put to zero before each of the first two dense layers.

    Raises
    ------
    ValueError
        If `towers` is neither 1 nor 2.

    References
    ----------
    .. [1] A. Krizhevsky, I. Sutskever and G. Hinton, "ImageNet classification with deep
       convolutional neural networks", NIPS 2012, figure 2. The padding of 2 makes their 55×55 maps
       from 224×224 pixels.
    .. [2] A. Krizhevsky, "One weird trick for parallelizing convolutional neural networks",
       arXiv:1404.5997, section 4.

    Examples
    --------
    >>> from coursecnn.models import build, count_parameters
    >>> with torch.device("meta"):  # count without drawing the weights
    ...     count_parameters(build("alexnet")), count_parameters(build("alexnet", towers=2))
    (61100840, 60965224)
    """

    def __init__(self, num_classes=1000, *, towers=1, in_channels=3, dropout=0.5):
        super().__init__()
        if towers not in (1, 2):
            raise ValueError(f"`towers` must be 1 or 2; received {towers!r}")
        a, b, c, d, e = (64, 192, 384, 256, 256) if towers == 1 else (96, 256, 384, 384, 256)
        normalisation = [] if towers == 1 else [_response_normalisation()]
        self.in_channels = in_channels
        self.features = nn.Sequential(
            nn.Conv2d(in_channels, a, 11, stride=4, padding=2), nn.ReLU(),
            *normalisation, nn.MaxPool2d(3, stride=2),
            nn.Conv2d(a, b, 5, padding=2, groups=towers), nn.ReLU(),
            *normalisation, nn.MaxPool2d(3, stride=2),
            nn.Conv2d(b, c, 3, padding=1), nn.ReLU(),
            nn.Conv2d(c, d, 3, padding=1, groups=towers), nn.ReLU(),
            nn.Conv2d(d, e, 3, padding=1, groups=towers), nn.ReLU(),
            nn.MaxPool2d(3, stride=2),
        )  # fmt: skip
        self.avgpool = nn.AdaptiveAvgPool2d(6)  # changes nothing at 224×224
        self.classifier = _dense_layers(num_classes, dropout)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=63)
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


class ZFNet(nn.Module):
    """AlexNet with a finer first layer: 7×7 kernels with stride 2 in place of 11×11 with stride 4.

    The paper's contrast normalisation of the maps is the response normalisation of AlexNet here.

    Parameters
    ----------
    num_classes : int, default 1000
        Size of the output.
    in_channels : int, default 3
        Channels of the images.
    dropout : float, default 0.5
        Share of the features that are put to zero before each of the first two dense layers.

    References
    ----------
    .. [1] M. Zeiler and R. Fergus, "Visualizing and understanding convolutional networks",
       ECCV 2014, figure 3. Its map sizes 110, 55, 26, 13 and 6 ask for windows that hang over.

    Examples
    --------
    >>> from coursecnn.models import build, count_parameters
    >>> with torch.device("meta"):
    ...     count_parameters(build("zfnet"))
    62357608
    """

    def __init__(self, num_classes=1000, *, in_channels=3, dropout=0.5):
        super().__init__()
        self.in_channels = in_channels
        self.features = nn.Sequential(
            nn.Conv2d(in_channels, 96, 7, stride=2, padding=1), nn.ReLU(),
            nn.MaxPool2d(3, stride=2, ceil_mode=True), _response_normalisation(),
            nn.Conv2d(96, 256, 5, stride=2), nn.ReLU(),
            nn.MaxPool2d(3, stride=2, ceil_mode=True), _response_normalisation(),
            nn.Conv2d(256, 384, 3, padding=1), nn.ReLU(),
            nn.Conv2d(384, 384, 3, padding=1), nn.ReLU(),
            nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(),
            nn.MaxPool2d(3, stride=2, ceil_mode=True),
        )  # fmt: skip
        self.avgpool = nn.AdaptiveAvgPool2d(6)
        self.classifier = _dense_layers(num_classes, dropout)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=47)
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def _response_normalisation():
    """Section 3.3 of the AlexNet paper, which does not divide alpha by the maps, as torch does."""
    return nn.LocalResponseNorm(size=5, alpha=5 * 1e-4, beta=0.75, k=2)


def _dense_layers(num_classes, dropout):
    return nn.Sequential(
        nn.Dropout(dropout), nn.Linear(256 * 6 * 6, 4096), nn.ReLU(),
        nn.Dropout(dropout), nn.Linear(4096, 4096), nn.ReLU(),
        nn.Linear(4096, num_classes),
    )  # fmt: skip
