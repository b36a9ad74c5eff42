"""Slide and sum by keyboard alone, and beside a kernel."""

import numpy as np
import pytest
from browser import wire
from browser.reader import Reader

from coursecnn.widgets import SlideAndSum

pytestmark = pytest.mark.browser


@pytest.fixture
def open_slide(open_figure):
    """A function that opens the figure on a page of its own."""
    return lambda state=None, **look: Slide(open_figure(SlideAndSum(**(state or {})), **look))


class Slide(Reader):
    """What a reader sees of the figure."""

    def __init__(self, page):
        super().__init__(page)
        self.rule = self.root.get_by_role("combobox", name="Rule")
        self.places = self.root.get_by_role("combobox", name="Places")

    def number(self, name):
        return self.root.get_by_role("textbox", name=name, exact=True)

    @property
    def output(self):
        return self.root.locator(".fig-result").all_inner_texts()

    @property
    def lying(self):
        return self.root.locator(".slide-weights .slide-text").all_inner_texts()


def test_tab_reaches_kernel_signal_output_and_controls_once(open_slide):
    slide = open_slide()
    order = []
    for _ in range(3):
        slide.press("Tab")
        order.append(slide.focused)
    assert order == ["kernel, number 1", "signal, number 1", "Place 1: 3"]
    buttons = map(slide.button, ("Back", "Step", "Play", "Reset"))
    for control in (*buttons, slide.rule, slide.places):
        slide.press("Tab")
        assert control.evaluate("e => e === document.activeElement")


def test_arrow_keys_in_the_output_move_the_kernel(open_slide):
    slide = open_slide()
    slide.root.locator(".fig-result").first.focus()
    slide.press("ArrowRight", "ArrowRight")
    assert slide.focused == "Place 3: 1"
    assert slide.sentence == "Place 3 of 5: 1·1 + 2·0 + 3·0 = 1"
    assert slide.output == ["3", "2", "1", "", ""]
    slide.press("End")
    assert slide.sentence == "Place 5 of 5: 1·0 + 2·3 + 3·2 = 12"
    slide.press("Home")
    assert slide.focused == "Place 1: 3"


def test_the_kernel_lies_under_its_window_and_the_result_under_its_centre(open_slide):
    slide = open_slide({"position": 3}, motion="reduce")
    middle = "e => { const r = e.getBoundingClientRect(); return r.left + r.width / 2 }"
    window = slide.root.locator(".slide-window").evaluate(middle)
    assert slide.root.locator(".slide-weights").evaluate(middle) == pytest.approx(window, abs=1)
    assert slide.root.locator("[aria-current]").evaluate(middle) == pytest.approx(window, abs=1)
    assert slide.number("signal, number 5").evaluate(middle) == pytest.approx(window, abs=1)


def test_convolution_turns_the_kernel_round_and_the_answers_with_it(open_slide):
    slide = open_slide({"position": 2})
    assert slide.lying == ["×1", "×2", "×3"]
    slide.rule.select_option("convolution (kernel turned round)")
    assert slide.lying == ["×3", "×2", "×1"]
    names = slide.root.locator(".slide-weights .slide-name").all_inner_texts()
    assert [name.replace("\n", "") for name in names] == ["w2", "w1", "w0"]
    assert slide.number("kernel, number 1").input_value() == "1"
    assert slide.sentence == "Place 3 of 5, kernel turned round: 3·1 + 2·0 + 1·0 = 3"
    assert slide.output == ["1", "2", "3", "", ""]
    assert slide.root.get_by_text("kernel turned round", exact=True).is_visible()


def test_the_turn_is_seen_unless_motion_is_unwanted(open_slide):
    turning = """e => {
        e.value = "turned";
        e.dispatchEvent(new Event("change"));
        return document.querySelector(".slide-weights").getAnimations().length;
    }"""
    for wish, count in (("no-preference", 1), ("reduce", 0)):
        assert open_slide(motion=wish).rule.evaluate(turning) == count


def test_each_mode_has_its_places_and_its_zeros(open_slide):
    slide = open_slide()
    for mode, places, zeros in (("full", 9, 4), ("same", 7, 2), ("valid", 5, 0)):
        slide.places.select_option(mode)
        assert len(slide.output) == places
        assert slide.root.locator(".slide-zero").count() == zeros
        assert f"of {places}: " in slide.sentence


def test_a_mode_without_a_place_is_refused_and_the_choice_goes_back(open_slide):
    slide = open_slide({"signal": [1, 2], "mode": "full"})
    slide.places.select_option("valid")
    assert slide.sentence.startswith("The kernel is longer than the signal")
    assert slide.places.input_value() == "full"
    assert len(slide.output) == 4


def test_typing_changes_a_number_and_reset_brings_it_back(open_slide):
    slide = open_slide()
    slide.number("kernel, number 1").focus()
    slide.press("-", "1", "/", "2", "ArrowRight")
    assert slide.focused == "kernel, number 2"
    assert slide.lying == ["×−0.5", "×2", "×3"]
    slide.number("signal, number 3").focus()
    slide.press("x", "Enter")
    assert slide.sentence == "“x” is not a number; −1, 0.5 and 1/9 are."
    slide.button("Reset").press("Enter")
    assert slide.lying == ["×1", "×2", "×3"]
    assert slide.number("signal, number 3").input_value() == "1"


def test_steps_fill_the_output_with_numbers_and_bars(open_slide):
    slide = open_slide()
    slide.button("Step").focus()
    slide.press(*["Enter"] * 9)
    assert slide.output == ["3", "2", "1", "9", "12"]
    style = "es => es.map((e) => parseFloat(getComputedStyle(e, '::before').height))"
    heights = slide.root.locator(".slide-bar").evaluate_all(style)
    assert heights == pytest.approx([n / 12 * heights[4] for n in (3, 2, 1, 9, 12)], abs=1)
    assert slide.button("Step").get_attribute("aria-disabled") == "true"
    slide.stop_the_clock()
    slide.button("Play").press("Enter")
    assert slide.sentence.startswith("Place 1 of 5")
    slide.wait(1)
    assert slide.sentence.startswith("Place 2 of 5")
    slide.button("Pause").press("Enter")


def test_a_long_signal_scrolls_in_its_frame_and_the_kernel_stays_in_sight(open_slide):
    state = {"signal": list(range(12)), "kernel": [1, 0, 0, 0, 1], "mode": "full"}
    slide = open_slide(state, width=390, motion="reduce")
    assert slide.page.evaluate("document.documentElement.scrollWidth") <= 390
    slide.root.locator(".fig-result").first.focus()
    slide.press("End")
    window, scroll = slide.root.locator(".slide-window"), slide.root.locator(".slide-scroll")
    right = "e => e.getBoundingClientRect().right"
    assert window.evaluate(right) <= scroll.evaluate(right) + 1
    assert scroll.evaluate("e => e.scrollLeft") > 0


def test_reader_and_python_hear_of_each_other(visit):
    figure, page = SlideAndSum(), visit().page
    wire.connect(figure, page)
    page.get_by_role("button", name="Step").click()
    assert figure.position == 1
    page.get_by_role("combobox", name="Rule").select_option("turned")
    page.get_by_role("combobox", name="Places").select_option("same")
    assert (figure.flip, figure.mode) == (True, "same")
    page.get_by_role("textbox", name="signal, number 1").fill("7")
    page.get_by_role("textbox", name="signal, number 1").press("Enter")
    assert figure.signal[0] == 7
    assert figure.output[0] == 2 * 7 + 1 * 0
    figure.position = 6
    assert page.get_by_role("status").inner_text().startswith("Place 7 of 7, kernel turned")
    with figure.hold_trait_notifications():
        figure.signal, figure.kernel = np.arange(4), np.ones(2)
    assert page.get_by_text("Output, 4 numbers").is_visible()
    figure.mode = "full"
    assert page.locator(".fig-result").count() == 5
