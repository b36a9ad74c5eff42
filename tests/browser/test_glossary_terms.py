"""What a term of the glossary means is shown where it is used: by mouse, keyboard and finger."""

import pytest
from browser import alone
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CHAPTER = "book/part-2/06-kernels-by-hand"
MEANING = "A small array of weights that slides over the input"
WRITE_FORMULA = r"""async (meaning) => {
  meaning.innerHTML = "<p>It has <span class='math'>\\(k^2\\)</span> weights.</p>";
  await MathJax.typesetPromise();
}"""


def term(page, name="kernel"):
    """The first use of a term, and what it means."""
    link = page.locator(f"article a[href$='glossary.html#term-{name}']")
    return link, page.locator(f"#meaning-{name}")


def opened(visit, **look):
    """A chapter, one of its terms and what it means."""
    seen = visit(**look)
    seen.open(CHAPTER)
    return seen, *term(seen.page)


@pytest.fixture
def phone(chromium, server):
    """A page in a browser that is used with a finger."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{server}/{CHAPTER}.html")
    yield page
    context.close()


def test_a_pointer_on_a_term_shows_its_meaning_and_may_move_onto_it(visit):
    seen, link, meaning = opened(visit)
    assert not meaning.is_visible()
    link.hover()
    expect(meaning).to_be_visible()
    expect(meaning).to_contain_text(MEANING)
    expect(meaning).to_contain_text("(chapter 6)")
    meaning.hover()  # the pointer leaves the term on its way
    seen.page.clock.install()
    seen.page.clock.run_for(5_000)
    assert meaning.is_visible()
    seen.page.mouse.move(5, 5)
    seen.page.clock.run_for(5_000)
    expect(meaning).not_to_be_visible()
    assert seen.faults == []


def test_the_keyboard_shows_a_meaning_and_escape_takes_it_away(visit):
    seen, link, meaning = opened(visit)
    seen.page.keyboard.press("Tab")  # from now on, the focus is seen
    link.focus()
    expect(meaning).to_be_visible()
    assert link.get_attribute("aria-describedby") == meaning.get_attribute("id")
    assert meaning.get_attribute("role") == "tooltip"
    seen.page.keyboard.press("Escape")
    expect(meaning).not_to_be_visible()
    expect(link).to_be_focused()
    seen.page.keyboard.press("Shift+Tab")
    seen.page.keyboard.press("Tab")
    expect(meaning).to_be_visible()
    seen.page.keyboard.press("Tab")
    expect(meaning).not_to_be_visible()


def test_escape_takes_away_what_a_pointer_has_shown(visit):
    seen, link, meaning = opened(visit)
    link.hover()
    expect(meaning).to_be_visible()
    seen.page.keyboard.press("Escape")
    expect(meaning).not_to_be_visible()


def test_one_meaning_is_shown_at_a_time(visit):
    seen, link, _ = opened(visit)
    for each in (link, term(seen.page, "window")[0]):
        each.hover()
        expect(seen.page.locator("[role=tooltip]:visible")).to_have_count(1)
    expect(term(seen.page, "window")[1]).to_be_visible()


def test_a_tap_shows_the_meaning_and_a_second_one_follows_the_link(phone):
    link, meaning = term(phone)
    link.scroll_into_view_if_needed()
    link.tap()
    expect(meaning).to_be_visible()
    assert CHAPTER in phone.url
    link.tap()
    phone.wait_for_url("**/glossary.html#term-kernel")


def test_a_tap_elsewhere_takes_the_meaning_away_and_the_next_one_shows_it_again(phone):
    link, meaning = term(phone)
    for _ in range(2):
        link.scroll_into_view_if_needed()
        link.tap()
        expect(meaning).to_be_visible()
        phone.locator("h1").tap()
        expect(meaning).not_to_be_visible()
    assert CHAPTER in phone.url


def test_the_meaning_stays_on_the_screen_of_a_phone_and_leaves_the_term_free(phone):
    links = phone.locator("article a[aria-describedby^=meaning]:visible").all()
    assert len(links) >= 5
    for link in links:
        link.scroll_into_view_if_needed()
        link.tap()
        meaning = phone.locator("[role=tooltip]:visible")
        expect(meaning).to_have_count(1)
        box, word = meaning.bounding_box(), link.bounding_box()
        assert box["x"] >= 8
        assert box["x"] + box["width"] <= 382
        assert box["y"] >= 56  # below the bar
        assert box["y"] + box["height"] <= 800
        is_above = box["y"] + box["height"] <= word["y"] + 1
        assert is_above or box["y"] >= word["y"] + word["height"] - 1
        phone.keyboard.press("Escape")
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_a_formula_in_a_meaning_is_drawn_as_large_as_its_text(visit):
    _, link, meaning = opened(visit)
    meaning.evaluate(WRITE_FORMULA)  # while it is hidden, as when the page opens
    link.hover()
    formula = meaning.locator("mjx-container")
    expect(formula).to_be_visible()
    box = formula.bounding_box()
    assert box["width"] > 10
    assert 14 < box["height"] < 30


def test_a_meaning_has_no_barrier_in_any_colours(visit):
    seen, link, meaning = opened(visit)
    link.hover()
    expect(meaning).to_be_visible()
    assert alone.barriers_in_all_colours(seen.page) == []


def test_without_scripts_no_meaning_is_in_the_way(visit):
    _, link, meaning = opened(visit, scripts=False)
    assert link.is_visible()
    expect(meaning).to_have_count(1)
    expect(meaning).not_to_be_visible()
