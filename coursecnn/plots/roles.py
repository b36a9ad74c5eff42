"""Colours have roles: what is an input, a kernel, a result looks so on every page.

The same table stands in `book/_static/css/roles.css`; a test compares the two.
"""

import matplotlib as mpl

#: Colours of the light theme by role, as hexadecimal strings.
ROLES = {
    "text": "#1f2430",
    "quiet": "#5a6172",
    "input": "#0b5cad",
    "kernel": "#b04a00",
    "output": "#00705a",
    "gradient": "#7a3e9d",
    "wrong": "#8a6d00",
}

DARK = {
    "text": "#e8e6e1",
    "quiet": "#a9b0bd",
    "input": "#6fb7ff",
    "kernel": "#ffa662",
    "output": "#4fd6ae",
    "gradient": "#d3a4f2",
    "wrong": "#e6c34a",
}

PAGES = {"light": "#fbfaf7", "dark": "#14171c"}

# Arms of an experiment. The purple of gradients is left out: to red-blind and green-blind eyes it
# is the blue of inputs; so is ochre the orange of kernels.
SERIES = ("input", "kernel", "output", "text")

GREY = "gray"  # an image in grey stays grey
VALUES = "viridis"  # values ≥ 0
SIGNED = "PuOr"  # signed values, centred on 0


def theme():
    """The theme in use; the settings of matplotlib hold it, so `rc_context` restores it too."""
    return "dark" if mpl.rcParams["text.color"] == DARK["text"] else "light"


def colour(role):
    """The colour of `role` in the theme in use, or a ValueError that lists the roles."""
    if role not in ROLES:
        raise ValueError(f"`role` must be one of {', '.join(ROLES)}; received {role!r}.")
    return (DARK if theme() == "dark" else ROLES)[role]
