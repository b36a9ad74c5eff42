"""The sizes through a network: one stack of maps after the other, one bar per vector."""

import math
import re

from matplotlib.patches import Rectangle

from coursecnn.plots._place import NARROW_WIDTH, WIDTH, place, redraw_narrow
from coursecnn.plots._titles import width
from coursecnn.plots._words import counted
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour
from coursecnn.shapes.integers import integer

_KINDS = {"conv": "conv", "pool": "pool", "linear": "dense", "flatten": "flatten"}
_LEARNED = ("conv", "dense")
_ROW = 2.2  # height of a row, in widths of a tensor's place
_LETTERS = 9.6  # points
_MOST_SHEETS = 7


def network(table, *, input_shape=None, columns=None, ax=None):
    """Draw the tensors of a network from left to right, each with its shape.

    Faces are as high and wide as the maps, stacks as deep as there are maps, bars as long as
    vectors have entries; all on a logarithmic scale. What made a tensor stands above it. Layers
    that keep the shape, such as activations, are not drawn; convolutions and dense layers that
    do so are counted.

    Parameters
    ----------
    table : pandas.DataFrame
        `coursecnn.models.summary(…).table`: the columns kind, and output, shapes without batch.
    input_shape : tuple of int, optional
        (C, H, W) of the input, which is drawn first.
    columns : int, optional
        Tensors per row; by default as many as their labels leave room for.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If the table lacks a column or is empty, or a shape is neither (C, H, W) nor (F,).
    """
    steps = _steps(table, input_shape)
    columns = _columns(steps, WIDTH) if columns is None else integer(columns, "columns", minimum=1)
    rows, wide = -(-len(steps) // columns), min(columns, len(steps))
    ax = place(ax, size=(WIDTH, WIDTH / wide * _ROW * rows))
    _draw(ax, steps, columns, input_shape is not None)
    fewer = min(columns, _columns(steps, NARROW_WIDTH))
    redraw_narrow(ax, lambda narrow: _draw(narrow, steps, fewer, input_shape is not None))
    remember(ax, lambda: _words(steps))
    return ax


def _draw(ax, steps, columns, begins_with_input):
    """The tensors in rows of so many."""
    rows, wide = -(-len(steps) // columns), min(columns, len(steps))
    largest = _largest([shape for _, shape in steps])
    for index, (name, shape) in enumerate(steps):
        row, column = divmod(index, columns)
        role = "input" if index == 0 and begins_with_input else "output"
        _tensor(ax, column, -row * _ROW, shape, largest, role)
        _write(ax, column, -row * _ROW, name, shape)
    ax.set(xlim=(-0.5, wide - 0.5), ylim=(-(rows - 1) * _ROW - 1.2, 0.9), aspect="equal")
    ax.set_axis_off()


def _steps(table, input_shape):
    """What made each tensor, and its shape, where the shape changes."""
    missing = [name for name in ("kind", "output") if name not in table]
    if missing or not len(table):
        raise ValueError(
            "`table` must be the table of a summary, one row per layer with the columns kind and "
            f"output; received {len(table)} rows with {', '.join(map(str, table)) or 'no columns'}."
        )
    steps = [] if input_shape is None else [["input", _shape(input_shape), 1]]
    for kind, output in zip(table["kind"], table["output"], strict=True):
        name, shape = _short(kind), _shape(output)
        if not steps or shape != steps[-1][1]:
            steps.append([name, shape, 1])
        elif name in _LEARNED and name == steps[-1][0]:
            steps[-1][2] += 1
    return [(name if count == 1 else f"{count} {name}", shape) for name, shape, count in steps]


def _short(kind):
    """A layer's name in small letters: what AdaptiveAvgPool2d does is to pool."""
    plain = re.sub(r"(Transpose)?[123]d$", "", str(kind)).lower()
    return next((short for part, short in _KINDS.items() if part in plain), plain)


def _shape(shape):
    """A shape with one or three entries, all positive."""
    sizes = tuple(shape) if isinstance(shape, tuple | list) else (shape,)
    if len(sizes) not in (1, 3) or not all(isinstance(n, int) and n > 0 for n in sizes):
        raise ValueError(
            f"a shape must be (C, H, W) or (F,), whole numbers from 1 on; received {shape!r}."
        )
    return sizes


def _largest(shapes):
    """The longest side of a map and the longest vector, which set the scales."""
    sides = [max(shape[1:]) for shape in shapes if len(shape) == 3]
    vectors = [shape[0] for shape in shapes if len(shape) == 1]
    return {"side": max(sides, default=1), "vector": max(vectors, default=1)}


def _length(size, largest, longest):
    """How long a size is drawn, on a logarithmic scale from a dot to the longest."""
    return longest * (0.2 + 0.8 * math.log2(size) / max(math.log2(largest), 1))


def _columns(steps, inches):
    """As many tensors per row as the widest label allows, in rows of about equal length."""
    labels = [text for name, shape in steps for text in (name, *_label(shape).split("\n"))]
    room = int(inches * 72 / (_LETTERS * max(map(width, labels)) + 4))
    return -(-len(steps) // -(-len(steps) // room))


def _label(shape):
    """How many maps, and below it how large they are."""
    return f"{shape[0]:,}\n{'×'.join(str(n) for n in shape[1:])}".rstrip()


def _tensor(ax, x, y, shape, largest, role):
    """A stack of sheets with its middle at (x, y), or a bar for a vector."""
    tint = colour(role)
    look = {"edgecolor": tint, "facecolor": (tint, 0.16), "linewidth": 1}
    if len(shape) == 1:
        height = _length(shape[0], largest["vector"], 0.9)
        ax.add_patch(Rectangle((x - 0.06, y - height / 2), 0.12, height, **look))
        return
    tall, wide = (_length(side, largest["side"], 0.55) for side in shape[1:])
    sheets = min(_MOST_SHEETS, 1 + int(math.log2(shape[0])))
    for sheet in reversed(range(sheets)):
        shift = 0.045 * (sheet - (sheets - 1) / 2)
        ax.add_patch(Rectangle((x - wide / 2 + shift, y - tall / 2 + shift), wide, tall, **look))


def _write(ax, x, y, name, shape):
    """What made the tensor above it, its shape below it in two lines."""
    learned = any(name.endswith(kind) for kind in _LEARNED)
    ax.text(
        x, y + 0.6, name, ha="center", color=colour("kernel" if learned else "quiet"), size=_LETTERS
    )
    ax.text(x, y - 0.55, _label(shape), ha="center", va="top", size=_LETTERS)


def _words(steps):
    """Alt text: the chain of shapes, in order."""
    yield f"{counted(len(steps), 'tensor')} of a network, from left to right, as stacks and bars."
    chain = (f"{name} {'×'.join(str(n) for n in shape)}" for name, shape in steps)
    yield f"In order they are {', '.join(chain)}."
