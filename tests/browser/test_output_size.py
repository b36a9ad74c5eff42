"""The output-size calculator by keyboard alone, and beside a kernel."""

import pytest
from browser import wire
from browser.reader import Reader

from coursecnn.widgets import OutputSizeCalculator

pytestmark = pytest.mark.browser

LABELS = ["Size", "Kernel size", "Stride", "Padding", "Dilation"]


@pytest.fixture
def open_axis(open_figure):
    """A function that opens the figure on a page of its own."""
    return lambda state=None, **look: Axis(
        open_figure(OutputSizeCalculator(**(state or {})), **look)
    )


class Axis(Reader):
    """What a reader sees of the figure."""

    def __init__(self, page):
        super().__init__(page)
        self.same = self.root.get_by_role("button", name="Same padding")

    def number(self, label):
        return self.root.get_by_role("spinbutton", name=label, exact=True)

    @property
    def windows(self):
        return self.root.locator(".axis-window").count()

    @property
    def idle(self):
        return self.root.locator(".axis-line .axis-idle").all_inner_texts()


def test_tab_reaches_each_number_once_then_the_buttons(open_axis):
    axis = open_axis()
    for label in LABELS:
        axis.press("Tab")
        assert axis.number(label).evaluate("e => e === document.activeElement")
    for name in ("Same padding", "Reset"):
        axis.press("Tab")
        assert axis.page.evaluate("document.activeElement.innerText") == name


def test_arrow_keys_change_a_number_and_draw_its_windows(open_axis):
    axis = open_axis()
    assert axis.windows == 5
    axis.number("Stride").focus()
    axis.press("ArrowUp")
    assert axis.windows == 3
    assert axis.sentence.endswith("= ⌊4 / 2⌋ + 1 = 3. 3 windows fit.")
    axis.press("ArrowDown", "ArrowDown")
    assert axis.number("Stride").input_value() == "1"
    assert axis.windows == 5


def test_what_the_floor_drops_is_marked_and_said(open_axis):
    axis = open_axis({"size": 8, "stride": 2})
    assert axis.idle == ["8"]
    assert axis.root.get_by_text("never read", exact=True).is_visible()
    assert axis.sentence.endswith("The floor drops 1 entry at the end: pixel 8 is never read.")


def test_taps_of_a_dilated_window_have_gaps_under_them(open_axis):
    axis = open_axis({"dilation": 2})
    first = axis.root.locator(".axis-window").first
    left = "es => es.map((e) => e.getBoundingClientRect().left)"
    taps = first.locator(".axis-tap").evaluate_all(left)
    entries = axis.root.locator(".axis-entry").evaluate_all(left)
    margin = taps[0] - entries[0]
    assert taps == pytest.approx([entries[i] + margin for i in (0, 2, 4)], abs=0.5)


def test_typing_a_number_out_of_range_changes_nothing_and_says_so(open_axis):
    axis = open_axis()
    axis.number("Kernel size").focus()
    for text in ("12", "2.5", ""):
        axis.number("Kernel size").fill(text)
        axis.press("Enter")
        assert axis.sentence == "Kernel size must be a whole number from 1 to 9."
        assert axis.number("Kernel size").get_attribute("aria-invalid") == "true"
        assert axis.windows == 5
    axis.number("Kernel size").fill("7")
    axis.press("Enter")
    assert axis.number("Kernel size").get_attribute("aria-invalid") is None
    assert axis.sentence.endswith("One window fits.")


def test_a_kernel_that_does_not_fit_hangs_over_the_end(open_axis):
    axis = open_axis({"size": 3})
    axis.number("Kernel size").fill("5")
    axis.press("Enter")
    assert axis.root.locator(".axis-over").count() == 2 + 1  # two taps, and the legend
    assert "There is no output: the kernel spans 5 entries, the padded axis has 3." in axis.sentence
    assert axis.root.locator(".axis-result").count() == 0


def test_same_padding_is_one_press_away_or_explained(open_axis):
    axis = open_axis({"kernel_size": 5})
    axis.same.press("Enter")
    assert axis.number("Padding").input_value() == "2"
    assert axis.windows == 7
    axis.number("Kernel size").fill("4")
    axis.press("Enter")
    assert axis.same.get_attribute("aria-disabled") == "true"
    axis.same.press("Enter")
    assert axis.sentence.startswith("Same padding cannot be equal on both sides")
    assert axis.number("Padding").input_value() == "2"


def test_the_buttons_count_up_and_down_and_stop_at_the_ends(open_axis):
    axis = open_axis()
    more = axis.root.get_by_role("button", name="Padding: one more")
    less = axis.root.get_by_role("button", name="Padding: one less")
    assert less.get_attribute("aria-disabled") == "true"
    less.click(force=True)  # a finger does not read what is disabled
    assert axis.number("Padding").input_value() == "0"
    more.click()
    assert axis.number("Padding").input_value() == "1"
    assert axis.root.locator(".axis-line .axis-zero").count() == 2
    axis.root.get_by_role("button", name="Reset").click()
    assert axis.number("Padding").input_value() == "0"


def test_the_picture_has_a_text_of_its_own(open_axis):
    axis = open_axis({"dilation": 2})
    picture = axis.root.get_by_role("img")
    assert "Each of the 3 windows under it reads 3 entries, one in every 2" in (
        picture.get_attribute("aria-label")
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_the_largest_axis_fits_the_page(open_axis, width):
    axis = open_axis({"size": 32, "kernel_size": 9, "padding": 12, "dilation": 3}, width=width)
    assert axis.page.evaluate("document.documentElement.scrollWidth") <= width
    right = "e => Math.max(...[...e.children].map((c) => c.getBoundingClientRect().right))"
    frame = axis.root.bounding_box()
    for row in (axis.root.locator(".axis-line").first, axis.root.locator(".axis-window").last):
        assert row.evaluate(right) <= frame["x"] + frame["width"]


def test_reader_and_python_hear_of_each_other(visit):
    figure, page = OutputSizeCalculator(), visit().page
    wire.connect(figure, page)
    page.get_by_role("spinbutton", name="Stride").press("ArrowUp")
    assert (figure.stride, figure.output_size) == (2, 3)
    page.get_by_role("button", name="Same padding").click()
    assert (figure.padding, figure.output_size) == (1, 4)
    figure.size = 9
    assert page.get_by_role("status").inner_text().startswith("⌊(9 + 2·1 − 1·(3 − 1) − 1) / 2⌋")
    assert page.get_by_role("spinbutton", name="Size", exact=True).input_value() == "9"
