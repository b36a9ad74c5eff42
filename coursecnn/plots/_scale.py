"""A scale of values ≥ 0, and the bar that explains a scale."""

from matplotlib.ticker import MaxNLocator

from coursecnn.plots.colours import VALUES


def show_values(image, ax, top):
    """Show values from 0, the darkest colour, to `top`, the brightest."""
    return ax.imshow(image, cmap=VALUES, vmin=0, vmax=top)


def colourbar(drawn, axes, *, clipped=False):
    """Put a slim bar below the panels; a pointed end says that larger values share its colour.

    Parameters
    ----------
    drawn : matplotlib.image.AxesImage
        One of the pictures on that scale.
    axes : ndarray of matplotlib.axes.Axes
        The panels.
    clipped : bool, default False
        Whether there are values beyond the ends of the scale.
    """
    low, _ = drawn.get_clim()
    ends = "neither" if not clipped else "max" if low == 0 else "both"
    bar = drawn.figure.colorbar(
        drawn, ax=axes, location="bottom", shrink=0.5, pad=0.03, aspect=30, extend=ends
    )
    bar.ax.xaxis.set_major_locator(MaxNLocator(3, symmetric=low < 0))
    bar.outline.set_visible(False)
    return bar
