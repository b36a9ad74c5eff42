"""ResNet and ResNeXt for photographs: the layers learn what to add to their input."""

from functools import partial

import torch
from torch import nn

from coursecnn.models.blocks import (
    BasicBlock,
    Bottleneck,
    check_images,
    he_initialisation,
    projection,
)

# Table 1 of the paper: blocks in each of the four stages.
_BLOCKS = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3),
           152: (3, 8, 36, 3)}  # fmt: skip


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
    groups, group_width : int, default 1 and 64
        Groups of the 3×3 convolution of a bottleneck, and channels of each in the first stage. 32
        groups of 4 channels make ResNeXt-50 [2]_ of a depth of 50, for about the same cost.
    in_channels : int, default 3
        Channels of the images.

    Raises
    ------
    ValueError
        If the paper has no network of that depth, there is no such version, or a network
        without bottlenecks is to have groups.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren and J. Sun, "Deep residual learning for image recognition",
       CVPR 2016, table 1, shortcuts of option B.
    .. [2] S. Xie, R. Girshick, P. Dollár, Z. Tu and K. He, "Aggregated residual transformations for
       deep neural networks", CVPR 2017, table 1.

    Examples
    --------
    >>> from coursecnn.models import build, count_parameters
    >>> with torch.device("meta"):  # count without drawing the weights
    ...     [count_parameters(build(name)) for name in ("resnet18", "resnet50", "resnet152")]
    [11689512, 25557032, 60192808]
    >>> with torch.device("meta"):
    ...     count_parameters(ResNet(50, groups=32, group_width=4))
    25028904
    """

    def __init__(
        self,
        depth=50,
        num_classes=1000,
        *,
        version="v1.5",
        groups=1,
        group_width=64,
        in_channels=3,
    ):
        super().__init__()
        if depth not in _BLOCKS:
            raise ValueError(f"`depth` must be 18, 34, 50, 101 or 152; received {depth!r}")
        if version not in ("v1", "v1.5"):
            raise ValueError(f'`version` must be "v1" or "v1.5"; received {version!r}')
        expansion = 1 if depth < 50 else 4
        if depth < 50:
            if (groups, group_width) != (1, 64):
                raise ValueError(
                    f"`groups` and `group_width` must be 1 and 64 for a `depth` of {depth}, whose "
                    f"blocks are no bottlenecks; received {groups!r} and {group_width!r}; take a "
                    "`depth` of 50 or more"
                )
            block = BasicBlock
        else:
            options = {"version": version, "groups": groups, "group_width": group_width}
            block = partial(Bottleneck, **options)
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
    first = block(incoming, channels, stride, projection(incoming, channels * expansion, stride))
    rest = [block(channels * expansion, channels, 1, nn.Identity()) for _ in range(count - 1)]
    return nn.Sequential(first, *rest)
