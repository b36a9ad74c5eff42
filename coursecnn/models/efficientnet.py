"""EfficientNet, and its Lite form: small enough for a laptop and pretrained on ImageNet."""

import math
from functools import partial
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.models.blocks import (
    InvertedBottleneck,
    SqueezeExcitation,
    check_images,
    conv_block,
    he_initialisation,
    round_to,
)
from coursecnn.models.pretrained import imagenet_weights

# One row per stage: expansion, kernel size, stride, channels, blocks (table 1 of the paper).
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


# github.com/tensorflow/tpu, models/official/efficientnet: `efficientnet_params` in
# efficientnet_builder.py, and for the Lite form in lite/efficientnet_lite_builder.py. Width and
# depth grow about as the powers of 1.1 and 1.2 in equation 3.
_SCALES = {
    0: _Scale(1.0, 1.0, 224, 0.2),
    1: _Scale(1.0, 1.1, 240, 0.2),
    2: _Scale(1.1, 1.2, 260, 0.3),
    3: _Scale(1.2, 1.4, 300, 0.3),
    4: _Scale(1.4, 1.8, 380, 0.4),
    5: _Scale(1.6, 2.2, 456, 0.4),
    6: _Scale(1.8, 2.6, 528, 0.5),
    7: _Scale(2.0, 3.1, 600, 0.5),
}
_LITE = 0, 2  # those whose weights can be had


class EfficientNet(nn.Module):
    """Inverted bottlenecks that squeeze and excite, between two convolutions, for photographs.

    Parameters
    ----------
    version : int, default 0
        From 0 to 7: wider, deeper, and for larger photographs, all three at once.
    num_classes : int, default 1000
        Size of the output.
    in_channels : int, default 3
        Channels of the images.
    dropout : float, optional
        Share of the features that are put to zero before the last layer; by default 0.2 in
        version 0, and up to 0.5 in version 7.
    skipped : float, default 0.2
        Share of the images that skip a block behind the last during training; earlier blocks are
        skipped by fewer, the first by none.

    Attributes
    ----------
    image_size : int
        Height and width of the photographs that the network is made for, in pixels. Others are
        taken, too.

    Raises
    ------
    ValueError
        If there is no such version.

    Notes
    -----
    Wider means that the channels of all stages are multiplied, and rounded to a multiple of 8;
    deeper, that their numbers of blocks are, and rounded up.

    References
    ----------
    .. [1] M. Tan and Q. Le, "EfficientNet: rethinking model scaling for convolutional neural
       networks", ICML 2019, table 1 and equation 3.

    Examples
    --------
    >>> from coursecnn.models import build, count_parameters
    >>> with torch.device("meta"):  # count without drawing the weights
    ...     count_parameters(build("efficientnet_b0")), count_parameters(build("efficientnet_b7"))
    (5288548, 66347960)
    """

    def __init__(self, version=0, num_classes=1000, *, in_channels=3, dropout=None, skipped=0.2):
        super().__init__()
        if version not in _SCALES:
            raise ValueError(f"`version` must be between 0 and 7; received {version!r}")
        scale = _SCALES[version]
        self.in_channels, self.image_size = in_channels, scale.image_size
        # torchvision's weights come from two sources, one for the three largest networks, whose
        # batch normalisation had other settings.
        settings = {} if version < 5 else {"eps": 1e-3, "momentum": 0.01}
        conv = partial(conv_block, norm=partial(nn.BatchNorm2d, **settings), activation=nn.SiLU)
        first = channels = round_to(8, 32 * scale.width)
        stages = []
        for expansion, kernel_size, stride, width, count in _STAGES:
            wider, blocks = round_to(8, width * scale.width), []
            for step in (stride, *[1] * (math.ceil(count * scale.depth) - 1)):
                many = channels * expansion
                blocks.append(
                    InvertedBottleneck(
                        channels, many, wider, kernel_size=kernel_size, stride=step, conv=conv,
                        squeeze=SqueezeExcitation(many, channels // 4, activation=nn.SiLU),
                    )
                )  # fmt: skip
                channels = wider
            stages.append(nn.Sequential(*blocks))
        every = [block for stage in stages for block in stage]
        for index, block in enumerate(every):
            block.skipped = skipped * index / len(every)
        self.features = nn.Sequential(
            conv(in_channels, first, stride=2), *stages, conv(channels, 4 * channels, 1)
        )
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(
            nn.Dropout(scale.dropout if dropout is None else dropout),
            nn.Linear(4 * channels, num_classes),
        )
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels)
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


class EfficientNetLite(nn.Module):
    """EfficientNet without squeeze and excitation, and with ReLU6 as activation.

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
    stay as they are, and stages of one block keep it. Blocks are not skipped during training.

    References
    ----------
    .. [1] M. Tan and Q. Le, "EfficientNet: rethinking model scaling for convolutional neural
       networks", ICML 2019, table 1.
    .. [2] R. Liu, "Higher accuracy on vision models with EfficientNet-Lite", TensorFlow blog,
       2020.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(EfficientNetLite(0)), count_parameters(EfficientNetLite(2))
    (4652008, 6092072)
    """

    def __init__(self, version, num_classes=1000, *, pretrained=False, in_channels=3, dropout=None):
        super().__init__()
        if version not in _LITE:
            known = ", ".join(map(str, _LITE))
            raise ValueError(f"`version` must be one of {known}; received {version!r}")
        if pretrained and in_channels != 3:
            raise ValueError(f"`in_channels` must be 3 if `pretrained`; received {in_channels!r}")
        scale = _SCALES[version]
        self.in_channels, self.image_size = in_channels, scale.image_size
        blocks, channels = [], 32
        for expansion, kernel_size, stride, width, count in _STAGES:
            wider = round_to(8, width * scale.width)
            count = count if count == 1 else math.ceil(count * scale.depth)
            for step in (stride, *[1] * (count - 1)):
                blocks.append(
                    InvertedBottleneck(
                        channels, channels * expansion, wider,
                        kernel_size=kernel_size, stride=step, conv=lite_conv,
                    )
                )  # fmt: skip
                channels = wider
        self.features = nn.Sequential(
            lite_conv(in_channels, 32, 3, stride=2, activation=None), nn.ReLU6(),
            *blocks,
            lite_conv(channels, 1280, 1, activation=None), nn.ReLU6(),
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


def lite_conv(in_channels, out_channels, kernel_size, *, stride=1, groups=1, activation=nn.ReLU6):
    """Convolution and normalisation; the maps become smaller by the stride alone, rounded up."""
    pad = [SamePad2d(kernel_size, stride)] if stride > 1 else []
    return nn.Sequential(
        *pad,
        nn.Conv2d(
            in_channels, out_channels, kernel_size, stride, 0 if pad else kernel_size // 2,
            groups=groups, bias=False,
        ),
        nn.BatchNorm2d(out_channels, eps=1e-3, momentum=0.01),
        *([activation()] if activation else []),
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
