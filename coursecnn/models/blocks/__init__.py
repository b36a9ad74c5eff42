"""What networks repeat, one idea a module; the networks themselves say how often and how wide."""

from coursecnn.models.blocks.bottleneck import Bottleneck, RegNetBlock
from coursecnn.models.blocks.convnext import ConvNeXtBlock, LayerNorm2d
from coursecnn.models.blocks.convolution import conv_block, mlpconv
from coursecnn.models.blocks.dense import DenseLayer, transition
from coursecnn.models.blocks.fire import Fire
from coursecnn.models.blocks.images import check_images
from coursecnn.models.blocks.inception import Inception
from coursecnn.models.blocks.initialisation import he_initialisation
from coursecnn.models.blocks.inverted import InvertedBottleneck, InvertedResidual, round_to
from coursecnn.models.blocks.residual import BasicBlock, ThinnedShortcut, projection
from coursecnn.models.blocks.squeeze_excitation import SqueezeExcitation
from coursecnn.models.blocks.stochastic_depth import skip_at_random

__all__ = [
    "BasicBlock",
    "Bottleneck",
    "ConvNeXtBlock",
    "DenseLayer",
    "Fire",
    "Inception",
    "InvertedBottleneck",
    "InvertedResidual",
    "LayerNorm2d",
    "RegNetBlock",
    "SqueezeExcitation",
    "ThinnedShortcut",
    "check_images",
    "conv_block",
    "he_initialisation",
    "mlpconv",
    "projection",
    "round_to",
    "skip_at_random",
    "transition",
]
