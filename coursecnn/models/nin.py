"""Network in Network: a small dense network for each pixel, and no large one at the end."""

from torch import nn

from coursecnn.models.blocks import check_images, he_initialisation, mlpconv


class NetworkInNetwork(nn.Module):
    """Three convolutions, each with two of 1×1 behind it, for images of 32×32.

    The last of them makes one map for each class, and the mean of the map is the score.

    Parameters
    ----------
    num_classes : int, default 10
        Size of the output.
    in_channels : int, default 3
        Channels of the images.
    dropout : float, default 0.5
        Share of the features that are put to zero behind each of the two poolings.

    References
    ----------
    .. [1] M. Lin, Q. Chen and S. Yan, "Network in network", ICLR 2014, section 4.1: the network for
       CIFAR-10. Its numbers of kernels are in the authors' github.com/mavenlin/cuda-convnet,
       NIN/cifar-10_def.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(NetworkInNetwork())
    966986
    """

    def __init__(self, num_classes=10, *, in_channels=3, dropout=0.5):
        super().__init__()
        self.in_channels = in_channels
        self.features = nn.Sequential(
            mlpconv(in_channels, (192, 160, 96), 5),
            nn.MaxPool2d(3, stride=2, ceil_mode=True), nn.Dropout(dropout),
            mlpconv(96, (192, 192, 192), 5),
            nn.MaxPool2d(3, stride=2, ceil_mode=True), nn.Dropout(dropout),
            mlpconv(192, (192, 192, num_classes), 3),
        )  # fmt: skip
        self.classifier = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=4)
        return self.classifier(self.features(x))
