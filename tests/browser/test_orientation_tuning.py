"""Orientation tuning by keyboard alone, to the eye, and beside a kernel."""

import pytest
from browser import wire
from browser.reader import SIZES, Reader

from coursecnn.widgets import OrientationTuning

pytestmark = pytest.mark.browser

MIDDLE = (
    "e => { const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] }"
)


@pytest.fixture
def open_tuning(open_figure):
    """A function that opens the figure on a page of its own, at phase 0."""

    def start(state=None, **look):
        figure = OrientationTuning(**{"phase": 0, **(state or {})})
        return Tuning(open_figure(figure, **look))

    return start


class Tuning(Reader):
    """What a reader sees of the figure."""

    def __init__(self, page):
        super().__init__(page)
        self.angle = self.root.get_by_role("slider", name="Angle of the stripes")
        self.phase = self.root.get_by_role("slider", name="Phase of the stripes")
        self.charts = self.root.locator(".tuning-drawing")

    def line(self, cell, chart=0):
        """The curve of a cell in the chart of the angle, 0, or of the phase, 1."""
        return self.charts.nth(chart).locator(f"path.tuning-curve.tuning-{cell}")

    def mark(self, cell, chart=0):
        """Where the mark of a cell stands on the page."""
        return self.charts.nth(chart).locator(f".tuning-mark.tuning-{cell}").evaluate(MIDDLE)

    @property
    def formulas(self):
        return self.root.locator(".tuning-formula").all_inner_texts()


def test_tab_reaches_both_sliders_both_choices_and_the_button(open_tuning):
    tuning = open_tuning()
    controls = [tuning.angle, tuning.phase, tuning.choose("Prefers"), tuning.choose("Field")]
    for control in (*controls, tuning.button("Reset")):
        tuning.press("Tab")
        assert control.evaluate("e => e.matches(':focus-visible')")
        assert control.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_arrow_keys_turn_the_stripes_and_both_cells_fall_silent(open_tuning):
    tuning = open_tuning()
    tuning.angle.focus()
    tuning.press(*["ArrowLeft"] * 3)
    assert tuning.sentence.startswith("At 75°, phase 0°: simple cell 5.37, complex cell 5.37. ")
    assert tuning.angle.get_attribute("aria-valuetext") == "75°"
    tuning.press("Home")
    assert tuning.sentence == (
        "At 0°, phase 0°: simple cell 0, complex cell 0. "
        "The stripes lean by 90° from the preferred angle: neither cell responds."
    )


def test_arrow_keys_move_the_stripes_and_only_the_simple_cell_falls_silent(open_tuning):
    tuning = open_tuning()
    tuning.phase.focus()
    tuning.press(*["ArrowRight"] * 6)
    assert tuning.sentence == (
        "At 90°, phase 90°: simple cell 0, complex cell 7.03. "
        "Bright and dark cancel on the even kernel; the complex cell keeps 98 % of its maximum."
    )
    tuning.press(*["ArrowRight"] * 6)
    assert tuning.formulas == ["relu(−7.17) = 0", "√(7.17² + 0²) ≈ 7.17"]
    assert "lie on the even kernel's negative weights" in tuning.sentence


def test_a_cell_of_another_angle_and_field_is_chosen_and_reset_brings_the_first_back(open_tuning):
    tuning = open_tuning()
    tuning.choose("Prefers").focus()
    tuning.press("ArrowDown")
    assert "keeps 76 % of its maximum" in tuning.sentence
    tuning.choose("Field").select_option("25×25")
    assert "keeps 30 % of its maximum" in tuning.sentence
    assert tuning.root.get_by_role("img", name="Even kernel of 25×25 weights for 105°").is_visible()
    tuning.button("Reset").press("Enter")
    assert tuning.sentence.startswith("At 90°, phase 0°: simple cell 7.17, ")
    assert tuning.choose("Prefers").input_value() == "90"


def test_the_frame_on_the_stripes_is_as_large_as_the_kernel(open_tuning):
    tuning = open_tuning()
    for size in (9, 13, 19, 25):
        tuning.choose("Field").select_option(f"{size}×{size}")
        frame = tuning.root.locator(".tuning-field")
        assert (frame.get_attribute("width"), frame.get_attribute("x")) == (
            str(size), f"{(25 - size) / 2:g}",
        )  # fmt: skip


def test_sliders_stand_below_the_marks(open_tuning):
    tuning = open_tuning({"angle": 45, "phase": 270})
    for chart, (slider, share) in enumerate(((tuning.angle, 1 / 4), (tuning.phase, 3 / 4))):
        box = slider.bounding_box()
        thumb = box["x"] + 12 + (box["width"] - 24) * share
        assert tuning.mark("complex", chart)[0] == pytest.approx(thumb, abs=1.5)
        assert tuning.mark("simple", chart)[0] == pytest.approx(thumb, abs=1.5)


def test_both_charts_agree_where_the_reader_stands(open_tuning):
    tuning = open_tuning({"angle": 75, "phase": 60})
    for cell in ("simple", "complex"):
        (_, first), (_, second) = (tuning.mark(cell, chart) for chart in (0, 1))
        assert first == pytest.approx(second, abs=0.5)
    assert tuning.mark("simple")[1] > tuning.mark("complex")[1] + 10


def test_the_reader_may_point_and_drag(open_tuning):
    tuning = open_tuning()
    for chart, name in ((0, "angle"), (1, "phase")):
        box = tuning.charts.nth(chart).bounding_box()
        unit = box["width"] / 320
        y = box["y"] + box["height"] / 2
        tuning.page.mouse.move(box["x"] + 30 * unit, y)
        tuning.page.mouse.down()
        tuning.page.mouse.move(box["x"] + (30 + 276 / 4 + 1) * unit, y, steps=3)
        tuning.page.mouse.up()
        tuning.page.mouse.move(box["x"], y)
        assert getattr(tuning, name).input_value() == {"angle": "45", "phase": "90"}[name]
    assert tuning.sentence.startswith("At 45°, phase 90°: ")


def test_cells_differ_in_more_than_colour_and_weights_have_signs(open_tuning):
    tuning = open_tuning()
    dashes = "e => getComputedStyle(e).strokeDasharray"
    assert tuning.line("simple").evaluate(dashes) != tuning.line("complex").evaluate(dashes)
    pictures = tuning.root.locator(".tuning-picture.tuning-kernel")
    assert pictures.nth(0).locator(".tuning-sign").all_text_contents() == ["+", "−", "−"]
    assert pictures.nth(1).locator(".tuning-sign").all_text_contents() == ["+", "−"]


def test_a_sign_stands_on_pixels_of_its_colour(open_tuning):
    tuning = open_tuning({"preferred": 30, "size": 19})
    wrong = """() => [...document.querySelectorAll(".tuning-picture.tuning-kernel")].flatMap((p) =>
      [...p.querySelectorAll(".tuning-sign")].filter((sign) => {
        const at = new DOMPoint(Number(sign.getAttribute("x")), Number(sign.getAttribute("y")));
        const path = [...p.querySelectorAll("path")].find((each) => each.isPointInFill(at));
        const side = sign.textContent === "+" ? "tuning-above" : "tuning-below";
        return path?.classList.value !== side;
      }).map((sign) => sign.textContent))"""
    assert tuning.page.evaluate(wrong) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_numbers_of_the_axes_can_be_read(open_tuning, width):
    tuning = open_tuning({"size": 25}, width=width)
    heights = [height for _, height in tuning.charts.locator("text").evaluate_all(SIZES)]
    assert len(heights) == 2 * (5 + 4)
    assert min(heights) >= 12


def test_reader_and_python_hear_of_each_other(visit):
    tuning, page = OrientationTuning(phase=0), visit().page
    wire.connect(tuning, page)
    page.get_by_role("slider", name="Angle").press("ArrowRight")
    page.get_by_role("slider", name="Phase").press("ArrowRight")
    page.get_by_role("combobox", name="Prefers").select_option("45")
    page.get_by_role("combobox", name="Field").select_option("9")
    assert tuning.state() == {"angle": 95.0, "phase": 15.0, "preferred": 45, "size": 9}
    tuning.angle = 33.3
    assert page.get_by_role("status").inner_text().startswith("At 33.3°, phase 15°: ")
