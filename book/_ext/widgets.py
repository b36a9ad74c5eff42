"""Sphinx: interactive figures on static pages.

The figures' modules are written as classic scripts, since browsers refuse modules on pages opened
from a disk. A page gets the script and the styles of the figures that it shows, and no others.
"""

import os
from pathlib import Path

from coursecnn.widgets import FIGURES, bundle
from coursecnn.widgets.figure import style


def write_figures(app):
    """Write script and style sheet of every figure below `_static/widgets`."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir, "_static", "widgets")
    folder.mkdir(parents=True, exist_ok=True)
    for figure in FIGURES:
        _write(folder / f"{figure.tag}.js", bundle.classic(f"{figure.tag}.js"))
        _write(folder / f"{figure.tag}.css", style(figure.tag))


def _write(path, text):
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def add_figures(app, pagename, templatename, context, doctree):
    """Load what the figures on this page need."""
    shown = [figure for figure in FIGURES if f"<{figure.tag}>" in context.get("body", "")]
    for figure in shown:
        app.add_js_file(f"widgets/{figure.tag}.js", loading_method="defer")
        app.add_css_file(f"widgets/{figure.tag}.css")
    if shown:
        app.add_css_file("css/widgets.css")


def setup(app):
    """Connect the two steps."""
    app.connect("builder-inited", write_figures)
    app.connect("html-page-context", add_figures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
