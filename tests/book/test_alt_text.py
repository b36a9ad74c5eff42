"""No picture of the built book goes without a text that says what is to be seen."""

import re

import pytest
from making import pages

pytestmark = pytest.mark.built

NAMES = ["index", "search", *(page.name for page in pages.pages())]
FILE_NAME = re.compile(r"^[\w./-]+\.(png|svg|jpe?g|gif)$")


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_says_what_is_to_be_seen(page, name):
    for image in page(name).select("img, .cc-drawing"):
        alt = image.get("alt", image.get("aria-label", "")).strip()
        assert len(alt) >= 20, image
        assert not FILE_NAME.match(alt), image
        caption = image.find_parent("figure")
        if caption is not None and caption.figcaption is not None:
            assert alt not in caption.figcaption.get_text(), image


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_shows_a_picture(page, name):
    """What fails to draw leaves a caption, and the error beside it, without stopping the build."""
    for figure in page(name).find_all("figure"):
        if not figure.find_parent(class_="fig-frame"):
            assert figure.select_one("img, svg, canvas, table, .fig-still"), figure.get_text()[:200]
    assert not page(name).select(".cell_output .traceback")
