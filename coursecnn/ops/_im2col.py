"""The products of a convolution over any number of axes, as products of matrices.

`convolution` is linear in the images and in the kernels; `input_gradient` is its adjoint in the
images, `weight_gradient` its adjoint in the kernels. `im2col` copies every window into a column of
a matrix, and the product of the kernels with this matrix does the arithmetic; `col2im` adds such
columns back where the windows were read. Three choices make that quick, whatever the shape.

*Tiles.* Windows share most of their entries, so the matrix is much larger than the images. It is
made for a tile at a time, which stays in the processor's cache: some lines of one image, or, where
images are small, of several at once. Then the batch is the last axis, and what is copied in one run
is a pixel, or a row of pixels, of all these images.

*Sides.* A kernel's entry leads from a pixel to an output, and one way back: kernels that are turned
round lead from the outputs to the pixels. So the outputs can be unrolled instead of the images,
which is cheaper when there are fewer kernels than channels. With a stride, an entry of the kernel
sees only every so manyth pixel; the pixels are dealt into parts that have no stride (`_parts`).

*Lone channels.* If every kernel has a channel of its own, there is no matrix to multiply. Then all
channels of some images stand side by side, and nothing is unrolled (`_lone_windows`).

*Costs.* The ways share their arithmetic and differ in what they copy. `_plan` and `_turning_pays`
add that up, at prices that were measured once, on one machine; they need not be exact, since where
two ways cost nearly the same, either will do.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import gcd, prod
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from coursecnn.ops._arguments import Geometry, tap

TILE_BYTES = 2**20  # of columns
FEW = 128  # columns: a product with fewer is slow, which costs more than leaving the cache
LANE_BYTES = 2**22  # of lone channels: fewer would read lines between two tiles too often
LANES = 128  # so many lone channels stand side by side, if there are so many
# Prices. The unit is an entry that is copied within a long run, about 0.2 ns.
CALLS = 20_000  # the calls of NumPy for one tile
RUN = 17  # to begin a run
STEP = 0.5  # an entry that is not beside the one before, in addition
MOVE = 5  # an entry whose axes are reordered
SUM = 3  # columns that are multiplied and added up, over columns that are copied and multiplied
LONE = 0.8  # an entry of a window that is multiplied where it stands


def convolution(images, weight, geometry, groups):
    """Response of every kernel at every window, shape (N, K, *out)."""
    if not _turning_pays(*images.shape[:2], len(weight), groups, geometry, "read", "write"):
        return _read(images, weight, geometry, groups)
    out = np.zeros((len(images), len(weight), *geometry.out), images.dtype)
    for part in _parts(geometry):
        turned = _turned(weight[part.taps], groups)
        out[part.outputs] += _write(images[part.pixels], turned, part.geometry, groups)
    return out


def input_gradient(grad, weight, geometry, groups):
    """Every gradient times its kernel, added up where the window was read: shape (N, C, *size)."""
    count, channels = len(grad), groups * weight.shape[1]
    if not _turning_pays(count, channels, len(weight), groups, geometry, "write", "read"):
        return _write(grad, weight, geometry, groups)
    out = np.zeros((count, channels, *geometry.size), grad.dtype)
    for part in _parts(geometry):
        turned = _turned(weight[part.taps], groups)
        read = _read(grad[part.outputs], turned, part.geometry, groups)
        if read.shape == out.shape:
            return read
        out[part.pixels] = read
    return out


def weight_gradient(grad, images, geometry, groups):
    """Sum of all windows, each times the gradient of its response: one such sum per kernel."""
    kernels, channels = grad.shape[1], images.shape[1]
    if not _turning_pays(len(images), channels, kernels, groups, geometry, "read", "read"):
        return _correlate(grad, images, geometry, groups)
    out = np.zeros((kernels, channels // groups, *geometry.kernel), grad.dtype)
    for part in _parts(geometry):
        turned = _correlate(images[part.pixels], grad[part.outputs], part.geometry, groups)
        out[part.taps] = _turned(turned, groups)
    return out


def _read(images, weight, geometry, groups):
    """Unroll the images, and multiply: a convolution."""
    plan = _plan(*images.shape[:2], len(weight), groups, geometry)
    out = np.empty((len(images), len(weight), *geometry.out), images.dtype)
    if plan.lone:
        place, window, lane = _letters(geometry)
        for batch, lines, windows in _lone_windows(images, geometry):
            kernels = np.tile(weight.reshape(len(weight), -1).T, batch.stop - batch.start)
            kernels = np.ascontiguousarray(kernels).reshape(*geometry.kernel, -1)
            maps = _with_gaps((*windows.shape[: len(place)], kernels.shape[-1]), images.dtype)
            axes = (*place, *window, lane), kernels, (*window, lane), (*place, lane)
            np.einsum(windows, *axes, out=maps)
            _beside(out[batch])[lines] = maps
        return out
    kernels, maps = _as_rows(weight, groups), _as_maps(out, groups)
    if plan.many == 1 and geometry.reads_single_entries:
        _multiply(kernels, _as_maps(images[next(geometry.taps())], groups), maps)
        return out
    last, line = _batch_last(out), prod(geometry.out[1:])
    for batch, lines, columns in im2col(images, geometry, groups, plan.many):
        if plan.many == 1:
            positions = slice(lines.start * line, lines.stop * line)
            _multiply(kernels, columns, maps[batch.start, :, :, positions])
        else:
            target = last[:, lines, ..., batch]
            target[...] = _multiply(kernels, columns).reshape(target.shape)
    return out


def _write(grad, weight, geometry, groups):
    """Multiply, and add the columns up where they belong: the adjoint of `_read`."""
    kernels, channels = _as_rows(weight, groups).swapaxes(1, 2), groups * weight.shape[1]
    out = np.empty((len(grad), channels, *geometry.size), grad.dtype)
    many = _plan(len(grad), channels, len(weight), groups, geometry).many
    last, maps = _batch_last(out), _batch_last(np.ascontiguousarray(grad))
    memory = _buffer((channels, *geometry.padded, many), grad.dtype)
    for batch in _slices(len(grad), many):
        padded = memory[..., : batch.stop - batch.start]
        padded[...] = 0
        for lines in _lines(geometry, channels, many, grad.itemsize):
            tile = maps[:, lines, ..., batch]
            columns = _multiply(kernels, tile.reshape(groups, kernels.shape[2], -1))
            columns = columns.reshape(channels, *geometry.kernel, *tile.shape[1:])
            col2im(columns, geometry, padded[:, geometry.reads(lines)])
        last[..., batch] = padded[(*geometry.inner, slice(None))]
    return out


def _correlate(grad, images, geometry, groups):
    """Unroll the images, and multiply with the gradients: the sums of `weight_gradient`."""
    kernels, channels = grad.shape[1], images.shape[1] // groups
    plan = _plan(*images.shape[:2], kernels, groups, geometry)
    if plan.lone:
        out = np.zeros((*geometry.kernel, kernels), grad.dtype)
        place, window, lane = _letters(geometry)
        for batch, lines, windows in _lone_windows(images, geometry):
            maps = np.ascontiguousarray(_beside(grad[batch])[lines])
            axes = (*place, *window, lane), maps, (*place, lane), (*window, lane)
            sums = np.einsum(windows, *axes)
            out += sums.reshape(*geometry.kernel, -1, kernels).sum(axis=-2)
        return out.transpose(-1, *range(out.ndim - 1))[:, np.newaxis]
    out = np.zeros((groups, kernels // groups, channels * prod(geometry.kernel)), grad.dtype)
    maps = _batch_last(np.ascontiguousarray(grad))
    for batch, lines, columns in im2col(images, geometry, groups, plan.many):
        tile = maps[:, lines, ..., batch].reshape(groups, kernels // groups, -1)
        out += tile @ columns.swapaxes(1, 2)
    return out.reshape(kernels, channels, *geometry.kernel)


def im2col(images, geometry, groups, many):
    """Yield tiles: which images, which lines, and their windows as the columns of a matrix.

    `images` has shape (N, C, *size), columns have shape (groups, C / groups * kernel, positions);
    the next step overwrites them.
    """
    count, channels, *_ = images.shape
    moves, windows = _windows(images, geometry, many)
    lines = _lines(geometry, channels, many, images.itemsize)
    if geometry.reads_single_entries:
        lines = [slice(0, geometry.out[0])]
    ahead = (slice(None),) * (len(geometry.out) + 2)
    views = [windows[(*ahead, cut)] for cut in lines]
    memory = _buffer((prod(views[0].shape[1:]),), images.dtype)  # the first tile is the largest
    tiles = [
        (cut, view, memory[: prod(view.shape[1:])].reshape(view.shape[1:]))
        for cut, view in zip(lines, views, strict=True)
    ]
    height = channels // groups * prod(geometry.kernel)
    for number in range(count // many):
        batch = slice(number * many, number * many + many)
        for target, origin in moves:
            target[...] = origin[..., batch]
        for cut, view, columns in tiles:
            if geometry.reads_single_entries:
                columns = view[number]
            else:
                columns[...] = view[number]
            yield batch, cut, columns.reshape(groups, height, -1)
    rest = count % many
    if rest:
        for _, cut, columns in im2col(images[count - rest :], geometry, groups, rest):
            yield slice(count - rest, count), cut, columns


def col2im(columns, geometry, padded):
    """Add every entry of the columns of a tile to the place in `padded` where it was read.

    `padded`, of shape (C, ..., n), is the part of the padded images that the tile reads.
    """
    axes = len(geometry.kernel)
    for axis, (dilation, stride) in enumerate(zip(geometry.dilation, geometry.stride, strict=True)):
        channels, taps, *shape = columns.shape
        place = axis - axes - 1
        count, shape[place] = shape[place], padded.shape[place]
        folded = padded if place == -2 else np.zeros((channels, *shape), columns.dtype)
        lines = folded.swapaxes(0, place)
        for i in range(taps):
            lines[tap(i, dilation, stride, count)] += columns[:, i].swapaxes(0, place)
        columns = folded


def _windows(images, geometry, many):
    """What to copy for each step, and the view (steps, C, *kernel, *out, many) of all windows."""
    count, channels, *_ = images.shape
    last, wide = _batch_last(images), geometry.out[-1]
    if many == 1 and geometry.stride[-1] == 1 and prod(geometry.kernel[:-1]) > 1:
        # The last axis comes first: then whole rows stand side by side and are copied as one block.
        shape = channels, geometry.kernel[-1], *geometry.padded[:-1], wide, many
        rows, moves = _buffer(shape, images.dtype), []
        rows[...] = 0
        for i in range(geometry.kernel[-1]):
            shift = i * geometry.dilation[-1] - geometry.padding[-1][0]
            low, high = max(0, -shift), min(wide, geometry.size[-1] - shift)
            if low < high:
                target = rows[(slice(None), i, *geometry.inner[1:-1], slice(low, high))]
                moves.append((target, last[..., low + shift : high + shift, :]))
        channel, narrow, *steps, entry, _ = rows.strides
        step, source = 0, rows
        taps = [n * d for n, d in zip(steps, geometry.dilation, strict=False)] + [narrow]
        steps = [*steps, entry]
    else:
        if many == 1 and geometry.padded == geometry.size:
            source, moves = np.ascontiguousarray(images), []
            step, channel, *steps = source.strides
        else:
            source = _buffer((channels, *geometry.padded, many), images.dtype)
            if any(map(any, geometry.padding)):
                source[...] = 0
            moves = [(source[(*geometry.inner, slice(None))], last)]
            step, (channel, *steps, _) = 0, source.strides
        taps = [n * d for n, d in zip(steps, geometry.dilation, strict=True)]
    steps = [n * s for n, s in zip(steps, geometry.stride, strict=True)]
    shape = count // many, channels, *geometry.kernel, *geometry.out, many
    strides = step, channel, *taps, *steps, images.itemsize
    return moves, np.ndarray(shape, images.dtype, source, 0, strides)


def _lone_windows(images, geometry):
    """Yield which images, which lines, and the view (*out, *kernel, lanes) of their windows.

    A lane is a channel of an image; the next step overwrites them.
    """
    count, channels, *_ = images.shape
    line_bytes = channels * prod(geometry.padded[1:]) * images.itemsize
    fitting = LANE_BYTES // 4 // (line_bytes * geometry.padded[0])
    many = max(1, min(count, max(fitting, LANES // channels)))
    spare = LANE_BYTES // (line_bytes * many) - geometry.spans[0]
    cuts = _cut(geometry.out[0], spare // geometry.stride[0] + 1)
    before, size = geometry.padding[0][0], geometry.size[0]
    for batch in _slices(count, many):
        lanes = _beside(images[batch])
        shape = geometry.reads(cuts[0]).stop, *geometry.padded[1:], lanes.shape[-1]
        padded = _with_gaps(shape, images.dtype)
        if any(map(any, geometry.padding)):
            padded[...] = 0
        *steps, entry = padded.strides
        taps = (n * d for n, d in zip(steps, geometry.dilation, strict=True))
        strides = (*(n * s for n, s in zip(steps, geometry.stride, strict=True)), *taps, entry)
        for lines in cuts:
            read = geometry.reads(lines)
            low = min(max(read.start, before), read.stop)
            high = max(low, min(read.stop, before + size))
            padded[: low - read.start] = padded[high - read.start :] = 0
            inside = slice(low - read.start, high - read.start), *geometry.inner[2:]
            padded[inside] = lanes[low - before : high - before]
            shape = lines.stop - lines.start, *geometry.out[1:], *geometry.kernel, lanes.shape[-1]
            yield batch, lines, as_strided(padded, shape, strides)


def _letters(geometry):
    """What einsum calls the axes of the outputs, of a window, and of the lanes."""
    axes = len(geometry.out)
    return tuple(range(axes)), tuple(range(axes, 2 * axes)), 2 * axes


def _with_gaps(shape, dtype):
    """An empty array with a gap behind its last axis.

    Without it, many pixels would fall on the same few places of the processor's cache.
    """
    *others, last = shape
    return _buffer((*others, last + 16), dtype)[..., :last]


def _beside(maps):
    """View (*size, N * C)."""
    lanes = maps.reshape(-1, *maps.shape[2:])
    return lanes.transpose(*range(1, lanes.ndim), 0)


class Plan(NamedTuple):
    """How to go about some images, and what that costs for each of them."""

    many: int  # images that share a tile
    lone: bool  # whether `_read` unrolls nothing
    read: float  # the cost of `_read`, and of `_correlate`
    write: float  # the cost of `_write`


@lru_cache(maxsize=1024)
def _plan(count, channels, kernels, groups, geometry):
    """The cheapest way to go about images of some geometry."""
    wide, taps, positions = geometry.out[-1], prod(geometry.kernel), prod(geometry.out)
    entries = channels * taps * positions
    moved = (channels * prod(geometry.padded) + kernels * positions) * MOVE
    if geometry.reads_single_entries:
        entries = alone = 0
    elif geometry.stride[-1] == 1:  # by way of rows: see `_windows`
        rows = entries / prod(geometry.kernel[:-1]) * (1 + RUN / wide)
        alone = rows + entries * (1 + RUN / positions)
    else:
        alone = entries * (1 + STEP + RUN / wide)
    many, cost = 1, CALLS + alone
    fitting = min(count, TILE_BYTES // max(1, channels * taps * prod(geometry.out[1:]) * 4))
    if fitting > 1:
        fitting = -(-count // -(-count // fitting))  # evenly dealt
        run = fitting * wide if geometry.stride[-1] == 1 else fitting
        together = CALLS / fitting + entries * (1 + RUN / run) + moved
        many, cost = min((many, cost), (fitting, together), key=lambda way: way[1])
    lone = entries * LONE + moved
    if not groups == channels == kernels or count * channels < LANES / 4 or cost <= lone:
        return Plan(many, False, cost, SUM * cost)
    return Plan(many, True, lone, SUM * cost)


@lru_cache(maxsize=1024)
def _turning_pays(count, channels, kernels, groups, geometry, direct, turned):
    """Whether unrolling the outputs costs less than unrolling the images.

    `direct` and `turned` say which cost of a plan counts on either side, "read" or "write".
    """
    plans = [_plan(count, kernels, channels, groups, part.geometry) for part in _parts(geometry)]
    theirs = sum(getattr(plan, turned) for plan in plans)
    if any(step > 1 for step in geometry.stride):
        theirs += channels * prod(geometry.size) * MOVE
    return theirs < getattr(_plan(count, channels, kernels, groups, geometry), direct)


@dataclass(frozen=True)
class _Part:
    """Pixels and outputs that lead to each other without stride, and by which kernel entries."""

    pixels: tuple
    taps: tuple
    outputs: tuple
    geometry: Geometry  # with the outputs as images


@lru_cache(maxsize=1024)
def _parts(geometry):
    """The convolution from the side of its outputs."""
    each = zip(
        geometry.size, geometry.kernel, geometry.stride, geometry.dilation, geometry.padding,
        geometry.out, strict=True,
    )  # fmt: skip
    parts = []
    for axes in product(*(_parts_of_axis(*axis) for axis in each)):
        *slices, size, kernel, stride, dilation, padding, out = zip(*axes, strict=True)
        pixels, taps, outputs = ((slice(None),) * 2 + cut for cut in slices)
        turned = Geometry(size, kernel, stride, dilation, padding, out)
        parts.append(_Part(pixels, taps, outputs, turned))
    return tuple(parts)


def _parts_of_axis(size, kernel, stride, dilation, padding, out):
    """Along one axis: slices of pixels, taps and outputs, and the numbers of their geometry."""
    every = stride // gcd(stride, dilation)  # taps so far apart read pixels of the same part,
    apart = dilation // gcd(stride, dilation)  # which there are so far apart
    for first in range(min(every, kernel)):
        # In the part, output p reads by its u-th tap the pixel p + u * apart + shift.
        shift, remainder = divmod(first * dilation - padding[0], stride)
        pixels, taps = len(range(remainder, size, stride)), len(range(first, kernel, every))
        span = (taps - 1) * apart
        low, high = max(0, shift), min(pixels, out + span + shift)  # the pixels that are read
        start, stop = max(0, -span - shift), min(out, pixels - shift)  # the outputs that read one
        if low < high and start < stop:
            yield (
                slice(remainder + low * stride, remainder + (high - 1) * stride + 1, stride),
                slice(first, None, every),
                slice(start, stop),
                stop - start, taps, 1, apart,
                (span + shift + start - low, high - shift - stop),
                high - low,
            )  # fmt: skip


def _turned(weight, groups):
    """The kernels turned round, with input and output channels exchanged within each group."""
    kernels, channels, *kernel = weight.shape
    turned = weight[(..., *[slice(None, None, -1)] * len(kernel))]
    turned = turned.reshape(groups, kernels // groups, channels, *kernel).swapaxes(1, 2)
    return turned.reshape(groups * channels, kernels // groups, *kernel)


def _multiply(left, right, out=None):
    """Product of matrices; where there is nothing to add up, BLAS is no help."""
    return (np.multiply if left.shape[-1] == 1 else np.matmul)(left, right, out=out)


@lru_cache(maxsize=1024)
def _lines(geometry, channels, many, itemsize):
    """Cut the first output axis into parts whose columns stay below `TILE_BYTES`, or are few."""
    line = prod(geometry.out[1:])
    most = TILE_BYTES // max(1, channels * prod(geometry.kernel) * line * many * itemsize)
    if many == 1:
        most = max(most, FEW // max(1, line))
    return _cut(geometry.out[0], most)


def _cut(count, most):
    """Cut a range into as few slices as possible, evenly dealt."""
    return _slices(count, -(-count // -(-count // max(1, most))))


def _slices(count, step):
    """Cut a range into slices of so many."""
    return [slice(start, min(start + step, count)) for start in range(0, count, step)]


def _as_rows(weight, groups):
    """The kernels as rows of a matrix, one matrix for each group."""
    return weight.reshape(groups, len(weight) // groups, prod(weight.shape[1:]))


def _as_maps(array, groups):
    """View (N, groups, K / groups, positions) of feature maps."""
    return array.reshape(len(array), groups, array.shape[1] // groups, prod(array.shape[2:]))


def _batch_last(array):
    """View (C, *size, N)."""
    return array.transpose(*range(1, array.ndim), 0)


def _buffer(shape, dtype):
    """An empty array at the start of a cache line.

    Some processors copy blocks ten times slower when the target lies 16 bytes behind the source,
    counted modulo the page size; between arrays that NumPy places itself this is common.
    """
    memory = np.empty(prod(shape) * dtype.itemsize + 63, np.uint8)
    address, _ = memory.__array_interface__["data"]
    return np.ndarray(shape, dtype, memory, offset=-address % 64)
