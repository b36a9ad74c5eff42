"""Where a figure is drawn: on the axes that are given, or on fresh ones of the right size."""

import matplotlib.pyplot as plt

WIDTH = 5.2  # inches of a figure: three quarters of a page
NARROW_WIDTH = 324 / 96  # inches that a telephone leaves for a figure


def redraw_narrow(ax, draw):
    """Keep with the axes how they are drawn anew where a page is narrow.

    Without it a chart is laid out anew for that width, and panels flow.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What has been drawn.
    draw : callable
        Draws the same on the axes that it is given, which are as wide as `NARROW_WIDTH`.
    """
    ax._coursecnn_narrow = draw


def place(ax=None, size=None):
    """The axes to draw on.

    Parameters
    ----------
    ax : matplotlib.axes.Axes, optional
        The reader's choice; without it the current axes.
    size : (float, float), optional
        Width and height in inches, for a figure that is made here.
    """
    if ax is not None:
        return ax
    if not plt.get_fignums():
        plt.figure(figsize=size)
    return plt.gca()


def panels(rows, columns, size, ax=None, *, width_ratios=None):
    """Rows and columns of axes without lines: in a new figure, or in the place of `ax`.

    Parameters
    ----------
    rows, columns : int
        How many.
    size : (float, float)
        Width and height of the new figure, in inches.
    ax : matplotlib.axes.Axes, optional
        One of `plt.subplots`; the panels share its place.
    width_ratios : sequence of float, optional
        How wide the columns are, by default equally.
    """
    ratios = {"width_ratios": width_ratios}
    if ax is None:
        _, axes = plt.subplots(rows, columns, figsize=size, squeeze=False, **ratios)
    elif ax.get_subplotspec() is None:
        raise ValueError("`ax` has no place in a grid to be divided; make it with plt.subplots.")
    else:
        ax.set_axis_off()
        axes = ax.get_subplotspec().subgridspec(rows, columns, **ratios).subplots(squeeze=False)
    for panel in axes.flat:
        panel.set_axis_off()
    return axes
