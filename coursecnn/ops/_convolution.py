"""Convolution layers over any number of axes: arguments checked, then handed to `_im2col`."""

from math import prod

import numpy as np

from coursecnn.ops import _im2col
from coursecnn.ops._arrays import batched, floats, like_output
from coursecnn.ops._geometry import Geometry
from coursecnn.ops._padding import pad, pad_backward
from coursecnn.shapes.integers import integer


def forward(axes, x, weight, bias, *, groups, padding_mode, **options):
    """Output of a convolution over `axes` axes; see `conv2d` for the arguments."""
    x, weight, bias = floats(x=x, weight=weight, bias=bias)
    images = batched(x, axes)
    groups = check(axes, images, weight, bias, groups)
    images, geometry, _ = _read(images, weight, padding_mode, **options)
    out = _im2col.convolution(images, weight, geometry, groups)
    if bias is not None:
        out += bias.reshape(-1, *(1,) * axes)
    return out if x.ndim == axes + 2 else out[0]


def backward(axes, grad, x, weight, *, input_gradient, groups, padding_mode, **options):
    """Gradients with respect to input, weight and bias; see `conv2d_backward`."""
    grad, x, weight = floats(grad=grad, x=x, weight=weight)
    images = batched(x, axes)
    groups = check(axes, images, weight, None, groups)
    images, geometry, border = _read(images, weight, padding_mode, **options)
    shape = (len(images), len(weight), *geometry.out)
    grads = like_output(grad, shape if x.ndim == axes + 2 else shape[1:]).reshape(shape)
    grad_weight = _im2col.weight_gradient(grads, images, geometry, groups)
    grad_bias = np.einsum("nkp->k", grads.reshape(*grads.shape[:2], prod(geometry.out)))
    if not input_gradient:
        return None, grad_weight, grad_bias
    grad_x = _im2col.input_gradient(grads, weight, geometry, groups)
    grad_x = pad_backward(grad_x, border, padding_mode)
    return grad_x.reshape(x.shape), grad_weight, grad_bias


def check(axes, images, weight, bias, groups):
    """Refuse kernels and biases that do not fit the images; return the number of groups."""
    groups = integer(groups, "groups", minimum=1)
    if weight.ndim != axes + 2:
        raise ValueError(
            f"`weight` must have {axes + 2} axes, (K, C, and {axes} of the kernel), "
            f"but its shape is {weight.shape}"
        )
    kernels, per_group = weight.shape[:2]
    channels = images.shape[1]
    if per_group * groups != channels:
        raise ValueError(
            f"`weight` has {per_group} input channels but `x` has {channels}; with `groups`="
            f"{groups} `x` must have {per_group * groups}"
        )
    if kernels % groups:
        raise ValueError(f"`weight` has {kernels} kernels, not divisible by `groups`={groups}")
    if bias is not None and bias.shape != (kernels,):
        raise ValueError(f"`bias` must have shape ({kernels},), one per kernel, not {bias.shape}")
    return groups


def _read(images, weight, padding_mode, **options):
    """Images, geometry, and the border that is real: zeros are left to `im2col`."""
    geometry = Geometry.read(images.shape[2:], weight.shape[2:], **options)
    if padding_mode == "zeros":
        return images, geometry, ((0, 0),) * len(geometry.out)
    padded = pad(images, geometry.padding, padding_mode)
    inside = Geometry.read(padded.shape[2:], weight.shape[2:], **options | {"padding": 0})
    return padded, inside, geometry.padding
