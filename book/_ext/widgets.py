"""Sphinx: interactive figures on static pages.

The figures' modules are written as classic scripts, since browsers refuse modules on pages opened
from a disk. A page gets one script and one style sheet, with the figures that it shows and no more.
"""

from pathlib import Path

from coursecnn._files import write
from coursecnn.widgets import FIGURES, bundle
from coursecnn.widgets.figure import style


def add_figures(app, pagename, templatename, context, doctree):
    """Write and load what the figures on this page need."""
    body = context.get("body", "")
    shown = [figure.tag for figure in FIGURES if f"<{figure.tag}>" in body]
    if not shown:
        return
    name = ".".join(shown)
    folder = Path(app.outdir, "_static", "widgets")
    write(folder / f"{name}.js", bundle.classic(*(f"{tag}.js" for tag in shown)))
    write(folder / f"{name}.css", style(*shown))
    app.add_js_file(f"widgets/{name}.js", loading_method="defer")
    app.add_css_file(f"widgets/{name}.css")
    app.add_css_file("css/widgets.css")


def setup(app):
    """Connect the step."""
    app.connect("html-page-context", add_figures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
