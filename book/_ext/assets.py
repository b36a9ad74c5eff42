"""Styles and scripts that only some pages need: a page loads what it has something for."""

#: What stands in the text of a page, and the style sheet that goes with it.
STYLED = {'<dl class="py': "reference"}
#: The same for a style sheet and a script.
NEEDED = {
    'class="cc-hero"': "opening",
    "cc-question": "quiz",
    "cc-fold": "folds",
    "cc-note": "margin",
    "cc-sortable": "sortable",
}


def add_files(app, pagename, templatename, context, doctree):
    """Name the files that this page needs, and no others."""
    for mark, name in STYLED.items():
        if mark in context.get("body", ""):
            app.add_css_file(f"css/{name}.css")
    for mark, name in NEEDED.items():
        if mark in context.get("body", ""):
            app.add_css_file(f"css/{name}.css")
            app.add_js_file(f"js/{name}.js", loading_method="defer")
