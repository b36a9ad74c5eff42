"""ResNet for images of 32×32, as in the paper's experiment on depth."""

import torch
from torch import nn

from coursecnn.models.blocks import (
    BasicBlock,
    ThinnedShortcut,
    check_images,
    he_initialisation,
)


class CifarResNet(nn.Module):
    """Three stages with maps of 32×32, 16×16 and 8×8 and 16, 32 and 64 channels.

    Parameters
    ----------
    depth : int, default 20
        Number of layers with weights, 6n + 2: 20, 32, 44, 56 and 110 in the paper.
    num_classes : int, default 10
        Size of the output.
    residual : bool, default True
        Whether there are shortcuts. Without them it is the plain net of the same depth, width and
        number of parameters.
    width : int, default 16
        Channels of the first stage; the others have two and four times as many.
    in_channels : int, default 3
        Channels of the images.

    Raises
    ------
    ValueError
        If `depth` is not 6n + 2 with n of at least 1.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren and J. Sun, "Deep residual learning for image recognition",
       CVPR 2016, section 4.2, shortcuts of option A.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(CifarResNet(20)), count_parameters(CifarResNet(56, residual=False))
    (269722, 853018)
    """

    def __init__(self, depth=20, num_classes=10, *, residual=True, width=16, in_channels=3):
        super().__init__()
        if depth < 8 or depth % 6 != 2:
            raise ValueError(f"`depth` must be 6n + 2, such as 20 or 56; received {depth!r}")
        stages = [_stage(width * 2**index, index, depth // 6, residual) for index in range(3)]
        self.in_channels = in_channels
        self.conv1 = nn.Conv2d(in_channels, width, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.relu = nn.ReLU()
        self.layer1, self.layer2, self.layer3 = stages
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(4 * width, num_classes)
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels)
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fc(torch.flatten(self.avgpool(x), 1))


def _stage(channels, index, count, residual):
    """`count` blocks; the first of a later stage halves the maps and doubles the channels."""
    blocks = [
        BasicBlock(channels, channels, 1, nn.Identity() if residual else None) for _ in range(count)
    ]
    if index > 0:
        thinned = ThinnedShortcut(channels // 2) if residual else None
        blocks[0] = BasicBlock(channels // 2, channels, 2, thinned)
    return nn.Sequential(*blocks)
