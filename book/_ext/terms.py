"""A bold term leads to the glossary where a page uses it first; `{chapter}` leads to a chapter.

    The nine weights are a **kernel** (see {chapter}`6`).

The glossary's own terms decide: bold text that is none of them stays bold, in the singular or the
plural. A chapter that is not in the book yet is named without a link.
"""

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxRole

GLOSSARY = "book/glossary"
REFERENCE = "book/reference/"
_CHAPTER = re.compile(r"book/part-\d+/(\d\d)-[\w-]+")
_LIST = re.compile(r"^(?P<fence>[`:]{3,})\{glossary\}\n(?P<terms>.*?)^(?P=fence)", re.M | re.S)


def glossary_terms(source):
    """The terms of a glossary.

    Parameters
    ----------
    source : str
        A page with `{glossary}`: a term a line, its explanation indented below it.

    Returns
    -------
    dict of str to str
        Each term by its singular in small letters.
    """
    blocks = [match["terms"] for match in _LIST.finditer(source)]
    lines = [line for block in blocks for line in block.splitlines()]
    return {singular(line): line.strip() for line in lines if line[:1].strip()}


def link_terms(app, doctree):
    """Let the first bold use of each term lead to the glossary."""
    name = app.env.docname
    if name == GLOSSARY or name.startswith(REFERENCE):
        return
    left = dict(_terms(app))
    for strong in list(doctree.findall(nodes.strong)):
        term = left.pop(singular(strong.astext()), None)
        if term is not None and not _in_heading_or_link(strong):
            link = addnodes.pending_xref(
                "", refdomain="std", reftype="term", reftarget=term, refdoc=name, refexplicit=True
            )
            link["refwarn"] = True
            strong.replace_self(link)
            link += strong


def _terms(app):
    if not hasattr(app, "cc_terms"):
        path = app.srcdir / f"{GLOSSARY}.md"
        app.cc_terms = glossary_terms(path.read_text("utf-8")) if path.is_file() else {}
    return app.cc_terms


def _in_heading_or_link(node):
    while node is not None:
        if isinstance(node, (nodes.title, nodes.reference, addnodes.pending_xref)):
            return True
        if isinstance(node, nodes.Element) and "objectives" in node.get("classes", ()):
            return True
        node = node.parent
    return False


def singular(text):
    """Write a term in small letters and without the ending of its plural, to compare it."""
    words = " ".join(text.lower().split())
    singular = re.sub(r"(?<=s)es$", "", re.sub(r"ies$", "y", words))
    return re.sub(r"(?<=[^s])s$", "", singular)


class ChapterRole(SphinxRole):
    """A chapter by its number."""

    def run(self):
        """A link to the chapter, or its name alone."""
        text = nodes.inline("", f"chapter {self.text}")
        for name in sorted(self.env.found_docs):
            match = _CHAPTER.fullmatch(name)
            if match and int(match[1]) == int(self.text):
                link = addnodes.pending_xref("", text, refdomain="std", reftype="doc",
                    reftarget=f"/{name}", refdoc=self.env.docname, refexplicit=True)  # fmt: skip
                return [link], []
        return [text], []


def setup(app):
    """Register with Sphinx."""
    app.connect("doctree-read", link_terms)
    app.add_role("chapter", ChapterRole())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
