"""LeNet-5 as its paper describes it, 60,000 trainable parameters."""

import math

import torch
from torch import nn

from coursecnn.models.blocks import check_images

# Table I of the paper: which maps of S2 each of the 16 maps of C3 reads.
TABLE = (
    (0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (4, 5, 0), (5, 0, 1),
    (0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (3, 4, 5, 0), (4, 5, 0, 1), (5, 0, 1, 2),
    (0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5),
    (0, 1, 2, 3, 4, 5),
)  # fmt: skip

# Pictures of the ten digits, 7×12: what the 84 units of F6 are to show. Drawn for this course
# in the manner of figure 3.
_DIGITS = """
..###.. ...##.. .#####. .#####. ....##. ####### ..####. ####### .#####. .#####.
.##.##. ..###.. ##...## ##...## ...###. ####### .##..## ####### ##...## ##...##
##...## .####.. ##...## .....## ..####. ##..... ##..... .....## ##...## ##...##
##...## ...##.. .....## .....## ..#.##. ##..... ##..... .....## ##...## ##...##
##...## ...##.. .....## .....## .##.##. ######. ##..... ....##. ##...## ##...##
##...## ...##.. ....##. ..####. .#..##. ##...## ######. ....##. .#####. .######
##...## ...##.. ...##.. ..####. ##..##. .....## ##...## ...##.. .#####. .....##
##...## ...##.. ..##... .....## ####### .....## ##...## ...##.. ##...## .....##
##...## ...##.. .##.... .....## ####### .....## ##...## ..##... ##...## .....##
##...## ...##.. ##..... .....## ....##. ##...## ##...## ..##... ##...## .....##
.##.##. .###### ####### ##...## ....##. ##...## ##...## ..##... ##...## ##..##.
..###.. .###### ####### .#####. ....##. .#####. .#####. ..##... .#####. .####..
"""


class LeNet5Of1998(nn.Module):
    """LeNet-5 with partial connections, trainable subsampling and a code for each digit.

    The layers have the names of the paper. What is simplified: the codes of the digits were drawn
    anew, and the outputs are minus the paper's distances, so that the largest is the best.
    With `cross_entropy` this is the paper's second loss (equation 9) but for its constant j.

    Parameters
    ----------
    num_classes : int, default 10
        Size of the output, at most 10: the codes are pictures of the digits.

    Raises
    ------
    ValueError
        If `num_classes` is not between 1 and 10.

    Notes
    -----
    The paper scales the images to −0.1 for paper and 1.175 for ink, which makes their mean about
    0 and their variance about 1.

    References
    ----------
    .. [1] Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to
       document recognition", Proc. IEEE 86(11), 1998, section II.B and appendix A.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> count_parameters(LeNet5Of1998())
    60000
    """

    def __init__(self, num_classes=10):
        super().__init__()
        if not 1 <= num_classes <= 10:
            raise ValueError(
                "`num_classes` must be between 1 and 10, as the codes are pictures of digits; "
                f'received {num_classes!r}; "lenet5" has any number'
            )
        self.c1 = nn.Conv2d(1, 6, 5)
        self.s2 = Subsampling(6)
        self.c3 = PartialConv2d(TABLE, 5)
        self.s4 = Subsampling(16)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.squash = ScaledTanh()
        self.output = Codes(_codes()[:num_classes])
        self.apply(_initialise)

    def forward(self, x):
        """Minus the distance to each digit's code, shape (N, num_classes), of (N, 1, 32, 32)."""
        check_images(x, 1, size=32)
        x = self.squash(self.s2(self.squash(self.c1(x))))
        x = self.squash(self.s4(self.squash(self.c3(x))))
        x = torch.flatten(self.squash(self.c5(x)), 1)
        return self.output(self.squash(self.f6(x)))


class ScaledTanh(nn.Module):
    """A tanh that maps 1 to 1 and −1 to −1, where it is most curved; appendix A."""

    def forward(self, x):
        """1.7159 tanh(2x / 3) of each entry."""
        return 1.7159 * torch.tanh(2 / 3 * x)


class Subsampling(nn.Module):
    """The sum of 2×2 pixels times a trained coefficient plus a trained bias, one of each per map.

    Parameters
    ----------
    channels : int
        Number of maps.
    """

    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.full((channels, 1, 1), 0.25))  # starts as the mean
        self.bias = nn.Parameter(torch.zeros(channels, 1, 1))

    def forward(self, x):
        """Maps, shape (N, channels, H / 2, W / 2), of (N, channels, H, W)."""
        total = nn.functional.avg_pool2d(x, 2, divisor_override=1)
        return self.weight * total + self.bias


class PartialConv2d(nn.Module):
    """A convolution each of whose output maps reads some of the input maps only.

    Parameters
    ----------
    table : sequence of tuple of int
        For each output map the input maps that it reads; rows of equal length stand together.
    kernel_size : int
        Of every kernel.
    """

    def __init__(self, table, kernel_size):
        super().__init__()
        lengths = sorted({len(row) for row in table})
        self.reads = [[i for row in table if len(row) == n for i in row] for n in lengths]
        self.convs = nn.ModuleList(
            nn.Conv2d(len(reads), len(reads) // n, kernel_size, groups=len(reads) // n)
            for n, reads in zip(lengths, self.reads, strict=True)
        )

    def forward(self, x):
        """Maps, shape (N, len(table), H_out, W_out)."""
        chosen = zip(self.convs, self.reads, strict=True)
        return torch.cat([conv(x[:, reads]) for conv, reads in chosen], 1)


class Codes(nn.Module):
    """Compare the features with a fixed code for each class; the paper's RBF units.

    Parameters
    ----------
    codes : Tensor, shape (num_classes, features)
        Not trained.
    """

    def __init__(self, codes):
        super().__init__()
        self.register_buffer("codes", codes)

    def forward(self, x):
        """Minus the squared distance to each code, shape (N, num_classes), of (N, features)."""
        return -(x[:, None] - self.codes).square().sum(-1)


def _codes():
    """The pictures as rows of ±1, shape (10, 84)."""
    rows = [line.split() for line in _DIGITS.split("\n")[1:-1]]
    pictures = ["".join(parts) for parts in zip(*rows, strict=True)]
    return torch.tensor(
        [[1.0 if mark == "#" else -1.0 for mark in picture] for picture in pictures]
    )


def _initialise(layer):
    """Appendix A: weights uniform within ±2.4 / F, with F inputs of the unit."""
    if isinstance(layer, nn.Conv2d | nn.Linear):
        bound = 2.4 / math.prod(layer.weight.shape[1:])
        nn.init.uniform_(layer.weight, -bound, bound)
        nn.init.uniform_(layer.bias, -bound, bound)
