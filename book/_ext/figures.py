"""The colours of a page, pictures in the dark, and interactive figures where no kernel runs.

The colours are written from the library's palette, so that pages and plots have the same.

A plot on paper of ours, or on none, has no ground of its own to keep: the paper is taken away, so
that it stands on the page, and a filter turns its colours for the dark. A photograph, a feature map
or a plot with another ground must look the same in both themes.

The scripts of interactive figures are written as classic scripts, since browsers refuse modules on
pages opened from a disk. A page gets one script and one style sheet, with the figures that it shows
and no more.

What a picture shows is told by its alternative text: `alt` of its cell, and for interactive figures
their `to_html`. That none lacks it is tested on the built pages, in `tests/book/test_alt_text.py`.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from coursecnn._files import write
from coursecnn._palette import custom_properties
from coursecnn.plots.colours import PAGES
from coursecnn.widgets import FIGURES, bundle

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"

# Matplotlib draws the figure's ground first; a transparent one has opacity 0 or no fill.
_GROUND = re.compile(r'(?P<before><g id="patch_1">\s*<path[^>]*style=")(?P<style>[^"]*)')
_CLEAR = re.compile(r"fill: none|(?<!-)opacity: 0(?![.\d])|fill-opacity: 0(?![.\d])")
_PAPER = re.compile(f"fill: (?:{'|'.join(PAGES.values())})")


def write_colours(app):
    """Write the style sheet that `_config.yml` names."""
    write(Path(app.outdir, "_static", "css", "palette.css"), custom_properties())


def is_plot(svg):
    """Whether an SVG drawn by matplotlib has a clear ground and holds no raster image."""
    ground = _GROUND.search(svg)
    return ground is not None and bool(_CLEAR.search(ground["style"])) and "<image" not in svg


def without_paper(svg):
    """The same SVG with a clear ground, if its ground is the paper of our style."""
    return _GROUND.sub(lambda m: m["before"] + _PAPER.sub("fill: none", m["style"]), svg, count=1)


class MarkPictures(SphinxPostTransform):
    """Add the class `cc-plot` or `cc-photo` to every picture of a page."""

    default_priority = 800

    def run(self, **kwargs):
        """Look at each picture's file once."""
        for image in self.document.findall(nodes.image):
            image["classes"].append("cc-plot" if self._is_plot(image) else "cc-photo")

    def _is_plot(self, image):
        path = Path(self.env.srcdir, image.get("uri", ""))
        if path.suffix != ".svg" or not path.is_file():
            return False
        svg = without_paper(path.read_text("utf-8"))
        if "jupyter_execute" in path.parts:  # what the build took out of a notebook
            write(path, svg)
        return is_plot(svg) and "photo" not in image["classes"]  # the author knows better


def add_figures(app, pagename, templatename, context, doctree):
    """Write and load what the figures on this page need."""
    body = context.get("body", "")
    shown = [figure.tag for figure in FIGURES if f"<{figure.tag}>" in body]
    if not shown:
        return
    name = ".".join(shown)
    folder = Path(app.outdir, "_static", "widgets")
    write(folder / f"{name}.js", bundle.classic(*(f"{tag}.js" for tag in shown)))
    write(folder / f"{name}.css", bundle.style(*shown))
    app.add_js_file(f"widgets/{name}.js", loading_method="defer")
    app.add_css_file(f"widgets/{name}.css")
    app.add_css_file("css/widgets.css")


def drop_widget_state(app, pagename, templatename, context, doctree):
    """Remove the state of live widgets: the page shows their static form."""
    context["script_files"] = [
        script
        for script in context.get("script_files", [])
        if WIDGET_STATE not in str(getattr(script, "attributes", script))
    ]
