"""Squeeze and excitation: what a whole map shows decides how much the map counts."""

from torch import nn


class SqueezeExcitation(nn.Module):
    """The mean of each map, two dense layers, and a factor for each map.

    Parameters
    ----------
    channels : int
        Channels of the input and of the output.
    squeezed : int
        Units of the first dense layer.
    activation : type of nn.Module, default nn.ReLU
        Behind the first dense layer; nn.SiLU in EfficientNet.
    gate : type of nn.Module, default nn.Sigmoid
        Behind the second, gives the factors between 0 and 1; nn.Hardsigmoid in MobileNetV3.

    Notes
    -----
    The dense layers are convolutions of 1×1 over maps of one pixel, which is the same.

    References
    ----------
    .. [1] J. Hu, L. Shen and G. Sun, "Squeeze-and-excitation networks", CVPR 2018, equations 2
       to 4.
    """

    def __init__(self, channels, squeezed, *, activation=nn.ReLU, gate=nn.Sigmoid):
        super().__init__()
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc1 = nn.Conv2d(channels, squeezed, 1)
        self.activation = activation()
        self.fc2 = nn.Conv2d(squeezed, channels, 1)
        self.gate = gate()

    def forward(self, x):
        """Maps, shape (N, channels, H, W), of the same shape."""
        return self.gate(self.fc2(self.activation(self.fc1(self.avgpool(x))))) * x
