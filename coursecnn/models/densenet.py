"""DenseNet: each layer adds a few maps and reads all that were made before it."""

from collections import OrderedDict

import torch
from torch import nn

from coursecnn.models.blocks import DenseLayer, check_images, he_initialisation, transition

# Table 1 of the paper: dense layers, of two convolutions each, in each of the four blocks.
_LAYERS = {121: (6, 12, 24, 16), 169: (6, 12, 32, 32), 201: (6, 12, 48, 32)}


class DenseNet(nn.Module):
    """A stem, four blocks of dense layers and one dense layer of units, for photographs of 224×224.

    Parameters
    ----------
    depth : {121, 169, 201}, default 121
        Number of layers with weights.
    num_classes : int, default 1000
        Size of the output.
    growth : int, default 32
        Maps that each layer adds; the stem makes twice as many.
    in_channels : int, default 3
        Channels of the images.

    Raises
    ------
    ValueError
        If the paper has no network of that depth.

    References
    ----------
    .. [1] G. Huang, Z. Liu, L. van der Maaten and K. Weinberger, "Densely connected convolutional
       networks", CVPR 2017, table 1: DenseNet-BC, whose transitions halve the channels.

    Examples
    --------
    >>> from coursecnn.models import build, count_parameters
    >>> with torch.device("meta"):  # count without drawing the weights
    ...     count_parameters(build("densenet121")), count_parameters(build("densenet201"))
    (7978856, 20013928)
    """

    def __init__(self, depth=121, num_classes=1000, *, growth=32, in_channels=3):
        super().__init__()
        if depth not in _LAYERS:
            raise ValueError(f"`depth` must be 121, 169 or 201; received {depth!r}")
        self.in_channels = in_channels
        channels = 2 * growth
        layers = OrderedDict(
            conv0=nn.Conv2d(in_channels, channels, 7, stride=2, padding=3, bias=False),
            norm0=nn.BatchNorm2d(channels),
            relu0=nn.ReLU(),
            pool0=nn.MaxPool2d(3, stride=2, padding=1),
        )
        for index, count in enumerate(_LAYERS[depth], start=1):
            layers[f"denseblock{index}"] = _dense_block(channels, growth, count)
            channels += count * growth
            if index < 4:
                layers[f"transition{index}"] = transition(channels, channels // 2)
                channels //= 2
        layers["norm5"] = nn.BatchNorm2d(channels)
        self.features = nn.Sequential(layers)
        self.relu = nn.ReLU()
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Linear(channels, num_classes)
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=29)
        return self.classifier(torch.flatten(self.avgpool(self.relu(self.features(x))), 1))


def _dense_block(in_channels, growth, count):
    """`count` layers, each of which reads `growth` maps more than the one before."""
    return nn.Sequential(
        OrderedDict(
            (f"denselayer{index + 1}", DenseLayer(in_channels + index * growth, growth))
            for index in range(count)
        )
    )
