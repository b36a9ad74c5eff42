"""Quiz and predict boxes in the built book: answered by keyboard, kept, and open in print."""

import pytest
from playwright.sync_api import Error

pytestmark = pytest.mark.browser

CHAPTER = "book/part-2/06-kernels-by-hand"
NAMED = "radio => radio.labels[0].innerText.trim()"
FORGETFUL = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})"


@pytest.fixture
def chapter(visit):
    """The open chapter; its faults are checked at the end."""
    seen = visit()
    seen.open(CHAPTER)
    yield seen
    assert seen.faults == []


def quiz(page, kind):
    """The first quiz of this kind, shown as a reader turns to it."""
    form = page.locator(f".cc-box-check form:has(input[type={kind}])").first
    place = form.evaluate("form => [...form.parentElement.querySelectorAll('form')].indexOf(form)")
    page.locator(".cc-dot").nth(place).click()
    return form


def first_tries(page):
    """What the dots of the card say of each question."""
    dots = page.get_by_role("group", name="Questions of this card").get_by_role("button")
    return [dot.get_attribute("aria-label").split(": ")[1] for dot in dots.all()]


def test_a_wrong_choice_is_told_why_and_a_right_one_too(chapter):
    box = quiz(chapter.page, "radio")
    box.locator("input").first.focus()
    chapter.page.keyboard.press("Space")
    chapter.page.keyboard.press("Enter")
    status = box.get_by_role("status")
    assert status.inner_text().startswith("Not yet. That needs padding")
    assert box.get_by_role("radio", checked=True).evaluate(NAMED).endswith("✗ not this")
    assert box.locator("details").is_visible()
    right = box.locator("li[data-right=yes]").get_attribute("data-for")
    box.locator(f"input[value='{right}']").check()
    box.get_by_role("button", name="Check").press("Enter")
    assert status.inner_text().startswith("Right. Yes: 7 − 3 + 1 = 5")
    assert box.get_by_role("radio", checked=True).evaluate(NAMED).endswith("✓ right")


def test_a_typed_number_is_told_what_it_means(chapter):
    box = quiz(chapter.page, "text")
    for typed, said in [
        ("", "Type a number, such as 280 or 0.5."),
        ("3", "Not this number. Try again."),
        ("many", "Type a number, such as 280 or 0.5."),
        ("88", "Not yet. You turned the kernel"),
        ("134", "Right. The ones of the kernel"),
    ]:
        box.locator("input").fill(typed)
        box.locator("input").press("Enter")
        assert box.get_by_role("status").inner_text().startswith(said), typed


@pytest.mark.parametrize("home", ["disk", "server"])
def test_an_answer_is_there_again_when_the_reader_returns(visit, disk, home):
    seen = visit(disk) if home == "disk" else visit()
    seen.open(CHAPTER)
    quiz(seen.page, "text").locator("input").fill("88")
    quiz(seen.page, "text").locator("input").press("Enter")
    seen.page.reload()
    box = quiz(seen.page, "text")
    assert box.locator("input").input_value() == "88"
    assert "turned the kernel" in box.get_by_role("status").inner_text()
    assert seen.faults == []


def test_a_card_shows_one_question_at_a_time_and_keeps_the_score(chapter):
    page = chapter.page
    card = page.locator(".cc-card")
    forms = card.locator("form")
    number = forms.count()
    assert [form.is_visible() for form in forms.all()] == [True] + [False] * (number - 1)
    assert first_tries(page) == ["not answered"] * number
    for place, form in enumerate(forms.all(), 1):
        assert card.locator(".cc-head .cc-count").inner_text() == f"{place}/{number}"
        answer_rightly(form, after_a_mistake=place == 1)
        if place < number:
            assert page.evaluate("document.activeElement.innerText") == "Next question"
            page.keyboard.press("Enter")
            heard = page.evaluate("document.activeElement.textContent")
            assert heard.startswith(f"Question {place + 1} of {number}: ")
    score = f"All {number} answered, {number - 1} right at the first try."
    assert card.locator(".cc-score").inner_text() == score
    page.reload()
    assert card.locator(".cc-score").inner_text() == score
    tries = ["not at the first try"] + ["right at the first try"] * (number - 1)
    assert first_tries(page) == tries
    card.get_by_role("button", name="Start again").click()
    assert first_tries(page) == ["not answered"] * number
    page.reload()
    assert first_tries(page) == ["not answered"] * number
    assert not card.locator("input:checked, [data-verdict]").count()


def answer_rightly(form, after_a_mistake):
    """Answer a question of the card that is shown, perhaps after a wrong answer."""
    for verdict in ["no", "yes"] if after_a_mistake else ["yes"]:
        key = form.locator(f"li[data-right={verdict}]").first.get_attribute("data-for")
        if form.locator("input[type=text]").count():
            form.locator("input").fill(key)
        else:
            form.locator(f"input[value='{key}']").check()
        form.locator("input").first.press("Enter")


def test_keys_choose_an_answer_where_the_focus_is_and_nowhere_else(chapter):
    page = chapter.page
    form = quiz(page, "radio")
    page.locator("h1").click()
    page.keyboard.press("2")
    assert form.locator("input:checked").count() == 0
    form.locator("legend").click()  # the focus goes to the card
    page.keyboard.press("2")
    assert form.locator("input").nth(1).is_checked()
    page.keyboard.press("3")
    assert form.locator("input").nth(2).is_checked()
    page.keyboard.press("Control+1")
    page.keyboard.press("9")
    assert form.locator("input").nth(2).is_checked()
    page.keyboard.press("Enter")
    assert form.get_by_role("status").inner_text() != ""


def test_a_field_for_a_number_keeps_its_digits(chapter):
    form = quiz(chapter.page, "text")
    form.locator("input").focus()
    chapter.page.keyboard.type("134")
    assert form.locator("input").input_value() == "134"


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
    box.locator("legend").click()
    chapter.page.keyboard.press("2")
    box.locator("input").nth(1).press("Enter")
    assert box.get_by_role("status").inner_text() == "It comes out differently."
    names = [radio.evaluate(NAMED) for radio in box.locator("input").all()]
    assert [name.partition("✗ ")[2] for name in names] == ["", "your guess", ""]
    assert [name.partition("✓ ")[2] for name in names] == ["", "", "right"]
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
    assert seen.page.locator(".cc-result .cc-verdicts li[data-right=yes]").first.is_visible()
    assert all(form.is_visible() for form in seen.page.locator("form.cc-question").all())


def test_in_print_all_results_and_explanations_are_open(chapter):
    chapter.page.emulate_media(media="print")
    folds = chapter.page.locator(":is(.cc-explanations, .cc-result)").all()
    heights = [fold.locator(":scope > :not(summary)").first.bounding_box() for fold in folds]
    assert heights
    assert all(box and box["height"] > 10 for box in heights)
    assert chapter.page.locator(".cc-result .cc-verdicts li[data-right=yes]").first.is_visible()
    assert not chapter.page.locator(".cc-head").is_visible()
    assert chapter.page.get_by_text("4/4").is_visible()
