"""Decide for each picture how it stands in the dark: recoloured, or on a light panel.

A plot with a transparent ground has no colours of its own to keep: a filter turns it for the dark.
A photograph, a feature map or a plot with an opaque ground must look the same in both themes.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

# Matplotlib draws the figure's ground first; a transparent one has opacity 0 or no fill.
_GROUND = re.compile(r'<g id="patch_1">\s*<path[^>]*style="([^"]*)"')
_CLEAR = re.compile(r"fill: none|(?<!-)opacity: 0(?![.\d])|fill-opacity: 0(?![.\d])")


def is_plot(svg):
    """Whether an SVG drawn by matplotlib has a clear ground and holds no raster image."""
    ground = _GROUND.search(svg)
    return ground is not None and bool(_CLEAR.search(ground[1])) and "<image" not in svg


class MarkPictures(SphinxPostTransform):
    """Add the class `cc-plot` or `cc-photo` to every picture of a page."""

    default_priority = 800

    def run(self, **kwargs):
        """Look at each picture's file once."""
        for image in self.document.findall(nodes.image):
            image["classes"].append("cc-plot" if self._is_plot(image) else "cc-photo")

    def _is_plot(self, image):
        if "photo" in image["classes"]:  # the author knows better
            return False
        path = Path(self.env.srcdir, image.get("uri", ""))
        return path.suffix == ".svg" and path.is_file() and is_plot(path.read_text("utf-8"))


def setup(app):
    """Register with Sphinx."""
    app.add_post_transform(MarkPictures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
