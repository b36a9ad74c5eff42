"""Small networks for small images: they train on a laptop in a minute.

The last five are famous architectures on the scale of CIFAR-10. Each takes between 5.6 and 6.1
million multiplications for an image of 3×32×32, and all normalise in the same way, so that what
differs between two of them is the architecture.
"""

from functools import partial

from torch import nn

from coursecnn import shapes
from coursecnn.models.blocks import (
    DenseLayer,
    Inception,
    check_images,
    conv_block,
    he_initialisation,
    mlpconv,
    transition,
)
from coursecnn.shapes.integers import integer


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
        left = _left(image_size, 16, [(3, 1), (3, 1), (2, 2)] * 2)
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


class SmallAlexNet(nn.Module):
    """AlexNet for images of 28 to 32 pixels: five convolutions, overlapping pooling, dense layers.

    Parameters
    ----------
    num_classes : int, default 10
        Size of the output.
    width : int, default 13
        Kernels of the first convolution; the others have 2, 4, 4 and 3 times as many.
    hidden : int, default 128
        Units of each of the two hidden dense layers.
    image_size : int, default 32
        Height and width of the images, for the dense layers are made to measure.
    in_channels : int, default 3
        Channels of the images.
    batch_norm : bool, default True
        Normalise after each convolution; the paper is older than the idea.
    dropout : float, default 0
        Share of the features that are put to zero before each hidden dense layer; 0.5 in the paper.

    Raises
    ------
    TypeError
        If a size is not an integer.
    ValueError
        If a size is too small.

    References
    ----------
    .. [1] A. Krizhevsky, I. Sutskever and G. Hinton, "ImageNet classification with deep
       convolutional neural networks", NIPS 2012, figure 2.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(SmallAlexNet())
    127403
    """

    def __init__(
        self,
        num_classes=10,
        *,
        width=13,
        hidden=128,
        image_size=32,
        in_channels=3,
        batch_norm=True,
        dropout=0,
    ):
        super().__init__()
        self.in_channels, self.image_size = in_channels, image_size
        width, hidden = integer(width, "width", minimum=1), integer(hidden, "hidden", minimum=1)
        a, b, c, norm = width, 2 * width, 4 * width, _norm(batch_norm)
        self.features = nn.Sequential(
            conv_block(in_channels, a, 5, norm=norm), nn.MaxPool2d(3, stride=2),
            conv_block(a, b, 5, norm=norm), nn.MaxPool2d(3, stride=2),
            conv_block(b, c, norm=norm),
            conv_block(c, c, norm=norm),
            conv_block(c, 3 * width, norm=norm), nn.MaxPool2d(3, stride=2),
        )  # fmt: skip
        pixels = 3 * width * _left(image_size, 15, [(3, 2)] * 3) ** 2
        self.classifier = _dense_layers(pixels, hidden, num_classes, dropout)
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of (N, in_channels, image_size, image_size)."""
        check_images(x, self.in_channels, size=self.image_size)
        return self.classifier(self.features(x))


class SmallNiN(nn.Module):
    """Network in Network for images of 28 to 32 pixels, a third as wide and without dropout.

    Parameters
    ----------
    num_classes : int, default 10
        Size of the output.
    width : int, default 16
        Kernels of the first convolution, a multiple of 4; the second and the third have two and
        three times as many.
    in_channels : int, default 3
        Channels of the images.
    batch_norm : bool, default True
        Normalise after each convolution; the paper is older than the idea.

    Raises
    ------
    TypeError
        If a size is not an integer.
    ValueError
        If a size is too small.

    References
    ----------
    .. [1] M. Lin, Q. Chen and S. Yan, "Network in network", ICLR 2014, section 4.1.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(SmallNiN())
    30276
    """

    def __init__(self, num_classes=10, *, width=16, in_channels=3, batch_norm=True):
        super().__init__()
        self.in_channels = in_channels
        width = integer(width, "width", minimum=2)
        a, b, c, norm = 3 * width // 4, 2 * width, 3 * width, _norm(batch_norm)
        self.features = nn.Sequential(
            mlpconv(in_channels, (width, a, a), 5, norm=norm), nn.MaxPool2d(3, 2, ceil_mode=True),
            mlpconv(a, (b, b, b), 5, norm=norm), nn.MaxPool2d(3, 2, ceil_mode=True),
            mlpconv(b, (c, c, num_classes), 3, norm=norm),
        )  # fmt: skip
        self.classifier = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=4)
        return self.classifier(self.features(x))


class SmallVGG(nn.Module):
    """VGG for images of 28 to 32 pixels: three stages of two 3×3 convolutions, dense layers.

    Parameters
    ----------
    num_classes : int, default 10
        Size of the output.
    width : int, default 12
        Kernels of each convolution of the first stage; the others have two and four times as many.
    hidden : int, default 128
        Units of each of the two hidden dense layers.
    image_size : int, default 32
        Height and width of the images, for the dense layers are made to measure.
    in_channels : int, default 3
        Channels of the images.
    batch_norm : bool, default True
        Normalise after each convolution; the paper is older than the idea.
    dropout : float, default 0
        Share of the features that are put to zero before each hidden dense layer; 0.5 in the paper,
        which has it one layer later.

    Raises
    ------
    TypeError
        If a size is not an integer.
    ValueError
        If a size is too small.

    References
    ----------
    .. [1] K. Simonyan and A. Zisserman, "Very deep convolutional networks for large-scale image
       recognition", ICLR 2015, table 1, column B without its last two stages.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(SmallVGG())
    157070
    """

    def __init__(
        self,
        num_classes=10,
        *,
        width=12,
        hidden=128,
        image_size=32,
        in_channels=3,
        batch_norm=True,
        dropout=0,
    ):
        super().__init__()
        self.in_channels, self.image_size = in_channels, image_size
        width, hidden = integer(width, "width", minimum=1), integer(hidden, "hidden", minimum=1)
        stages, channels, norm = [], in_channels, _norm(batch_norm)
        for wider in (width, 2 * width, 4 * width):
            stages += [
                conv_block(channels, wider, norm=norm),
                conv_block(wider, wider, norm=norm),
                nn.MaxPool2d(2),
            ]
            channels = wider
        self.features = nn.Sequential(*stages)
        pixels = channels * _left(image_size, 8, [(2, 2)] * 3) ** 2
        self.classifier = _dense_layers(pixels, hidden, num_classes, dropout)
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of (N, in_channels, image_size, image_size)."""
        check_images(x, self.in_channels, size=self.image_size)
        return self.classifier(self.features(x))


class SmallGoogLeNet(nn.Module):
    """GoogLeNet for images of 28 to 32 pixels: a convolution and four Inception modules.

    Parameters
    ----------
    num_classes : int, default 10
        Size of the output.
    width : int, default 6
        Kernels of the pooled branch in the first two modules, an even number; the other branches
        are to it as in the first module of the paper. The last two modules are twice as wide.
    in_channels : int, default 3
        Channels of the images.
    batch_norm : bool, default True
        Normalise after each convolution; the paper is older than the idea.

    Raises
    ------
    TypeError
        If a size is not an integer.
    ValueError
        If a size is too small.

    References
    ----------
    .. [1] C. Szegedy et al., "Going deeper with convolutions", CVPR 2015, table 1, row 3a.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(SmallGoogLeNet())
    59098
    """

    def __init__(self, num_classes=10, *, width=6, in_channels=3, batch_norm=True):
        super().__init__()
        self.in_channels = in_channels
        width = integer(width, "width", minimum=2)
        conv = partial(conv_block, norm=_norm(batch_norm))

        def inception(channels, w):  # makes 8 w maps
            sizes = 2 * w, (3 * w, 4 * w), (w // 2, w), w
            return Inception(channels, *sizes, conv=conv, wide_kernel=5)

        self.features = nn.Sequential(
            conv(in_channels, 2 * width), nn.MaxPool2d(2),
            inception(2 * width, width), inception(8 * width, width), nn.MaxPool2d(2),
            inception(8 * width, 2 * width), inception(16 * width, 2 * width),
        )  # fmt: skip
        self.classifier = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16 * width, num_classes)
        )
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=4)
        return self.classifier(self.features(x))


class SmallDenseNet(nn.Module):
    """DenseNet for images of 28 to 32 pixels: a convolution and three blocks of dense layers.

    Parameters
    ----------
    num_classes : int, default 10
        Size of the output.
    growth : int, default 10
        Maps that each layer adds; the first convolution makes twice as many.
    layers : int, default 3
        Dense layers in each block, of two convolutions each.
    in_channels : int, default 3
        Channels of the images.

    Raises
    ------
    TypeError
        If a size is not an integer.
    ValueError
        If a size is too small.

    References
    ----------
    .. [1] G. Huang, Z. Liu, L. van der Maaten and K. Weinberger, "Densely connected convolutional
       networks", CVPR 2017, section 3, implementation details, DenseNet-BC; but the maps are pooled
       before the first block already.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(SmallDenseNet())
    50151
    """

    def __init__(self, num_classes=10, *, growth=10, layers=3, in_channels=3):
        super().__init__()
        growth = integer(growth, "growth", minimum=1)
        layers = integer(layers, "layers", minimum=1)
        self.in_channels, channels = in_channels, 2 * growth
        stages = [nn.Conv2d(in_channels, channels, 3, padding=1, bias=False), nn.MaxPool2d(2)]
        for block in range(3):
            if block > 0:
                stages.append(transition(channels, channels // 2))
                channels //= 2
            for _ in range(layers):
                stages.append(DenseLayer(channels, growth))
                channels += growth
        self.features = nn.Sequential(*stages, nn.BatchNorm2d(channels), nn.ReLU())
        self.classifier = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, num_classes)
        )
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=8)
        return self.classifier(self.features(x))


def _norm(batch_norm):
    return nn.BatchNorm2d if batch_norm else None


def _left(image_size, smallest, windows):
    """Height and width of the maps behind windows of (size, stride) without padding."""
    if image_size < smallest:
        raise ValueError(
            f"`image_size` must be at least {smallest} pixels; received {image_size!r}"
        )
    left = image_size
    for kernel_size, stride in windows:
        left = shapes.output_size(left, kernel_size, stride)
    return left


def _dense_layers(pixels, hidden, num_classes, dropout):
    """The head of AlexNet and VGG."""
    return nn.Sequential(
        nn.Flatten(),
        nn.Dropout(dropout), nn.Linear(pixels, hidden), nn.ReLU(),
        nn.Dropout(dropout), nn.Linear(hidden, hidden), nn.ReLU(),
        nn.Linear(hidden, num_classes),
    )  # fmt: skip
