"""Where the windows lie: the one reading of kernel size, stride, padding and dilation."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

from coursecnn.shapes import ntuple, output_size, same_padding


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
