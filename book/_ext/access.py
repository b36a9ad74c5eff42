"""Small repairs of what Sphinx tells a screen reader."""

# Sphinx marks each entry of a bibliography with a role that ARIA has since given up; its list is
# marked as a list, so its entries are items.
REPAIRS = {'role="doc-biblioentry"': 'role="listitem"'}


def repair(app, pagename, templatename, context, doctree):
    """Replace deprecated roles in the body of a page."""
    for wrong, right in REPAIRS.items():
        context["body"] = context.get("body", "").replace(wrong, right)


def setup(app):
    """Register with Sphinx."""
    app.connect("html-page-context", repair)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
