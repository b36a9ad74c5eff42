"""Unroll the windows of an image into the columns of a matrix, and fold such columns back.

A matrix product with the kernels then does all the arithmetic. Neighbouring windows share most of
their entries, so the matrix is much larger than the image. It is therefore made for some rows of
one image at a time, in buffers that serve all images in turn.
"""

from math import prod

import numpy as np

from coursecnn.ops._geometry import tap

TILE_BYTES = 2**21  # from 1 MiB on, larger tiles are not faster


def unroll(images, geometry, groups):
    """Yield, for each image and tile, the image's number, the output positions, and the columns.

    `images` has shape (N, C, *size), columns have shape (groups, C / groups * kernel, positions);
    the next step overwrites them.
    """
    channels = images.shape[1]
    if geometry.reads_single_entries:
        everything = slice(0, prod(geometry.out))
        for number, image in enumerate(images):
            yield number, everything, image.reshape(groups, channels // groups, everything.stop)
        return
    padded = _buffer((channels, *geometry.padded), images.dtype)
    padded[...] = 0
    # The last axis comes first: then whole rows stand side by side and are copied as one block.
    inner, narrow = padded[geometry.inner], _windows_of_last_axis(padded, geometry)
    rows = _buffer(narrow.shape, images.dtype)
    parts = _parts(_windows_of_other_axes(rows, geometry), geometry, groups)
    for number, image in enumerate(images):
        inner[...] = image
        rows[...] = narrow
        for positions, windows, columns, matrix in parts:
            columns[...] = windows
            yield number, positions, matrix


def fold(columns, geometry, padded):
    """Add every entry of the columns of a tile to the place in `padded` where it was read.

    `padded`, of shape (C, ...), is the part of the padded image that the tile reads. The steps of
    `unroll` are undone in turn, an axis at a time.
    """
    axes = len(geometry.kernel)
    for axis, (dilation, stride) in enumerate(zip(geometry.dilation, geometry.stride, strict=True)):
        channels, taps, *shape = columns.shape
        place = axis - axes
        count, shape[place] = shape[place], padded.shape[place]
        folded = padded if place == -1 else np.zeros((channels, *shape), columns.dtype)
        lines = folded.swapaxes(0, place)
        for i in range(taps):
            lines[tap(i, dilation, stride, count)] += columns[:, i].swapaxes(0, place)
        columns = folded


def tiles(geometry, bytes_per_entry):
    """Cut the first output axis into equal parts whose columns stay below `TILE_BYTES`."""
    count, line = geometry.out[0], prod(geometry.out[1:])
    line_bytes = bytes_per_entry * prod(geometry.kernel) * line
    most = max(1, TILE_BYTES // max(1, line_bytes))
    step = -(-count // -(-count // most))  # as many lines as fit, evenly dealt
    cuts = [slice(start, min(start + step, count)) for start in range(0, count, step)]
    return [(cut, slice(cut.start * line, cut.stop * line)) for cut in cuts]


def _parts(windows, geometry, groups):
    """For each tile its positions, its windows, and the buffer for them, in both its shapes."""
    others = (slice(None),) * (len(geometry.out) - 1)
    cuts = tiles(geometry, len(windows) * windows.itemsize)
    views = [(positions, windows[(..., cut, *others)]) for cut, positions in cuts]
    memory = _buffer((max((view.size for _, view in views), default=0),), windows.dtype)
    parts = []
    for positions, view in views:
        columns = memory[: view.size].reshape(view.shape)
        height = len(windows) // groups * prod(geometry.kernel)
        matrix = columns.reshape(groups, height, positions.stop - positions.start)
        parts.append((positions, view, columns, matrix))
    return parts


def _windows_of_last_axis(padded, geometry):
    """View (C, kW, ..., W_out) of a buffer (C, ..., W)."""
    channel, *others, step = padded.strides
    shape = (len(padded), geometry.kernel[-1], *padded.shape[1:-1], geometry.out[-1])
    strides = (channel, step * geometry.dilation[-1], *others, step * geometry.stride[-1])
    return np.ndarray(shape, padded.dtype, padded, strides=strides)


def _windows_of_other_axes(rows, geometry):
    """View (C, *kernel, *out) of a buffer (C, kW, ..., W_out)."""
    channel, narrow, *others, step = rows.strides
    taps = [n * d for n, d in zip(others, geometry.dilation, strict=False)]
    steps = [n * s for n, s in zip(others, geometry.stride, strict=False)]
    shape = (len(rows), *geometry.kernel, *geometry.out)
    return np.ndarray(shape, rows.dtype, rows, strides=(channel, *taps, narrow, *steps, step))


def _buffer(shape, dtype):
    """An empty array at the start of a cache line.

    Some processors copy blocks ten times slower when the target lies 16 bytes behind the source,
    counted modulo the page size; between arrays that NumPy places itself this is common.
    """
    memory = np.empty(prod(shape) * dtype.itemsize + 63, np.uint8)
    address, _ = memory.__array_interface__["data"]
    return np.ndarray(shape, dtype, memory, offset=-address % 64)
