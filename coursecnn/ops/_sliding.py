"""The three products of a convolution, over any number of axes, on arrays that are known to fit.

`correlate` is linear in the images and in the kernels; `spread` is its adjoint in the images and
`weigh` its adjoint in the kernels, so these two are all that backpropagation needs.
"""

from dataclasses import replace
from math import prod

import numpy as np

from coursecnn.ops._unroll import fold, tiles, unroll


def correlate(images, weight, geometry, groups):
    """Response of every kernel at every window, shape (N, K, *out)."""
    out = np.empty((len(images), len(weight), *geometry.out), images.dtype)
    kernels, maps = _as_rows(weight, groups), _as_maps(out, groups)
    for number, positions, columns in unroll(images, geometry, groups):
        np.matmul(kernels, columns, out=maps[number, :, :, positions])
    return out


def weigh(grad, images, weight, geometry, groups):
    """Sum of all windows, each times the gradient of its response: one such sum per kernel."""
    kernels, maps = np.zeros_like(_as_rows(weight, groups)), _as_maps(grad, groups)
    for number, positions, columns in unroll(images, geometry, groups):
        kernels += maps[number, :, :, positions] @ columns.swapaxes(1, 2)
    return kernels.reshape(weight.shape)


def spread(grad, weight, geometry, groups):
    """Every gradient times its kernel, added up where the window was read: shape (N, C, *size)."""
    if all(step == 1 for step in geometry.stride):
        return _spread_as_convolution(grad, weight, geometry, groups)
    kernels, maps = _as_rows(weight, groups).swapaxes(1, 2), _as_maps(grad, groups)
    channels = groups * weight.shape[1]
    out = np.empty((len(grad), channels, *geometry.size), grad.dtype)
    padded = np.empty((channels, *geometry.padded), grad.dtype)
    parts = tiles(geometry, channels * grad.itemsize)
    for image_maps, image in zip(maps, out, strict=True):
        padded[...] = 0
        for tile, positions in parts:
            columns = kernels @ image_maps[:, :, positions]
            shape = (channels, *geometry.kernel, tile.stop - tile.start, *geometry.out[1:])
            fold(columns.reshape(shape), geometry, padded[:, geometry.reads(tile)])
        image[...] = padded[geometry.inner]
    return out


def _spread_as_convolution(grad, weight, geometry, groups):
    """With stride 1, `spread` is itself a convolution: of the gradient with the kernels turned."""
    turned = np.flip(weight, range(2, weight.ndim))
    turned = turned.reshape(groups, len(weight) // groups, *weight.shape[1:]).swapaxes(1, 2)
    turned = turned.reshape(groups * weight.shape[1], len(weight) // groups, *geometry.kernel)
    kept, border = [], []
    each = zip(geometry.size, geometry.spans, geometry.padding, grad.shape[2:], strict=True)
    for size, span, (padding, _), count in each:
        before, after = span - 1 - padding, size + padding - count
        kept.append(slice(max(-before, 0), None))  # what is left out saw only padding
        border.append((max(before, 0), max(after, 0)))
    grad = grad[(..., *kept)]
    turned_round = replace(geometry, size=grad.shape[2:], padding=tuple(border), out=geometry.size)
    return correlate(grad, turned, turned_round, groups)


def _as_rows(weight, groups):
    """The kernels as rows of a matrix, one matrix for each group."""
    return weight.reshape(groups, len(weight) // groups, prod(weight.shape[1:]))


def _as_maps(array, groups):
    """View (N, groups, K / groups, positions) of feature maps."""
    return array.reshape(len(array), groups, array.shape[1] // groups, prod(array.shape[2:]))
