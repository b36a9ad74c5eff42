"""Sphinx: the colours of every page, written from the library's palette."""

from pathlib import Path

from coursecnn._files import write
from coursecnn._palette import custom_properties


def write_colours(app):
    """Write the style sheet that `_config.yml` names."""
    write(Path(app.outdir, "_static", "css", "palette.css"), custom_properties())


def setup(app):
    """Connect the step; the sheet's version on a page is read from the file, which comes first."""
    app.connect("builder-inited", write_colours)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
