"""The head and the foot of a chapter: what a reader can take along, and the summary as a card.

Below the line in italics that opens a chapter stand two links, to the chapter as a notebook and to
its assignment, and how to run it: whether it needs PyTorch is read off its imports. The assignment
is the one that the card at the end names, and is linked there, too, as soon as its file exists. The
files lie in the site, so the links work from a folder on a disk.
"""

import re
from itertools import takewhile
from pathlib import Path

from docutils import nodes
from making.dependencies import extras
from making.pages import Page
from making.places import EXERCISES, NOTEBOOKS, ROOT
from sphinx.util import logging

from .elements import make

logger = logging.getLogger(__name__)

CHAPTER = re.compile(r"book/part-\d+/(?P<number>\d\d)-[\w-]+")  # the name of its page
_SHEET = re.compile(r"exercises/(?P<file>(?P<number>\d\d)-[\w-]+\.ipynb)")


def complete(app, doctree):
    """Give a chapter its head and its foot."""
    name = app.env.docname
    if not CHAPTER.fullmatch(name):
        return
    line = _opening_line(doctree)
    if line is None:
        logger.warning("a chapter opens with a heading, then a line in italics that says its part, "
                       "its number and how long it takes", location=name)  # fmt: skip
        return
    line["classes"].append("cc-line")
    up = "../" * name.count("/")
    notebook = f"{up}notebooks/{name.removeprefix('book/')}.ipynb"
    links = [_link("This chapter as a notebook (.ipynb)", notebook), *_assignments(doctree, up)]
    needs = _needs(Page.load(name, Path(app.env.doc2path(name))), f"{up}book/get-started.html")
    row = make("div", *links, needs, class_="cc-take")
    line.parent.insert(line.parent.index(line) + 1, row)
    _frame_summary(doctree)


def _opening_line(doctree):
    """The paragraph below the first heading, if all of it is in italics."""
    title = next(doctree.findall(nodes.title), None)
    if title is None:
        return None
    line = title.next_node(descend=False, siblings=True)
    is_line = isinstance(line, nodes.paragraph) and len(line) == 1
    return line if is_line and isinstance(line[0], nodes.emphasis) else None


def _assignments(doctree, up):
    """A link to each assignment that the card names and that exists; the card links to it, too."""
    cards = [card for card in doctree.findall(nodes.Admonition) if "assignment" in card["classes"]]
    for card in cards:
        for literal in list(card.findall(nodes.literal)):
            sheet = _SHEET.fullmatch(literal.astext())
            if sheet and (EXERCISES / sheet["file"]).is_file():
                href = f"{up}{sheet[0]}"
                literal.replace_self(make("a", literal.deepcopy(), href=href, download=""))
                yield _link(f"Assignment {sheet['number']}", href)


def _needs(page, href):
    """How to run a chapter, in a sentence."""
    torch = "This chapter needs PyTorch. " if "torch" in extras(page.read()) else ""
    started = make("a", "Get started", href=href)
    return make("p", torch, started, " says how to run it.", class_="cc-take__needs")


def _link(text, href):
    return make("a", text, href=href, download="", class_="cc-take__link")


def _frame_summary(doctree):
    """Put what the summary says on a card; the boxes behind it, such as the assignment, follow."""
    for section in list(doctree.findall(nodes.section)):
        if section[0].astext() == "Summary":
            said = list(takewhile(lambda node: not isinstance(node, nodes.Admonition), section[1:]))
            section[1:] = [make("div", *said, class_="cc-summary"), *section[1 + len(said) :]]


def link_notebook(app, pagename, templatename, context, doctree):
    """Tell the top bar where the page's notebook is, be it a chapter or not."""
    source = ROOT / f"{pagename}.md"
    if not source.is_file():
        return
    page = Page.load(pagename, source)
    if page.is_notebook():
        context["notebook"] = f"notebooks/{page.published().relative_to(NOTEBOOKS).as_posix()}"
