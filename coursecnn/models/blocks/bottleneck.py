"""The bottleneck: 1×1 convolutions around a 3×3 one, which reads few channels or few at a time."""

from collections import OrderedDict

from torch import nn

from coursecnn.models.blocks.convolution import conv_block
from coursecnn.models.blocks.squeeze_excitation import SqueezeExcitation


class Bottleneck(nn.Module):
    """1×1 convolution to few channels, 3×3 among them, 1×1 back to many, and a shortcut.

    With groups it is the block of ResNeXt: the few channels are more, but each group of them has
    3×3 kernels of its own, which read no other group.

    Parameters
    ----------
    in_channels, channels : int
        Channels of the input and of the first two convolutions; four times as many come out.
        With groups the first two have `channels` / 64 × `groups` × `group_width`.
    stride : int
        Of the block.
    shortcut : nn.Module
        Brings the input to the sum.
    version : {"v1", "v1.5"}
        Who has the stride: the first 1×1 convolution (v1) or the 3×3 (v1.5).
    groups, group_width : int, default 1 and 64
        Groups of the 3×3 convolution, and channels of each in the first stage.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren and J. Sun, "Deep residual learning for image recognition",
       CVPR 2016, figure 5, right.
    .. [2] S. Xie, R. Girshick, P. Dollár, Z. Tu and K. He, "Aggregated residual transformations for
       deep neural networks", CVPR 2017, figure 3(c).
    """

    def __init__(
        self, in_channels, channels, stride, shortcut, *, version, groups=1, group_width=64
    ):
        super().__init__()
        first, second = (stride, 1) if version == "v1" else (1, stride)
        few, options = channels * group_width // 64 * groups, {"groups": groups, "bias": False}
        self.conv1 = nn.Conv2d(in_channels, few, 1, stride=first, bias=False)
        self.bn1 = nn.BatchNorm2d(few)
        self.conv2 = nn.Conv2d(few, few, 3, stride=second, padding=1, **options)
        self.bn2 = nn.BatchNorm2d(few)
        self.conv3 = nn.Conv2d(few, 4 * channels, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * channels)
        self.relu = nn.ReLU()
        self.downsample = shortcut

    def forward(self, x):
        """Maps, shape (N, 4 × channels, H / stride, W / stride), of (N, in_channels, H, W)."""
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.relu(self.bn2(self.conv2(out)))
        return self.relu(self.bn3(self.conv3(out)) + self.downsample(x))


class RegNetBlock(nn.Module):
    """A bottleneck that is none: all three convolutions have as many channels, the 3×3 in groups.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels of the input, and of all that comes behind.
    stride : int
        Of the 3×3 convolution.
    group_width : int
        Channels of each of its groups.
    squeezed : int
        Units of the squeeze and excitation behind it.

    References
    ----------
    .. [1] I. Radosavovic, R. Kosaraju, R. Girshick, K. He and P. Dollár, "Designing network design
       spaces", CVPR 2020, figure 4 (the X block) and section 5 (Y, with squeeze and excitation).
    """

    def __init__(self, in_channels, out_channels, stride, *, group_width, squeezed):
        super().__init__()
        options = {"stride": stride, "groups": out_channels // group_width}
        self.proj = nn.Identity()
        if in_channels != out_channels or stride != 1:
            self.proj = conv_block(in_channels, out_channels, 1, stride=stride, activation=None)
        self.f = nn.Sequential(
            OrderedDict(
                a=conv_block(in_channels, out_channels, 1),
                b=conv_block(out_channels, out_channels, 3, **options),
                se=SqueezeExcitation(out_channels, squeezed),
                c=conv_block(out_channels, out_channels, 1, activation=None),
            )
        )
        self.relu = nn.ReLU()

    def forward(self, x):
        """Maps, shape (N, out_channels, H / stride, W / stride), of (N, in_channels, H, W)."""
        return self.relu(self.proj(x) + self.f(x))
