"""EfficientNet-Lite, small enough for a laptop and pretrained on ImageNet."""

import math
from typing import NamedTuple

from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

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


class _Scale(NamedTuple):
    """What one network of the family has more of than the smallest, and its images and dropout."""

    width: float
    depth: float
    image_size: int
    dropout: float


# Reference 3 of the class.
_SCALES = {0: _Scale(1.0, 1.0, 224, 0.2), 2: _Scale(1.1, 1.2, 260, 0.3)}


class EfficientNetLite(nn.Module):
    """Inverted bottlenecks between two convolutions, for photographs.

    Parameters
    ----------
    version : {0, 2}
        Which of the family: 0 has 16 bottlenecks and was trained on photographs of 224×224; 2 has
        21, some of them wider, and was trained on 260×260.
    num_classes : int, default 1000
        Size of the output.
    pretrained : bool, default False
        Take the weights that were trained on ImageNet. With another number of classes the last
        layer stays random: it belongs to the new task.
    in_channels : int, default 3
        Channels of the images; 3 if pretrained.
    dropout : float, optional
        Share of the features that are put to zero before the last layer; by default 0.2 in
        version 0, and 0.3 in version 2.

    Attributes
    ----------
    image_size : int
        Height and width of the photographs that the weights were trained on, in pixels. Others
        are taken, too.

    Raises
    ------
    ValueError
        If there is no such version, or pretrained weights are to read other than 3 channels.
    coursecnn.data.DataError
        If the package with the weights is not installed or its file is damaged.

    Notes
    -----
    A wider network multiplies the channels of every stage, rounded to a multiple of 8, and a deeper
    one its blocks, rounded up. The first convolution and all that comes behind the last bottleneck
    stay as they are, and stages of one block keep it. The paper's random skipping of blocks during
    training is left out.

    References
    ----------
    .. [1] M. Tan and Q. Le, "EfficientNet: rethinking model scaling for convolutional neural
       networks", ICML 2019, table 1.
    .. [2] R. Liu, "Higher accuracy on vision models with EfficientNet-Lite", TensorFlow blog,
       2020.
    .. [3] github.com/tensorflow/tpu, `efficientnet_lite_params` in
       models/official/efficientnet/lite/efficientnet_lite_builder.py: how much wider and deeper.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(EfficientNetLite(0)), count_parameters(EfficientNetLite(2))
    (4652008, 6092072)
    """

    def __init__(self, version, num_classes=1000, *, pretrained=False, in_channels=3, dropout=None):
        super().__init__()
        if version not in _SCALES:
            known = ", ".join(map(str, _SCALES))
            raise ValueError(f"`version` must be one of {known}; received {version!r}")
        if pretrained and in_channels != 3:
            raise ValueError(f"`in_channels` must be 3 if `pretrained`; received {in_channels!r}")
        scale = _SCALES[version]
        self.in_channels, self.image_size = in_channels, scale.image_size
        bottlenecks = list(_bottlenecks(32, scale))
        self.features = nn.Sequential(
            _conv(in_channels, 32, 3, stride=2), nn.ReLU6(),
            *bottlenecks,
            _conv(bottlenecks[-1].out_channels, 1280, 1), nn.ReLU6(),
        )  # fmt: skip
        self.classifier = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Flatten(),
            nn.Dropout(scale.dropout if dropout is None else dropout),
            nn.Linear(1280, num_classes),
        )  # fmt: skip
        he_initialisation(self)
        if pretrained:
            self._load(imagenet_weights(version))

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels)
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
        self.out_channels = out_channels

    def forward(self, x):
        """Maps, shape (N, out_channels, H / stride, W / stride), of (N, in_channels, H, W)."""
        return x + self.layers(x) if self.residual else self.layers(x)


def _bottlenecks(in_channels, scale):
    """The blocks of all stages, one after the other."""
    for expansion, kernel_size, stride, channels, count in _STAGES:
        channels = _round_to_eight(channels * scale.width)
        if count > 1:
            count = math.ceil(count * scale.depth)
        for step in (stride, *[1] * (count - 1)):
            yield InvertedBottleneck(
                in_channels, channels, expansion=expansion, kernel_size=kernel_size, stride=step
            )
            in_channels = channels


def _round_to_eight(channels):
    """The nearest multiple of 8; halves go up."""
    return int(channels + 4) // 8 * 8


def _conv(in_channels, out_channels, kernel_size, *, stride=1, groups=1):
    """Convolution and normalisation; the maps become smaller by the stride alone, rounded up."""
    pad = [SamePad2d(kernel_size, stride)] if stride > 1 else []
    return nn.Sequential(
        *pad,
        nn.Conv2d(
            in_channels, out_channels, kernel_size, stride, 0 if pad else kernel_size // 2,
            groups=groups, bias=False,
        ),
        nn.BatchNorm2d(out_channels, eps=1e-3, momentum=0.01),
    )  # fmt: skip


class SamePad2d(nn.Module):
    """Zeros as TensorFlow adds them: so many that the stride divides the size, rounded up; what
    cannot be split evenly is more after than before."""

    def __init__(self, kernel_size, stride):
        super().__init__()
        self.kernel_size, self.stride = kernel_size, stride

    def forward(self, x):
        height, width = (self._around(size) for size in x.shape[2:])
        return F.pad(x, (*width, *height))

    def _around(self, size):
        wanted = math.ceil(size / self.stride)
        total = max((wanted - 1) * self.stride + self.kernel_size - size, 0)
        return total // 2, total - total // 2
