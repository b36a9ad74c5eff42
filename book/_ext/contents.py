"""The table of contents folds by part; the part being read stands open; chapters are numbered."""

import posixpath
import re

from bs4 import BeautifulSoup

_CHAPTER = re.compile(r"^book/part-\d+/(\d\d)-")


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
        chapter = _CHAPTER.search(page if link["href"] == "#" else target)
        if chapter:
            number = soup.new_tag("span", attrs={"class": "cc-contents-number"})
            number.string = f"{int(chapter[1])} "
            link.insert(0, number)


def offer_folding(app, pagename, templatename, context, doctree):
    """Give the function to the templates."""
    context["fold_parts"] = fold_parts


def setup(app):
    """Register with Sphinx."""
    app.connect("html-page-context", offer_folding)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
