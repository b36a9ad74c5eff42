"""What a page folds: plumbing as the reader wishes, goals, and notes that have no margin."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CHAPTER = "book/part-2/06-kernels-by-hand"
OTHER = "book/part-4/14-lenet"
BARS = ".cc-plumbing > summary"
SHUT = "details.cc-plumbing:not([open])"
OPEN = "details.cc-plumbing[open]"
PRINT = "window.dispatchEvent(new Event('{}print'))"
OVERLAPS = """() => {
  const box = (e) => e.getBoundingClientRect();
  const notes = [...document.querySelectorAll(".cc-note")];
  const others = [...document.querySelectorAll(
    ".bd-article :is(p, pre, figure, table, h2, img, .cc-box, .fig-frame, .cell_output)")]
    .filter((e) => !e.closest(".cc-note"));
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return notes.flatMap((note, index) => [...others, ...notes.slice(index + 1)]
    .filter((other) => box(other).height > 0 && meet(box(note), box(other)))
    .map((other) => `${note.innerText.slice(0, 60)} | ${other.textContent.trim().slice(0, 60)}`));
}"""


def test_plumbing_opens_by_the_keyboard_and_the_wish_holds_for_the_book(visit):
    seen = visit()
    seen.open(CHAPTER)
    bars = seen.page.locator(BARS).count()
    assert seen.page.locator(SHUT).count() == bars >= 1
    seen.page.locator(BARS).first.focus()
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator(OPEN)).to_have_count(bars)
    assert seen.page.locator(f"{OPEN} pre").first.is_visible()
    seen.open(OTHER)
    assert seen.page.locator(SHUT).count() == 0 < seen.page.locator(OPEN).count()
    seen.page.locator(BARS).first.click()
    expect(seen.page.locator(OPEN)).to_have_count(0)
    seen.open(CHAPTER)
    assert seen.page.locator(SHUT).count() == bars
    assert seen.faults == []


def test_paper_shows_all_of_it_and_that_is_no_wish(visit):
    seen = visit()
    seen.open(CHAPTER)
    seen.page.evaluate(PRINT.format("before"))
    assert seen.page.locator("details.cc-fold:not([open])").count() == 0
    seen.page.evaluate(PRINT.format("after"))
    seen.open(CHAPTER)
    assert seen.page.locator(OPEN).count() == 0


def test_paper_shows_all_of_it_without_scripts(visit):
    seen = visit(scripts=False)
    seen.open(CHAPTER)
    assert not seen.page.locator(".cc-goals li").first.is_visible()
    seen.page.emulate_media(media="print")
    for kind in (".cc-goals li", ".cc-plumbing pre", ".cc-note__text"):
        assert seen.page.locator(kind).first.is_visible(), kind


def test_a_search_opens_what_it_leads_into(visit):
    seen = visit()
    seen.page.goto(f"{seen.home}/{CHAPTER}.html?words=numpy")
    assert seen.page.locator(f"{OPEN} mark").first.is_visible()
    seen.open(CHAPTER)
    assert seen.page.locator(OPEN).count() == 0


def test_a_link_opens_the_note_that_it_leads_to(visit):
    seen = visit(width=390)
    seen.open("book/corrections")
    seen.page.locator("a[href*='06-kernels-by-hand.html#correction-1']").click()
    seen.page.wait_for_url("**/06-kernels-by-hand.html#correction-1")
    note = seen.page.locator("#correction-1 .cc-note__text")
    expect(note).to_be_visible()
    expect(note).to_be_in_viewport()
    note.locator("xpath=..").get_by_role("link", name="All corrections").click()
    seen.page.wait_for_url("**/corrections.html#correction-06-1")
    assert seen.page.locator(".cc-correction-entry:target").count() == 1
    assert seen.faults == []


@pytest.mark.parametrize("width", [1200, 1280, 1600])
def test_a_note_in_the_margin_covers_nothing(visit, width):
    seen = visit(width=width)
    for name in ("book/part-2/07-padding-stride-dilation", "book/part-1/01-images-as-tensors"):
        seen.open(name)
        notes = seen.page.locator(".cc-note")
        assert notes.count() >= 2
        assert notes.first.locator(".cc-note__text").is_visible()
        assert seen.page.evaluate(OVERLAPS) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_contents_step_back_for_a_note_unless_they_have_the_focus(visit):
    seen = visit()
    seen.open("book/part-2/07-padding-stride-dilation")
    contents = seen.page.locator(".bd-sidebar-secondary")
    expect(contents).to_have_css("opacity", "1")
    seen.page.locator(".cc-note").nth(1).evaluate("note => note.scrollIntoView()")
    expect(contents).to_have_css("opacity", "0")
    contents.locator("a").first.focus()
    expect(contents).to_have_css("opacity", "1")


def test_a_note_without_a_margin_is_folded_in_its_place(visit):
    seen = visit(width=1000)
    seen.open("book/part-2/07-padding-stride-dilation")
    note = seen.page.locator(".cc-note").first
    assert not note.locator(".cc-note__text").is_visible()
    note.locator("summary").click()
    assert note.locator(".cc-note__text").is_visible()
    seen.show("light", 1280)
    expect(seen.page.locator(".cc-correction:not([open])")).to_have_count(0)
