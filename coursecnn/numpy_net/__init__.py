"""The smallest honest neural network: layers, a chain of them, a rule to step, a loop to train."""

from coursecnn.numpy_net.batch_norm import BatchNorm2d
from coursecnn.numpy_net.layer import Function, Layer
from coursecnn.numpy_net.layers import (
    AvgPool2d,
    Conv2d,
    Dropout,
    Flatten,
    GlobalAvgPool2d,
    Linear,
    MaxPool2d,
    ReLU,
    Sigmoid,
    Tanh,
)
from coursecnn.numpy_net.lenet import lenet5
from coursecnn.numpy_net.optimizers import SGD, Adam, Momentum
from coursecnn.numpy_net.sequential import Sequential
from coursecnn.numpy_net.training import evaluate, fit, predict, to_input

__all__ = [
    "SGD",
    "Adam",
    "AvgPool2d",
    "BatchNorm2d",
    "Conv2d",
    "Dropout",
    "Flatten",
    "Function",
    "GlobalAvgPool2d",
    "Layer",
    "Linear",
    "MaxPool2d",
    "Momentum",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "Tanh",
    "evaluate",
    "fit",
    "lenet5",
    "predict",
    "to_input",
]
