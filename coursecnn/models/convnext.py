"""ConvNeXt: a ResNet modernised step by step, until it is as good as a transformer."""

from torch import nn

from coursecnn.models.blocks import ConvNeXtBlock, LayerNorm2d, check_images

# Section 3 of the paper: blocks of each stage, channels of the first (they double from stage to
# stage), and the share of images that skip the last block during training (appendix A).
_SIZES = {
    "tiny": ((3, 3, 9, 3), 96, 0.1),
    "small": ((3, 3, 27, 3), 96, 0.4),
    "base": ((3, 3, 27, 3), 128, 0.5),
    "large": ((3, 3, 27, 3), 192, 0.5),
}


class ConvNeXt(nn.Module):
    """Four stages of blocks with 7×7 kernels, with 2×2 convolutions in between, for 224×224 pixels.

    Parameters
    ----------
    size : {"tiny", "small", "base", "large"}, default "tiny"
        Which of the family.
    num_classes : int, default 1000
        Size of the output.
    in_channels : int, default 3
        Channels of the images.
    skipped : float, optional
        Share of the images that skip the last block during training; earlier blocks are skipped by
        fewer, the first by none. By default 0.1 in "tiny" and up to 0.5 in larger ones.

    Raises
    ------
    ValueError
        If there is no such size.

    References
    ----------
    .. [1] Z. Liu et al., "A ConvNet for the 2020s", CVPR 2022, section 3 and appendix A.

    Examples
    --------
    >>> import torch
    >>> from coursecnn.models import build, count_parameters
    >>> with torch.device("meta"):  # count without drawing the weights
    ...     count_parameters(build("convnext_tiny")), count_parameters(build("convnext_base"))
    (28589128, 88591464)
    """

    def __init__(self, size="tiny", num_classes=1000, *, in_channels=3, skipped=None):
        super().__init__()
        if size not in _SIZES:
            known = ", ".join(f'"{name}"' for name in _SIZES)
            raise ValueError(f"`size` must be one of {known}; received {size!r}")
        counts, channels, default = _SIZES[size]
        last, blocks = default if skipped is None else skipped, 0
        self.in_channels = in_channels
        stem = nn.Conv2d(in_channels, channels, 4, stride=4)
        stages = [nn.Sequential(stem, LayerNorm2d(channels))]
        for index, count in enumerate(counts):
            if index > 0:
                smaller = nn.Conv2d(channels, 2 * channels, 2, stride=2)
                stages.append(nn.Sequential(LayerNorm2d(channels), smaller))
                channels *= 2
            shares = [last * (blocks + i) / (sum(counts) - 1) for i in range(count)]
            stages.append(nn.Sequential(*(ConvNeXtBlock(channels, share) for share in shares)))
            blocks += count
        self.features = nn.Sequential(*stages)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(
            LayerNorm2d(channels), nn.Flatten(), nn.Linear(channels, num_classes)
        )
        for layer in self.modules():
            if isinstance(layer, nn.Conv2d | nn.Linear):
                nn.init.trunc_normal_(layer.weight, std=0.02)  # appendix A
                nn.init.zeros_(layer.bias)

    def forward(self, x):
        """Class scores, shape (N, num_classes), of images, shape (N, in_channels, H, W)."""
        check_images(x, self.in_channels, smallest=32)
        return self.classifier(self.avgpool(self.features(x)))
