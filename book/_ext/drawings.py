"""Plots as part of the page: its colours in either theme, its letters, and panels that flow.

`coursecnn.plots` publishes a figure as SVG. As the source of an `<img>` it would not see the page,
so it is written into it, and a colour of our palette becomes the page's property of that role. The
panels of a figure become elements of their own, row by row: where a page is narrow a row breaks,
and nothing is drawn smaller than it can be read. A figure that brings a second drawing for narrow
pages shows one of the two.

What a picture shows is told by its alternative text, `alt` of its cell.
"""

import base64
import hashlib
import re
from html import escape
from itertools import combinations
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from coursecnn._files import replacing
from coursecnn.plots.colours import PAGES, ROLES
from coursecnn.plots.svg import NARROW, SHRINK

_FIGURE = re.compile(r'<svg [^>]*class="cc-figure" viewBox="([^"]*)"[^>]*>(.*)</svg>', re.S)
_GROUND = re.compile(r'<rect class="cc-paper"[^>]*/>')
_NARROW = re.compile(r'<g class="cc-narrow" display="none" data-box="([^"]*)">(.*)</g>$', re.S)
_PANEL = re.compile(r'<g class="cc-panel" data-box="([^"]*)">(.*?)</g>', re.S)
_DATA = re.compile(r'href="data:image/(png|jpeg);base64,([^"]{2000,})"')
_COLOUR = re.compile(r"(?<=\")#[0-9a-f]{6}(?=\")")
_ROLES = {colour: role for role, colour in (ROLES | {"page": PAGES["light"]}).items()}
_TOUCH = 12  # pixels that panels may share: their boxes have margins


class WriteDrawings(SphinxPostTransform):
    """Write every plot of a page into it."""

    default_priority = 800

    def run(self, **kwargs):
        """Look at each picture's file once."""
        for image in [*self.document.findall(nodes.image)]:
            path = Path(self.env.srcdir, image.get("uri", ""))
            if path.suffix == ".svg" and path.is_file():
                drawn = html(path.read_text("utf-8"), image.get("alt", ""))
                if drawn:
                    drawn = _DATA.sub(self._file, drawn)
                    image.replace_self(nodes.raw("", drawn, format="html"))

    def _file(self, match):
        """An image of some size is a file of its own, which weighs a quarter less."""
        kind, data = match.groups()
        content = base64.b64decode(data)
        name = f"{hashlib.sha256(content).hexdigest()[:16]}.{kind}"
        path = Path(self.app.outdir, "_images", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as stream:
            stream.write(content)
        return f'href="{"../" * self.env.docname.count("/")}_images/{name}"'


def html(svg, alternative):
    """A published figure as HTML, one image with its text; nothing for an SVG of another kind."""
    figure = _FIGURE.match(svg)
    if figure is None:
        return ""
    box, content = figure.groups()
    content = _COLOUR.sub(_of_the_page, content)
    content = _GROUND.sub("", content, count=1)
    narrow = _NARROW.search(content)
    if narrow:
        wide = _drawn("cc-drawn cc-wide", box, content[: narrow.start()])
        drawn = wide + _drawn("cc-drawn cc-narrow", *narrow.groups())
    else:
        drawn = _drawn("cc-drawn", box, content)
    label = escape(alternative, quote=True)
    return f'<div class="cc-drawing" role="img" aria-label="{label}">{drawn}</div>'


def _of_the_page(match):
    """The property that holds a colour of ours; other colours stay as they are in either theme."""
    role = _ROLES.get(match[0])
    return f"var(--cc-{role})" if role else match[0]


def _drawn(name, box, content):
    """The panels of a drawing, row by row; one with more than panels, or with insets, is whole."""
    panels = [(_numbers(box), content) for box, content in _PANEL.findall(content)]
    if _PANEL.sub("", content) or _overlap([box for box, _ in panels]):
        panels = [(_numbers(box), content)]
    rows = "".join(f'<div class="cc-row">{"".join(map(_svg, row))}</div>' for row in _rows(panels))
    return f'<div class="{name}">{rows}</div>'


def _numbers(box):
    """Left, top, width and height in pixels."""
    return tuple(map(int, box.split()))


def _overlap(boxes):
    """Whether one panel lies on another, as the second scale of a chart does."""
    return any(
        min(x + width, a + wide) - max(x, a) > _TOUCH
        and min(y + height, b + tall) - max(y, b) > _TOUCH
        for (x, y, width, height), (a, b, wide, tall) in combinations(boxes, 2)
    )


def _rows(panels):
    """The panels as they stand in the drawing, row by row from left to right."""
    rows = []
    for panel in sorted(panels, key=lambda panel: panel[0][1] + panel[0][3] / 2):
        _, top, _, height = panel[0]
        if rows and top + height / 2 < max(y + tall for (_, y, _, tall), _ in rows[-1]):
            rows[-1].append(panel)
        else:
            rows.append([panel])
    return [sorted(row, key=lambda panel: panel[0][0]) for row in rows]


def _svg(panel):
    """One panel; where a large image is drawn smaller, its letters keep their size."""
    (x, y, width, height), content = panel
    grow = width / NARROW
    look = f' class="cc-large" style="--grow:{grow:.2f}"' if grow > SHRINK else ""
    return (
        f'<svg viewBox="{x} {y} {width} {height}" width="{width}" height="{height}"{look} '
        f'aria-hidden="true">{content}</svg>'
    )
