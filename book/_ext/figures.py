"""The colours of a page, and interactive figures where no kernel runs.

The colours are written from the library's palette, so that pages and plots have the same.

The scripts of interactive figures are written as classic scripts, since browsers refuse modules on
pages opened from a disk. A page gets one script and one style sheet, with the figures that it shows
and no more; styles that every figure needs, and numbers that figures carry with them, are files
that pages share. What such a figure shows is told by its `to_html`.

    ```{play} digit-pad
    ```

shows the figure of this tag as it starts, on a page without cells. Its scripts are fetched when a
reader comes near it; until then its picture is there.
"""

import inspect
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from coursecnn._files import write
from coursecnn._palette import custom_properties
from coursecnn.widgets import FIGURES, bundle

LATE = "cc-play"
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


class Play(SphinxDirective):
    """An interactive figure where no cell makes one, and whose scripts come late."""

    required_arguments = 1

    def run(self):
        """The figure as it starts."""
        [tag] = self.arguments
        chosen = {figure.tag: figure for figure in FIGURES}.get(tag)
        if chosen is None:
            known = ", ".join(figure.tag for figure in FIGURES)
            raise self.error(f"no figure has the tag `{tag}`; choose one of {known}")
        self.env.note_dependency(inspect.getfile(chosen))
        html = f'<div class="{LATE}">{chosen().to_html()}</div>'
        return [nodes.raw("", html, format="html")]


def write_colours(app):
    """Write the style sheet that `_config.yml` names."""
    write(Path(app.outdir, "_static", "css", "palette.css"), custom_properties())


def add_figures(app, pagename, templatename, context, doctree):
    """Write and load what the figures on this page need."""
    body = context.get("body", "")
    shown = [figure.tag for figure in FIGURES if f"<{figure.tag}>" in body]
    if not shown:
        return
    name = ".".join(shown)
    folder = Path(app.outdir, "_static", "widgets")
    modules = [f"{tag}.js" for tag in shown]
    is_late = f'class="{LATE}"' in body
    # Of a type that browsers do not know, a script is not fetched until `play.js` asks for it.
    how = {"type": "text/late"} if is_late else {"loading_method": "defer"}
    for stored in bundle.stored(*modules):
        write(Path(app.outdir, "_static", "stored", stored), bundle.stored_script(stored))
        app.add_js_file(f"stored/{stored}", **how)
    write(folder / f"{name}.js", bundle.classic(*modules, apart=True))
    write(folder / "figure.css", bundle.style())
    write(folder / f"{name}.css", bundle.style(*shown, apart=True))
    app.add_js_file(f"widgets/{name}.js", **how)
    if is_late:
        app.add_js_file("js/play.js", loading_method="defer")
    app.add_css_file("widgets/figure.css")
    app.add_css_file(f"widgets/{name}.css")
    app.add_css_file("css/widgets.css")


def drop_widget_state(app, pagename, templatename, context, doctree):
    """Remove the state of live widgets: the page shows their static form."""
    context["script_files"] = [
        script
        for script in context.get("script_files", [])
        if WIDGET_STATE not in str(getattr(script, "attributes", script))
    ]
