"""Nothing on a page is loaded from elsewhere, and nothing that no kernel can answer.

Also gives the templates the path of the page's notebook, which lies beside the HTML.
"""

from making.pages import Page
from making.places import NOTEBOOKS, ROOT

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


def drop_widget_state(app, pagename, templatename, context, doctree):
    """Remove the state of live widgets: the page shows their static form."""
    context["script_files"] = [
        script
        for script in context.get("script_files", [])
        if WIDGET_STATE not in str(getattr(script, "attributes", script))
    ]


def link_notebook(app, pagename, templatename, context, doctree):
    """Tell the templates where the page's notebook is, relative to the HTML's root."""
    source = ROOT / f"{pagename}.md"
    if not source.is_file():
        return
    page = Page.load(pagename, source)
    if page.is_notebook():
        context["notebook"] = f"notebooks/{page.published().relative_to(NOTEBOOKS).as_posix()}"


def setup(app):
    """Register with Sphinx, after the theme and myst-nb."""
    app.connect("html-page-context", drop_widget_state, priority=900)
    app.connect("html-page-context", link_notebook, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
