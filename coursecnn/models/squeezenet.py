"""SqueezeNet: as accurate as AlexNet with a fiftieth of its parameters, none in dense layers."""

import torch
from torch import nn

from coursecnn.models.blocks import Fire, check_images, he_initialisation


class SqueezeNet(nn.Module):
    """Eight fire modules between two convolutions, for photographs of 224×224.

    This is version 1.1: the first convolution is smaller and the maps are pooled earlier than in
    the paper, which costs less than half as many multiplications.

    Parameters
    ----------
    num_classes : int, default 1000
        Size of the output.
    in_channels : int, default 3
        Channels of the images.
    dropout : float, default 0.5
        Share of the features that are put to zero before the last convolution.

    References
    ----------
    .. [1] F. Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and
       <0.5MB model size", arXiv:1602.07360, table 1.
    .. [2] github.com/forresti/SqueezeNet, SqueezeNet_v1.1: what is different.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(SqueezeNet())
    1235496
    """

    def __init__(self, num_classes=1000, *, in_channels=3, dropout=0.5):
        super().__init__()
        self.in_channels = in_channels
        self.features = nn.Sequential(
            nn.Conv2d(in_channels, 64, 3, stride=2), nn.ReLU(),
            nn.MaxPool2d(3, stride=2, ceil_mode=True),
            Fire(64, 16, 64), Fire(128, 16, 64),
            nn.MaxPool2d(3, stride=2, ceil_mode=True),
            Fire(128, 32, 128), Fire(256, 32, 128),
            nn.MaxPool2d(3, stride=2, ceil_mode=True),
            Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256), Fire(512, 64, 256),
        )  # fmt: skip
        self.classifier = nn.Sequential(  # one map for each class, and its mean is the score
            nn.Dropout(dropout), nn.Conv2d(512, num_classes, 1), nn.ReLU(), nn.AdaptiveAvgPool2d(1)
        )
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=17)
        return torch.flatten(self.classifier(self.features(x)), 1)
