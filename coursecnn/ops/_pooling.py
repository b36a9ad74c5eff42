"""Pooling over any number of axes: one sliding window, a neutral element and a reduction."""

import numpy as np

from coursecnn.ops._arrays import batched, floats, like_output
from coursecnn.ops._geometry import Geometry
from coursecnn.ops.padding import pad, pad_backward


def max_forward(axes, x, kernel_size, **options):
    """Largest entry of each window; see `max_pool2d` for the arguments."""
    (x,) = floats(x=x)
    geometry, border = _read(axes, x, kernel_size, **options)
    padded = pad(x, border, value=-np.inf)
    out = np.full((*x.shape[:-axes], *geometry.out), -np.inf, x.dtype)
    for _, tap in geometry.taps():
        np.maximum(out, padded[tap], out=out)
    return out


def max_backward(axes, grad, x, kernel_size, **options):
    """Gradient with respect to the input; see `max_pool2d_backward`."""
    grad, x = floats(grad=grad, x=x)
    out = max_forward(axes, x, kernel_size, **options)
    geometry, border = _read(axes, x, kernel_size, **options)
    padded = pad(x, border, value=-np.inf)
    grad_padded = np.zeros_like(padded)
    waiting = like_output(grad, out.shape).copy()
    for _, tap in geometry.taps():
        wins = (padded[tap] == out) | np.isnan(padded[tap])
        grad_padded[tap] += np.where(wins, waiting, 0)
        waiting[wins] = 0  # of equal entries the first takes the whole gradient
    return pad_backward(grad_padded, border)


def average_forward(axes, x, kernel_size, *, count_include_pad, **options):
    """Mean of each window; see `avg_pool2d` for the arguments."""
    (x,) = floats(x=x)
    geometry, border = _read(axes, x, kernel_size, **options)
    out = _sum(pad(x, border), geometry)
    return out / _counts(axes, x, geometry, border, count_include_pad)


def average_backward(axes, grad, x, kernel_size, *, count_include_pad, **options):
    """Gradient with respect to the input; see `avg_pool2d_backward`."""
    grad, x = floats(grad=grad, x=x)
    geometry, border = _read(axes, x, kernel_size, **options)
    like_output(grad, (*x.shape[:-axes], *geometry.out))
    share = grad / _counts(axes, x, geometry, border, count_include_pad)
    grad_padded = np.zeros_like(pad(x, border))
    for _, tap in geometry.taps():
        grad_padded[tap] += share
    return pad_backward(grad_padded, border)


def _read(axes, x, kernel_size, *, stride, **options):
    """The windows, and the border that holds those which hang over the end."""
    size = batched(x, axes).shape[2:]
    stride = kernel_size if stride is None else stride
    geometry = Geometry.read(size, kernel_size, stride=stride, **options)
    border = []
    for n, k, s, d, (p, _), m in zip(size, *geometry.by_axis(), strict=True):
        if p > k // 2:
            raise ValueError(
                f"`padding` (={p}) must be at most half of `kernel_size` (={k}), "
                "or a window could hold nothing but padding"
            )
        border.append((p, max(p, (m - 1) * s + d * (k - 1) + 1 - n - p)))
    return geometry, border


def _sum(padded, geometry):
    """Sum of each window."""
    out = np.zeros((*padded.shape[: -len(geometry.out)], *geometry.out), padded.dtype)
    for _, tap in geometry.taps():
        out += padded[tap]
    return out


def _counts(axes, x, geometry, border, count_include_pad):
    """How many entries each window averages; what hangs over the padding never counts."""
    counted = pad(np.ones(x.shape[-axes:], x.dtype), geometry.padding, value=count_include_pad)
    over = [(0, after - p) for (_, after), (p, _) in zip(border, geometry.padding, strict=True)]
    return _sum(pad(counted, over), geometry)
