"""Where the windows of a convolution lie: stride, padding, dilation, and the transposed one."""

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from coursecnn import shapes
from coursecnn.plots._cells import cells, fill, frame, write
from coursecnn.plots._place import WIDTH, panels
from coursecnn.plots._words import counted
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour

_LARGEST = 13  # cells of a side: more could not be told apart on a telephone


def geometry(
    size, kernel_size, stride=1, padding=0, dilation=1, *, transposed=False, at=(0, 0), ax=None
):
    """Draw which cells a kernel reads for one output, and where its other windows lie.

    On the left is the input with the zeros that are put around it; a transposed convolution also
    puts zeros between its cells, `stride` − 1 of them. A dashed frame is the window of one output,
    and the cells that it reads are filled. Where windows are further apart than one cell, a dot is
    the middle of each other one. On the right is the output, with the cell of that window filled.

    Parameters
    ----------
    size : int or (int, int)
        Height and width of the input.
    kernel_size : int or (int, int)
        Height and width of the kernel.
    stride, padding, dilation : int or (int, int), default 1, 0 and 1
        As in `coursecnn.ops.conv2d`, or in `coursecnn.ops.conv_transpose2d`.
    transposed : bool, default False
        Whether to draw the transposed convolution, whose windows move by one cell.
    at : (int, int), default (0, 0)
        Row and column of the output whose window is drawn.
    ax : matplotlib.axes.Axes, optional
        One of `plt.subplots`; both grids share its place.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, shape (2,)

    Raises
    ------
    TypeError
        If an entry is not a whole number.
    ValueError
        If the kernel does not fit, the input is too large to be drawn, or there is no such output.

    See Also
    --------
    operation : the same with numbers, for stride 1.

    Examples
    --------
    >>> from coursecnn import plots
    >>> axes = plots.geometry(5, 3, stride=2)
    >>> plots.alt_text(axes)  # doctest: +ELLIPSIS
    'A grid of 5×5 input cells. A dashed frame of 3×3 cells lies at row 1, column 1...'
    """
    sizes, kernel, stride, padding, dilation = _pairs(size, kernel_size, stride, padding, dilation)
    rules = zip(sizes, kernel, stride, padding, dilation, strict=True)
    rows, columns = (_axis(*rule, transposed) for rule in rules)
    output = rows["outputs"], columns["outputs"]
    _check_place(at, output)
    laid = len(rows["cells"]), len(columns["cells"])
    if max(laid) > _LARGEST:
        raise ValueError(
            f"`size` gives a grid of {laid[0]}×{laid[1]} cells with its zeros, of which at most "
            f"{_LARGEST} on a side can be told apart; choose a smaller input."
        )
    axes = _panels(laid, output, ax)
    _input(axes[0], rows, columns, at, "spread input" if transposed else "input")
    cells(axes[1], output, "output")
    fill(axes[1], *at, "output")
    axes[1].set_title("output", color=colour("output"), loc="left")
    remember(axes, lambda: _words(sizes, rows, columns, output, at))
    return axes


def _pairs(size, kernel_size, stride, padding, dilation):
    """One number for the height and one for the width of each."""
    return (
        shapes.pair(size, name="size", minimum=1),
        shapes.pair(kernel_size, name="kernel_size", minimum=1),
        shapes.pair(stride, name="stride", minimum=1),
        shapes.pair(padding, name="padding", minimum=0),
        shapes.pair(dilation, name="dilation", minimum=1),
    )


def _axis(size, kernel, stride, padding, dilation, transposed):
    """What lies along one axis: for each cell whether it is input, the step, the taps, the number.

    A transposed convolution is one of stride 1 on the input whose cells are `stride` apart, with
    as many zeros around as let its kernel reach every output that the other way read the input.
    """
    if transposed:
        around, apart, step = dilation * (kernel - 1) - padding, stride, 1
        outputs = shapes.transposed_output_size(size, kernel, stride, padding, dilation=dilation)
    else:
        around, apart, step = padding, 1, stride
        outputs = shapes.output_size(size, kernel, stride, padding, dilation)
    if around < 0:
        raise ValueError(
            f"`padding` of a transposed convolution takes away what its kernel of {kernel} adds; "
            f"with dilation {dilation} at most {dilation * (kernel - 1)} can be drawn, "
            f"not {padding}."
        )
    span = [index % apart == 0 for index in range((size - 1) * apart + 1)]
    return {
        "cells": [False] * around + span + [False] * around,
        "around": around,
        "step": step,
        "taps": [dilation * tap for tap in range(kernel)],
        "outputs": outputs,
    }


def _check_place(at, output):
    """An output that there is."""
    if not all(0 <= index < count for index, count in zip(at, output, strict=True)):
        raise ValueError(f"`at` must be a cell of the output of shape {output}; received {at}.")


def _panels(laid, output, ax):
    """Two panels, with cells of one size."""
    widths, height = (laid[1], output[1]), max(laid[0], output[0])
    size = (WIDTH, WIDTH * height / (sum(widths) + 1) + 0.3)
    return panels(1, 2, size, ax, width_ratios=widths)[0]


def _input(ax, rows, columns, at, title):
    """The cells of the input and its zeros, one window, and the middles of the others."""
    shape = len(rows["cells"]), len(columns["cells"])
    cells(ax, shape, "quiet")
    top, left = (index * axis["step"] for index, axis in zip(at, (rows, columns), strict=True))
    read = {(top + row, left + column) for row in rows["taps"] for column in columns["taps"]}
    for row, column in np.ndindex(shape):
        real = rows["cells"][row] and columns["cells"][column]
        if real:
            look = {"facecolor": (colour("input"), 0.14)}
            frame(ax, (row, column, 1, 1), "input", linewidth=1.2, **look)
        if (row, column) in read:
            fill(ax, row, column, "kernel", 0.3)
        if not real:
            write(ax, row, column, "0", colour("text" if (row, column) in read else "quiet"))
    if max(rows["step"], columns["step"]) > 1:
        _middles(ax, rows, columns, at)
    tall, wide = rows["taps"][-1] + 1, columns["taps"][-1] + 1
    frame(ax, (top, left, tall, wide), "kernel", linewidth=2.4)
    ax.set_title(title, color=colour("input"), loc="left")


def _middles(ax, rows, columns, at):
    """A dot in the middle of every window but the one that is framed."""
    half = [(axis["taps"][-1] + 1) / 2 for axis in (rows, columns)]
    circle = Path.unit_circle()
    for row, column in np.ndindex(rows["outputs"], columns["outputs"]):
        if (row, column) != tuple(at):
            middle = column * columns["step"] + half[1], row * rows["step"] + half[0]
            dot = Path(circle.vertices * 0.13 + middle, circle.codes)
            ax.add_patch(PathPatch(dot, facecolor=colour("kernel"), linewidth=0))


def _words(sizes, rows, columns, output, at):
    """Alt text: the input, its zeros, the window and what it reads, and the output."""
    yield f"A grid of {sizes[0]}×{sizes[1]} input cells."
    between = len(rows["cells"]) - 2 * rows["around"] > sizes[0]
    between |= len(columns["cells"]) - 2 * columns["around"] > sizes[1]
    around = max(rows["around"], columns["around"])
    if between:
        yield "Zeros push its cells apart."
    if around:
        yield f"A border of zeros, up to {counted(around, 'cell')} wide, lies around it."
    top, left = (index * axis["step"] + 1 for index, axis in zip(at, (rows, columns), strict=True))
    tall, wide = rows["taps"][-1] + 1, columns["taps"][-1] + 1
    read = len(rows["taps"]) * len(columns["taps"])
    yield (
        f"A dashed frame of {tall}×{wide} cells lies at row {top}, column {left} and reads "
        f"{read} of them."
    )
    steps = counted(rows["step"], "row"), counted(columns["step"], "column")
    yield f"Neighbouring windows are {steps[0]} or {steps[1]} apart."
    yield f"The output has {output[0]}×{output[1]} cells, of which row {at[0] + 1}, column "
    yield f"{at[1] + 1} is filled."
