"""The block of ConvNeXt: one large kernel per channel, then a dense network for each pixel."""

import torch
from torch import nn

from coursecnn.models.blocks.stochastic_depth import skip_at_random


class LayerNorm2d(nn.LayerNorm):
    """Normalise the channels of each pixel, whatever the others show.

    Parameters
    ----------
    channels : int
        Channels of the input; eps is 10⁻⁶.
    """

    def __init__(self, channels):
        super().__init__(channels, eps=1e-6)

    def forward(self, x):
        """Maps, shape (N, channels, H, W), of the same shape."""
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class ConvNeXtBlock(nn.Module):
    """Depthwise 7×7 convolution, normalisation, two dense layers per pixel, and a shortcut.

    Parameters
    ----------
    channels : int
        Channels of the input and of the output; there are four times as many between the two
        dense layers.
    skipped : float, default 0
        Share of the images that skip the block during training.

    Notes
    -----
    What the block adds is multiplied by a learned number per channel, 10⁻⁶ to begin with, so that
    training starts near the identity. The dense layers read the last axis, so the channels go
    there and come back.

    References
    ----------
    .. [1] Z. Liu et al., "A ConvNet for the 2020s", CVPR 2022, figure 4 and appendix A.
    """

    def __init__(self, channels, skipped=0):
        super().__init__()
        self.block = nn.Sequential(
            nn.Conv2d(channels, channels, 7, padding=3, groups=channels),
            Permute(0, 2, 3, 1),
            nn.LayerNorm(channels, eps=1e-6),
            nn.Linear(channels, 4 * channels),
            nn.GELU(),
            nn.Linear(4 * channels, channels),
            Permute(0, 3, 1, 2),
        )
        self.layer_scale = nn.Parameter(torch.full((channels, 1, 1), 1e-6))
        self.skipped = skipped

    def forward(self, x):
        """Maps, shape (N, channels, H, W), of the same shape."""
        return x + skip_at_random(self.layer_scale * self.block(x), self.skipped, self.training)


class Permute(nn.Module):
    """The axes in another order, which costs nothing.

    Parameters
    ----------
    *axes : int
        The axis of the input that comes first, the one that comes second, and so on.
    """

    def __init__(self, *axes):
        super().__init__()
        self.axes = axes

    def forward(self, x):
        """The same numbers, shape (N, H, W, C) of (N, C, H, W), or back."""
        return x.permute(self.axes)
