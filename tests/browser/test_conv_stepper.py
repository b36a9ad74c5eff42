"""The convolution stepper in the built book, by keyboard alone, in print and without JavaScript."""

import pytest
from browser.reader import SIZES, Reader

from coursecnn.widgets import ConvStepper

pytestmark = pytest.mark.browser

CHAPTER = "book/part-2/06-kernels-by-hand"
RESULTS = [[88, 67, 134], [55, 94, 132], [107, 25, 134]]


@pytest.fixture
def in_chapter(visit):
    """The chapter's stepper; its page's faults are checked at the end."""
    seen = visit()
    seen.open(CHAPTER)
    yield Stepper(seen.page, within="conv-stepper")
    assert seen.faults == []


@pytest.fixture
def stepper(open_figure):
    """The chapter's stepper on a page of its own, which opens sooner."""
    return Stepper(open_figure(ConvStepper()))


def turned(figure):
    """The output of the true convolution, by the library."""
    return ConvStepper(image=figure.image, kernel=figure.kernel, flip=True).output


class Stepper(Reader):
    """What a reader sees of the figure."""

    def focus(self, selector):
        self.root.locator(selector).first.focus()

    @property
    def output(self):
        return self.texts(self.root.get_by_role("grid").last)


def test_tab_reaches_each_part_once_and_in_reading_order(in_chapter):
    in_chapter.focus("input")
    order = [in_chapter.focused]
    for _ in range(7):
        in_chapter.press("Tab")
        order.append(in_chapter.focused.splitlines()[0])
    assert order[:7] == [
        "input, row 1, column 1", "kernel, row 1, column 1", "Row 1, column 1: 88",
        "Back", "Step", "Play", "Reset",
    ]  # fmt: skip
    assert in_chapter.page.evaluate("document.activeElement.tagName") == "SELECT"


def test_arrow_keys_move_the_window_and_the_page_stays_where_it_is(in_chapter):
    in_chapter.focus("[role=gridcell][aria-current]")
    before = in_chapter.page.evaluate("scrollY")
    in_chapter.press("ArrowDown")
    assert in_chapter.sentence.startswith("Row 2, column 1: 0·12 + 0·43 + 1·2 + 1·9 ")
    assert in_chapter.sentence.endswith(" = 55")
    assert in_chapter.focused == "Row 2, column 1: 55"
    assert in_chapter.page.evaluate("scrollY") == before
    in_chapter.press("End", "ArrowDown", "ArrowDown", "ArrowRight")
    assert in_chapter.focused == "Row 3, column 3: 134"
    in_chapter.press("Control+Home")
    assert in_chapter.sentence.endswith(" = 88")


def test_nine_steps_fill_the_output_and_the_last_stays(stepper):
    shown = [[""] * 3 for _ in range(3)]
    stepper.button("Step").focus()
    for index in range(9):
        row, column = divmod(index, 3)
        shown[row][column] = str(RESULTS[row][column])
        assert stepper.output == shown
        stepper.press("Enter")
    assert stepper.button("Step").get_attribute("aria-disabled") == "true"
    stepper.button("Back").press("Space")
    assert stepper.output[2] == ["107", "25", ""]


def test_typing_changes_a_number_and_reset_brings_it_back(stepper):
    stepper.focus("[role=grid][aria-label^=kernel] input")
    stepper.press("2", "Enter")
    assert stepper.sentence.startswith("Row 1, column 1: 2·2 ")
    assert stepper.sentence.endswith(f" = {88 + 2 * 2}")
    stepper.press("ArrowRight", "-", "1", "/", "2", "ArrowDown")
    assert "(−0.5)·9" in stepper.sentence
    assert stepper.focused == "kernel, row 2, column 2"
    stepper.button("Reset").press("Enter")
    assert stepper.sentence.endswith(" = 88")


def test_what_is_no_number_changes_nothing_and_says_so(stepper):
    stepper.focus("input")
    stepper.press("x", "Enter")
    assert stepper.sentence == "“x” is not a number; −1, 0.5 and 1/9 are."
    assert stepper.root.locator("[aria-invalid=true]").count() == 1
    stepper.button("Step").press("Enter")
    assert stepper.root.locator("[aria-invalid=true]").count() == 0
    assert stepper.root.locator("input").first.input_value() == "2"


def test_a_preset_replaces_the_kernel(stepper):
    kernels = stepper.root.get_by_role("combobox", name="Kernel")
    kernels.select_option("outline")
    total = 8 * 43 - (2 + 9 + 11 + 12 + 2 + 9 + 87 + 65)
    assert stepper.output[0][0] == str(total).replace("-", "−")
    stepper.focus("[role=grid][aria-label^=kernel] input")
    stepper.press("7", "Enter")
    assert kernels.input_value() == ""


def test_the_sign_is_that_of_the_rule(open_figure):
    figure = ConvStepper(controls=["flip"])
    stepper = Stepper(open_figure(figure))
    sign = stepper.root.locator(".fig-operator").first
    assert sign.inner_text() == "⊗"
    assert stepper.sentence.endswith(" = 88")
    stepper.choose("Rule").select_option("convolution (kernel turned)")
    assert sign.inner_text() == "∗"
    assert stepper.sentence.endswith(f" = {turned(figure)[0, 0]:.0f}")


def test_play_goes_on_by_itself_and_is_silent_until_it_rests(stepper):
    stepper.stop_the_clock()
    stepper.button("Play").press("Enter")
    assert stepper.root.get_by_role("status").get_attribute("aria-live") == "off"
    stepper.wait(1)
    assert stepper.sentence.startswith("Row 1, column 2: ")
    stepper.button("Pause").press("Enter")
    assert stepper.root.get_by_role("status").get_attribute("aria-live") == "polite"
    stepper.wait(60)
    assert stepper.sentence.startswith("Row 1, column 2: ")


def test_focus_is_visible_on_each_kind_of_control(stepper):
    for selector in ("input", "[aria-current]", "button", "select"):
        stepper.focus(selector)
        stepper.press("Shift")  # a key, so that the focus counts as the keyboard's
        style = "e => getComputedStyle(e).outlineStyle"
        assert stepper.root.locator(selector).first.evaluate(style) == "solid"


@pytest.mark.parametrize("width", [390, 1280])
def test_targets_are_large_enough(visit, width):
    seen = visit(width=width)
    seen.open(CHAPTER)
    targets = seen.page.locator("conv-stepper :is(input, button, select, [role=gridcell])")
    sizes = targets.evaluate_all(SIZES)
    assert len(sizes) > 40
    assert min(min(size) for size in sizes) >= 24


def test_without_motion_nothing_slides(visit):
    seen = visit(motion="reduce")
    seen.open(CHAPTER)
    window = seen.page.locator("conv-stepper .fig-window").first
    assert window.evaluate("e => getComputedStyle(e).transitionDuration") == "0s"


@pytest.mark.parametrize("manner", ["print", "no script"])
def test_the_picture_takes_the_figures_place(visit, manner):
    seen = visit(scripts=manner == "print")
    seen.page.goto(f"{seen.home}/{CHAPTER}.html")
    if manner == "print":
        assert not seen.page.locator("conv-stepper .fig-still svg").first.is_visible()
        seen.page.emulate_media(media="print")
        assert not seen.page.locator("conv-stepper .fig-frame").first.is_visible()
    picture = seen.page.locator("conv-stepper .fig-still svg[role=img]").first
    assert picture.is_visible()
    assert "55, 94, 132" in picture.get_attribute("aria-label")
