"""Models by name, as torchvision does it."""

from difflib import get_close_matches
from functools import partial

from coursecnn.models.alexnet import AlexNet, ZFNet
from coursecnn.models.convnext import ConvNeXt
from coursecnn.models.dcgan import Discriminator, Generator
from coursecnn.models.densenet import DenseNet
from coursecnn.models.efficientnet import EfficientNet, EfficientNetLite
from coursecnn.models.googlenet import GoogLeNet
from coursecnn.models.lenet import LeNet5
from coursecnn.models.lenet_1998 import LeNet5Of1998
from coursecnn.models.mlp import MLP
from coursecnn.models.mobilenet import MobileNetV2, MobileNetV3Small
from coursecnn.models.nin import NetworkInNetwork
from coursecnn.models.regnet import RegNetY
from coursecnn.models.resnet import ResNet
from coursecnn.models.resnet9 import ResNet9
from coursecnn.models.resnet_cifar import CifarResNet
from coursecnn.models.small import (
    SmallAlexNet,
    SmallDenseNet,
    SmallGoogLeNet,
    SmallNiN,
    SmallVGG,
    ThreeConv,
    TinyVGG,
)
from coursecnn.models.squeezenet import SqueezeNet
from coursecnn.models.vgg import VGG
from coursecnn.shapes.integers import integer

#: Every model by its name: what makes it, called with the options of its class.
MODELS = {
    "lenet5": LeNet5,
    "lenet5_1998": LeNet5Of1998,
    "alexnet": AlexNet,
    "zfnet": ZFNet,
    "nin": NetworkInNetwork,
    **{f"vgg{depth}": partial(VGG, depth) for depth in (11, 13, 16, 19)},
    **{f"vgg{depth}_bn": partial(VGG, depth, batch_norm=True) for depth in (11, 13, 16, 19)},
    "googlenet": GoogLeNet,
    **{f"resnet{depth}": partial(ResNet, depth) for depth in (18, 34, 50, 101, 152)},
    "resnext50_32x4d": partial(ResNet, 50, groups=32, group_width=4),
    "resnext101_32x8d": partial(ResNet, 101, groups=32, group_width=8),
    "squeezenet1_1": SqueezeNet,
    **{f"densenet{depth}": partial(DenseNet, depth) for depth in (121, 169, 201)},
    "mobilenet_v2": MobileNetV2,
    "mobilenet_v3_small": MobileNetV3Small,
    **{f"efficientnet_b{version}": partial(EfficientNet, version) for version in range(8)},
    **{f"regnet_y_{version}": partial(RegNetY, version) for version in ("400mf", "800mf")},
    **{f"convnext_{size}": partial(ConvNeXt, size) for size in ("tiny", "small", "base", "large")},
    **{f"resnet{depth}": partial(CifarResNet, depth) for depth in (20, 32, 44, 56, 110)},
    "resnet9": ResNet9,
    "mlp": MLP,
    "threeconv": ThreeConv,
    "tinyvgg": TinyVGG,
    "alexnet_small": SmallAlexNet,
    "nin_small": SmallNiN,
    "vgg_small": SmallVGG,
    "googlenet_small": SmallGoogLeNet,
    "densenet_small": SmallDenseNet,
    **{f"efficientnet_lite{version}": partial(EfficientNetLite, version) for version in (0, 2)},
    "dcgan_generator": Generator,
    "dcgan_discriminator": Discriminator,
}


def build(name, num_classes=None, **options):
    """Make a model with fresh random weights.

    Parameters
    ----------
    name : str
        A key of `MODELS`. What torchvision has too bears its name there, and takes its weights:
        "alexnet", "vgg11" to "vgg19", with "_bn" where they normalise, "googlenet", "resnet18" to
        "resnet152", "resnext50_32x4d", "resnext101_32x8d", "squeezenet1_1", "densenet121" to
        "densenet201", "mobilenet_v2", "mobilenet_v3_small", "efficientnet_b0" to
        "efficientnet_b7", "regnet_y_400mf", "regnet_y_800mf" and "convnext_tiny" to
        "convnext_large". The others are "lenet5", "lenet5_1998", "zfnet", "efficientnet_lite0",
        "efficientnet_lite2", "mlp", "dcgan_generator", "dcgan_discriminator", and for images of 28
        to 32 pixels "nin", "resnet20" to "resnet110", "resnet9", "threeconv", "tinyvgg",
        "alexnet_small", "nin_small", "vgg_small", "googlenet_small" and "densenet_small".
    num_classes : int, optional
        Size of the output; by default the model's own, 1000 for photographs and 10 for small
        images.
    **options
        Handed to the model's class, which describes them.

    Returns
    -------
    nn.Module
        The model, in training mode.

    Raises
    ------
    TypeError
        If `num_classes` is not an integer, or the model has no such option.
    ValueError
        If no model has that name, or a value is out of its range.

    Examples
    --------
    >>> build("resnet18", num_classes=2).fc
    Linear(in_features=512, out_features=2, bias=True)
    """
    if name not in MODELS:
        close = get_close_matches(str(name), MODELS, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise ValueError(f"`name` must be one of {', '.join(MODELS)}; received {name!r}{hint}")
    if num_classes is not None:
        options["num_classes"] = integer(num_classes, "num_classes", minimum=1)
    return MODELS[name](**options)
