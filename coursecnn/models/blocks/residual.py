"""The residual block: its layers learn what to add to their input."""

from torch import nn


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


def projection(in_channels, out_channels, stride):
    """The input itself where its shape is right already, else a 1×1 convolution of it.

    Parameters
    ----------
    in_channels, out_channels, stride : int
        Of the block whose shortcut this is.

    Returns
    -------
    nn.Module
        Maps (N, in_channels, H, W) to (N, out_channels, H / stride, W / stride); option B of the
        paper.
    """
    if in_channels == out_channels and stride == 1:
        return nn.Identity()
    return nn.Sequential(
        nn.Conv2d(in_channels, out_channels, 1, stride=stride, bias=False),
        nn.BatchNorm2d(out_channels),
    )


class ThinnedShortcut(nn.Module):
    """Every other pixel of the input, with maps of zeros in place of the channels it lacks.

    Parameters
    ----------
    new_channels : int
        Maps of zeros to add; option A of the paper.
    """

    def __init__(self, new_channels):
        super().__init__()
        self.new_channels = new_channels

    def forward(self, x):
        """Maps, shape (N, C + new_channels, H / 2, W / 2), of (N, C, H, W)."""
        return nn.functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 0, self.new_channels))
