"""Interactive figures of the built book have a number and a caption, as all other figures do."""

import re

import pytest
from making import pages

from coursecnn.widgets import FIGURES

pytestmark = pytest.mark.built

TAGS = [figure.tag for figure in FIGURES]
NAMES = [page.name for page in pages.notebooks() if "interactive]" in page.source]


def test_the_gallery_shows_every_figure_once(page):
    gallery = [name for name in NAMES if name.startswith("book/figures/")]
    shown = [element.name for name in gallery for element in page(name).find_all(TAGS)]
    assert sorted(shown) == sorted(TAGS)


@pytest.mark.parametrize("name", NAMES)
def test_an_interactive_figure_has_a_number_and_a_caption(page, name):
    shown = page(name).find_all(TAGS)
    assert shown
    for element in shown:
        figure = element.find_parent("figure")
        assert figure is not None, f"no figure around <{element.name}>: give its cell a caption"
        assert figure["id"].startswith("fig-")
        assert re.fullmatch(r"Fig\. \d+ ", figure.select_one(".caption-number").get_text())
        assert len(figure.select_one(".caption-text").get_text()) > 30
