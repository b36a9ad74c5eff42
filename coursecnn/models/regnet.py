"""RegNet: four numbers and a rule give the width and the depth of every stage."""

import math
from collections import Counter, OrderedDict
from typing import NamedTuple

import torch
from torch import nn

from coursecnn.models.blocks import (
    RegNetBlock,
    check_images,
    conv_block,
    he_initialisation,
    round_to,
)


class _Design(NamedTuple):
    """The numbers of one network: w₀, w_a, w_m, d and g of the paper."""

    first_width: int
    slope: float
    factor: float
    depth: int
    group_width: int


# The best networks of the search, appendix of the paper; the keys are multiplications.
_DESIGNS = {
    "400mf": _Design(48, 27.89, 2.09, 16, 8),
    "800mf": _Design(56, 38.84, 2.4, 14, 16),
}


class RegNetY(nn.Module):
    """A stem, four stages of grouped blocks that squeeze and excite, and one dense layer.

    Parameters
    ----------
    version : {"400mf", "800mf"}, default "400mf"
        Which of the family, by its millions of multiplications for 224×224 pixels.
    num_classes : int, default 1000
        Size of the output.
    in_channels : int, default 3
        Channels of the images.

    Attributes
    ----------
    stages : tuple of (int, int)
        Width and number of blocks of each stage, as the rule gives them.

    Raises
    ------
    ValueError
        If there is no such version.

    Notes
    -----
    The rule: block j should have w₀ + w_a j channels, a straight line. Each is replaced by the
    nearest of w₀, w₀ w_m, w₀ w_m², …, nearest on a logarithmic scale, and rounded to a multiple
    of 8 and of the group width, so that blocks of one width make a stage. Halves are rounded up, as
    in torchvision; the authors round them to even, which gives 128 and 768 channels where "800mf"
    has 144 and 784 here.

    References
    ----------
    .. [1] I. Radosavovic, R. Kosaraju, R. Girshick, K. He and P. Dollár, "Designing network design
       spaces", CVPR 2020, section 3.3, equations 2 to 4, and appendix.

    Examples
    --------
    >>> from coursecnn.models import count_parameters
    >>> net = RegNetY("400mf")
    >>> count_parameters(net), net.stages
    (4344144, ((48, 1), (104, 3), (208, 6), (440, 6)))
    """

    def __init__(self, version="400mf", num_classes=1000, *, in_channels=3):
        super().__init__()
        if version not in _DESIGNS:
            known = " or ".join(f'"{name}"' for name in _DESIGNS)
            raise ValueError(f"`version` must be {known}; received {version!r}")
        design = _DESIGNS[version]
        self.in_channels, self.stages = in_channels, _stages(design)
        self.stem = conv_block(in_channels, 32, stride=2)
        body, channels = OrderedDict(), 32
        for index, (width, count) in enumerate(self.stages, start=1):
            stage = _stage(index, channels, width, count, design.group_width)
            body[f"block{index}"], channels = stage, width
        self.trunk_output = nn.Sequential(body)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(channels, num_classes)
        he_initialisation(self)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels)
        return self.fc(torch.flatten(self.avgpool(self.trunk_output(self.stem(x))), 1))


def _stages(design):
    """Width and number of blocks of each stage."""
    widths = []
    for block in range(design.depth):
        wished = design.first_width + design.slope * block
        power = round(math.log(wished / design.first_width, design.factor))
        widths.append(round(design.first_width * design.factor**power / 8) * 8)
    return tuple(
        (round_to(design.group_width, width), count) for width, count in Counter(widths).items()
    )


def _stage(index, in_channels, width, count, group_width):
    """`count` blocks, the first of which halves the maps; they squeeze to a quarter of their
    input."""
    blocks = OrderedDict()
    for number in range(count):
        blocks[f"block{index}-{number}"] = RegNetBlock(
            in_channels, width, 1 if number else 2,
            group_width=group_width, squeezed=round(in_channels / 4),
        )  # fmt: skip
        in_channels = width
    return nn.Sequential(blocks)
