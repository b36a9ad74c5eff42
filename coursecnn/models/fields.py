"""What each unit sees of the input, followed through the functions that a model really calls."""

from fractions import Fraction
from functools import partial
from math import ceil, prod
from typing import NamedTuple

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.weak import WeakTensorKeyDictionary

from coursecnn.shapes import ReceptiveField

_PIXEL = ReceptiveField(size=1, jump=1, start=0)
_WHOLE = None  # sees everything along this axis


class Fields(TorchDispatchMode):
    """While this is active, note the receptive field of every tensor that comes from an image.

    Convolution, pooling, padding and slicing are followed exactly. Where branches meet, a unit
    sees what any of them sees. What reduces an axis to one entry, dense layers and reshaping see
    all of it, but for dense layers that read the channels of each pixel, once the axes have been
    permuted for them. Every other function is taken to act pixel by pixel.

    Parameters
    ----------
    image : Tensor, shape (N, C, *sizes)
        Where the fields begin.
    """

    def __init__(self, image):
        super().__init__()
        self._known = WeakTensorKeyDictionary()
        self._known[image] = _View((_PIXEL,) * (image.ndim - 2), _usual(image.shape))

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        """Call the function and carry the fields of its inputs over to its outputs."""
        result = func(*args, **(kwargs or {}))
        given = [tensor for tensor in tensors(args) if tensor in self._known]
        if given:
            merged = _merge([self._known[tensor] for tensor in given])
            name, shape = func.overloadpacket.__name__, max(given, key=torch.Tensor.dim).shape
            for output in tensors(result):
                self._known[output] = _advance(merged, name, args, shape, output.shape)
        return result

    def sizes(self, tensor):
        """Input pixels that one unit of `tensor` sees along each axis of the image.

        Parameters
        ----------
        tensor : Tensor
            What the model computed on the way.

        Returns
        -------
        tuple of (int or None), or None
            None for an axis of which it sees everything; None altogether if the tensor does not
            come from the image.
        """
        if tensor not in self._known:
            return None
        return tuple(field and ceil(field.size) for field in self._known[tensor].fields)


def tensors(values):
    """Find the tensors in nested lists and tuples.

    Parameters
    ----------
    values : Tensor, or list or tuple of such and of anything else
        What a function was given, or gave.

    Yields
    ------
    Tensor
        One after the other.
    """
    if isinstance(values, torch.Tensor):
        yield values
    elif isinstance(values, tuple | list):
        for value in values:
            yield from tensors(value)


class _View(NamedTuple):
    """The fields along the axes of the image, and where in a tensor these axes are."""

    fields: tuple
    axes: tuple
    folded: torch.Size | None = None  # a list of pixels: the sizes of what it was before


def _usual(shape):
    """Axes of the image behind those of batch and channels."""
    return tuple(range(2, len(shape)))


def _merge(branches):
    """The stretch that covers the fields of all branches, axis by axis."""
    if len({(view.axes, view.folded) for view in branches}) > 1:
        # What has lost its axes has seen all of them.
        count = max(len(view.fields) for view in branches)
        return _View((_WHOLE,) * count, tuple(range(2, 2 + count)))
    fields = zip(*(view.fields for view in branches), strict=True)
    return branches[0]._replace(fields=tuple(map(_cover, fields)))


def _cover(fields):
    if _WHOLE in fields:
        return _WHOLE
    start = min(field.start for field in fields)
    end = max(field.start + field.size for field in fields)
    return ReceptiveField(end - start, max(field.jump for field in fields), start)


def _advance(view, name, args, before, after):
    """The view behind the function `name`, which made a tensor of shape `after` from `before`."""
    if name == "permute" and not view.folded:
        order = [axis % len(before) for axis in args[1]]
        return view._replace(axes=tuple(order.index(axis) for axis in view.axes))
    if kept := _behind_reshaping(view, name, before, after):
        return kept
    if view.folded or view.axes != _usual(before):
        return _advance_elsewhere(view, name, args, before, after)
    return _View(_behind(view.fields, name, args, before[2:], after[2:]), _usual(after))


def _behind_reshaping(view, name, before, after):
    """The view behind what reshapes nothing but the axes before those of the image, or None.

    Normalisation across maps does so: it makes one more axis for windows of neighbouring maps.
    """
    count = len(view.axes)
    is_squeezing = name in ("squeeze", "unsqueeze") and view.axes != _usual(before)
    if view.folded or not (name in _RESHAPING or is_squeezing):
        return None
    if view.axes != _last(count, before) or after[-count:] != before[-count:]:
        return None
    return view._replace(axes=_last(count, after)) if len(after) > count else None


def _last(count, shape):
    return tuple(range(len(shape)))[-count:]


def _advance_elsewhere(view, name, args, before, after):
    """The same where the channels come last: functions that read the channels of each pixel.

    A dense layer makes a list of all pixels, multiplies, and puts them back to their places.
    """
    if name in _STEPS and not view.folded and min(view.axes) >= 2:
        steps = list(_STEPS[name](args, before[2:], after[2:]))
        pairs = zip(view.fields, (steps[axis - 2] for axis in view.axes), strict=True)
        return view._replace(fields=tuple(_compose(*pair) for pair in pairs))
    if view.folded:
        if name in _RESHAPING and after[:-1] == view.folded:
            return _View(view.fields, tuple(range(1, len(after) - 1)))
        if name in _MULTIPLYING:
            return view
    elif name in _RESHAPING and view.axes == tuple(range(1, len(before) - 1)):
        if after == (prod(before[:-1]), before[-1]):
            return _View(view.fields, view.axes, before[:-1])
    elif len(after) == len(before) and name not in _MIXING and name not in _STEPS:
        sizes = [(before[axis], after[axis]) for axis in view.axes]
        return view._replace(fields=_pixelwise(view.fields, sizes))
    return _View((_WHOLE,) * len(after[2:]), _usual(after))


def _behind(fields, name, args, before, after):
    """The fields behind the function `name`, which made maps of size `after` from `before`."""
    if name in ("squeeze", "unsqueeze") and len(after) >= 1:
        # Pooling over one axis is computed as pooling over two: one is put in and taken out.
        return ((_PIXEL, *fields) if len(after) > len(before) else fields)[-len(after) :]
    if len(after) != len(before) or name in _MIXING:
        return (_WHOLE,) * len(after)
    if name in _STEPS:
        steps = _STEPS[name](args, before, after)
        return tuple(_compose(*pair) for pair in zip(fields, steps, strict=True))
    return _pixelwise(fields, zip(before, after, strict=True))


def _pixelwise(fields, sizes):
    """The fields behind what acts pixel by pixel, or reduces an axis to one entry."""
    pairs = zip(fields, sizes, strict=True)
    return tuple(_WHOLE if old > 1 == new else field for field, (old, new) in pairs)


def _compose(field, step):
    """The field of a unit that sees `step` of units that see `field`."""
    if field is _WHOLE:
        return _WHOLE
    return ReceptiveField(
        field.size + (step.size - 1) * field.jump,
        field.jump * step.jump,
        field.start + step.start * field.jump,
    )


def _convolution(args, before, after):
    _, weight, _, stride, padding, dilation, transposed = args[:7]
    for kernel_size, s, p, d in zip(weight.shape[2:], stride, padding, dilation, strict=True):
        reach = d * (kernel_size - 1)
        if transposed:  # several units of the output lie between two of the input
            yield ReceptiveField(reach // s + 1, Fraction(1, s), -((reach - p) // s))
        else:
            yield ReceptiveField(reach + 1, s, -p)


def _max_pool(args, before, after):
    dilation = args[4] if len(args) > 4 else 1
    return _windows(args, len(before), dilation)


def _avg_pool(args, before, after):
    return _windows(args, len(before), 1)


def _windows(args, axes, dilation):
    kernel_size, stride, padding = (*args[1:4], 0, 0)[:3]
    settings = [_each(value, axes) for value in (kernel_size, stride or kernel_size, padding)]
    for k, s, p, d in zip(*settings, _each(dilation, axes), strict=True):
        yield ReceptiveField(d * (k - 1) + 1, s, -p)


def _each(value, axes):
    """One number per axis; torch writes [2] or 2 for the same number along all."""
    values = value if isinstance(value, list | tuple) else [value]
    return values if len(values) == axes else values * axes


def _adaptive(args, before, after):
    for old, new in zip(before, after, strict=True):
        windows = (-(-(i + 1) * old // new) - i * old // new for i in range(new))
        yield ReceptiveField(max(windows), Fraction(old, new), 0)


def _pad(args, before, after):
    width = len(before)
    firsts = [*args[1][::2], *[0] * width][:width]  # the last axis comes first
    return [ReceptiveField(1, 1, -first) for first in reversed(firsts)]


def _slice(args, before, after):
    _, dim, start, _, step = (*args, *(0, None, None, 1)[len(args) - 1 :])
    steps = [_PIXEL] * (len(before) + 2)
    steps[dim] = ReceptiveField(1, step, start or 0)
    return steps[2:]


def _enlarge(args, before, after, size=1):
    for old, new in zip(before, after, strict=True):
        yield ReceptiveField(size, Fraction(old, new), 0)


_RESHAPING = {"view", "_unsafe_view"}
_MULTIPLYING = {"mm", "addmm"}
_MIXING = {*_RESHAPING, "transpose", "bmm"}
_STEPS = {
    "convolution": _convolution,
    "max_pool2d_with_indices": _max_pool,
    "max_pool3d_with_indices": _max_pool,
    "avg_pool2d": _avg_pool,
    "avg_pool3d": _avg_pool,
    "_adaptive_avg_pool2d": _adaptive,
    "adaptive_max_pool2d": _adaptive,
    "constant_pad_nd": _pad,
    "reflection_pad2d": _pad,
    "replication_pad2d": _pad,
    "slice": _slice,
    "upsample_nearest2d": _enlarge,
    "upsample_bilinear2d": partial(_enlarge, size=2),
}
