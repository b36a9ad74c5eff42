"""What there is to read: the contents beside every page, and two lists on the first page.

The sidebar folds by part; the part being read stands open; chapters are numbered. On a page,

    ```{chapters}
    ```

lists the chapters of `_toc.yml` by part: a card for each, with its picture and its time, and

    ```{assignments}
    ```

lists the sheets: the chapters that each follows, its minutes and points, and a link to download it.
"""

import posixpath
import re

import nbformat
import yaml
from bs4 import BeautifulSoup
from docutils import nodes
from making import pages
from making.places import EXERCISES, ROOT
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from . import cards
from .chapter import CHAPTER
from .elements import make

_LINE = re.compile(r"^\*.* – (?P<time>.*)\*$", re.M)
_FACTS = {
    "chapters": re.compile(r"chapters?\s+(\d+(?:(?:,|\s+and)\s+\d+)*)", re.I),
    "points": re.compile(r"(\d+)\s+points\s+in\s+all"),
    "minutes": re.compile(r"about\s+(\d+)\s+minutes"),
}


def fold_parts(html, page=""):
    """Wrap each caption and the list below it into a `details` element; number the chapters.

    Parameters
    ----------
    html : str
        The sidebar as the theme writes it: captions and lists, one after the other.
    page : str
        Name of the page that is being read: its own link is only ``#``.

    Returns
    -------
    str
    """
    soup = BeautifulSoup(html, "html.parser")
    _number(soup, page)
    for caption in soup.select("p.caption"):
        chapters = caption.find_next_sibling("ul")
        if chapters is None:
            continue
        part = soup.new_tag("details", attrs={"class": "cc-part"})
        if chapters.select_one(".current") or not soup.select_one("li.current"):
            part["open"] = ""
        caption.insert_before(part)
        summary = soup.new_tag("summary")
        summary.string = caption.get_text()
        caption.decompose()
        part.extend([summary, chapters.extract()])
    return str(soup)


def _number(soup, page):
    """The number of a chapter, from its file's name, before its title."""
    for link in soup.select("a[href]"):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), link["href"]))
        chapter = CHAPTER.match(page if link["href"] == "#" else target)
        if chapter:
            number = soup.new_tag("span", attrs={"class": "cc-contents-number"})
            number.string = f"{int(chapter['number'])} "
            link.insert(0, number)


def readable_names(contents):
    """Let the names of functions break where their words end, and leave out the brackets.

    Parameters
    ----------
    contents : bs4.Tag
        The contents of a page, as the theme makes them.

    Returns
    -------
    str
    """
    soup = BeautifulSoup(str(contents), "html.parser")
    for name in soup.select("code .pre"):
        words = re.split(r"(?<=[_.])(?=\w)", name.get_text().removesuffix("()"))
        name.clear()
        for number, word in enumerate(words):
            name.extend([soup.new_tag("wbr"), word] if number else [word])
    return str(soup)


def offer_folding(app, pagename, templatename, context, doctree):
    """Give `fold_parts` and `readable_names` to the templates of the sidebars."""
    context |= {"fold_parts": fold_parts, "readable_names": readable_names}


class Chapters(SphinxDirective):
    """The chapters by part, on cards: picture, number, title, time."""

    def run(self):
        """A heading and a list for each part."""
        self.env.note_dependency(str(ROOT / "_toc.yml"))
        known = {page.name: page for page in pages.pages()}
        parts = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))["parts"]
        return [node for part in parts for node in self._part(part, known)]

    def _part(self, part, known):
        found = [known[entry["file"]] for entry in part["chapters"]]
        found = [page for page in found if CHAPTER.fullmatch(page.name)]
        if found:
            yield make("p", part["caption"], class_="cc-offer__part")
            yield make("ul", *map(self._chapter, found), class_="cc-offer cc-offer--cards")

    def _chapter(self, page):
        self.env.note_dependency(str(page.path))
        number = str(int(CHAPTER.fullmatch(page.name)["number"]))
        about = _LINE.search(page.source)["time"]
        drawn = nodes.raw("", cards.picture(int(number)), format="html")
        return _row(number, self._link(page), about, drawn)

    def _link(self, page):
        return addnodes.pending_xref(
            "", nodes.inline("", page.title()), refdomain="std", reftype="doc", refexplicit=True,
            reftarget=f"/{page.name}", refdoc=self.env.docname, refwarn=True,
        )  # fmt: skip


class Assignments(SphinxDirective):
    """The sheets: number, title, what they follow, minutes and points."""

    def run(self):
        """One list."""
        sheets = sorted(EXERCISES.glob("*.ipynb"))
        return [make("ul", *map(self._sheet, sheets), class_="cc-offer")]

    def _sheet(self, path):
        self.env.note_dependency(str(path))
        up = "../" * self.env.docname.count("/")
        title, fact = described(nbformat.read(path, as_version=4).cells[0].source)
        link = make("a", title, href=f"{up}exercises/{path.name}", download="")
        many = "s" * (not fact["chapters"].isdigit())
        after = f"after chapter{many} {fact['chapters']}"
        about = f"{after} · {fact['minutes']} minutes · {fact['points']} points"
        return _row(str(int(path.name[:2])), link, about)


def described(text):
    """Title of a sheet, and what its first cell says of chapters, points and minutes.

    Parameters
    ----------
    text : str
        The first cell.

    Returns
    -------
    tuple of (str, dict of str to str)

    Raises
    ------
    ValueError
        If one of the three is not said.
    """
    title = text.splitlines()[0].removeprefix("# ").strip()
    found = {name: pattern.search(text) for name, pattern in _FACTS.items()}
    if silent := [name for name, match in found.items() if match is None]:
        raise ValueError(f"the sheet “{title}” does not say its {' or '.join(silent)}")
    return title, {name: " ".join(match[1].split()) for name, match in found.items()}


def _row(number, title, about, *before):
    return make(
        "li",
        *before,
        make("span", number, class_="cc-offer__number"),
        nodes.inline("", "", title, classes=["cc-offer__title"]),  # a reference needs such a parent
        make("span", about, class_="cc-offer__about"),
    )
