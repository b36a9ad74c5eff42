"""The reference: the operations of a convolutional network in NumPy, forward and backward.

Its modules, in the order of the course:

- `correlation`: convolution as mathematics has it, without channels, and the matrix that it is.
- `convolution`: convolutional layers over one, two and three axes, their definition first. Their
  arguments are read in `_arguments`, their products are made in `_im2col`.
- `transposed_convolution`: the way back to a larger image, as a layer.
- `max_pooling` and `average_pooling`: one number for each window.
- `activations`: from `relu` to `gelu`, entry by entry.
- `linear`: the dense layer.
- `losses`: softmax, and how wrong the scores are.
- `regularisation`: batch normalisation and dropout.
- `kernels`, `gratings` and `example`: weights with a name, and the worked example.
"""

from coursecnn.ops import example, kernels
from coursecnn.ops.activations import (
    elu,
    elu_backward,
    gelu,
    gelu_backward,
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from coursecnn.ops.average_pooling import (
    avg_pool1d,
    avg_pool1d_backward,
    avg_pool2d,
    avg_pool2d_backward,
    avg_pool3d,
    avg_pool3d_backward,
    global_avg_pool2d,
    global_avg_pool2d_backward,
)
from coursecnn.ops.convolution import (
    conv1d,
    conv1d_backward,
    conv2d,
    conv2d_backward,
    conv3d,
    conv3d_backward,
    conv_by_definition,
)
from coursecnn.ops.correlation import convolve, cross_correlate, toeplitz
from coursecnn.ops.gratings import gabor, grating, motion_pair
from coursecnn.ops.linear import linear, linear_backward
from coursecnn.ops.losses import (
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_backward,
    cross_entropy,
    cross_entropy_backward,
    log_softmax,
    log_softmax_backward,
    mse,
    mse_backward,
    softmax,
    softmax_backward,
)
from coursecnn.ops.max_pooling import (
    max_pool1d,
    max_pool1d_backward,
    max_pool2d,
    max_pool2d_backward,
    max_pool3d,
    max_pool3d_backward,
)
from coursecnn.ops.regularisation import (
    batch_norm,
    batch_norm_backward,
    batch_statistics,
    dropout,
    dropout_backward,
)
from coursecnn.ops.transposed_convolution import conv_transpose2d, conv_transpose2d_backward

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
    "conv_by_definition",
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
