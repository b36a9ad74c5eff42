"""The activation plot by keyboard alone, to the eye, and beside a kernel."""

import re

import pytest
from browser import wire
from browser.reader import SIZES, Reader

from coursecnn.widgets import ActivationPlot

pytestmark = pytest.mark.browser

FLAT = "Almost flat: a gradient that passes here is multiplied by 0.007."
CORNER = "Not differentiable here: the slope jumps from 0 to 1; libraries take 0."


@pytest.fixture
def open_plot(open_figure):
    """A function that opens a plot on a page of its own."""
    return lambda state=None, **look: Plot(open_figure(ActivationPlot(**(state or {})), **look))


class Plot(Reader):
    """What a reader sees of the figure."""

    def __init__(self, page):
        super().__init__(page)
        self.slider = self.root.get_by_role("slider", name="x")
        self.names = self.root.get_by_role("combobox", name="Activation")
        self.chart = self.root.locator(".activation-chart")

    def middle(self, selector):
        """Where a mark of the chart stands on the page."""
        box = self.chart.locator(selector).bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_tab_reaches_slider_choice_and_button(open_plot):
    plot = open_plot()
    for control in (plot.slider, plot.names, plot.root.get_by_role("button", name="Reset")):
        plot.press("Tab")
        assert control.evaluate("e => e.matches(':focus-visible')")
        assert control.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_arrow_keys_move_x_and_the_sentence_says_what_it_means(open_plot):
    plot = open_plot({"name": "sigmoid", "x": -4.9})
    plot.slider.focus()
    plot.press("ArrowLeft")
    assert plot.sentence == f"At x = −5: f(x) ≈ 0.007, f′(x) ≈ 0.007. {FLAT}"
    assert plot.slider.get_attribute("aria-valuetext") == "x = −5"
    plot.press("End")
    assert plot.sentence.startswith("At x = 6: f(x) ≈ 0.998, ")
    plot.press("Home")
    assert plot.sentence.startswith("At x = −6: ")


def test_the_corner_of_relu_is_named(open_plot):
    plot = open_plot({"x": 0.1})
    plot.slider.focus()
    plot.press("ArrowLeft")
    assert plot.sentence == f"At x = 0: f(x) = 0, f′(x) = 0. {CORNER}"
    plot.press("ArrowLeft")
    assert plot.sentence.endswith("Flat: no gradient passes here, so nothing before it can learn.")


def test_another_activation_is_chosen_by_keyboard_and_reset_brings_the_first_back(open_plot):
    plot = open_plot()
    plot.names.focus()
    plot.press("ArrowDown")
    assert plot.root.get_by_text("f(x) = x, or 0.01·x where x < 0").is_visible()
    plot.slider.focus()
    plot.press("Home")
    assert "f(x) = −0.06, f′(x) = 0.01." in plot.sentence
    plot.root.get_by_role("button", name="Reset").press("Enter")
    assert plot.sentence.startswith("At x = 1: f(x) = 1, f′(x) = 1.")
    assert plot.names.input_value() == "relu"


def test_the_slider_stands_below_the_mark(open_plot):
    plot = open_plot({"x": -4.0})
    box = plot.slider.bounding_box()
    thumb = box["x"] + 12 + (box["width"] - 24) * (-4 + 6) / 12
    across, _ = plot.middle("circle.activation-mark")
    assert across == pytest.approx(thumb, abs=1.5)


def test_the_reader_may_point_and_drag(open_plot):
    plot = open_plot({"name": "tanh", "x": 3.0})
    across, height = plot.middle("circle.activation-mark")
    zero, _ = plot.middle(".activation-axis")
    plot.page.mouse.move(across, height)
    plot.page.mouse.down()
    plot.page.mouse.move(zero, height, steps=3)
    plot.page.mouse.up()
    plot.page.mouse.move(across, height)
    assert plot.sentence.startswith("At x = 0: f(x) = 0, f′(x) = 1.")


def test_marks_are_whole_at_the_ends_of_the_axis(open_plot):
    plot = open_plot({"x": 6.0})
    chart = plot.chart.bounding_box()
    for mark in ("circle.activation-mark", "path.activation-mark"):
        locator = plot.chart.locator(mark)
        box = locator.bounding_box()
        assert box["x"] + box["width"] <= chart["x"] + chart["width"]
        assert locator.evaluate("e => e.ownerSVGElement.parentNode.localName") != "svg"


def test_function_and_derivative_differ_in_more_than_colour(open_plot):
    plot = open_plot({"name": "gelu"})
    dashes = "e => getComputedStyle(e).strokeDasharray"
    curve = plot.chart.locator("path.activation-curve.activation-value").evaluate(dashes)
    derivative = plot.chart.locator("path.activation-curve.activation-slope").evaluate(dashes)
    tangent = plot.chart.locator(".activation-tangent").evaluate(dashes)
    assert curve == "none"
    assert len({curve, derivative, tangent}) == 3


def test_the_tangent_touches_the_curve_with_its_slope(open_plot):
    plot = open_plot({"name": "relu", "x": 2.0})
    numbers = re.findall(r"-?[\d.]+", plot.chart.locator(".activation-tangent").get_attribute("d"))
    left, height, run, rise = map(float, numbers)
    circle = plot.chart.locator("circle.activation-mark")
    assert left + run / 2 == pytest.approx(float(circle.get_attribute("cx")))
    assert height + rise / 2 == pytest.approx(float(circle.get_attribute("cy")))
    unit_across, unit_up = 420 / 12, 256 / (6 * 1.16)  # 0 to 6, and a twelfth left above and below
    assert -rise / run == pytest.approx(1 * unit_up / unit_across)


def test_ends_are_marked_where_the_derivative_is_torn(open_plot):
    plot = open_plot()
    assert plot.chart.locator(".activation-end").count() == 2
    assert plot.chart.locator(".activation-end.activation-full").count() == 1
    plot.names.select_option("gelu")
    assert plot.chart.locator(".activation-end").count() == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_targets_are_large_enough_and_nothing_scrolls_sideways(open_plot, width):
    plot = open_plot({"x": 6.0}, width=width)
    sizes = plot.root.locator("button, select, input").evaluate_all(SIZES)
    assert len(sizes) == 3
    assert min(min(size) for size in sizes) >= 24
    assert plot.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_the_numbers_of_the_axes_can_be_read(open_plot, width):
    plot = open_plot({"name": "sigmoid"}, width=width)
    heights = [height for _, height in plot.chart.locator("text").evaluate_all(SIZES)]
    assert len(heights) == 7 + 3
    assert min(heights) >= 12


def test_reader_and_python_hear_of_each_other(visit):
    plot, page = ActivationPlot(), visit().page
    wire.connect(plot, page)
    page.get_by_role("slider").press("ArrowRight")
    assert plot.x == 1.1
    page.get_by_role("combobox", name="Activation").select_option("elu")
    assert plot.name == "elu"
    plot.x = -2.345
    sentence = page.get_by_role("status").inner_text()
    assert sentence.startswith("At x = −2.345: f(x) ≈ −0.904, f′(x) ≈ 0.096.")


def test_a_notebooks_shortcuts_leave_plain_keys_to_the_figure(open_plot):
    plot = open_plot()
    plot.page.evaluate(
        """() => document.addEventListener("keydown", (event) => {
             window.heard = [...(window.heard ?? []), event.key];
             event.preventDefault();
           })"""
    )
    plot.slider.focus()
    plot.press("ArrowRight", "Control+k")
    assert plot.sentence.startswith("At x = 1.1: ")
    assert plot.page.evaluate("window.heard") == ["Control", "k"]
