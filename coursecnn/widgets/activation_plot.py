"""The activation plot: a function, its derivative, and what the slope does to a gradient."""

from math import ceil, hypot

import numpy as np

from coursecnn import ops
from coursecnn.widgets.figure import Choice, Figure, Real
from coursecnn.widgets.still import colour, drawing_of, image_of, precise, write

TITLES = {"relu": "ReLU", "leaky_relu": "leaky ReLU", "elu": "ELU", "gelu": "GELU"}
NAMES = ("relu", "leaky_relu", "elu", "gelu", "sigmoid", "tanh")
LEAST, MOST = -6, 6

WIDTH, HEIGHT = 480, 260
LEFT, TOP, FOOT = 44, 30, 26
TANGENT = 75


class ActivationPlot(Figure):
    """Move along an activation, and see its slope: the factor that a gradient is multiplied by.

    Parameters
    ----------
    name : {'relu', 'leaky_relu', 'elu', 'gelu', 'sigmoid', 'tanh'}, default 'relu'
        The activation, named as in `coursecnn.ops`.
    x : float, default 1.0
        Where the reader stands, from -6 to 6.

    Raises
    ------
    ValueError
        If there is no such activation, or `x` lies outside the plot.
    TypeError
        If an argument is none of these.

    Notes
    -----
    Both parameters are traits that follow the reader.
    """

    tag = "activation-plot"

    name = Choice(NAMES).tag(sync=True)
    x = Real(1.0, least=LEAST, most=MOST).tag(sync=True)

    @property
    def value(self):
        """The activation at `x`, float."""
        return float(self._value(self.x))

    @property
    def slope(self):
        """Its derivative at `x`, float; where there is none, the number that libraries take."""
        return float(self._slope(self.x))

    def still(self):
        """Both curves, the tangent at `x` and a mark on either curve."""
        places = np.linspace(LEAST, MOST, 121)
        value, slope = self._value(places), self._slope(places)
        low, high = min(value.min(), slope.min()), max(value.max(), slope.max())
        chart = _Chart(low - 0.08 * (high - low), high + 0.08 * (high - low))
        # A derivative that is torn at 0 is drawn in two pieces.
        halves = [slice(None, 60), slice(61, None)] if self._is_torn() else [slice(None)]
        inside = [
            chart.curve(places, value, "output", ""),
            *(chart.curve(places[half], slope[half], "gradient", "8 5") for half in halves),
            chart.tangent(self.x, self.value, self.slope),
        ]
        parts = [
            chart.titles(TITLES.get(self.name, self.name)),
            chart.axes(),
            chart.cut("".join(inside)),
            chart.marks(self.x, self.value, self.slope),
        ]
        return image_of(drawing_of("".join(parts), WIDTH, HEIGHT), self._alternative())

    def _value(self, x):
        return getattr(ops, self.name)(x)

    def _slope(self, x):
        return getattr(ops, f"{self.name}_backward")(np.ones_like(x, dtype=float), x)

    def _is_torn(self):
        before, after = self._slope(np.array([-1e-9, 1e-9]))
        return abs(after - before) > 0.1

    def _alternative(self):
        torn = " The derivative jumps at 0." if self._is_torn() else ""
        return (
            f"The curve of {TITLES.get(self.name, self.name)} and, dashed, its derivative, "
            f"for x from −6 to 6.{torn} "
            f"At x = {precise(self.x)} the function is {precise(self.value)} and its derivative, "
            f"the slope of the tangent drawn there, is {precise(self.slope)}."
        )


class _Chart:
    """Where numbers lie in the picture, and what is drawn there."""

    def __init__(self, bottom, top):
        self.bottom, self.top = bottom, top

    def place(self, x, y):
        """Pixels of a point."""
        across = (x - LEAST) / (MOST - LEAST) * (WIDTH - LEFT - 12)
        up = (self.top - y) / (self.top - self.bottom) * (HEIGHT - TOP - FOOT)
        return LEFT + across, TOP + up

    def axes(self):
        """Both axes through 0, with their numbers."""
        (left, ground), (right, _) = self.place(LEAST, 0), self.place(MOST, 0)
        zero, foot = self.place(0, 0)[0], HEIGHT - FOOT
        lines = f"M{left:g} {ground:g}H{right:g}M{zero:g} {TOP}V{foot}"
        parts = [f'<path d="{lines}" stroke="{colour("quiet")}"/>']
        for x in range(LEAST, MOST + 1, 2):
            parts.append(write(precise(x), self.place(x, 0)[0], foot + 18, 13))
        for y in self._levels():
            parts.append(write(precise(y), LEFT - 6, self.place(0, y)[1] + 4, 13, anchor="end"))
        return "".join(parts)

    def cut(self, content):
        """The content without what leaves the field."""
        width, height = WIDTH - LEFT - 12, HEIGHT - TOP - FOOT
        size = f'x="{LEFT}" y="{TOP}" width="{width}" height="{height}"'
        return f'<svg {size} viewBox="{LEFT} {TOP} {width} {height}">{content}</svg>'

    def curve(self, xs, ys, role, dashes):
        """A line through points."""
        pixels = (self.place(x, y) for x, y in zip(xs, ys, strict=True))
        points = "L".join(f"{across:.1f} {up:.1f}" for across, up in pixels)
        return (
            f'<path d="M{points}" fill="none" stroke="{colour(role)}" stroke-width="2.5" '
            f'stroke-dasharray="{dashes or "none"}"/>'
        )

    def tangent(self, x, value, slope):
        """A piece of the tangent."""
        left, height = self.place(x, value)
        right, higher = self.place(x + 1, value + slope)
        run, rise = right - left, higher - height
        dx, dy = (part * TANGENT / hypot(run, rise) for part in (run, rise))
        start, end = f"{left - dx:.1f} {height - dy:.1f}", f"{left + dx:.1f} {height + dy:.1f}"
        return f'<path d="M{start}L{end}" stroke="{colour("text")}" stroke-dasharray="14 4 2 4"/>'

    def marks(self, x, value, slope):
        """A dot on the function and a diamond on its derivative, which may hang over the edge."""
        (left, height), (_, low) = self.place(x, value), self.place(x, slope)
        return (
            f'<circle cx="{left:.1f}" cy="{height:.1f}" r="6" fill="{colour("output")}"/>'
            f'<path d="M{left:.1f} {low - 7:.1f}l7 7-7 7-7-7z" fill="{colour("gradient")}"/>'
        )

    def titles(self, title):
        """What the two lines are."""
        own = write(f"{title}, solid", LEFT, 16, 15, anchor="start", fill=colour("output"))
        return own + write(
            "derivative, dashed", WIDTH - 12, 16, 15, anchor="end", fill=colour("gradient")
        )

    def _levels(self):
        span = self.top - self.bottom
        step = 2 if span > 4 else 1 if span > 1.6 else 0.5
        return np.arange(ceil(self.bottom / step) * step, self.top, step).tolist()
