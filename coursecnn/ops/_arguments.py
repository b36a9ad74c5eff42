"""The arguments of an operation: arrays, windows and borders, or an error that says why not."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

import numpy as np

from coursecnn.shapes import ntuple, output_size, same_padding

# Arrays


def floats(**arrays):
    """Give all arrays the float type that they share; whole numbers become float64, None stays."""
    given = {name: real(name, value) for name, value in arrays.items() if value is not None}
    dtypes = {array.dtype for array in given.values()}
    dtype = dtypes.pop() if len(dtypes) == 1 else np.result_type(*given.values())
    if dtype.kind != "f":
        dtype = np.dtype(np.float64)
    return [None if v is None else given[k].astype(dtype, copy=False) for k, v in arrays.items()]


def real(name, value):
    """Read an array of real numbers."""
    array = np.asarray(value)
    if array.dtype.kind not in "buif":
        raise TypeError(f"`{name}` must hold real numbers, but its dtype is {array.dtype}")
    return array


def batched(x, axes):
    """The images as a batch: one image without its batch axis becomes a batch of one."""
    letters = ", ".join("DHW"[3 - axes :] if axes > 1 else "L")
    if x.ndim not in (axes + 1, axes + 2):
        raise ValueError(
            f"`x` must have the axes (N, C, {letters}) or (C, {letters}), "
            f"but its shape is {x.shape}"
        )
    return x if x.ndim == axes + 2 else x[np.newaxis]


def like_output(grad, shape):
    """The gradient of the loss by an output, which must have the output's shape."""
    if grad.shape != shape:
        raise ValueError(f"`grad` must have the shape of the output, {shape}, not {grad.shape}")
    return grad


def alike(grad, x):
    """A gradient and the array that it belongs to, in the float type that they share."""
    grad, x = floats(grad=grad, x=x)
    return like_output(grad, x.shape), x


# Windows


@dataclass(frozen=True)
class Geometry:
    """Windows over the last axes of an array, one entry per axis.

    Attributes
    ----------
    size, kernel, stride, dilation : tuple of int
        Size of the input, size of a window, step between windows, step inside a window.
    padding : tuple of (int, int)
        Entries added before and after.
    out : tuple of int
        How many windows there are.
    """

    size: tuple
    kernel: tuple
    stride: tuple
    dilation: tuple
    padding: tuple
    out: tuple

    @classmethod
    def read(cls, size, kernel, *, stride, padding, dilation=1, ceil_mode=False):
        """Check the options of a layer against the size of its input."""
        axes = len(size)
        kernel = ntuple(kernel, axes, name="kernel_size", minimum=1)
        stride = ntuple(stride, axes, name="stride", minimum=1)
        dilation = ntuple(dilation, axes, name="dilation", minimum=1)
        padding = read_padding(padding, kernel, stride, dilation)
        return cls._of_numbers(tuple(size), kernel, stride, dilation, padding, ceil_mode)

    @classmethod
    @lru_cache(maxsize=1024)  # a network asks for the same few again and again
    def _of_numbers(cls, size, kernel, stride, dilation, padding, ceil_mode):
        """The geometry of numbers that were checked one by one."""
        each = zip(size, kernel, stride, dilation, padding, strict=True)
        out = tuple(
            # 'same' may add one entry more behind than before; it counts as part of the input
            output_size(n + after - before, k, s, before, d, ceil_mode=ceil_mode)
            for n, k, s, d, (before, after) in each
        )
        return cls(size, kernel, stride, dilation, padding, out)

    @cached_property
    def padded(self):
        """Size of the input with its padding."""
        return tuple(n + sum(p) for n, p in zip(self.size, self.padding, strict=True))

    @cached_property
    def inner(self):
        """Where the input lies within its padding."""
        each = zip(self.size, self.padding, strict=True)
        return (..., *(slice(before, before + n) for n, (before, _) in each))

    @cached_property
    def reads_single_entries(self):
        """Whether each window is one entry of the input, with a stride one in so many."""
        return self.padded == self.size and all(k == 1 for k in self.kernel)

    @cached_property
    def spans(self):
        """Along each axis, entries from the first to the last that one window reads."""
        return tuple(d * (k - 1) + 1 for k, d in zip(self.kernel, self.dilation, strict=True))

    @cached_property
    def ends(self):
        """Along each axis, the padded entry behind the last window."""
        each = zip(self.spans, self.stride, self.out, strict=True)
        return tuple((count - 1) * step + span for span, step, count in each)

    def reads(self, tile):
        """Along the first axis, the padded entries that a range of windows reads."""
        spare = self.out[0] - tile.stop
        return slice(tile.start * self.stride[0], self.ends[0] - spare * self.stride[0])

    def taps(self):
        """For each entry of the kernel in turn, the slices of the padded input that it reads."""
        for position in product(*map(range, self.kernel)):
            each = zip(position, self.dilation, self.stride, self.out, strict=True)
            yield (..., *(tap(i, d, s, m) for i, d, s, m in each))


def tap(position, dilation, stride, count):
    """Along one axis, what one entry of the kernel reads in `count` windows."""
    start = position * dilation
    return slice(start, start + stride * (count - 1) + 1, stride)


def read_padding(padding, kernel, stride, dilation):
    """Padding before and after each axis, from numbers or from 'valid' or 'same'."""
    if not isinstance(padding, str):
        return tuple((p, p) for p in ntuple(padding, len(kernel), name="padding", minimum=0))
    if padding not in ("valid", "same"):
        raise ValueError(f"`padding` must be whole numbers, 'valid' or 'same', not {padding!r}")
    if padding == "valid":
        return ((0, 0),) * len(kernel)
    if any(s != 1 for s in stride):
        raise ValueError(f"`padding`='same' needs `stride`=1, not {stride}; give numbers instead")
    return tuple(same_padding(k, d) for k, d in zip(kernel, dilation, strict=True))


def pooling_windows(axes, x, kernel_size, stride, padding, dilation, ceil_mode):
    """The windows of a pooling, and a border wide enough for those that hang over the end."""
    size = batched(x, axes).shape[2:]
    stride = kernel_size if stride is None else stride
    geometry = Geometry.read(
        size, kernel_size, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode
    )
    border = []
    each = zip(size, geometry.kernel, geometry.padding, geometry.ends, strict=True)
    for n, k, (before, _), end in each:
        if before > k // 2:
            raise ValueError(
                f"`padding` (={before}) must be at most half of `kernel_size` (={k}), "
                "or a window could hold nothing but padding"
            )
        border.append((before, max(before, end - n - before)))
    return geometry, border


# Borders

PADDING_MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def pad(x, padding, mode="zeros", *, value=0):
    """Extend the last axes of an array; `padding` holds (before, after) for each of them."""
    _check_border(x, padding, mode)
    if mode == "zeros":
        return _surround(x, padding, value)
    for axis, (before, after) in zip(range(-len(padding), 0), padding, strict=True):
        if before or after:
            x = x.take(_sources(x.shape[axis], before, after, mode), axis=axis)
    return x


def pad_backward(grad, padding, mode="zeros"):
    """Gradient with respect to the array that was padded: each entry goes back to its source."""
    for axis, (before, after) in zip(range(-len(padding), 0), padding, strict=True):
        if not (before or after):
            continue
        lines = np.moveaxis(grad, axis, 0)
        inner = lines[before : len(lines) - after]
        if mode != "zeros":
            inner = _fold(lines, inner.copy(), before, after, mode)
        grad = np.moveaxis(inner, 0, axis)
    return grad


def _surround(x, padding, value):
    """A larger array of one value with `x` in its middle; 7 times faster than `np.pad` if small."""
    if not any(map(any, padding)):
        return x
    lead = x.ndim - len(padding)
    size = [n + sum(p) for n, p in zip(x.shape[lead:], padding, strict=True)]
    out = np.full(x.shape[:lead] + tuple(size), value, x.dtype)
    inner = [slice(p, p + n) for n, (p, _) in zip(x.shape[lead:], padding, strict=True)]
    out[(..., *inner)] = x
    return out


def _sources(size, before, after, mode):
    """For each position of the padded axis, the position that it copies."""
    return np.pad(np.arange(size), (before, after), mode=PADDING_MODES[mode])


def _fold(lines, inner, before, after, mode):
    """Add the lines of the border to those that they are copies of."""
    sources = _sources(len(inner), before, after, mode)
    for i in [*range(before), *range(len(lines) - after, len(lines))]:
        inner[sources[i]] += lines[i]
    return inner


def _check_border(x, padding, mode):
    """Refuse an unknown mode, and borders that the image cannot fill."""
    if mode not in PADDING_MODES:
        raise ValueError(f"`padding_mode` must be one of {', '.join(PADDING_MODES)}, not {mode!r}")
    for size, border in zip(x.shape[-len(padding) :], padding, strict=True):
        limit = {"reflect": size - 1, "circular": size}.get(mode, max(border))
        if max(border) > limit or (mode == "replicate" and size == 0):
            raise ValueError(
                f"`padding`={max(border)} with `padding_mode`={mode!r} needs a larger image: "
                f"an axis of `x` has only {size} entries"
            )
