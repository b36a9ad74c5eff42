"""Models by name, as torchvision does it."""

from difflib import get_close_matches
from functools import partial

from coursecnn.models.alexnet import AlexNet, ZFNet
from coursecnn.models.dcgan import Discriminator, Generator
from coursecnn.models.efficientnet import EfficientNetLite
from coursecnn.models.googlenet import GoogLeNet
from coursecnn.models.lenet import LeNet5
from coursecnn.models.lenet_1998 import LeNet5Of1998
from coursecnn.models.mlp import MLP
from coursecnn.models.resnet import ResNet
from coursecnn.models.resnet9 import ResNet9
from coursecnn.models.resnet_cifar import CifarResNet
from coursecnn.models.small import ThreeConv, TinyVGG
from coursecnn.models.vgg import VGG
from coursecnn.shapes.integers import integer

#: Every model by its name: what makes it, called with the options of its class.
MODELS = {
    "lenet5": LeNet5,
    "lenet5_1998": LeNet5Of1998,
    "alexnet": AlexNet,
    "zfnet": ZFNet,
    **{f"vgg{depth}": partial(VGG, depth) for depth in (11, 13, 16, 19)},
    **{f"vgg{depth}_bn": partial(VGG, depth, batch_norm=True) for depth in (11, 13, 16, 19)},
    "googlenet": GoogLeNet,
    **{f"resnet{depth}": partial(ResNet, depth) for depth in (18, 34, 50, 101, 152)},
    **{f"resnet{depth}": partial(CifarResNet, depth) for depth in (20, 32, 44, 56, 110)},
    "resnet9": ResNet9,
    "mlp": MLP,
    "threeconv": ThreeConv,
    "tinyvgg": TinyVGG,
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
        "alexnet", "vgg11" to "vgg19", with "_bn" where they normalise, "googlenet" and "resnet18"
        to "resnet152". The others are "lenet5", "lenet5_1998", "zfnet", "resnet20" to "resnet110"
        for CIFAR, "resnet9", "mlp", "threeconv", "tinyvgg", "efficientnet_lite0",
        "efficientnet_lite2", "dcgan_generator" and "dcgan_discriminator".
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
