"""MobileNet: networks for phones, whose larger kernels read one channel each."""

from functools import partial

import torch
from torch import nn

from coursecnn.models.blocks import (
    InvertedBottleneck,
    InvertedResidual,
    SqueezeExcitation,
    check_images,
    conv_block,
    he_initialisation,
    round_to,
)

# One row per stage: expansion, channels, blocks, stride of the first (V2, table 2).
_STAGES = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)

# One row per block: kernel size, channels inside, channels outside, squeeze and excitation?,
# activation, stride (V3, table 2).
_BLOCKS = (
    (3, 16, 16, True, nn.ReLU, 2),
    (3, 72, 24, False, nn.ReLU, 2),
    (3, 88, 24, False, nn.ReLU, 1),
    (5, 96, 40, True, nn.Hardswish, 2),
    (5, 240, 40, True, nn.Hardswish, 1),
    (5, 240, 40, True, nn.Hardswish, 1),
    (5, 120, 48, True, nn.Hardswish, 1),
    (5, 144, 48, True, nn.Hardswish, 1),
    (5, 288, 96, True, nn.Hardswish, 2),
    (5, 576, 96, True, nn.Hardswish, 1),
    (5, 576, 96, True, nn.Hardswish, 1),
)


class MobileNetV2(nn.Module):
    """Seventeen inverted bottlenecks between two convolutions, for photographs of 224×224.

    Parameters
    ----------
    num_classes : int, default 1000
        Size of the output.
    in_channels : int, default 3
        Channels of the images.
    dropout : float, default 0.2
        Share of the features that are put to zero before the last layer.

    References
    ----------
    .. [1] M. Sandler et al., "MobileNetV2: inverted residuals and linear bottlenecks", CVPR 2018,
       table 2.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(MobileNetV2())
    3504872
    """

    def __init__(self, num_classes=1000, *, in_channels=3, dropout=0.2):
        super().__init__()
        self.in_channels = in_channels
        blocks, channels = [], 32
        for expansion, wider, count, stride in _STAGES:
            for step in (stride, *[1] * (count - 1)):
                blocks.append(InvertedResidual(channels, wider, step, expansion))
                channels = wider
        self.features = nn.Sequential(
            conv_block(in_channels, 32, stride=2, activation=nn.ReLU6),
            *blocks,
            conv_block(channels, 1280, 1, activation=nn.ReLU6),
        )
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(1280, num_classes))
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels)
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


class MobileNetV3Small(nn.Module):
    """Eleven inverted bottlenecks, nine of which squeeze and excite, for photographs of 224×224.

    Parameters
    ----------
    num_classes : int, default 1000
        Size of the output.
    in_channels : int, default 3
        Channels of the images.
    dropout : float, default 0.2
        Share of the features that are put to zero before the last layer.

    References
    ----------
    .. [1] A. Howard et al., "Searching for MobileNetV3", ICCV 2019, table 2. Section 5.3: the
       squeeze leaves a quarter of the channels, of which there are always a multiple of 8.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(MobileNetV3Small())
    2542856
    """

    def __init__(self, num_classes=1000, *, in_channels=3, dropout=0.2):
        super().__init__()
        self.in_channels = in_channels
        conv = partial(conv_block, norm=partial(nn.BatchNorm2d, eps=1e-3, momentum=0.01))
        blocks, channels = [], 16
        for kernel_size, many, wider, squeezes, activation, stride in _BLOCKS:
            squeeze = {"gate": nn.Hardsigmoid} if squeezes else None
            blocks.append(
                InvertedBottleneck(
                    channels, many, wider, kernel_size=kernel_size, stride=stride,
                    conv=partial(conv, activation=activation),
                    squeeze=squeeze and SqueezeExcitation(many, round_to(8, many / 4), **squeeze),
                )
            )  # fmt: skip
            channels = wider
        self.features = nn.Sequential(
            conv(in_channels, 16, stride=2, activation=nn.Hardswish),
            *blocks,
            conv(channels, 576, 1, activation=nn.Hardswish),
        )
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(
            nn.Linear(576, 1024), nn.Hardswish(), nn.Dropout(dropout), nn.Linear(1024, num_classes)
        )
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels)
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))
