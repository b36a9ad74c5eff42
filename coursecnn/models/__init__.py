"""Famous networks, written from their papers in the fewest clear lines."""

import coursecnn._torch  # noqa: F401  says what to do when torch is missing
from coursecnn.models.alexnet import AlexNet, ZFNet
from coursecnn.models.dcgan import Discriminator, Generator
from coursecnn.models.deep_mlp import deep_mlp
from coursecnn.models.efficientnet import EfficientNetLite, InvertedBottleneck
from coursecnn.models.googlenet import GoogLeNet, GoogLeNetOutput, Inception
from coursecnn.models.imagenet import class_names, guesses, prepare
from coursecnn.models.lenet import LeNet5
from coursecnn.models.lenet_1998 import LeNet5Of1998
from coursecnn.models.mlp import MLP
from coursecnn.models.registry import MODELS, build
from coursecnn.models.resnet import BasicBlock, Bottleneck, ResNet
from coursecnn.models.resnet9 import ResNet9
from coursecnn.models.resnet_cifar import CifarResNet
from coursecnn.models.small import ThreeConv, TinyVGG
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
    "Discriminator",
    "EfficientNetLite",
    "Generator",
    "GoogLeNet",
    "GoogLeNetOutput",
    "Inception",
    "InvertedBottleneck",
    "LeNet5",
    "LeNet5Of1998",
    "ResNet",
    "ResNet9",
    "Summary",
    "ThreeConv",
    "TinyVGG",
    "ZFNet",
    "build",
    "class_names",
    "count_parameters",
    "deep_mlp",
    "guesses",
    "prepare",
    "summary",
]
