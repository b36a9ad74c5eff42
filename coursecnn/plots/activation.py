"""An activation and its derivative."""

import numpy as np

from coursecnn.plots._check import numbers
from coursecnn.plots._end_labels import label_ends
from coursecnn.plots._place import place
from coursecnn.plots._words import number, tendency
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour

_STEEP = 10  # a derivative that climbs faster has jumped; those of smooth activations stay below 1


def activation(function, backward, *, x=(-4, 4), name=None, ax=None):
    """Draw an activation, and its derivative as a dashed line; where that jumps it has a gap.

    Parameters
    ----------
    function : callable
        Takes an array, returns one of the same shape, as `coursecnn.ops.relu`.
    backward : callable
        Takes a gradient and the input, as `coursecnn.ops.relu_backward`.
    x : (float, float), default (-4, 4)
        Where the drawing begins and ends.
    name : str, optional
        The activation's name; by default that of the function.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `function` or `backward` cannot be called.
    ValueError
        If they do not return one number per input.
    """
    points, name = _points(x), name or getattr(function, "__name__", "activation")
    value = _call(function, "function", points)
    slope = _call(backward, "backward", np.ones_like(points), points)
    jumps = np.flatnonzero(np.abs(np.diff(slope)) > _STEEP * np.diff(points))
    ax = place(ax)
    lines = [
        *ax.plot(points, value, color=colour("output"), linestyle="-"),
        *ax.plot(*_with_gaps(points, slope, jumps), color=colour("gradient"), linestyle="--"),
    ]
    for jump in jumps:
        ends = {"marker": "o", "linestyle": "none", "markerfacecolor": "none"}
        ax.plot(
            [points[jump : jump + 2].mean()] * 2,
            slope[jump : jump + 2],
            color=colour("gradient"),
            **ends,
        )
    ax.axhline(0, color=colour("quiet"), linewidth=0.8, linestyle="-", zorder=0)
    ax.set(xlabel="x")
    label_ends(ax, lines, [name, "derivative"])
    remember(ax, lambda: _words(name, points, value, slope, jumps))
    return ax


def _points(x):
    """Points from one end to the other, an even number: 0 in the middle is not among them."""
    ends = numbers(x, "x").astype(float)
    if ends.shape != (2,) or not ends[0] < ends[1]:
        raise ValueError(f"`x` must be two numbers, the smaller first; received {x!r}.")
    return np.linspace(*ends, 400)


def _call(function, name, *arrays):
    """What a function answers to the points, one number for each."""
    if not callable(function):
        raise TypeError(
            f"`{name}` must be a function of arrays, as in `coursecnn.ops`; "
            f"received {type(function).__name__}."
        )
    answer = numbers(function(*arrays), name).astype(float)
    if answer.shape != arrays[0].shape:
        raise ValueError(
            f"`{name}` must return one number per input, shape {arrays[0].shape}; "
            f"received {answer.shape}."
        )
    return answer


def _with_gaps(points, slope, jumps):
    """The curve with a NaN at each jump, where matplotlib lifts the pen."""
    middles = (points[jumps] + points[jumps + 1]) / 2
    return np.insert(points, jumps + 1, middles), np.insert(slope, jumps + 1, np.nan)


def _words(name, points, value, slope, jumps):
    """Alt text: how both curves go, the largest derivative, and where it jumps."""
    ends = f"from {number(points[0])} to {number(points[-1])}"
    yield f"Line chart of {name} and, dashed, its derivative, for x {ends}."
    yield f"{name} {tendency(points, value)}."
    yield f"The derivative lies between {number(slope.min())} and {number(slope.max())}."
    for jump in jumps:
        middle = points[jump : jump + 2].mean()
        where = number(middle if abs(middle) > 1e-9 else 0)
        yield f"At {where} it jumps from {number(slope[jump])} to {number(slope[jump + 1])}."
