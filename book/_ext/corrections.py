"""`{correction}`, a note beside the text on what the lecture notes say otherwise, and their list.

    :::{correction} “About 10¹⁰ weights”
    It is 1.2·10¹¹.
    :::

On a wide screen the note stands in the margin, on a narrow one it is folded where it stands. Its
title is what the notes say. On the page of corrections,

    ```{corrections}
    ```

collects the notes of all chapters, in their order, each with a link to its place.
"""

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join, logging
from sphinx.util.docutils import SphinxDirective, new_document

from .boxes import LABELS, box
from .chapter import CHAPTER
from .elements import make

PAGE = "book/corrections"  # where `{corrections}` stands

logger = logging.getLogger(__name__)


class CorrectionDirective(SphinxDirective):
    """A note in the margin."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {}  # noqa: RUF012 (docutils reads it from the class)

    def run(self):
        """The note: its label, what the notes say, what is right, and the way to all others."""
        if not self.content:
            logger.warning("`{correction}` is empty: write what is right",
                           location=self.get_location())  # fmt: skip
        title, messages = self.state.inline_text(self.arguments[0], self.lineno)
        number = self.env.new_serialno("correction") + 1
        said = make("span", *title, class_="cc-note__said")
        label = make("span", LABELS["correction"], class_="cc-note__label")
        text = make("div", class_="cc-note__text")
        self.state.nested_parse(self.content, self.content_offset, text)
        up = "../" * self.env.docname.count("/")
        href = f"{up}{PAGE}.html#{_anchor(self.env.docname, number)}"
        more = make("p", make("a", "All corrections", href=href), class_="cc-note__more")
        fold = make(
            "details", make("summary", label, " ", said), text, more,
            class_="cc-fold cc-correction",
        )  # fmt: skip
        fold["ids"].append(f"correction-{number}")
        html = {"class": "cc-note", "aria-label": LABELS["correction"]}
        note = box("", fold, kind="correction", tag="aside", html=html)
        note["number"] = number
        self.set_source_info(note)
        self.env.metadata[self.env.docname]["corrections"] = number
        return [note, *messages]


class corrections(nodes.General, nodes.Element):  # noqa: N801 (docutils writes its nodes so)
    """Where the list of all corrections will stand."""


class CorrectionsDirective(SphinxDirective):
    """The corrections of all chapters."""

    def run(self):
        """A place that `collect` fills when all chapters are read."""
        return [corrections("")]


def pages_with_lists(app, env):
    """The page of corrections is written anew with each change of a chapter."""
    return [PAGE] if PAGE in env.all_docs else []


def collect(app, doctree, name):
    """Put the corrections of all chapters where `{corrections}` stands."""
    for place in list(doctree.findall(corrections)):
        noted = [page for page in app.env.collect_relations()
                 if "corrections" in app.env.metadata[page]]  # fmt: skip
        place.replace_self([_chapter(app, page, name) for page in noted])
        if any(doctree.findall(nodes.math)):  # or the page would not load what draws formulas
            app.env.get_domain("math").data["has_equations"][name] = True


def _chapter(app, page, here):
    """A section with the corrections of a chapter."""
    chapter = CHAPTER.fullmatch(page)
    number = f"Chapter {int(chapter['number'])}: " if chapter else ""
    title = nodes.title("", "", nodes.Text(number + app.env.titles[page].astext()))
    section = nodes.section("", title, ids=[nodes.make_id(f"of-{page.rpartition('/')[2]}")])
    uri = app.builder.get_relative_uri(here, page)
    for note in app.env.get_doctree(page).findall(box):
        if note["kind"] == "correction":
            section += _entry(app, note, page, here, uri)
    return section


def _entry(app, note, page, here, uri):
    """What the notes say, what is right, and where the chapter says it."""
    summary, right, _ = note[0]
    said, right = (_resolved(app, node, here) for node in (summary[-1], right))
    heading = _heading(note)
    where = make("a", f"In “{heading}”", href=f"{uri}#correction-{note['number']}")
    more = make("p", where, class_="cc-note__more")
    said = make("p", said, class_="cc-correction__said")
    entry = make("div", said, right, more, class_="cc-correction-entry")
    entry["ids"].append(_anchor(page, note["number"]))
    return entry


def _resolved(app, node, here):
    """A copy of a node, its references led from another page."""
    document = new_document("")
    document += node.deepcopy()
    for reference in document.findall(addnodes.pending_xref):
        if reference["reftype"] == "doc":
            reference["reftarget"] = f"/{docname_join(reference['refdoc'], reference['reftarget'])}"
        reference["refdoc"] = here
    app.env.resolve_references(document, here, app.builder)
    return document[0]


def _heading(node):
    while not isinstance(node, nodes.section):
        node = node.parent
    return node[0].astext()


def _anchor(page, number):
    """The place of a correction in the list, such as ``correction-06-1``."""
    name = page.rpartition("/")[2]
    return nodes.make_id(f"correction-{name[:2] if CHAPTER.fullmatch(page) else name}-{number}")
