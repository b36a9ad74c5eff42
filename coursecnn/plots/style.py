"""One style for all figures, and files that are the same byte for byte when made again."""

import matplotlib as mpl
from cycler import cycler

from coursecnn.plots.roles import ROLES

_LINE_STYLES = ("-", "--", ":", "-.")

STYLE = {
    "axes.edgecolor": ROLES["quiet"],
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.labelcolor": ROLES["quiet"],
    "axes.prop_cycle": cycler(
        color=[ROLES[role] for role in ("input", "kernel", "output", "gradient")],
        linestyle=_LINE_STYLES,  # readable without colour
    ),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": ROLES["text"],
    "axes.titlesize": 11,
    "figure.facecolor": "none",
    "figure.figsize": (7.0, 3.2),
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,
    "font.size": 10,
    "grid.alpha": 0.25,
    "image.cmap": "gray",
    "image.interpolation": "nearest",
    "legend.frameon": False,
    "lines.linewidth": 2,
    "savefig.facecolor": "none",
    "svg.fonttype": "path",
    "svg.hashsalt": "coursecnn",
    "text.color": ROLES["text"],
    "xtick.color": ROLES["quiet"],
    "ytick.color": ROLES["quiet"],
}


def use_style():
    """Draw from now on in the style of the book.

    In a notebook figures become SVG without a date, so that the same cell gives the same bytes.
    """
    mpl.rcParams.update(STYLE)
    try:
        from IPython import get_ipython
    except ModuleNotFoundError:
        return
    if get_ipython() is not None:
        from matplotlib_inline.backend_inline import set_matplotlib_formats

        set_matplotlib_formats("svg", bbox_inches="tight", metadata={"Date": None})
