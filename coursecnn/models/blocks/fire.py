"""The fire module: few channels in, so that few weights read them; then many out."""

import torch
from torch import nn


class Fire(nn.Module):
    """1×1 convolution to few channels, then 1×1 and 3×3 kernels side by side.

    Parameters
    ----------
    in_channels, squeezed, expanded : int
        Channels of the input, between, and of each of the two branches.

    References
    ----------
    .. [1] F. Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and
       <0.5MB model size", arXiv:1602.07360, figure 1.
    """

    def __init__(self, in_channels, squeezed, expanded):
        super().__init__()
        self.squeeze = nn.Conv2d(in_channels, squeezed, 1)
        self.expand1x1 = nn.Conv2d(squeezed, expanded, 1)
        self.expand3x3 = nn.Conv2d(squeezed, expanded, 3, padding=1)
        self.relu = nn.ReLU()

    def forward(self, x):
        """Maps, shape (N, 2 × expanded, H, W), of (N, in_channels, H, W)."""
        x = self.relu(self.squeeze(x))
        return torch.cat([self.relu(self.expand1x1(x)), self.relu(self.expand3x3(x))], 1)
