"""Dense connections: each layer reads the maps of all layers before it."""

from collections import OrderedDict

import torch
from torch import nn


class DenseLayer(nn.Sequential):
    """A few new maps, put beside all those that are there.

    Parameters
    ----------
    in_channels : int
        Channels of the input: the maps of all layers before.
    growth : int
        New maps.
    bottleneck : int, default 4
        The 1×1 convolution leaves this many times `growth` channels for the 3×3 to read.

    References
    ----------
    .. [1] G. Huang, Z. Liu, L. van der Maaten and K. Weinberger, "Densely connected convolutional
       networks", CVPR 2017, section 3, DenseNet-B.
    """

    def __init__(self, in_channels, growth, bottleneck=4):
        few = bottleneck * growth
        super().__init__(
            OrderedDict(
                norm1=nn.BatchNorm2d(in_channels),
                relu1=nn.ReLU(),
                conv1=nn.Conv2d(in_channels, few, 1, bias=False),
                norm2=nn.BatchNorm2d(few),
                relu2=nn.ReLU(),
                conv2=nn.Conv2d(few, growth, 3, padding=1, bias=False),
            )
        )

    def forward(self, x):
        """Maps, shape (N, in_channels + growth, H, W), of (N, in_channels, H, W)."""
        return torch.cat([x, super().forward(x)], 1)


def transition(in_channels, out_channels):
    """Between two dense blocks: fewer maps, of half the size.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels of the input and of the output; half as many in DenseNet-BC.

    Returns
    -------
    nn.Sequential
        Maps (N, in_channels, H, W) to (N, out_channels, H / 2, W / 2).
    """
    return nn.Sequential(
        OrderedDict(
            norm=nn.BatchNorm2d(in_channels),
            relu=nn.ReLU(),
            conv=nn.Conv2d(in_channels, out_channels, 1, bias=False),
            pool=nn.AvgPool2d(2),
        )
    )
