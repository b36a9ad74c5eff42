"""EfficientNet-Lite0, small enough for a laptop and pretrained on ImageNet."""

from torch import nn

from coursecnn.models.blocks import check_images, he_initialisation
from coursecnn.models.pretrained import imagenet_weights

# One row per stage: expansion, kernel size, stride, channels, blocks (table 1 of the paper; in the
# Lite form squeeze-and-excitation is gone and ReLU6 takes the place of swish).
_STAGES = (
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 2),
    (6, 5, 2, 40, 2),
    (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3),
    (6, 5, 2, 192, 4),
    (6, 3, 1, 320, 1),
)


class EfficientNetLite0(nn.Module):
    """Sixteen inverted bottlenecks between two convolutions, for photographs of 224×224.

    Parameters
    ----------
    num_classes : int, default 1000
        Size of the output.
    pretrained : bool, default False
        Take the weights that were trained on ImageNet. With another number of classes the last
        layer stays random: it belongs to the new task.
    in_channels : int, default 3
        Channels of the images; 3 if pretrained.
    dropout : float, default 0.2
        Share of the features that are put to zero before the last layer.

    Raises
    ------
    ValueError
        If pretrained weights are to read other than 3 channels.
    coursecnn.data.DataError
        If the package with the weights is not installed or its file is damaged.

    Notes
    -----
    The paper's random skipping of blocks during training is left out.

    References
    ----------
    .. [1] M. Tan and Q. Le, "EfficientNet: rethinking model scaling for convolutional neural
       networks", ICML 2019, table 1.
    .. [2] R. Liu, "Higher accuracy on vision models with EfficientNet-Lite", TensorFlow blog,
       2020.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(EfficientNetLite0())
    4652008
    """

    def __init__(self, num_classes=1000, *, pretrained=False, in_channels=3, dropout=0.2):
        super().__init__()
        if pretrained and in_channels != 3:
            raise ValueError(f"`in_channels` must be 3 if `pretrained`; received {in_channels!r}")
        self.in_channels = in_channels
        self.features = nn.Sequential(
            _conv(in_channels, 32, 3, stride=2), nn.ReLU6(),
            *_bottlenecks(32),
            _conv(320, 1280, 1), nn.ReLU6(),
        )  # fmt: skip
        self.classifier = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(dropout),
            nn.Linear(1280, num_classes),
        )  # fmt: skip
        he_initialisation(self)
        if pretrained:
            self._load(imagenet_weights())

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=32)
        return self.classifier(self.features(x))

    def _load(self, weights):
        """The file names its layers otherwise but has them in the same order."""
        ours = self.state_dict()
        renamed = dict(zip(ours, weights.values(), strict=True))
        if len(ours["classifier.3.bias"]) != 1000:
            renamed |= {name: ours[name] for name in ours if name.startswith("classifier")}
        self.load_state_dict(renamed)


class InvertedBottleneck(nn.Module):
    """1×1 convolution to many channels, one kernel for each of them, 1×1 back to few.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels of the input and of the output.
    expansion : int
        How many times more channels there are in between; 1 leaves the first convolution out.
    kernel_size, stride : int
        Of the convolution in the middle.

    References
    ----------
    .. [1] M. Sandler et al., "MobileNetV2: inverted residuals and linear bottlenecks", CVPR 2018,
       table 1.
    """

    def __init__(self, in_channels, out_channels, *, expansion, kernel_size, stride):
        super().__init__()
        many = in_channels * expansion
        expand = [_conv(in_channels, many, 1), nn.ReLU6()] if expansion > 1 else []
        self.layers = nn.Sequential(
            *expand,
            _conv(many, many, kernel_size, stride=stride, groups=many), nn.ReLU6(),
            _conv(many, out_channels, 1),
        )  # fmt: skip
        self.residual = stride == 1 and in_channels == out_channels

    def forward(self, x):
        """Maps, shape (N, out_channels, H / stride, W / stride), of (N, in_channels, H, W)."""
        return x + self.layers(x) if self.residual else self.layers(x)


def _bottlenecks(in_channels):
    """The blocks of all stages, one after the other."""
    for expansion, kernel_size, stride, channels, count in _STAGES:
        for step in (stride, *[1] * (count - 1)):
            yield InvertedBottleneck(
                in_channels, channels, expansion=expansion, kernel_size=kernel_size, stride=step
            )
            in_channels = channels


def _conv(in_channels, out_channels, kernel_size, *, stride=1, groups=1):
    """Convolution and normalisation; what cannot be padded evenly gets more after than before."""
    total = kernel_size - stride
    before, after = total // 2, total - total // 2
    pad = [nn.ZeroPad2d((before, after, before, after))] if stride > 1 else []
    return nn.Sequential(
        *pad,
        nn.Conv2d(
            in_channels, out_channels, kernel_size, stride, 0 if pad else before,
            groups=groups, bias=False,
        ),
        nn.BatchNorm2d(out_channels, eps=1e-3, momentum=0.01),
    )  # fmt: skip
