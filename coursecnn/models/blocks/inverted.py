"""The inverted bottleneck: many channels inside, where each has one cheap kernel, few outside."""

from torch import nn

from coursecnn.models.blocks.convolution import conv_block
from coursecnn.models.blocks.stochastic_depth import skip_at_random


class InvertedResidual(nn.Module):
    """1×1 convolution to many channels, one 3×3 kernel for each of them, 1×1 back to few.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels of the input and of the output.
    stride : int
        Of the convolution in the middle.
    expansion : int
        How many times more channels there are in between; 1 leaves the first convolution out.

    References
    ----------
    .. [1] M. Sandler et al., "MobileNetV2: inverted residuals and linear bottlenecks", CVPR 2018,
       table 1.
    """

    def __init__(self, in_channels, out_channels, stride, expansion):
        super().__init__()
        many = in_channels * expansion
        expand = [conv_block(in_channels, many, 1, activation=nn.ReLU6)] if expansion > 1 else []
        self.conv = nn.Sequential(
            *expand,
            conv_block(many, many, stride=stride, groups=many, activation=nn.ReLU6),
            *conv_block(many, out_channels, 1, activation=None),
        )
        self.residual = stride == 1 and in_channels == out_channels

    def forward(self, x):
        """Maps, shape (N, out_channels, H / stride, W / stride), of (N, in_channels, H, W)."""
        return x + self.conv(x) if self.residual else self.conv(x)


class InvertedBottleneck(nn.Module):
    """The same with any kernel and activation, and a squeeze and excitation in the middle.

    Parameters
    ----------
    in_channels, many, out_channels : int
        Channels of the input, in between, and of the output. Where the input has as many as there
        are to be in between, the first convolution is left out.
    kernel_size, stride : int
        Of the convolution in the middle.
    conv : callable
        Makes the convolutions with what follows them, such as `conv_block`; called with
        `stride`, `groups` and `activation=None` where these are wanted.
    squeeze : nn.Module, optional
        Comes behind the convolution in the middle.
    skipped : float, default 0
        Share of the images that skip the block during training, if it has a shortcut.

    References
    ----------
    .. [1] A. Howard et al., "Searching for MobileNetV3", ICCV 2019, figure 4.
    """

    def __init__(
        self, in_channels, many, out_channels, *, kernel_size, stride, conv, squeeze=None, skipped=0
    ):
        super().__init__()
        self.block = nn.Sequential(
            *([conv(in_channels, many, 1)] if many != in_channels else []),
            conv(many, many, kernel_size, stride=stride, groups=many),
            *([squeeze] if squeeze else []),
            conv(many, out_channels, 1, activation=None),
        )
        self.residual = stride == 1 and in_channels == out_channels
        self.skipped = skipped

    def forward(self, x):
        """Maps, shape (N, out_channels, H / stride, W / stride), of (N, in_channels, H, W)."""
        y = self.block(x)
        return x + skip_at_random(y, self.skipped, self.training) if self.residual else y


def round_to(divisor, channels):
    """The nearest multiple, halves go up; the next one where more than a tenth would be lost.

    Parameters
    ----------
    divisor : int
        What the result is a multiple of, 8 in most networks.
    channels : float
        A wish.

    Returns
    -------
    int
        Number of channels.

    Examples
    --------
    >>> round_to(8, 24 * 1.1), round_to(8, 16 * 1.2)  # 26.4, and 19.2, of which 16 were too few
    (24, 24)
    """
    nearest = max(divisor, int(channels + divisor / 2) // divisor * divisor)
    return nearest + divisor if nearest < 0.9 * channels else nearest
