"""Plots in the colours of the page: what every page is asked about its plots is in `test_pages`."""

import pytest

pytestmark = pytest.mark.browser

CHAPTER = "book/part-2/06-kernels-by-hand"
INK = "getComputedStyle(document.querySelector('.cc-drawing path[stroke*=input]')).stroke"


def test_the_colours_of_a_plot_are_those_of_the_page_and_light_on_paper(visit):
    seen = visit(width=1280)
    seen.open(CHAPTER)
    fills = []
    for colour in ("light", "dark"):
        seen.look(colour, 1280)
        fills.append(seen.page.evaluate(INK))
    assert fills[0] != fills[1]
    seen.page.emulate_media(media="print")
    assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert seen.page.evaluate(INK) == fills[0]
