"""A dense network for images: what a convolutional one is held against."""

from torch import nn

from coursecnn.models.blocks import check_images
from coursecnn.shapes.integers import integer


class MLP(nn.Module):
    """A multi-layer perceptron: the pixels as one list, a hidden layer, a score for each class.

    Parameters
    ----------
    num_classes : int, default 10
        Size of the output.
    hidden : int, default 128
        Units of the hidden layer.
    image_size : int, default 32
        Height and width of the images, for each pixel has weights of its own.
    in_channels : int, default 3
        Channels of the images.
    batch_norm : bool, default False
        Normalise what the hidden units add up, as the convolutional networks do.

    Raises
    ------
    TypeError
        If a size is not an integer.
    ValueError
        If a size is smaller than 1.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(MLP(hidden=8)), count_parameters(MLP(hidden=8, image_size=64))
    (24674, 98402)
    """

    def __init__(
        self, num_classes=10, *, hidden=128, image_size=32, in_channels=3, batch_norm=False
    ):
        super().__init__()
        self.in_channels = integer(in_channels, "in_channels", minimum=1)
        self.image_size = integer(image_size, "image_size", minimum=1)
        hidden = integer(hidden, "hidden", minimum=1)
        pixels = in_channels * image_size**2
        normalised = [nn.BatchNorm1d(hidden)] if batch_norm else []  # has a shift of its own
        self.features = nn.Sequential(
            nn.Flatten(), nn.Linear(pixels, hidden, bias=not batch_norm), *normalised, nn.ReLU()
        )
        self.classifier = nn.Linear(hidden, num_classes)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of (N, in_channels, image_size, image_size)."""
        check_images(x, self.in_channels, size=self.image_size)
        return self.classifier(self.features(x))
