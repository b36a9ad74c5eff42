"""Five ways to convolve: torch, ours, einsum, SciPy, and the loops of a textbook."""

import numpy as np
import scipy.signal
import torch
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn import ops


def torch_forward(x, weight, **options):
    """Torch's default call."""
    conv = torch.conv2d if x.ndim == 4 else torch.conv3d
    return conv(x, weight, **options)


def ours_forward(x, weight, **options):
    """The reference."""
    return (ops.conv2d if x.ndim == 4 else ops.conv3d)(x, weight, **options)


def ours_backward(grad, x, weight, **options):
    """The gradients of the reference; that of the bias is computed as well."""
    backward = ops.conv2d_backward if x.ndim == 4 else ops.conv3d_backward
    return backward(grad, x, weight, **options)


def windows_of(x, weight, *, stride=1, padding=0, dilation=1):
    """All windows of the padded images, shape (N, C, *out, *kernel)."""
    axes = tuple(range(2, x.ndim))
    padded = np.pad(x, [(0, 0), (0, 0), *((padding, padding) for _ in axes)])
    spans = [dilation * (k - 1) + 1 for k in weight.shape[2:]]
    steps = [stride] * len(axes) + [dilation] * len(axes)
    view = sliding_window_view(padded, spans, axis=axes)
    return view[(..., *(slice(None, None, step) for step in steps))]


def by_einsum(x, weight, *, groups=1, **options):
    """What a careful reader of NumPy's manual writes: one einsum over windows, optimised."""
    windows = windows_of(x, weight, **options)
    out, kernel = "dhw"[-(x.ndim - 2) :], "uvt"[: x.ndim - 2]
    subscripts = f"ngc{out}{kernel},gkc{kernel}->ngk{out}"
    grouped = windows.reshape(len(x), groups, -1, *windows.shape[2:])
    kernels = weight.reshape(groups, -1, *weight.shape[1:])
    maps = np.einsum(subscripts, grouped, kernels, optimize=True)
    return maps.reshape(len(x), len(weight), *maps.shape[3:])


def by_loops(x, weight, *, groups=1, **options):
    """The textbook's loops over images, kernels and places; the innermost sum is NumPy's."""
    windows = windows_of(x, weight, **options)
    places = windows.shape[2 : x.ndim]
    out = np.empty((len(x), len(weight), *places), x.dtype)
    per_group = len(weight) // groups
    for n, k, *place in np.ndindex(out.shape):
        first = k // per_group * weight.shape[1]
        channels = slice(first, first + weight.shape[1])
        out[(n, k, *place)] = np.sum(windows[(n, channels, *place)] * weight[k])
    return out


def by_scipy(x, weight, *, stride=1, padding=0, dilation=1, groups=1):
    """SciPy's correlation of volumes, one image and one kernel at a time."""
    axes = x.ndim - 2
    padded = np.pad(x, [(0, 0), (0, 0), *[(padding, padding)] * axes])
    spans = [dilation * (k - 1) + 1 for k in weight.shape[2:]]
    dilated = np.zeros((*weight.shape[:2], *spans), weight.dtype)
    dilated[(..., *[slice(None, None, dilation)] * axes)] = weight
    per_group = len(weight) // groups
    maps = []
    for image in padded:
        for k, kernel in enumerate(dilated):
            first = k // per_group * weight.shape[1]
            volume = image[first : first + weight.shape[1]]
            response = scipy.signal.correlate(volume, kernel, mode="valid")[0]
            maps.append(response[(slice(None, None, stride),) * axes])
    return np.stack(maps).reshape(len(x), len(weight), *maps[0].shape)
