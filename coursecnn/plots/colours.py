"""Colours have roles: an input, a kernel, a result looks the same in each plot and on each page."""

import matplotlib as mpl

from coursecnn import _palette

#: Colours of the light theme by colour role, as hexadecimal strings.
ROLES = {role: c for role, c in _palette.LIGHT.items() if role not in _palette.GROUNDS}
DARK = {role: _palette.DARK[role] for role in ROLES}
PAGES = {"light": _palette.LIGHT["page"], "dark": _palette.DARK["page"]}

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
