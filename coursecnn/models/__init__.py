"""Famous networks, written from their papers in the fewest clear lines."""

import coursecnn._torch  # noqa: F401  says what to do when torch is missing
from coursecnn.models import blocks
from coursecnn.models.alexnet import AlexNet, ZFNet
from coursecnn.models.blocks import BasicBlock, Bottleneck, Inception, InvertedBottleneck
from coursecnn.models.convnext import ConvNeXt
from coursecnn.models.dcgan import Discriminator, Generator
from coursecnn.models.deep_mlp import deep_mlp
from coursecnn.models.densenet import DenseNet
from coursecnn.models.efficientnet import EfficientNet, EfficientNetLite
from coursecnn.models.googlenet import GoogLeNet, GoogLeNetOutput
from coursecnn.models.graph import block_graph
from coursecnn.models.imagenet import class_names, guesses, prepare
from coursecnn.models.lenet import LeNet5
from coursecnn.models.lenet_1998 import LeNet5Of1998
from coursecnn.models.mlp import MLP
from coursecnn.models.mobilenet import MobileNetV2, MobileNetV3Small
from coursecnn.models.nin import NetworkInNetwork
from coursecnn.models.registry import MODELS, build
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
from coursecnn.models.summary import Summary, count_parameters, summary
from coursecnn.models.vgg import VGG

__all__ = [
    "MLP",
    "MODELS",
    "VGG",
    "AlexNet",
    "BasicBlock",
    "Bottleneck",
    "CifarResNet",
    "ConvNeXt",
    "DenseNet",
    "Discriminator",
    "EfficientNet",
    "EfficientNetLite",
    "Generator",
    "GoogLeNet",
    "GoogLeNetOutput",
    "Inception",
    "InvertedBottleneck",
    "LeNet5",
    "LeNet5Of1998",
    "MobileNetV2",
    "MobileNetV3Small",
    "NetworkInNetwork",
    "RegNetY",
    "ResNet",
    "ResNet9",
    "SmallAlexNet",
    "SmallDenseNet",
    "SmallGoogLeNet",
    "SmallNiN",
    "SmallVGG",
    "SqueezeNet",
    "Summary",
    "ThreeConv",
    "TinyVGG",
    "ZFNet",
    "block_graph",
    "blocks",
    "build",
    "class_names",
    "count_parameters",
    "deep_mlp",
    "guesses",
    "prepare",
    "summary",
]
