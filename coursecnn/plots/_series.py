"""The arms of an experiment as curves: a mean, a band, and a look that needs no colour."""

import numpy as np

from coursecnn.plots._check import choice, numbers
from coursecnn.plots.colours import SERIES, colour
from coursecnn.plots.style import LINE_STYLES

MARKERS = "osD^vPX*"
BANDS = {
    "range": "a band from the smallest to the largest",
    "sd": "a band of one standard deviation to either side",
    None: "no band",
}
_MOST_MARKERS = 16  # more points stand too close for their markers


def look(index):
    """Colour, dashes and marker of an arm; the first eight differ in marker and dashes too."""
    if index >= len(MARKERS):
        raise ValueError(
            f"at most {len(MARKERS)} curves can be told apart; received more. Draw two figures."
        )
    again = index // len(SERIES)
    return {
        "color": colour(SERIES[index % len(SERIES)]),
        "linestyle": LINE_STYLES[(index + 2 * again) % len(LINE_STYLES)],
        "marker": MARKERS[index],
    }


def runs(values, name):
    """The runs of one arm as rows: one run of n points, or several."""
    array = numbers(values, name).astype(float)
    if array.ndim > 2:
        raise ValueError(f"`{name}` must have shape (n,) or (runs, n); received {array.shape}.")
    return np.atleast_2d(array)


def centre_and_band(rows, band):
    """Mean of the runs at each point, and the lower and upper edge of their band, or None.

    Where a run has no value there is no mean either: one run less would move the curve.
    """
    choice(band, "band", BANDS)
    mean = rows.mean(0)
    if band is None or len(rows) < 2:
        return mean, None
    if band == "range":
        return mean, (rows.min(0), rows.max(0))
    sd = rows.std(0, ddof=1)
    return mean, (mean - sd, mean + sd)


def draw(ax, x, rows, style, label, band):
    """Draw one arm; returns the line of its mean."""
    mean, edges = centre_and_band(rows, band)
    if np.isfinite(mean).sum() > _MOST_MARKERS:
        style = style | {"marker": None}
    if edges is not None:
        ax.fill_between(x, *edges, color=style["color"], alpha=0.18, linewidth=0)
    (line,) = ax.plot(x, mean, markersize=4.5, label=label, **style)
    return line
