"""Decide for each picture how it stands in the dark: recoloured, or on a light panel.

A plot on paper of ours, or on none, has no ground of its own to keep: the paper is taken away, so
that it stands on the page, and a filter turns its colours for the dark. A photograph, a feature map
or a plot with another ground must look the same in both themes.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from coursecnn._files import write
from coursecnn.plots.colours import PAGES

# Matplotlib draws the figure's ground first; a transparent one has opacity 0 or no fill.
_GROUND = re.compile(r'(?P<before><g id="patch_1">\s*<path[^>]*style=")(?P<style>[^"]*)')
_CLEAR = re.compile(r"fill: none|(?<!-)opacity: 0(?![.\d])|fill-opacity: 0(?![.\d])")
_PAPER = re.compile(f"fill: (?:{'|'.join(PAGES.values())})")


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


def setup(app):
    """Register with Sphinx."""
    app.add_post_transform(MarkPictures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
