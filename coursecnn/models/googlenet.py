"""GoogLeNet: several kernel sizes side by side, made cheap by 1×1 convolutions."""

from collections import OrderedDict
from functools import partial
from typing import NamedTuple

import torch
from torch import Tensor, nn

from coursecnn.models.blocks import Inception, check_images, he_initialisation


class GoogLeNetOutput(NamedTuple):
    """What GoogLeNet with auxiliary heads gives while it trains.

    Attributes
    ----------
    logits, aux_logits2, aux_logits1 : Tensor, shape (N, num_classes)
        Scores of the last layer, of the later and of the earlier auxiliary head. The paper adds
        0.3 of each auxiliary loss to the loss.
    """

    logits: Tensor
    aux_logits2: Tensor
    aux_logits1: Tensor


class GoogLeNet(nn.Module):
    """Nine Inception modules and one dense layer for photographs of 224×224.

    The paper's local response normalisation is left out, as torchvision does: it has no
    parameters, and batch normalisation took its place.

    Parameters
    ----------
    num_classes : int, default 1000
        Size of the output.
    wide_kernel : {3, 5}, default 3
        Kernel of the third branch: 5 in the paper, 3 in torchvision and so in its weights.
    batch_norm : bool, default True
        Normalise after each convolution, as torchvision does; otherwise biases, as in the paper.
    aux_logits : bool, default False
        Two more heads on inner layers. With them the model returns a `GoogLeNetOutput` while it
        trains, and as ever one Tensor in evaluation.
    in_channels : int, default 3
        Channels of the images.
    dropout, dropout_aux : float, default 0.2 and 0.7
        Share of the features that are put to zero before the last layer, and in the heads. The
        paper says 0.4 for the former.

    Raises
    ------
    ValueError
        If `wide_kernel` is neither 3 nor 5.

    Notes
    -----
    The weights that torchvision offers were trained on images normalised with mean 0.5 and
    standard deviation 0.5 in each channel.

    References
    ----------
    .. [1] C. Szegedy et al., "Going deeper with convolutions", CVPR 2015, table 1.

    Examples
    --------
    >>> from coursecnn.models import build, count_parameters
    >>> paper, five = {"wide_kernel": 5, "batch_norm": False}, {"wide_kernel": 5}
    >>> with torch.device("meta"):  # count without drawing the weights
    ...     [count_parameters(build("googlenet", **options)) for options in (paper, five, {})]
    [6998552, 7005832, 6624904]
    """

    def __init__(
        self,
        num_classes=1000,
        *,
        wide_kernel=3,
        batch_norm=True,
        aux_logits=False,
        in_channels=3,
        dropout=0.2,
        dropout_aux=0.7,
    ):
        super().__init__()
        if wide_kernel not in (3, 5):
            raise ValueError(f"`wide_kernel` must be 3 or 5; received {wide_kernel!r}")
        conv = partial(_conv, batch_norm=batch_norm)
        self.in_channels = in_channels
        self._add_stem(conv)
        self._add_inceptions(partial(Inception, conv=conv, wide_kernel=wide_kernel))
        self._has_heads = aux_logits
        if aux_logits:
            self.aux1 = _aux_head(512, num_classes, conv, dropout_aux)
            self.aux2 = _aux_head(528, num_classes, conv, dropout_aux)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.dropout = nn.Dropout(dropout)
        self.fc = nn.Linear(1024, num_classes)
        he_initialisation(self)

    def _add_stem(self, conv):
        self.conv1 = conv(self.in_channels, 64, 7, stride=2)
        self.maxpool1 = nn.MaxPool2d(3, stride=2, ceil_mode=True)
        self.conv2 = conv(64, 64, 1)
        self.conv3 = conv(64, 192, 3)
        self.maxpool2 = nn.MaxPool2d(3, stride=2, ceil_mode=True)

    def _add_inceptions(self, inception):
        self.inception3a = inception(192, 64, (96, 128), (16, 32), 32)
        self.inception3b = inception(256, 128, (128, 192), (32, 96), 64)
        self.maxpool3 = nn.MaxPool2d(3, stride=2, ceil_mode=True)
        self.inception4a = inception(480, 192, (96, 208), (16, 48), 64)
        self.inception4b = inception(512, 160, (112, 224), (24, 64), 64)
        self.inception4c = inception(512, 128, (128, 256), (24, 64), 64)
        self.inception4d = inception(512, 112, (144, 288), (32, 64), 64)
        self.inception4e = inception(528, 256, (160, 320), (32, 128), 128)
        # The paper's window is 3×3; torchvision's 2×2 sees other pixels and is what its weights
        # were trained with. Neither has parameters.
        self.maxpool4 = nn.MaxPool2d(2, stride=2, ceil_mode=True)
        self.inception5a = inception(832, 256, (160, 320), (32, 128), 128)
        self.inception5b = inception(832, 384, (192, 384), (48, 128), 128)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=15)
        x = self.maxpool2(self.conv3(self.conv2(self.maxpool1(self.conv1(x)))))
        x = self.maxpool3(self.inception3b(self.inception3a(x)))
        early = self.inception4a(x)
        late = self.inception4d(self.inception4c(self.inception4b(early)))
        # The heads come here, so that a seed drops the same features as it does in torchvision.
        aux = [self.aux1(early), self.aux2(late)] if self.training and self._has_heads else []
        x = self.maxpool4(self.inception4e(late))
        x = self.avgpool(self.inception5b(self.inception5a(x)))
        logits = self.fc(self.dropout(torch.flatten(x, 1)))
        return GoogLeNetOutput(logits, aux[1], aux[0]) if aux else logits


def _conv(in_channels, out_channels, kernel_size, *, stride=1, batch_norm):
    """A convolution that keeps the size but for its stride, and what follows it."""
    options = {"stride": stride, "padding": kernel_size // 2, "bias": not batch_norm}
    layers = OrderedDict(conv=nn.Conv2d(in_channels, out_channels, kernel_size, **options))
    if batch_norm:
        layers["bn"] = nn.BatchNorm2d(out_channels, eps=0.001)
    layers["relu"] = nn.ReLU()
    return nn.Sequential(layers)


def _aux_head(in_channels, num_classes, conv, dropout):
    """Section 5: pool to 4×4, 1×1 convolution, two dense layers."""
    return nn.Sequential(
        OrderedDict(
            pool=nn.AdaptiveAvgPool2d(4),
            conv=conv(in_channels, 128, 1),
            flatten=nn.Flatten(),
            fc1=nn.Linear(128 * 4 * 4, 1024),
            relu=nn.ReLU(),
            dropout=nn.Dropout(dropout),
            fc2=nn.Linear(1024, num_classes),
        )
    )
