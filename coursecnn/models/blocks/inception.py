"""The Inception module: kernels of several sizes side by side."""

import torch
from torch import nn


class Inception(nn.Module):
    """Four branches over the same input, put side by side as channels.

    Parameters
    ----------
    in_channels : int
        Channels of the input.
    one : int
        Kernels of the 1×1 branch.
    three, five : (int, int)
        1×1 kernels that reduce the channels, and the larger kernels behind them.
    pooled : int
        1×1 kernels behind the pooling.
    conv : callable
        Makes a convolution that keeps the size: `conv(in_channels, out_channels, kernel_size)`.
    wide_kernel : int
        Size of the larger kernels of the branch `five`.

    References
    ----------
    .. [1] C. Szegedy et al., "Going deeper with convolutions", CVPR 2015, figure 2(b).
    """

    def __init__(self, in_channels, one, three, five, pooled, *, conv, wide_kernel):
        super().__init__()
        self.branch1 = conv(in_channels, one, 1)
        self.branch2 = nn.Sequential(conv(in_channels, three[0], 1), conv(*three, 3))
        self.branch3 = nn.Sequential(conv(in_channels, five[0], 1), conv(*five, wide_kernel))
        self.branch4 = nn.Sequential(
            nn.MaxPool2d(3, stride=1, padding=1), conv(in_channels, pooled, 1)
        )

    def forward(self, x):
        """Maps, shape (N, one + three[1] + five[1] + pooled, H, W), of (N, in_channels, H, W)."""
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], 1)
