"""Pooling over any number of axes: one sliding window and a reduction, a tap at a time."""

import numpy as np

from coursecnn.ops._arrays import batched, floats, like_output
from coursecnn.ops._geometry import Geometry
from coursecnn.ops._padding import pad, pad_backward


def max_forward(axes, x, kernel_size, **options):
    """Largest entry of each window; see `max_pool2d` for the arguments."""
    (x,) = floats(x=x)
    geometry, border = _read(axes, x, kernel_size, **options)
    return _largest(pad(x, border, value=-np.inf), geometry)


def max_backward(axes, grad, x, kernel_size, **options):
    """Gradient with respect to the input; see `max_pool2d_backward`."""
    grad, x = floats(grad=grad, x=x)
    geometry, border = _read(axes, x, kernel_size, **options)
    padded = pad(x, border, value=-np.inf)
    out = _largest(padded, geometry)
    like_output(grad, out.shape)
    grad_padded, undecided = np.zeros_like(padded), np.ones(out.shape, bool)
    for tap in geometry.taps():
        window = padded[tap]
        wins = undecided & ((window == out) | np.isnan(window))
        undecided &= ~wins  # of equal entries the first takes the whole gradient
        grad_padded[tap] += wins * grad
    return pad_backward(grad_padded, border)


def average_forward(axes, x, kernel_size, *, count_include_pad, **options):
    """Mean of each window; see `avg_pool2d` for the arguments."""
    (x,) = floats(x=x)
    geometry, border = _read(axes, x, kernel_size, **options)
    return _sum(pad(x, border), geometry) / _counts(x, geometry, border, count_include_pad)


def average_backward(axes, grad, x, kernel_size, *, count_include_pad, **options):
    """Gradient with respect to the input; see `avg_pool2d_backward`."""
    grad, x = floats(grad=grad, x=x)
    geometry, border = _read(axes, x, kernel_size, **options)
    like_output(grad, (*x.shape[:-axes], *geometry.out))
    share = grad / _counts(x, geometry, border, count_include_pad)
    grad_padded = np.zeros_like(pad(x, border))
    for tap in geometry.taps():
        grad_padded[tap] += share
    return pad_backward(grad_padded, border)


def _read(axes, x, kernel_size, *, stride, **options):
    """The windows, and a border wide enough for those that hang over the end."""
    size = batched(x, axes).shape[2:]
    stride = kernel_size if stride is None else stride
    geometry = Geometry.read(size, kernel_size, stride=stride, **options)
    border = []
    each = zip(size, geometry.kernel, geometry.padding, geometry.ends, strict=True)
    for n, k, (padding, _), end in each:
        if padding > k // 2:
            raise ValueError(
                f"`padding` (={padding}) must be at most half of `kernel_size` (={k}), "
                "or a window could hold nothing but padding"
            )
        border.append((padding, max(padding, end - n - padding)))
    return geometry, border


def _largest(padded, geometry):
    """Largest entry of each window."""
    first, *others = (padded[tap] for tap in geometry.taps())
    out = first.copy()
    for window in others:
        np.maximum(out, window, out=out)
    return out


def _sum(padded, geometry):
    """Sum of each window."""
    first, *others = (padded[tap] for tap in geometry.taps())
    out = first.copy()
    for window in others:
        out += window
    return out


def _counts(x, geometry, border, count_include_pad):
    """How many entries each window averages; what hangs over the padding never counts."""
    counted = pad(np.ones(geometry.size, x.dtype), geometry.padding, value=count_include_pad)
    over = [(0, after - p) for (_, after), (p, _) in zip(border, geometry.padding, strict=True)]
    return _sum(pad(counted, over), geometry)
