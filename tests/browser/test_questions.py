"""Quiz and predict boxes in the built book: answered by keyboard, kept, and open in print."""

import pytest
from playwright.sync_api import Error

pytestmark = pytest.mark.browser

CHAPTER = "book/part-2/06-kernels-by-hand"
FORGETFUL = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})"


@pytest.fixture
def chapter(visit):
    """The open chapter; its faults are checked at the end."""
    seen = visit()
    seen.open(CHAPTER)
    yield seen
    assert seen.faults == []


def quiz(page, kind):
    """The first quiz of this kind."""
    return page.locator(f".cc-box-check:has(input[type={kind}])").first


def test_a_wrong_choice_is_told_why_and_a_right_one_too(chapter):
    box = quiz(chapter.page, "radio")
    box.locator("input").first.focus()
    chapter.page.keyboard.press("Space")
    chapter.page.keyboard.press("Enter")
    status = box.get_by_role("status")
    assert status.inner_text().startswith("Not yet. That needs padding")
    assert box.locator("details").is_visible()
    right = box.locator("li[data-right=yes]").get_attribute("data-for")
    box.locator(f"input[value='{right}']").check()
    box.get_by_role("button", name="Check").press("Enter")
    assert status.inner_text().startswith("Right. Yes: 7 − 3 + 1 = 5")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("134", "Right. The ones of the kernel"),
        ("88", "Not yet. You turned the kernel"),
        ("3", "Not this number. Try again."),
        ("", "Type a number, such as 280 or 0.5."),
        ("many", "Type a number, such as 280 or 0.5."),
    ],
)
def test_a_typed_number_is_told_what_it_means(chapter, typed, said):
    box = quiz(chapter.page, "text")
    box.locator("input").fill(typed)
    box.locator("input").press("Enter")
    assert box.get_by_role("status").inner_text().startswith(said)


def test_an_answer_is_there_again_when_the_reader_returns(chapter):
    quiz(chapter.page, "text").locator("input").fill("88")
    quiz(chapter.page, "text").locator("input").press("Enter")
    chapter.page.reload()
    box = quiz(chapter.page, "text")
    assert box.locator("input").input_value() == "88"
    assert "turned the kernel" in box.get_by_role("status").inner_text()


def test_a_browser_that_keeps_nothing_is_no_error(chromium, html):
    with chromium.new_page() as page:  # a tab of its own, as it stays forgetful
        page.add_init_script(FORGETFUL)
        page.goto(f"{html.as_uri()}/{CHAPTER}.html")
        with pytest.raises(Error, match="refused"):
            page.evaluate("localStorage.length")
        box = quiz(page, "text")
        box.locator("input").fill("134")
        box.locator("input").press("Enter")
        assert box.get_by_role("status").inner_text().startswith("Right.")


def test_a_prediction_comes_before_its_result(chapter):
    box = chapter.page.locator(".cc-box-predict").first
    result = box.locator("details.cc-result")
    assert not result.is_visible()
    box.get_by_role("button", name="Commit my guess").press("Enter")
    assert box.get_by_role("status").inner_text() == "Choose an answer first."
    assert not result.is_visible()
    box.locator("input").nth(1).check()
    box.get_by_role("button", name="Commit my guess").press("Enter")
    assert box.get_by_role("status").inner_text() == "It comes out differently."
    assert result.locator("p").first.is_visible()
    assert box.locator("input").first.is_disabled()
    assert chapter.page.evaluate("document.activeElement.innerText") == "The result"


def test_without_a_script_all_results_and_explanations_can_be_unfolded(visit):
    seen = visit(scripts=False)
    seen.page.goto(f"{seen.home}/{CHAPTER}.html")
    folds = seen.page.locator(":is(.cc-explanations, .cc-result)")
    questions = seen.page.locator("form.cc-question").count()
    assert folds.count() == questions > 0
    for fold in folds.all():
        fold.locator("summary").first.click()
        assert fold.locator(":scope > :not(summary)").first.is_visible()
    assert seen.page.get_by_role("button", name="Check").count() == 0


def test_in_print_all_results_and_explanations_are_open(chapter):
    chapter.page.emulate_media(media="print")
    folds = chapter.page.locator(":is(.cc-explanations, .cc-result)").all()
    heights = [fold.locator(":scope > :not(summary)").first.bounding_box() for fold in folds]
    assert heights
    assert all(box and box["height"] > 10 for box in heights)
