"""What every interactive figure shares: a state of typed traits, and two homes to show it in.

With a kernel, anywidget runs the figure's script and keeps both sides in step. On a page without
one, the output is HTML: a custom element that holds the state as JSON and, until the same script
takes over, in print and without JavaScript, a still picture.
"""

import json
import re
from html import escape
from pathlib import Path

import anywidget

from coursecnn._palette import DARK, LIGHT
from coursecnn.widgets import bundle

CSS = Path(__file__).parent / "css"

_SHEET = re.compile(r'^@import "\./(?P<file>[\w-]+\.css)";\n', re.M)


def style(*tags):
    """The style sheets of figures in one piece: what all share, then their own, each once."""
    files = ["figure.css", *(file for tag in tags for file in _sheets(f"{tag}.css"))]
    rules = (_SHEET.sub("", (CSS / file).read_text("utf-8")) for file in dict.fromkeys(files))
    return _colours() + "".join(rules)


def _colours():
    """The colours of the page around a figure; those of the palette where it sets none."""
    light, dark = (
        "".join(f"  --fig-{role}: var(--cc-{role}, {colour});\n" for role, colour in theme.items())
        for theme in (LIGHT, DARK)
    )
    in_the_dark = '[data-jp-theme-light="false"] .fig-frame'
    return f".fig-frame {{\n{light}}}\n\n{in_the_dark} {{\n{dark}}}\n\n"


def _sheets(file):
    """A style sheet's name after the names of those that it imports."""
    imports = [match["file"] for match in _SHEET.finditer((CSS / file).read_text("utf-8"))]
    return [name for needed in imports for name in _sheets(needed)] + [file]


class Figure(anywidget.AnyWidget):
    """Base of the interactive figures.

    A subclass says its `tag`, which names its custom element, its script in `js/` and its style
    sheet in `css/`; its traits tagged ``sync=True`` are the state; `still` draws a picture of it.
    """

    tag = None

    def __init_subclass__(cls, **kwargs):
        if "tag" in vars(cls):
            cls._esm, cls._css = bundle.module(f"{cls.tag}.js"), style(cls.tag)
        super().__init_subclass__(**kwargs)

    def __init__(self, **state):
        if foreign := [name for name in state if not self.has_trait(name)]:
            names = ", ".join(f"`{name}`" for name in foreign)
            known = ", ".join(self.state())
            raise TypeError(f"{type(self).__name__} has no {names}; it takes {known}")
        super().__init__(**state)

    def still(self):
        """The figure as HTML without script: a picture with a text alternative."""
        raise NotImplementedError("a figure draws a still picture of itself: define `still`")

    def state(self):
        """What the browser needs to draw the figure, by trait."""
        return {
            name: getattr(self, name)
            for name, trait in sorted(self.traits(sync=True).items())
            if issubclass(trait.this_class, Figure) and not name.startswith("_")
        }

    def to_html(self):
        """The figure for a page without a kernel; the same state gives the same text."""
        state = json.dumps(self.state(), ensure_ascii=False).replace("<", "\\u003c")
        return (
            f'<{self.tag}><script type="application/json">{state}</script>'
            f'<div class="fig-still">{self.still()}</div></{self.tag}>'
        )

    def __repr__(self):
        """The kind of figure alone: an address in memory would differ from run to run."""
        return f"{type(self).__name__}()"

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "text/html": self.to_html()}, metadata


def image_of(svg, alternative):
    """An SVG drawing as one image that is read aloud as its text alternative."""
    label = escape(alternative, quote=True)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
