"""ResNet for photographs: the layers learn what to add to their input."""

from functools import partial

import torch
from torch import nn

from coursecnn.models.blocks import check_images, he_initialisation

# Table 1 of the paper: blocks in each of the four stages.
_BLOCKS = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3),
           152: (3, 8, 36, 3)}  # fmt: skip


class BasicBlock(nn.Module):
    """Two 3×3 convolutions and a shortcut around them.

    Parameters
    ----------
    in_channels, channels : int
        Channels of the input and of both convolutions.
    stride : int
        Of the first convolution.
    shortcut : nn.Module or None
        Brings the input to the sum; None for no sum at all, as in a plain net.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren and J. Sun, "Deep residual learning for image recognition",
       CVPR 2016, figure 5, left.
    """

    def __init__(self, in_channels, channels, stride, shortcut):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, channels, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU()
        self.downsample = shortcut

    def forward(self, x):
        """Maps, shape (N, channels, H / stride, W / stride), of (N, in_channels, H, W)."""
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        return self.relu(out if self.downsample is None else out + self.downsample(x))


class Bottleneck(nn.Module):
    """1×1 convolution to few channels, 3×3 among them, 1×1 back to many, and a shortcut.

    Parameters
    ----------
    in_channels, channels : int
        Channels of the input and of the first two convolutions; four times as many come out.
    stride : int
        Of the block.
    shortcut : nn.Module
        Brings the input to the sum.
    version : {"v1", "v1.5"}
        Who has the stride: the first 1×1 convolution (v1) or the 3×3 (v1.5).

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren and J. Sun, "Deep residual learning for image recognition",
       CVPR 2016, figure 5, right.
    """

    def __init__(self, in_channels, channels, stride, shortcut, *, version):
        super().__init__()
        first, second = (stride, 1) if version == "v1" else (1, stride)
        self.conv1 = nn.Conv2d(in_channels, channels, 1, stride=first, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, stride=second, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.conv3 = nn.Conv2d(channels, 4 * channels, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * channels)
        self.relu = nn.ReLU()
        self.downsample = shortcut

    def forward(self, x):
        """Maps, shape (N, 4 × channels, H / stride, W / stride), of (N, in_channels, H, W)."""
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.relu(self.bn2(self.conv2(out)))
        return self.relu(self.bn3(self.conv3(out)) + self.downsample(x))


class ResNet(nn.Module):
    """A stem, four stages of residual blocks and one dense layer for photographs of 224×224.

    Parameters
    ----------
    depth : {18, 34, 50, 101, 152}, default 50
        Number of layers with weights; from 50 on the blocks are bottlenecks.
    num_classes : int, default 1000
        Size of the output.
    version : {"v1.5", "v1"}, default "v1.5"
        Which convolution of a bottleneck has the stride: the 3×3 (torchvision) or the first 1×1
        (the paper). It changes what a unit sees and what the net costs, not its parameters.
    in_channels : int, default 3
        Channels of the images.

    Raises
    ------
    ValueError
        If the paper has no network of that depth, or there is no such version.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren and J. Sun, "Deep residual learning for image recognition",
       CVPR 2016, table 1, shortcuts of option B.

    Examples
    --------
    >>> from coursecnn.models import build, count_parameters
    >>> with torch.device("meta"):  # count without drawing the weights
    ...     [count_parameters(build(name)) for name in ("resnet18", "resnet50", "resnet152")]
    [11689512, 25557032, 60192808]
    """

    def __init__(self, depth=50, num_classes=1000, *, version="v1.5", in_channels=3):
        super().__init__()
        if depth not in _BLOCKS:
            raise ValueError(f"`depth` must be 18, 34, 50, 101 or 152; received {depth!r}")
        if version not in ("v1", "v1.5"):
            raise ValueError(f'`version` must be "v1" or "v1.5"; received {version!r}')
        expansion = 1 if depth < 50 else 4
        block = BasicBlock if depth < 50 else partial(Bottleneck, version=version)
        stages = [_stage(block, expansion, i, n) for i, n in enumerate(_BLOCKS[depth])]
        self.in_channels = in_channels
        self.conv1 = nn.Conv2d(in_channels, 64, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU()
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        self.layer1, self.layer2, self.layer3, self.layer4 = stages
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(512 * expansion, num_classes)
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels)
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))


def _stage(block, expansion, index, count):
    """`count` blocks; the first of a later stage halves the maps and doubles the channels."""
    channels, stride = 64 * 2**index, 1 if index == 0 else 2
    incoming = 64 if index == 0 else channels // 2 * expansion
    first = block(incoming, channels, stride, _projection(incoming, channels * expansion, stride))
    rest = [block(channels * expansion, channels, 1, nn.Identity()) for _ in range(count - 1)]
    return nn.Sequential(first, *rest)


def _projection(in_channels, out_channels, stride):
    """The input itself where its shape is right already, else a 1×1 convolution of it."""
    if in_channels == out_channels and stride == 1:
        return nn.Identity()
    return nn.Sequential(
        nn.Conv2d(in_channels, out_channels, 1, stride=stride, bias=False),
        nn.BatchNorm2d(out_channels),
    )
