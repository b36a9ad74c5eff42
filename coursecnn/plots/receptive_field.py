"""What one unit sees: the chain of layers from the side, one row of squares per layer."""

from matplotlib.patches import FancyBboxPatch, Rectangle

from coursecnn import shapes
from coursecnn.plots._place import WIDTH, place
from coursecnn.plots._words import counted
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour
from coursecnn.shapes.integers import integer

_WIDEST = 64  # input pixels: more could not be told apart on a telephone


def receptive_field(layers, *, unit=None, ax=None):
    """Draw which units of each layer, and which pixels, one unit of the last layer sees.

    Parameters
    ----------
    layers : sequence of tuple of int
        Convolutions and poolings from the input on, each (kernel_size, stride), or with padding
        and dilation as in `coursecnn.shapes.receptive_field`.
    unit : int, optional
        Number of the unit, counted from 0; by default the first one that sees no padding.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If an entry is not a whole number.
    ValueError
        If there is no layer, or the unit sees more than 64 pixels, or none.
    """
    layers = _layers(layers)
    fields = [shapes.receptive_field(layers[:depth]) for depth in range(len(layers) + 1)]
    _check_width(fields[-1])
    first = -(fields[-1].start // fields[-1].jump)
    unit = first if unit is None else integer(unit, "unit", minimum=0)
    seen = _seen(layers, unit)
    ax = place(ax, size=(WIDTH, 0.7 + 0.62 * len(fields)))
    for depth, (units, field) in enumerate(zip(seen, fields, strict=True)):
        _row(ax, depth, units, field, layers)
    for depth, layer in enumerate(layers, 1):
        _threads(ax, depth, seen, fields, layer)
    _settle(ax, seen, fields)
    remember(ax, lambda: _words(layers, fields, seen))
    return ax


def _layers(layers):
    """At least one layer, each a tuple; what is in it is checked by `shapes`."""
    layers = list(layers)
    if not layers or not all(isinstance(layer, tuple | list) for layer in layers):
        raise ValueError(
            "`layers` must hold layers as (kernel_size, stride), as in [(3, 1), (2, 2)]; "
            f"received {layers!r}."
        )
    return [tuple(layer) for layer in layers]


def _check_width(field):
    """Not more pixels than can be told apart."""
    if field.size > _WIDEST:
        raise ValueError(
            f"`layers` see {field.size} pixels, of which at most {_WIDEST} can be told apart in a "
            "drawing; draw the first layers only."
        )


def _seen(layers, unit):
    """For the input and each layer, the units on which `unit` of the last layer depends.

    Negative ones are padding. They are zeros, whatever the input: nothing below them is seen.
    """
    seen = [{unit}]
    for kernel_size, stride, padding, dilation in map(_full, reversed(layers)):
        taps = range(0, dilation * kernel_size, dilation)
        seen.append({u * stride - padding + tap for u in _inside(seen[-1]) for tap in taps})
    if not _inside(seen[-1]):
        raise ValueError(f"`unit` {unit} sees nothing but padding; choose a larger one, or none.")
    return [sorted(units) for units in reversed(seen)]


def _inside(units):
    """The units that are not padding."""
    return [unit for unit in units if unit >= 0]


def _full(layer):
    """The four numbers of a layer, with no padding and no dilation unless said."""
    return layer + (0, 1)[len(layer) - 2 :]


def _centre(unit, field):
    """Where a unit stands: above the middle of what it sees."""
    return field.start + unit * field.jump + (field.size - 1) / 2


def _row(ax, depth, units, field, layers):
    """One row of squares, seen ones filled; what lies before the first pixel is padding."""
    shown = range(units[0] - 1, units[-1] + 2) if depth else range(units[0] - 2, units[-1] + 3)
    for unit in shown:
        _unit(ax, (_centre(unit, field), depth), unit in units, depth, padding=unit < 0)
    name = "input" if depth == 0 else _name(layers[depth - 1])
    ax.text(0, depth, name, ha="right", va="center", transform=ax.get_yaxis_transform())
    sees = f"sees {counted(field.size, 'pixel')}" if depth else ""
    ax.text(1, depth, sees, ha="left", va="center", transform=ax.get_yaxis_transform())


def _name(layer):
    kernel_size, stride, _, dilation = _full(layer)
    words = [f"size {kernel_size}", f"stride {stride}"] + [f"dilation {dilation}"] * (dilation > 1)
    return "\n".join((words[0], ", ".join(words[1:])))


def _unit(ax, centre, seen, depth, *, padding):
    """A square for a pixel, a rounded one for a unit, dashed for padding."""
    tint, half = colour("output" if depth else "input"), 0.36
    look = {"edgecolor": tint, "facecolor": tint if seen else "none", "linewidth": 1}
    if padding:
        look |= {"linestyle": ":", "facecolor": "none"}
    left, bottom = centre[0] - half, centre[1] - 0.16
    if depth == 0:
        ax.add_patch(Rectangle((left, bottom), 2 * half, 0.32, **look))
    else:
        style = "round,pad=0,rounding_size=0.14"
        ax.add_patch(FancyBboxPatch((left, bottom), 2 * half, 0.32, boxstyle=style, **look))


def _threads(ax, depth, seen, fields, layer):
    """Lines from each seen unit to what it sees one row below."""
    kernel_size, stride, padding, dilation = _full(layer)
    for unit in _inside(seen[depth]):
        x = _centre(unit, fields[depth])
        for tap in range(0, dilation * kernel_size, dilation):
            below = _centre(unit * stride - padding + tap, fields[depth - 1])
            line = {"color": colour("kernel"), "linewidth": 0.8, "linestyle": "-", "alpha": 0.7}
            ax.plot([x, below], [depth - 0.17, depth - 1 + 0.17], **line)


def _settle(ax, seen, fields):
    """Limits that hold all rows; no axes, since the squares are the scale."""
    low, high = seen[0][0] - 2.6, seen[0][-1] + 2.6
    ax.set(xlim=(low, high), ylim=(-0.3, len(fields) - 0.7))
    ax.set_axis_off()


def _words(layers, fields, seen):
    """Alt text: the rows, and what the unit sees in each."""
    yield f"{counted(len(layers), 'layer')} above a row of input pixels, seen from the side."
    yield "One unit of the top row is filled, and below it all that it sees, joined by lines."
    for depth in range(len(layers) - 1, 0, -1):
        yield f"It depends on {counted(len(_inside(seen[depth])), 'unit')} of layer {depth}."
    pixels, stretch = counted(len(_inside(seen[0])), "pixel"), fields[-1].size
    yield f"In the input it sees {pixels} in a stretch of {stretch}."
    outside = len(seen[0]) - len(_inside(seen[0]))
    if outside:
        yield f"It also reaches {counted(outside, 'position')} of the padding."
