"""The layers of a convolutional network, named as in torch, each one operation of `ops`."""

import numpy as np

from coursecnn import ops
from coursecnn.numpy_net.layer import Function, Layer
from coursecnn.shapes import pair
from coursecnn.shapes.integers import integer


class ReLU(Function):
    """`ops.relu`, entry by entry."""

    operation, derivative = staticmethod(ops.relu), staticmethod(ops.relu_backward)


class Tanh(Function):
    """`ops.tanh`, entry by entry."""

    operation, derivative = staticmethod(ops.tanh), staticmethod(ops.tanh_backward)


class Sigmoid(Function):
    """`ops.sigmoid`, entry by entry."""

    operation, derivative = staticmethod(ops.sigmoid), staticmethod(ops.sigmoid_backward)


class MaxPool2d(Function):
    """`ops.max_pool2d`, with its kernel size and its options."""

    operation, derivative = staticmethod(ops.max_pool2d), staticmethod(ops.max_pool2d_backward)


class AvgPool2d(Function):
    """`ops.avg_pool2d`, with its kernel size and its options."""

    operation, derivative = staticmethod(ops.avg_pool2d), staticmethod(ops.avg_pool2d_backward)


class GlobalAvgPool2d(Function):
    """`ops.global_avg_pool2d`: one number per feature map."""

    operation = staticmethod(ops.global_avg_pool2d)
    derivative = staticmethod(ops.global_avg_pool2d_backward)


class Flatten(Layer):
    """All numbers of an image in one row; nothing is lost, and the way back restores the shape."""

    def forward(self, x):
        """From (N, C, H, W) to (N, C · H · W)."""
        self.shape = x.shape
        return x.reshape(len(x), -1)

    def backward(self, grad):
        """From (N, C · H · W) to (N, C, H, W)."""
        return grad.reshape(self.shape)


class Dropout(Layer):
    """`ops.dropout` while training, nothing otherwise.

    Parameters
    ----------
    p : float, default 0.5
        Probability that an entry falls.
    rng : numpy.random.Generator
        Draws a new mask in every step.
    """

    def __init__(self, p=0.5, *, rng):
        super().__init__()
        self.p, self.rng = p, rng

    def forward(self, x):
        """Silence a random part of `x`."""
        self.x, self.seed = x, int(self.rng.integers(2**63))
        return ops.dropout(x, p=self.p, seed=self.seed) if self.training else x

    def backward(self, grad):
        """Silence the same part of the gradient."""
        if not self.training:
            return grad
        return ops.dropout_backward(grad, self.x, p=self.p, seed=self.seed)


class Weighted(Layer):
    """A layer with weights and biases, drawn evenly from ±1/√fan_in as torch does.

    Subclasses name the operation of `ops` and its backward.
    """

    operation = derivative = None

    def __init__(self, shape, *, bias, rng, **options):
        super().__init__()
        self.options, self.backward_options = options, {}
        bound = 1 / np.sqrt(np.prod(shape[1:]))
        self.parameters["weight"] = rng.uniform(-bound, bound, shape).astype(np.float32)
        if bias:
            self.parameters["bias"] = rng.uniform(-bound, bound, shape[0]).astype(np.float32)

    def forward(self, x):
        """Apply the operation with the present weights."""
        self.x = x
        return self.operation(x, *self.parameters.values(), **self.options)

    def backward(self, grad):
        """Keep the gradients of weights and biases, hand back that of the input."""
        options = self.options | self.backward_options
        grad_x, *others = self.derivative(grad, self.x, self.parameters["weight"], **options)
        self.gradients = dict(zip(self.parameters, others, strict=False))
        return grad_x


class Linear(Weighted):
    """`ops.linear`: a dense layer.

    Parameters
    ----------
    in_features, out_features : int
        Numbers that go in and numbers that come out.
    bias : bool, default True
        Whether to add a bias to each output.
    rng : numpy.random.Generator
        Draws the first weights.
    """

    operation, derivative = staticmethod(ops.linear), staticmethod(ops.linear_backward)

    def __init__(self, in_features, out_features, *, bias=True, rng):
        sizes = {"out_features": out_features, "in_features": in_features}
        shape = tuple(integer(size, name, minimum=1) for name, size in sizes.items())
        super().__init__(shape, bias=bias, rng=rng)


class Conv2d(Weighted):
    """`ops.conv2d`: a convolutional layer.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels of the input, and number of kernels.
    kernel_size : int or (int, int)
        Height and width of the kernels.
    stride, padding, dilation, groups, padding_mode : as in `ops.conv2d`
        As for `ops.conv2d`.
    bias : bool, default True
        Whether to add a bias to each feature map.
    input_gradient : bool, default True
        Whether `backward` hands back a gradient; the first layer of a network can do without.
    rng : numpy.random.Generator
        Draws the first weights.

    Raises
    ------
    ValueError
        If `groups` does not divide the channels.
    """

    operation, derivative = staticmethod(ops.conv2d), staticmethod(ops.conv2d_backward)

    def __init__(
        self, in_channels, out_channels, kernel_size, *, stride=1, padding=0, dilation=1,
        groups=1, padding_mode="zeros", bias=True, input_gradient=True, rng,
    ):  # fmt: skip
        if in_channels % groups or out_channels % groups:
            raise ValueError(
                f"`groups` (={groups}) must divide `in_channels` (={in_channels}) "
                f"and `out_channels` (={out_channels})"
            )
        kernel = pair(kernel_size, name="kernel_size", minimum=1)
        super().__init__(
            (out_channels, in_channels // groups, *kernel), bias=bias, rng=rng, stride=stride,
            padding=padding, dilation=dilation, groups=groups, padding_mode=padding_mode,
        )  # fmt: skip
        self.backward_options = {"input_gradient": input_gradient}
