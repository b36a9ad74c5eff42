"""The search without a server: what it finds, what it shows of it, and the matches on a page."""

import re

import pytest
from browser import alone
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FIELD = "input[type=search]:visible"
HIT = "#search-results ul.search > li"
HREFS = "(links) => links.map((link) => link.href.replace(/[?][^#]*/, ''))"
TEXT = "document.querySelector('article').textContent"
CHAPTER = "08-channels-and-volumes.html"


def search(seen, words):
    """Type some words into the field of a page, and wait for the hits."""
    seen.open("book/index")
    seen.page.fill(FIELD, words)
    seen.page.press(FIELD, "Enter")
    seen.page.wait_for_selector("#search-results [role=status]")
    return seen.page.locator(HIT)


@pytest.mark.parametrize("words", ["1x1", "1×1", "1 x 1", "1X1"])
def test_a_size_is_found_whichever_sign_is_typed(visit, words):
    seen = visit()
    hits = search(seen, words)
    assert hits.locator(f"a[href*='{CHAPTER}']").count() >= 2
    marked = hits.locator(".cc-hit__text mark").all_inner_texts()
    assert set(marked) == {"1×1"}
    assert seen.faults == []


def test_a_size_is_not_found_within_a_larger_one(visit):
    hits = search(visit(), "2x2")
    assert hits.count() >= 2
    assert all("2×2" in text for text in hits.all_inner_texts())
    assert set(hits.locator("mark").all_inner_texts()) == {"2×2"}


@pytest.mark.parametrize("home", ["disk", "server"])
def test_a_hit_names_page_and_section_and_shows_the_words_around_it(visit, disk, home):
    seen = visit(disk) if home == "disk" else visit()
    search(seen, "small differences")
    hit = seen.page.locator(f"{HIT}:has(a[href*='part-2/06-'])").first
    heading, text = hit.locator("a").inner_text(), hit.locator(".cc-hit__text").inner_text()
    title = hit.locator(".cc-hit__page").inner_text()
    assert 60 <= len(text) <= 340  # 110 characters before the match, 220 behind it, and the dots
    hit.locator("a").click()
    seen.page.wait_for_url("**/*#*")
    place = seen.page.locator(f"[id='{seen.page.url.partition('#')[2]}']")
    assert place.locator("h2").inner_text().removesuffix("#") == heading
    assert seen.page.locator("h1").inner_text().removesuffix("#") in title
    spoken = re.sub(r"\s+", "", place.inner_text())
    assert re.sub(r"\s+", "", text.strip("… ")) in spoken
    assert seen.faults == []


def test_the_endings_of_words_do_not_matter_and_all_words_must_be_there(visit):
    seen = visit()
    found = []
    for words in ("channel kernels", "Channels, kernel", "kernel channel"):
        hits = search(seen, words).locator("a")
        found.append(sorted(hits.evaluate_all(HREFS)))
    assert len(found[0]) > 5
    assert found[0] == found[1] == found[2]
    assert search(seen, "kernel zebrafish").count() == 0
    expect(seen.page.get_by_role("status")).to_contain_text("No sections have “kernel zebrafish”")


def test_a_function_of_the_library_is_found_by_its_name(visit):
    first = search(visit(), "avg_pool2d").first.locator("a")
    assert first.get_attribute("href").endswith("#coursecnn.ops.avg_pool2d")


def test_a_term_is_found_with_its_explanation(visit):
    hits = search(visit(), "noise gain").filter(has_text="Glossary")
    assert hits.locator("a").first.get_attribute("href").endswith("#term-noise-gain")


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_the_matches_on_a_page_are_marked_and_can_be_hidden(visit, disk, way):
    seen = visit(disk) if way == "button" else visit()
    search(seen, "1x1").locator(f"a[href*='{CHAPTER}']").first.click()
    seen.page.wait_for_url(f"**/{CHAPTER}*")
    marks = seen.page.locator("mark")
    button = seen.page.get_by_role("button", name="Hide search matches")
    expect(marks.first).to_be_attached()
    assert set(marks.all_inner_texts()) == {"1×1"}
    before = seen.page.evaluate(TEXT)
    if way == "button":
        button.click()
    else:
        seen.page.keyboard.press("Escape")
    expect(marks).to_have_count(0)
    expect(button).to_have_count(0)
    assert seen.page.evaluate(TEXT) == before
    seen.page.reload()
    expect(seen.page.locator("h1")).to_be_visible()
    assert marks.count() == button.count() == 0
    assert seen.faults == []


def test_the_button_is_reached_by_keyboard_and_gives_the_focus_to_the_text(visit):
    seen = visit()
    seen.page.goto(f"{seen.home}/book/part-2/{CHAPTER}?words=1x1")
    button = seen.page.get_by_role("button", name="Hide search matches")
    button.focus()
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "main-content"


def test_a_page_that_was_not_searched_for_marks_nothing(visit):
    seen = visit()
    search(seen, "1x1")
    seen.open("book/part-2/08-channels-and-volumes")
    assert seen.page.locator("mark").count() == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_the_results_and_the_matches_have_no_barrier_and_fit(visit, width):
    seen, wrong = visit(width=width), []
    for page in ("search.html?q=kernel+size", f"book/part-2/{CHAPTER}?words=1x1"):
        seen.page.goto(f"{seen.home}/{page}")
        expect(seen.page.locator("mark").first).to_be_attached()
        wrong += alone.barriers_in_all_colours(seen.page)
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not wrong, "\n".join(wrong)
