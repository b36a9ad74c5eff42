"""Small networks for small images: they train on a laptop in a minute."""

from torch import nn

from coursecnn import shapes
from coursecnn.models.blocks import check_images, conv_block


class ThreeConv(nn.Module):
    """Three 3×3 convolutions with pooling, the mean of each map, and one dense layer.

    Parameters
    ----------
    num_classes : int, default 10
        Size of the output.
    width : int, default 16
        Kernels of the first convolution; the others have two and four times as many.
    in_channels : int, default 3
        Channels of the images.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(ThreeConv()), count_parameters(ThreeConv(width=32))
    (24346, 94762)
    """

    def __init__(self, num_classes=10, *, width=16, in_channels=3):
        super().__init__()
        self.in_channels = in_channels
        self.features = nn.Sequential(
            conv_block(in_channels, width), nn.MaxPool2d(2),
            conv_block(width, 2 * width), nn.MaxPool2d(2),
            conv_block(2 * width, 4 * width), nn.MaxPool2d(2),
        )  # fmt: skip
        self.classifier = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4 * width, num_classes)
        )

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=8)
        return self.classifier(self.features(x))


class TinyVGG(nn.Module):
    """Two stages of two 3×3 convolutions without padding, and one dense layer.

    Parameters
    ----------
    num_classes : int, default 10
        Size of the output.
    width : int, default 10
        Kernels of each convolution.
    image_size : int, default 32
        Height and width of the images, for the dense layer is made to measure; 64 in the reference.
    in_channels : int, default 3
        Channels of the images.

    Raises
    ------
    ValueError
        If nothing is left of images of that size.

    References
    ----------
    .. [1] Z. J. Wang et al., "CNN Explainer: learning convolutional neural networks with
       interactive visualization", IEEE TVCG 27(2), 2021, figure 2.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(TinyVGG()), count_parameters(TinyVGG(image_size=64))
    (5520, 19920)
    """

    def __init__(self, num_classes=10, *, width=10, image_size=32, in_channels=3):
        super().__init__()
        self.in_channels, self.image_size = in_channels, image_size
        if image_size < 16:
            raise ValueError(f"`image_size` must be at least 16 pixels; received {image_size!r}")
        left = image_size
        for kernel_size, stride in [(3, 1), (3, 1), (2, 2)] * 2:
            left = shapes.output_size(left, kernel_size, stride)
        self.features = nn.Sequential(*_stage(in_channels, width), *_stage(width, width))
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(width * left**2, num_classes))

    def forward(self, x):
        """Class scores, shape (N, num_classes), of (N, in_channels, image_size, image_size)."""
        check_images(x, self.in_channels, size=self.image_size)
        return self.classifier(self.features(x))


def _stage(in_channels, channels):
    """The layers of one stage of TinyVGG."""
    return [
        nn.Conv2d(in_channels, channels, 3), nn.ReLU(),
        nn.Conv2d(channels, channels, 3), nn.ReLU(),
        nn.MaxPool2d(2),
    ]  # fmt: skip
