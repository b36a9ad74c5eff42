"""LeNet-5, the network that read cheques."""

from torch import nn

from coursecnn.models.blocks import check_images


class LeNet5(nn.Module):
    """LeNet-5 in its usual modern form: two convolutions, two poolings, three dense layers.

    The paper connects each map of its third layer to some maps of the second only, and squashes
    with tanh; here every map is connected, the activation is ReLU and pooling takes the maximum,
    unless the arguments say otherwise.

    Parameters
    ----------
    num_classes : int, default 10
        Size of the output.
    activation : type of nn.Module, default nn.ReLU
        Made anew after each layer but the last.
    pooling : type of nn.Module, default nn.MaxPool2d
        Called with 2: windows of 2×2, stride 2.
    padding : int, default 0
        Zeros around the image: 0 for 32×32 images as in the paper, 2 for 28×28.
    in_channels : int, default 1
        Channels of the images.

    References
    ----------
    .. [1] Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to
       document recognition", Proc. IEEE 86(11), 1998, section II.B.

    Examples
    --------
    >>> sum(weight.numel() for weight in LeNet5().parameters())
    61706
    """

    def __init__(
        self,
        num_classes=10,
        *,
        activation=nn.ReLU,
        pooling=nn.MaxPool2d,
        padding=0,
        in_channels=1,
    ):
        super().__init__()
        self.in_channels, self.size = in_channels, 32 - 2 * padding
        self.features = nn.Sequential(
            nn.Conv2d(in_channels, 6, 5, padding=padding), activation(), pooling(2),
            nn.Conv2d(6, 16, 5), activation(), pooling(2),
        )  # fmt: skip
        self.classifier = nn.Sequential(
            nn.Flatten(),
            nn.Linear(16 * 5 * 5, 120), activation(),
            nn.Linear(120, 84), activation(),
            nn.Linear(84, num_classes),
        )  # fmt: skip

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, 32, 32)."""
        check_images(x, self.in_channels, size=self.size)
        return self.classifier(self.features(x))
