"""What is on this page, beside it: it follows its reader and never moves under their hands."""

import itertools

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CHAPTER = "book/part-2/06-kernels-by-hand"
LONG = "book/reference/numpy_net"
CURRENT = "nav.page-toc a[aria-current]"
TO = """(top) => scrollTo({ top, behavior: "instant" })"""
PLACES = """() => [...document.querySelectorAll("nav.page-toc a")].map((link) => {
  const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  return [link.getAttribute("href"), place.getBoundingClientRect().top + scrollY];
})"""
PASSED = """async () => {
  const passed = [];
  for (let last = -1; last < scrollY; ) {
    last = scrollY;
    scrollBy({ top: 100, behavior: "instant" });
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
    const links = document.querySelectorAll("nav.page-toc a[aria-current]");
    const now = [...links].map((link) => link.getAttribute("href")).join(" and ");
    if (now !== (passed.at(-1) ?? "")) passed.push(now);
  }
  return passed;
}"""
FOCUS = """() => {
  const { top } = document.activeElement.getBoundingClientRect();
  return [document.activeElement.getAttribute("href"), top];
}"""


def current(page):
    """The places that the contents say are being read."""
    expect(page.locator(CURRENT)).to_have_count(1)
    return page.locator(CURRENT).get_attribute("href")


def test_the_section_that_is_being_read_is_marked(visit):
    seen = visit()
    seen.open(CHAPTER)
    places = seen.page.evaluate(PLACES)
    assert len(places) == 11
    assert seen.page.locator(CURRENT).count() == 0  # the opening belongs to no section
    jumps = [(href, (top + end) / 2) for (href, top), (_, end) in itertools.pairwise(places[:7])]
    for href, middle in [*jumps, *jumps[::-1]]:
        seen.page.evaluate(TO, middle)  # no heading passes by
        expect(seen.page.locator(CURRENT)).to_have_attribute("href", href)
    seen.page.evaluate(TO, 0)
    expect(seen.page.locator(CURRENT)).to_have_count(0)
    assert seen.faults == []


@pytest.mark.parametrize("width", [390, 1280])
def test_who_scrolls_through_a_page_passes_every_section_once_and_in_order(visit, width):
    seen = visit(width=width)
    seen.open(CHAPTER)
    passed = seen.page.evaluate(PASSED)
    assert passed == [href for href, _ in seen.page.evaluate(PLACES)]


def test_a_place_that_was_chosen_is_the_current_one_even_near_the_end(visit):
    seen = visit()
    seen.open(CHAPTER)
    for href in ("#check-yourself", "#summary", "#further-reading", "#summary"):
        seen.page.locator(f"nav.page-toc a[href='{href}']").click()
        expect(seen.page.locator(CURRENT)).to_have_attribute("href", href)


def test_nothing_moves_under_the_focus_and_the_contents_catch_up_when_it_leaves(visit):
    seen = visit()
    seen.open(LONG)
    places = seen.page.evaluate(PLACES)
    assert len(places) > 40
    seen.page.locator("nav.page-toc a").nth(2).focus()
    before = seen.page.evaluate(FOCUS)
    seen.page.evaluate(TO, places[-2][1])
    expect(seen.page.locator(CURRENT)).to_have_count(1)
    assert seen.page.evaluate(FOCUS) == before
    seen.page.evaluate("document.activeElement.blur()")
    expect(seen.page.locator(CURRENT)).to_be_in_viewport()
    seen.page.evaluate(TO, places[20][1])
    expect(seen.page.locator(CURRENT)).to_be_in_viewport()
    first = seen.page.locator("nav.page-toc a").first
    expect(first).not_to_be_in_viewport()


def test_every_entry_is_reached_by_keyboard_wherever_the_page_stands(visit):
    seen = visit()
    seen.open(LONG)
    links = seen.page.locator("nav.page-toc a")
    assert links.filter(visible=True).count() == links.count()


def test_on_a_phone_the_contents_open_at_what_is_being_read(visit):
    seen = visit(width=390)
    seen.open(CHAPTER)
    href, top = seen.page.evaluate(PLACES)[3]
    seen.page.evaluate(TO, top)
    expect(seen.page.locator(CURRENT)).to_have_attribute("href", href)
    # Playwright's own click would scroll the page to bring the bar to its resting place.
    seen.page.get_by_role("button", name="On this page").evaluate("(button) => button.click()")
    assert current(seen.page) == href
    expect(seen.page.locator(CURRENT)).to_be_in_viewport()
