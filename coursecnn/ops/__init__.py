"""The reference: the operations of a convolutional network in NumPy, forward and backward."""

from coursecnn.ops import example, kernels
from coursecnn.ops.avg_pool import (
    avg_pool1d,
    avg_pool1d_backward,
    avg_pool2d,
    avg_pool2d_backward,
    avg_pool3d,
    avg_pool3d_backward,
)
from coursecnn.ops.batch_norm import batch_norm, batch_norm_backward, batch_statistics
from coursecnn.ops.conv1d import conv1d, conv1d_backward
from coursecnn.ops.conv2d import conv2d, conv2d_backward
from coursecnn.ops.conv3d import conv3d, conv3d_backward
from coursecnn.ops.conv_transpose2d import conv_transpose2d, conv_transpose2d_backward
from coursecnn.ops.correlation import convolve, cross_correlate
from coursecnn.ops.dropout import dropout, dropout_backward
from coursecnn.ops.gabor import gabor, grating
from coursecnn.ops.global_avg_pool import global_avg_pool2d, global_avg_pool2d_backward
from coursecnn.ops.linear import linear, linear_backward
from coursecnn.ops.losses import (
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_backward,
    cross_entropy,
    cross_entropy_backward,
    mse,
    mse_backward,
)
from coursecnn.ops.max_pool import (
    max_pool1d,
    max_pool1d_backward,
    max_pool2d,
    max_pool2d_backward,
    max_pool3d,
    max_pool3d_backward,
)
from coursecnn.ops.motion import motion_pair
from coursecnn.ops.rectifiers import (
    elu,
    elu_backward,
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
)
from coursecnn.ops.smooth import (
    gelu,
    gelu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from coursecnn.ops.softmax import (
    log_softmax,
    log_softmax_backward,
    softmax,
    softmax_backward,
)
from coursecnn.ops.toeplitz import toeplitz

__all__ = [
    "avg_pool1d",
    "avg_pool1d_backward",
    "avg_pool2d",
    "avg_pool2d_backward",
    "avg_pool3d",
    "avg_pool3d_backward",
    "batch_norm",
    "batch_norm_backward",
    "batch_statistics",
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_backward",
    "conv1d",
    "conv1d_backward",
    "conv2d",
    "conv2d_backward",
    "conv3d",
    "conv3d_backward",
    "conv_transpose2d",
    "conv_transpose2d_backward",
    "convolve",
    "cross_correlate",
    "cross_entropy",
    "cross_entropy_backward",
    "dropout",
    "dropout_backward",
    "elu",
    "elu_backward",
    "example",
    "gabor",
    "gelu",
    "gelu_backward",
    "global_avg_pool2d",
    "global_avg_pool2d_backward",
    "grating",
    "kernels",
    "leaky_relu",
    "leaky_relu_backward",
    "linear",
    "linear_backward",
    "log_softmax",
    "log_softmax_backward",
    "max_pool1d",
    "max_pool1d_backward",
    "max_pool2d",
    "max_pool2d_backward",
    "max_pool3d",
    "max_pool3d_backward",
    "motion_pair",
    "mse",
    "mse_backward",
    "relu",
    "relu_backward",
    "sigmoid",
    "sigmoid_backward",
    "softmax",
    "softmax_backward",
    "tanh",
    "tanh_backward",
    "toeplitz",
]
