"""Arms of an experiment: every seed as a dot, the mean as a bar, the live run as a ring."""

import matplotlib.pyplot as plt
import numpy as np

from coursecnn.plots.roles import colour

_MARKERS = "osD^v"


def arms(values, *, live=None, xlabel="", ax=None):
    """Draw the seeds of each arm on one line, with mean ± one standard deviation.

    Parameters
    ----------
    values : dict of str to array_like of float, shape (n,)
        The figure of each arm, seed by seed, under the arm's name.
    live : dict of str to float, optional
        Figures that were computed on this page.
    xlabel : str, optional
        What is measured, with its unit.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    roles = ("input", "kernel", "output", "gradient")
    for row, figures in enumerate(values.values()):
        figures, tint = np.asarray(figures, float), colour(roles[row % len(roles)])
        mean, sd = figures.mean(), figures.std(ddof=1)
        ax.barh(row, 2 * sd, left=mean - sd, height=0.5, color=tint, alpha=0.18)
        ax.plot([mean, mean], [row - 0.25, row + 0.25], color=tint, linestyle="-")
        marker = _MARKERS[row % len(_MARKERS)]
        ax.plot(figures, np.full(figures.size, row), marker, color=tint, markersize=5)
    ax.set_yticks(range(len(values)), values)
    ax.set(xlabel=xlabel, ylim=(len(values) - 0.4, -0.6))
    ax.grid(visible=False, axis="y")
    if live:
        rows = [row for row, name in enumerate(values) if name in live]
        ring = {"facecolors": "none", "edgecolors": colour("text"), "linewidths": 2, "s": 170}
        ax.scatter([live[name] for name in values if name in live], rows, label="this page", **ring)
        ax.legend(loc="best")
    return ax
