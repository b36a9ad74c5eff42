"""Where the windows lie: the one reading of kernel size, stride, padding and dilation."""

from dataclasses import dataclass
from itertools import product

from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.shapes import ntuple, output_size, same_padding


@dataclass(frozen=True)
class Geometry:
    """Windows over the last axes of an array, one entry per axis.

    Attributes
    ----------
    kernel, stride, dilation : tuple of int
        Size of a window, step between windows, step inside a window.
    padding : tuple of (int, int)
        Entries added before and after.
    out : tuple of int
        How many windows there are.
    """

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
        out = tuple(
            output_size(n + after - before, k, s, before, d, ceil_mode=ceil_mode)
            for n, k, s, d, (before, after) in zip(
                size, kernel, stride, dilation, padding, strict=True
            )
        )
        return cls(kernel, stride, dilation, padding, out)

    def by_axis(self):
        """Kernel, stride, dilation, padding and number of windows, each with one entry per axis."""
        return self.kernel, self.stride, self.dilation, self.padding, self.out

    def windows(self, padded):
        """View of all windows, shape (..., *kernel, *out), of an array that is padded already."""
        axes = len(self.kernel)
        spans = [d * (k - 1) + 1 for k, d in zip(self.kernel, self.dilation, strict=True)]
        view = sliding_window_view(padded, spans, axis=tuple(range(-axes, 0)))
        steps = [slice(None, None, step) for step in self.stride + self.dilation]
        lead = padded.ndim - axes
        order = [*range(lead), *range(lead + axes, lead + 2 * axes), *range(lead, lead + axes)]
        return view[(..., *steps)].transpose(order)

    def taps(self):
        """For each entry of the kernel: its position, and the slices of input that it reads."""
        for position in product(*map(range, self.kernel)):
            starts = [i * d for i, d in zip(position, self.dilation, strict=True)]
            yield (
                position,
                (
                    ...,
                    *(
                        slice(a, a + s * (n - 1) + 1, s)
                        for a, s, n in zip(starts, self.stride, self.out, strict=True)
                    ),
                ),
            )

    def scatter(self, windows, padded):
        """Add every window of shape (..., *kernel, *out) back where it was read."""
        lead = (slice(None),) * (padded.ndim - len(self.kernel))
        for position, slices in self.taps():
            padded[slices] += windows[(*lead, *position)]


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
