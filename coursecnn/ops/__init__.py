"""The reference: the operations of a convolutional network in NumPy, forward and backward."""

from coursecnn.ops import example, kernels
from coursecnn.ops.activations import relu, relu_backward
from coursecnn.ops.conv2d import conv2d, conv2d_backward
from coursecnn.ops.correlation import convolve, cross_correlate
from coursecnn.ops.max_pool import max_pool2d, max_pool2d_backward

__all__ = [
    "conv2d",
    "conv2d_backward",
    "convolve",
    "cross_correlate",
    "example",
    "kernels",
    "max_pool2d",
    "max_pool2d_backward",
    "relu",
    "relu_backward",
]
