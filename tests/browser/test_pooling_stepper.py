"""The pooling stepper by keyboard alone, to the eye, and beside a kernel."""

import numpy as np
import pytest
from browser import alone, wire
from browser.reader import Reader

from coursecnn.widgets import PoolingStepper

pytestmark = pytest.mark.browser


@pytest.fixture
def open_stepper(open_figure):
    """A function that opens a stepper on a page of its own."""

    def start(width=1280, **state):
        return Stepper(open_figure(PoolingStepper(**state), width=width))

    return start


class Stepper(Reader):
    """What a reader sees of the figure."""

    def pixel(self, row, column):
        return self.root.get_by_label(f"input, row {row}, column {column}", exact=True)

    @property
    def output(self):
        return self.texts(self.root.get_by_role("grid").last)


def test_tab_reaches_each_part_once_and_in_reading_order(open_stepper):
    stepper = open_stepper()
    order = []
    for _ in range(9):
        stepper.press("Tab")
        order.append(stepper.focused)
    assert order[:2] == ["input, row 1, column 1", "Row 1, column 1: 8"]
    assert order[6:] == ["Rule", "Window", "Stride"]


def test_four_steps_fill_the_output_and_the_last_stays(open_stepper):
    stepper = open_stepper()
    shown = [["", ""], ["", ""]]
    stepper.button("Step").focus()
    for (row, column), result in zip(np.ndindex(2, 2), ["8", "7", "5", "8"], strict=True):
        shown[row][column] = result
        assert stepper.output == shown
        assert stepper.sentence.endswith(f" = {result}")
        stepper.press("Enter")
    assert stepper.button("Step").get_attribute("aria-disabled") == "true"
    stepper.button("Reset").press("Enter")
    assert stepper.sentence == "Row 1, column 1: max(8, 5, 1, 6) = 8"


def test_arrow_keys_move_the_window(open_stepper):
    stepper = open_stepper()
    stepper.press("Tab", "Tab", "ArrowDown", "ArrowRight")
    assert stepper.sentence == "Row 2, column 2: max(7, 1, 8, 0) = 8"
    assert stepper.focused == "Row 2, column 2: 8"


def test_the_switch_says_the_mean_of_the_same_window(open_stepper):
    stepper = open_stepper()
    stepper.choose("Rule").select_option("average")
    assert stepper.sentence == "Row 1, column 1: (8 + 5 + 1 + 6) / 4 = 5"
    weights = stepper.root.locator(".fig-window span").all_inner_texts()
    assert weights == ["×1/4"] * 4


def test_typing_changes_the_winner_and_its_ring(open_stepper):
    stepper = open_stepper()
    stepper.pixel(2, 2).fill("8")
    stepper.press("Enter")
    assert stepper.sentence == "Row 1, column 1: max(8, 5, 1, 8) = 8, the first of 2 equal numbers"
    assert ringed(stepper) == (1, 1)
    stepper.pixel(2, 2).fill("9")
    stepper.press("Enter")
    assert stepper.sentence == "Row 1, column 1: max(8, 5, 1, 9) = 9"
    assert ringed(stepper) == (2, 2)


def ringed(stepper):
    """Row and column of the input whose cell the ring surrounds."""
    ring = stepper.root.locator(".fig-winner").bounding_box()
    middle = ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2
    for row, column in np.ndindex(4, 4):
        box = stepper.pixel(row + 1, column + 1).bounding_box()
        inside = (middle[0] - box["x"]) / box["width"], (middle[1] - box["y"]) / box["height"]
        if all(0.4 < share < 0.6 for share in inside):
            return row + 1, column + 1
    return None


def test_what_no_window_reads_is_hatched_and_said(open_stepper):
    stepper = open_stepper(image=np.arange(20).reshape(4, 5).tolist())
    assert stepper.sentence.endswith(". Never read: column 5.")
    assert stepper.root.locator(".fig-unread").count() == 4
    note = "Windows that fit: rows ⌊(4 − 2) / 2⌋ + 1 = 2, columns ⌊(5 − 2) / 2⌋ + 1 = ⌊1.5⌋ + 1 = 2"
    assert stepper.root.get_by_text(note).is_visible()
    stepper.choose("Stride").select_option("1")
    assert "Never read" not in stepper.sentence
    assert stepper.root.locator(".fig-unread").count() == 0


def test_a_window_that_does_not_fit_changes_nothing_and_says_so(open_stepper):
    stepper = open_stepper(image=np.eye(3).tolist())
    stepper.choose("Window").select_option("4")
    assert stepper.sentence == "The window does not fit into this input: nothing was changed."
    assert stepper.choose("Window").input_value() == "2"


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_barrier_where_pixels_are_hatched_and_weights_written(open_stepper, width):
    image = np.arange(64).reshape(8, 8).tolist()
    stepper = open_stepper(width, image=image, kernel_size=3, stride=3, kind="average")
    assert stepper.root.locator(".fig-unread").count() == 64 - 36
    assert alone.barriers_in_all_colours(stepper.page) == []
    assert stepper.page.evaluate("document.documentElement.scrollWidth") <= width


def test_both_sides_of_a_live_figure_keep_in_step(visit):
    live, page = PoolingStepper(), visit().page
    wire.connect(live, page)
    stepper = Stepper(page)
    stepper.button("Step").click()
    assert live.position == [0, 1]
    stepper.pixel(1, 3).fill("9")
    stepper.press("Enter")
    assert live.output[0, 1] == 9
    stepper.choose("Rule").select_option("average")
    assert live.kind == "average"
    assert live.output[0, 1] == (9 + 7 + 0 + 3) / 4
    with live.hold_trait_notifications():
        live.image, live.kernel_size, live.kind = np.arange(9).reshape(3, 3), 3, "max"
    assert stepper.sentence.endswith("max(0, 1, 2, 3, 4, 5, 6, 7, 8) = 8")
    live.stride, live.kernel_size = 1, 2
    live.position = (1, 1)
    assert stepper.output == [["4", "5"], ["7", "8"]]
