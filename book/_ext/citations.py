"""What Sphinx and numpydoc write of sources, put right where it would mislead a reader."""

import re

from docutils import nodes

_SOURCE = re.compile(r"^(\s*\.\. \[[^\]]+\] )([A-Za-z]\.)")
_LABEL = re.compile(r"\[R[0-9a-f]+-(\d+)\]")


def keep_initials(app, what, name, obj, options, lines):
    """Escape the initial that opens a source: `I. Goodfellow` would be item one of a list."""
    lines[:] = [_SOURCE.sub(r"\1\\\2", line) for line in lines]


def shorten_labels(app, doctree, docname):
    """Write [1] where a docstring names a source; numpydoc's labels hold a checksum."""
    for text in list(doctree.findall(nodes.Text)):
        if _LABEL.fullmatch(text) and isinstance(text.parent.parent, nodes.reference):
            text.parent.replace(text, nodes.Text(_LABEL.sub(r"[\1]", text)))


def repair(app, pagename, templatename, context, doctree):
    """Call the entries of a bibliography items of a list, for screen readers.

    Sphinx marks them with an ARIA role that has since been given up; their list is marked as one.
    """
    body = context.get("body", "")
    context["body"] = body.replace('role="doc-biblioentry"', 'role="listitem"')
