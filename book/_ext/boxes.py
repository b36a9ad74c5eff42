"""Boxes, told apart by icon and label: `{definition}`, `{theorem}`, `{key-idea}`.

    :::{key-idea} One kernel, every place
    The same nine numbers are used at each position.
    :::

The title after the name is optional and may hold mathematics. A box may not stand in another.
The boxes that the reader answers, in `questions`, take their frame from here, and the notes of
`corrections` are boxes, too.
"""

from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .elements import element, make

LABELS = {
    "definition": "Definition",
    "key-idea": "Key idea",
    "correction": "Correction to the notes",
    "predict": "Predict",
    "theorem": "Theorem",
    "check": "Check yourself",
}

logger = logging.getLogger(__name__)


class box(element):  # noqa: N801 (docutils writes its nodes in lower case)
    """The frame of a box, of the kind that `kind` says."""


def new_box(kind, directive, *children):
    """A box with its label, which knows its place in the source.

    Parameters
    ----------
    kind : str
        One of `LABELS`.
    directive : SphinxDirective
        The directive that makes the box.
    *children : nodes.Node
        What the box holds.

    Returns
    -------
    box
    """
    label = make("div", LABELS[kind], class_="cc-box-label")
    html = {"class": f"cc-box cc-box-{kind}", "role": "group", "aria-label": LABELS[kind]}
    node = box("", label, *children, kind=kind, tag="div", html=html)
    directive.set_source_info(node)
    return node


class BoxDirective(SphinxDirective):
    """A box with an optional title and any content."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {}  # noqa: RUF012 (docutils reads it from the class)

    def run(self):
        """The box with its title and its content."""
        if not self.content:
            logger.warning("`{%s}` is empty: write what it says", self.name,
                           location=self.get_location())  # fmt: skip
        node = new_box(self.name, self)
        if self.arguments:
            title, messages = self.state.inline_text(self.arguments[0], self.lineno)
            node += [make("div", *title, class_="cc-box-title"), *messages]
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


def forbid_nesting(app, doctree):
    """Warn of a box within a box."""
    for inner in doctree.findall(box):
        outer = inner.parent
        while outer is not None and not isinstance(outer, box):
            outer = outer.parent
        if outer is not None:
            logger.warning("`{%s}` stands in `{%s}`: put one box after the other",
                           inner["kind"], outer["kind"], location=inner)  # fmt: skip
