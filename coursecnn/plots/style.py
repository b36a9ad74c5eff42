"""One style for all figures, and files that are the same byte for byte when made again."""

import matplotlib as mpl
from cycler import cycler

from coursecnn.plots._check import choice
from coursecnn.plots._place import WIDTH
from coursecnn.plots.colours import DARK, PAGES, ROLES, SERIES
from coursecnn.plots.svg import svg

LINE_STYLES = ("-", "--", ":", "-.")

STYLE = {
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.labelsize": 11,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 11,
    "figure.figsize": (WIDTH, 3.0),
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,
    "font.size": 11,
    "grid.alpha": 0.25,
    "image.cmap": "gray",
    "image.interpolation": "nearest",
    "legend.frameon": False,
    "lines.linewidth": 2,
    "savefig.facecolor": "auto",
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "svg.fonttype": "none",  # text stays text: it can be found, read out and printed sharply
    "svg.hashsalt": "coursecnn",
}


def use_style(theme="light"):
    """Draw from now on in the style of the book.

    In a notebook figures become small SVG, and the same cell gives the same bytes.

    Parameters
    ----------
    theme : {"light", "dark"}, default "light"
        The ground on which the figures stand. It is part of the figure, so that its text can be
        read in a notebook of either theme. The book needs only "light": its pages take the ground
        away, and give each colour role its colour when the reader chooses the dark. "dark" is for
        slides.

    Raises
    ------
    ValueError
        If there is no such theme.
    """
    ground = PAGES[choice(theme, "theme", PAGES)]
    roles = DARK if theme == "dark" else ROLES
    mpl.rcParams.update(STYLE | _colours(roles) | {"figure.facecolor": ground})
    try:
        from IPython import get_ipython
    except ModuleNotFoundError:
        return
    if get_ipython() is not None:
        _publish(get_ipython())


def _publish(shell):
    """Have a notebook show figures as our SVG and as nothing else."""
    from matplotlib.figure import Figure
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    set_matplotlib_formats("svg")
    shell.display_formatter.formatters["image/svg+xml"].for_type(Figure, svg)


def _colours(roles):
    """The settings that change with the theme."""
    quiet, text = roles["quiet"], roles["text"]
    return {
        "axes.edgecolor": quiet,
        "axes.labelcolor": quiet,
        "axes.titlecolor": text,
        "grid.color": quiet,
        "axes.prop_cycle": cycler(
            color=[roles[role] for role in SERIES],
            linestyle=LINE_STYLES,  # readable without colour
        ),
        "hatch.color": roles["wrong"],
        "text.color": text,
        "xtick.color": quiet,
        "ytick.color": quiet,
    }
