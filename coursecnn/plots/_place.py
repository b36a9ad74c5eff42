"""Where a figure is drawn: on the axes that are given, or on fresh ones of the right size."""

import matplotlib.pyplot as plt

WIDTH = 5.2  # inches of a figure: three quarters of a page, and 65 % of itself on a telephone


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
