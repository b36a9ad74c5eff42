"""`{fact}` writes a number of the ledger, `{chapter}` and bold terms lead to chapter and glossary.

    LeNet-5 has {fact}`lenet5-parameters` parameters, more than one **kernel** (see {chapter}`6`).

The ledger `book/facts.yml`, so that no number is typed twice, maps a key to `value` and perhaps
`format` (as Python formats numbers), `unit`, `source` and `compute`; the last two are for tests and
readers. Without a format, thousands are set apart by commas. The unit follows behind a space that
does not break; `~` before the key leaves it out.

A chapter that is not in the book yet is named without a link. A bold term leads to the glossary
where a page uses it first. The glossary's own terms decide: bold text that is none of them, in the
singular or the plural, stays bold. The first paragraph of a term's explanation lies below the page,
hidden; `terms.js` shows it beside the term.
"""

import re
from pathlib import Path

import yaml
from docutils import nodes
from making.facts import written
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from .chapter import CHAPTER
from .elements import make

GLOSSARY = "book/glossary"
REFERENCE = "book/reference/"
_LIST = re.compile(r"^(?P<fence>[`:]{3,})\{glossary\}\n(?P<terms>.*?)^(?P=fence)", re.M | re.S)

logger = logging.getLogger(__name__)


class FactRole(SphinxRole):
    """A number of the ledger."""

    def run(self):
        """The number as text; the page is read again when the ledger changes."""
        path = Path(self.env.srcdir, self.config.facts_file)
        self.env.note_dependency(str(path))
        key = self.text.removeprefix("~")
        fact = _facts(self.env.app, path).get(key)
        if fact is None or "value" not in fact:
            message = "`%s` has no %s for {fact}`%s`: add it, or correct the key"
            wanted = "entry" if fact is None else "`value`"
            logger.warning(message, self.config.facts_file, wanted, key,
                           location=self.get_location())  # fmt: skip
            return [nodes.problematic("", self.rawtext)], []
        return [nodes.inline("", written(fact, unit=key == self.text), classes=["cc-fact"])], []


def _facts(app, path):
    """The ledger's entries by key, read once for each build."""
    if not hasattr(app, "cc_facts"):
        app.cc_facts = _read(path)
    return app.cc_facts


def _read(path):
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except OSError as error:
        logger.warning("`%s` cannot be read (%s): {fact} needs it", path, error.strerror)
        return {}
    except yaml.YAMLError as error:
        logger.warning("`%s` is not YAML: %s", path, error)
        return {}
    return {key: entry for key, entry in entries.items() if isinstance(entry, dict)}


class ChapterRole(SphinxRole):
    """A chapter by its number."""

    def run(self):
        """A link to the chapter, or its name alone."""
        text = nodes.inline("", f"chapter {self.text}")
        for name in sorted(self.env.found_docs):
            match = CHAPTER.fullmatch(name)
            if match and int(match["number"]) == int(self.text):
                link = addnodes.pending_xref("", text, refdomain="std", reftype="doc",
                    reftarget=f"/{name}", refdoc=self.env.docname, refexplicit=True)  # fmt: skip
                return [link], []
        return [text], []


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


def explain_terms(app, doctree, name):
    """Put what the linked terms mean below the page, and tell each link where."""
    if name == GLOSSARY or GLOSSARY not in app.env.found_docs:
        return
    explained = {}
    for link in list(doctree.findall(nodes.reference)):
        page, _, anchor = link.get("refuri", "").partition("#")
        if page.endswith("glossary.html") and anchor in _meanings(app):
            key = anchor.replace("term-", "meaning-", 1)
            explained[key] = _meanings(app)[anchor]
            classes = " ".join(["reference", "internal", *link["classes"]])
            link.replace_self(make("a", *link.children, class_=classes, href=link["refuri"],
                                   aria_describedby=key))  # fmt: skip
    for key, meaning in explained.items():
        text = nodes.paragraph("", "", *(child.deepcopy() for child in meaning))
        below = make("div", text, class_="cc-meaning", role="tooltip", hidden="")
        below["ids"] = [key]
        doctree += below


def _meanings(app):
    """The first paragraph of each explanation, links as plain text, by the anchor of its term."""
    if not hasattr(app, "cc_meanings"):
        app.cc_meanings = {}
        for item in app.env.get_doctree(GLOSSARY).findall(nodes.definition_list_item):
            meaning = next(item.findall(nodes.paragraph))
            for link in list(meaning.findall(addnodes.pending_xref)):
                link.replace_self(link.children)
            for term in item.findall(nodes.term):
                app.cc_meanings.update(dict.fromkeys(term["ids"], meaning.children))
    return app.cc_meanings


def _terms(app):
    if not hasattr(app, "cc_terms"):
        path = app.srcdir / f"{GLOSSARY}.md"
        app.cc_terms = glossary_terms(path.read_text("utf-8")) if path.is_file() else {}
    return app.cc_terms


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


def singular(text):
    """Write a term in small letters and without the ending of its plural, to compare it."""
    words = " ".join(text.lower().split())
    singular = re.sub(r"(?<=s)es$", "", re.sub(r"ies$", "y", words))
    return re.sub(r"(?<=[^s])s$", "", singular)


def _in_heading_or_link(node):
    while node is not None:
        if isinstance(node, (nodes.title, nodes.reference, addnodes.pending_xref)):
            return True
        if isinstance(node, nodes.Element) and "objectives" in node.get("classes", ()):
            return True
        node = node.parent
    return False
