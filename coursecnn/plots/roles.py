"""Colours have roles: what is an input, a kernel, a result looks so on every page.

The same table stands in `book/_static/css/roles.css`; a test compares the two.
"""

ROLES = {
    "text": "#1f2430",
    "quiet": "#5a6172",
    "input": "#0b5cad",
    "kernel": "#b04a00",
    "output": "#00705a",
    "gradient": "#7a3e9d",
    "wrong": "#8a6d00",
}

GREY = "gray"  # an image in grey stays grey
VALUES = "viridis"  # values ≥ 0
SIGNED = "PuOr"  # signed values, centred on 0


def colour(role):
    """The colour of `role`, or a ValueError that lists the roles."""
    if role not in ROLES:
        raise ValueError(f"`role` must be one of {', '.join(ROLES)}; received {role!r}.")
    return ROLES[role]
