"""LeNet-5, the network that read cheques."""

from torch import nn


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

    References
    ----------
    .. [1] Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to
       document recognition", Proc. IEEE 86(11), 1998, section II.B.

    Examples
    --------
    >>> sum(weight.numel() for weight in LeNet5().parameters())
    61706
    """

    def __init__(self, num_classes=10, *, activation=nn.ReLU, pooling=nn.MaxPool2d, padding=0):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=padding), activation(), pooling(2),
            nn.Conv2d(6, 16, 5), activation(), pooling(2),
        )  # fmt: skip
        self.classifier = nn.Sequential(
            nn.Flatten(),
            nn.Linear(16 * 5 * 5, 120), activation(),
            nn.Linear(120, 84), activation(),
            nn.Linear(84, num_classes),
        )  # fmt: skip

    def forward(self, x):
        """Class scores (logits) of a batch.

        Parameters
        ----------
        x : Tensor, shape (N, 1, 32, 32), or (N, 1, 28, 28) with padding 2
            Grey images.

        Returns
        -------
        Tensor, shape (N, num_classes)
            One score per class, before any softmax.
        """
        return self.classifier(self.features(x))
