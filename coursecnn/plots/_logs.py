"""Logarithmic axes with plain numbers."""

import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from coursecnn.plots._check import choice
from coursecnn.plots._words import number


def log_axes(ax, log):
    """Make the axes named in `log` logarithmic: "", "x", "y" or "xy"."""
    for name in choice(log, "log", ("", "x", "y", "xy")):
        axis = getattr(ax, f"{name}axis")
        _refuse_zero(ax, name)
        getattr(ax, f"set_{name}scale")("log")
        low, high = axis.get_view_interval()
        decades = np.log10(high / low)
        axis.set_major_locator(LogLocator(subs=(1, 2, 5) if decades < 2.5 else (1,)))
        axis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
        axis.set_minor_formatter(NullFormatter())


def _refuse_zero(ax, name):
    """A logarithm needs numbers above 0."""
    column = "xy".index(name)
    lowest = min(np.nanmin(line.get_xydata()[:, column], initial=1) for line in ax.get_lines())
    if lowest <= 0:
        raise ValueError(
            f"`log` with {name!r} needs values above 0; received {number(lowest)}. "
            "Leave it out, or count from 1."
        )
