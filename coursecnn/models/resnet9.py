"""ResNet-9: the small residual network of fast CIFAR-10 training."""

from torch import nn

from coursecnn.models.blocks import check_images, conv_block


class ResNet9(nn.Module):
    """Four convolutions, each followed by pooling, and two residual blocks between them.

    Parameters
    ----------
    num_classes : int, default 10
        Size of the output.
    width : int, default 16
        Kernels of the first convolution; the last has eight times as many. 64 in the reference.
    pool_stem : bool, default True
        Pool behind the first convolution too, which the reference does not: a CPU then trains on
        three times as many images of 32×32 in the same time.
    in_channels : int, default 3
        Channels of the images.

    References
    ----------
    .. [1] D. Page, "How to train your ResNet", Myrtle.ai, 2018, part 4.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(ResNet9()), count_parameters(ResNet9(width=32))
    (412954, 1646122)
    """

    def __init__(self, num_classes=10, *, width=16, pool_stem=True, in_channels=3):
        super().__init__()
        self.in_channels = in_channels
        self.smallest = 16 if pool_stem else 8
        self.features = nn.Sequential(
            conv_block(in_channels, width), *([nn.MaxPool2d(2)] if pool_stem else []),
            conv_block(width, 2 * width), nn.MaxPool2d(2), _Residual(2 * width),
            conv_block(2 * width, 4 * width), nn.MaxPool2d(2),
            conv_block(4 * width, 8 * width), nn.MaxPool2d(2), _Residual(8 * width),
        )  # fmt: skip
        self.classifier = nn.Sequential(
            nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(8 * width, num_classes)
        )

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=self.smallest)
        return self.classifier(self.features(x))


class _Residual(nn.Module):
    """Two convolutions whose result is added to their input."""

    def __init__(self, channels):
        super().__init__()
        self.layers = nn.Sequential(conv_block(channels, channels), conv_block(channels, channels))

    def forward(self, x):
        return x + self.layers(x)
