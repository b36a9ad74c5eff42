"""VGG: nothing but 3×3 convolutions, pooled five times, as deep as it will go."""

import torch
from torch import nn

from coursecnn.models.blocks import check_images, he_initialisation

# Table 1 of the paper, columns A, B, D and E: how many convolutions lie before each pooling.
_CONVOLUTIONS = {11: (1, 1, 2, 2, 2), 13: (2,) * 5, 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}
_CHANNELS = 64, 128, 256, 512, 512


class VGG(nn.Module):
    """Five stages of 3×3 convolutions and three dense layers for photographs of 224×224.

    Parameters
    ----------
    depth : {11, 13, 16, 19}, default 16
        Number of layers with weights; three of them are dense.
    num_classes : int, default 1000
        Size of the output.
    batch_norm : bool, default False
        Normalise after each convolution; the paper is older than the idea.
    in_channels : int, default 3
        Channels of the images.
    dropout : float, default 0.5
        Share of the features that are put to zero after each of the first two dense layers.

    Raises
    ------
    ValueError
        If the paper has no network of that depth.

    References
    ----------
    .. [1] K. Simonyan and A. Zisserman, "Very deep convolutional networks for large-scale image
       recognition", ICLR 2015, table 1.

    Examples
    --------
    >>> from coursecnn.models import build, count_parameters
    >>> with torch.device("meta"):  # count without drawing the weights
    ...     count_parameters(build("vgg16")), count_parameters(build("vgg19"))
    (138357544, 143667240)
    """

    def __init__(self, depth=16, num_classes=1000, *, batch_norm=False, in_channels=3, dropout=0.5):
        super().__init__()
        if depth not in _CONVOLUTIONS:
            raise ValueError(f"`depth` must be 11, 13, 16 or 19; received {depth!r}")
        self.in_channels = in_channels
        self.features = nn.Sequential(*_stages(in_channels, _CONVOLUTIONS[depth], batch_norm))
        self.avgpool = nn.AdaptiveAvgPool2d(7)  # changes nothing at 224×224
        self.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, 4096), nn.ReLU(), nn.Dropout(dropout),
            nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(dropout),
            nn.Linear(4096, num_classes),
        )  # fmt: skip
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=32)
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def _stages(in_channels, convolutions, batch_norm):
    """The layers of all stages, one after the other."""
    for channels, count in zip(_CHANNELS, convolutions, strict=True):
        for _ in range(count):
            yield nn.Conv2d(in_channels, channels, 3, padding=1)
            if batch_norm:
                yield nn.BatchNorm2d(channels)
            yield nn.ReLU()
            in_channels = channels
        yield nn.MaxPool2d(2)
