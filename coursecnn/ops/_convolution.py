"""Convolution over any number of axes: unroll the windows of an image, then multiply matrices.

The windows of one image become the columns of a matrix, the kernels are the rows of another, and
their product is the feature map. One buffer holds the columns and serves every image in turn.
"""

from math import prod

import numpy as np

from coursecnn.ops._arrays import batched, floats, like_output
from coursecnn.ops._geometry import Geometry
from coursecnn.ops.padding import pad, pad_backward
from coursecnn.shapes.integers import integer


def forward(axes, x, weight, bias, *, groups, padding_mode, **options):
    """Output of a convolution over `axes` axes; see `conv2d` for the arguments."""
    x, weight, bias = floats(x=x, weight=weight, bias=bias)
    images = batched(x, axes)
    groups = _check(axes, images, weight, bias, groups)
    geometry = Geometry.read(images.shape[2:], weight.shape[2:], **options)
    padded = pad(images, geometry.padding, padding_mode)
    kernels = _as_rows(weight, groups)
    out = np.empty((len(images), len(weight), *geometry.out), x.dtype)
    maps = out.reshape(len(images), *kernels.shape[:2], prod(geometry.out))
    for columns, result in zip(_columns(padded, geometry, groups), maps, strict=True):
        np.matmul(kernels, columns, out=result)
    if bias is not None:
        out += bias.reshape(-1, *(1,) * axes)
    return out if images is x else out[0]


def backward(axes, grad, x, weight, *, groups, padding_mode, **options):
    """Gradients with respect to input, weight and bias; see `conv2d_backward`."""
    grad, x, weight = floats(grad=grad, x=x, weight=weight)
    images = batched(x, axes)
    groups = _check(axes, images, weight, None, groups)
    geometry = Geometry.read(images.shape[2:], weight.shape[2:], **options)
    shape = (len(images), len(weight), *geometry.out)
    grads = like_output(grad, shape if images is x else shape[1:]).reshape(shape)
    padded = pad(images, geometry.padding, padding_mode)
    kernels = _as_rows(weight, groups)
    grad_padded, grad_kernels = np.zeros_like(padded), np.zeros_like(kernels)
    maps = grads.reshape(len(images), *kernels.shape[:2], prod(geometry.out))
    unrolled = _columns(padded, geometry, groups)
    for columns, grad_map, grad_image in zip(unrolled, maps, grad_padded, strict=True):
        grad_kernels += grad_map @ columns.swapaxes(-1, -2)
        np.matmul(kernels.swapaxes(-1, -2), grad_map, out=columns)
        geometry.scatter(columns.reshape(-1, *geometry.kernel, *geometry.out), grad_image)
    grad_x = pad_backward(grad_padded, geometry.padding, padding_mode).reshape(x.shape)
    return grad_x, grad_kernels.reshape(weight.shape), grads.sum(axis=(0, *range(2, axes + 2)))


def _as_rows(weight, groups):
    """The kernels as rows of a matrix, one matrix for each group."""
    return weight.reshape(groups, len(weight) // groups, prod(weight.shape[1:]))


def _columns(padded, geometry, groups):
    """For each image its windows as columns, one matrix per group, in a buffer that is reused."""
    channels = padded.shape[1]
    buffer = np.empty((channels, *geometry.kernel, *geometry.out), padded.dtype)
    columns = buffer.reshape(groups, -1, prod(geometry.out)) if channels else buffer
    for windows in geometry.windows(padded):
        np.copyto(buffer, windows)
        yield columns


def _check(axes, images, weight, bias, groups):
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
            f"`weight` has {per_group} input channels but `x` has {channels}; "
            f"with `groups`={groups} `weight` must have {channels}/{groups}"
        )
    if kernels % groups:
        raise ValueError(f"`weight` has {kernels} kernels, not divisible by `groups`={groups}")
    if bias is not None and bias.shape != (kernels,):
        raise ValueError(f"`bias` must have shape ({kernels},), one per kernel, not {bias.shape}")
    return groups
