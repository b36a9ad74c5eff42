"""The builder and the Sphinx extension lie outside the package; tests import them by name."""

import re
import sys
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

BOOK = Path(__file__).parents[2] / "book"
if str(BOOK) not in sys.path:
    sys.path.append(str(BOOK))


@pytest.fixture(scope="session")
def html():
    """Folder of the built book."""
    folder = BOOK.parent / "_build" / "html"
    if not (folder / "book" / "index.html").is_file():
        pytest.fail(f"{folder} holds no book; run `make book` first.", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def page(html):
    """A function that gives a built page by its name; all tests look at one tree and change none.

    Parsing is what the tests of built pages cost, and each page is looked at in ten ways.
    """

    @cache
    def parsed(name):
        return BeautifulSoup((html / f"{name}.html").read_text("utf-8"), "html.parser")

    return parsed


@pytest.fixture(scope="session")
def anchors(html, page):
    """A function that names every place of a page that a link can lead to.

    The pages that show the library's code are many, and nobody else asks for their trees.
    """

    @cache
    def ids(name):
        if name.startswith("_modules/"):
            text = (html / f"{name}.html").read_text("utf-8")
            return set(re.findall(r'<[^<>]*\sid="([^"]*)"', text))
        return {element["id"] for element in page(name).find_all(id=True)}

    return ids
