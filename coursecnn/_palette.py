"""The colours of the course, which stand here and nowhere else: by theme, and by what they mean.

Plots, interactive figures, the pages of the book and the grader's reports take theirs from here.
"""

LIGHT = {
    # what things stand on
    "page": "#fbfaf7",
    "panel": "#ffffff",
    "line": "#d9d6ce",
    # what is written and drawn
    "text": "#1f2430",
    "quiet": "#5a6172",
    "input": "#0b5cad",
    "kernel": "#b04a00",
    "output": "#00705a",
    "gradient": "#7a3e9d",
    "wrong": "#8a6d00",
}

DARK = {
    "page": "#14171c",
    "panel": "#1b1f26",
    "line": "#3a404b",
    "text": "#e8e6e1",
    "quiet": "#a9b0bd",
    "input": "#6fb7ff",
    "kernel": "#ffa662",
    "output": "#4fd6ae",
    "gradient": "#d3a4f2",
    "wrong": "#e6c34a",
}

#: The colour roles of what stands below; the others are those of what is written and drawn.
GROUNDS = ("page", "panel", "line")

#: Colours of numbers from 0 to the largest, which lie at equal distances: those of viridis.
VALUES = (
    "#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30",
    "#fde725",
)  # fmt: skip

#: Colours of signed numbers from the lowest over 0, in the middle, to the largest: those of PuOr.
SIGNED = (
    "#7f3b08", "#be630a", "#ef9e3c", "#fed7a2", "#f6f6f7", "#cecde4", "#988dbe", "#5d3790",
    "#2d004b",
)  # fmt: skip

#: From ground to ink: an image in grey stays grey.
GREY = ("#000000", "#ffffff")

#: Seen on light and on dark pages, for a verdict in a notebook, which does not know its theme.
VERDICTS = {"right": "#00896e", "open": "#7d8594", "wrong": "#a58200"}


def custom_properties():
    """Both themes for the pages of the book, as CSS: `--cc-input` and so on.

    Paper is light in either theme.
    """
    light, dark = (
        "".join(f"  --cc-{role}: {colour};\n" for role, colour in theme.items())
        for theme in (LIGHT, DARK)
    )
    return (
        f':root,\nhtml[data-theme="light"] {{\n{light}}}\n\n'
        f'@media not print {{\nhtml[data-theme="dark"] {{\n{dark}}}\n}}\n'
    )
