"""The optimizer race by keyboard alone, to the eye, and beside a kernel."""

import re

import numpy as np
import pytest
from browser import wire
from browser.reader import SIZES, Reader

from coursecnn.widgets import OptimizerRace

pytestmark = pytest.mark.browser

MIDDLE = (
    "e => { const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] }"
)
DASHES = "e => getComputedStyle(e).strokeDasharray"
KEPT = "SGD and momentum are below their limits."


@pytest.fixture
def open_race(open_figure):
    """A function that opens the figure on a page of its own."""
    return lambda state=None, **look: Race(open_figure(OptimizerRace(**(state or {})), **look))


class Race(Reader):
    """What a reader sees of the figure."""

    def __init__(self, page):
        super().__init__(page)
        self.start = self.root.get_by_role("slider", name="Start")
        self.step = self.root.get_by_role("slider", name="Step")
        self.land = self.root.locator(".race-picture")

    def rate(self, name):
        return self.root.get_by_role("slider", name=f"Rate of {name}")

    def row(self, name):
        """What is written beside the slider of an optimizer."""
        index = ["SGD", "momentum", "Adam"].index(name)
        return self.root.locator(".race-row").nth(index)

    def drawn(self, name):
        """The path of an optimizer as it is drawn, in units of the surface."""
        d = self.land.locator(f".race-line.race-{name}").get_attribute("d")
        return np.array(re.findall(r"-?[\d.]+", d), float).reshape(-1, 2) / [100, -100]


def test_tab_reaches_start_step_rates_buttons_and_choices(open_race):
    race = open_race()
    rates = [race.rate(name) for name in ("SGD", "momentum", "Adam")]
    buttons = [race.button(name) for name in ("Back", "Step", "Play", "Reset")]
    choices = [race.choose(name) for name in ("Surface", "Condition", "β")]
    for control in (race.start, race.step, *rates, *buttons, *choices):
        race.press("Tab")
        assert control.evaluate("e => e.matches(':focus-visible')")
        assert control.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_the_drawn_paths_are_those_of_the_library(open_race):
    race = open_race({"surface": "valley", "condition": 5, "position": 40})
    paths = OptimizerRace(surface="valley", condition=5, position=40).paths
    for name, path in paths.items():
        assert race.drawn(name) == pytest.approx(path[:41], abs=0.0011)


def test_arrow_keys_move_the_start_and_all_paths_with_it(open_race):
    race = open_race()
    race.start.focus()
    race.press("ArrowRight", "ArrowUp", "ArrowUp")
    assert race.start.get_attribute("aria-valuetext") == "x −1.6, y 0.7"
    for name in ("sgd", "momentum", "adam"):
        assert race.drawn(name)[0] == pytest.approx([-1.6, 0.7])
    x, y = race.start.evaluate(MIDDLE)
    box = race.land.bounding_box()
    assert (x - box["x"]) / box["width"] == pytest.approx((-1.6 / 2 + 1) / 2, abs=0.005)
    assert (y - box["y"]) / box["height"] == pytest.approx((1 - 0.7) / 2, abs=0.01)


def test_a_rate_above_its_limit_must_diverge_and_one_below_must_not(open_race):
    race = open_race({"condition": 10, "sgd_rate": 0.18, "momentum_rate": 0.1, "position": 100})
    assert race.row("SGD").locator(".race-bound").inner_text() == "limit 2/λ = 0.2"
    race.rate("SGD").focus()
    race.press("ArrowRight")
    assert race.sentence.endswith("The rate of SGD, 0.2, equals 2/λ: this path swings for ever.")
    race.press("ArrowRight")
    assert race.rate("SGD").get_attribute("aria-valuetext") == "0.22, above the limit 0.2"
    assert re.search(r"loss SGD above 10⁶ at step \d+, ", race.sentence)
    assert race.sentence.endswith(
        "The rate of SGD, 0.22, is above 2/λ = 0.2: this path must diverge."
    )
    # drawn until its loss is twenty times the first one
    figure = OptimizerRace(condition=10, sgd_rate=0.22)
    losses = [figure.loss(point) / figure.loss(figure.start) for point in race.drawn("sgd")]
    assert losses[-1] > 20 > max(losses[:-1])
    race.press("ArrowLeft", "ArrowLeft", "ArrowLeft")
    assert "SGD and momentum are below their limits" in race.sentence


@pytest.mark.parametrize("width", [390, 1280])
def test_the_mark_of_the_limit_stands_where_the_thumb_reaches_it(open_race, width):
    race = open_race({"condition": 10, "sgd_rate": 0.2}, width=width)
    box = race.rate("SGD").bounding_box()
    beyond = race.row("SGD").locator(".race-beyond").bounding_box()
    steps = int(race.rate("SGD").get_attribute("max"))
    thumb = 12 + (box["width"] - 24) * int(race.rate("SGD").input_value()) / steps
    assert beyond["x"] == pytest.approx(box["x"] + thumb, abs=1)
    assert not race.row("Adam").locator(".race-beyond").is_visible()
    assert race.row("Adam").locator(".race-bound").inner_text() == "no limit of this form"


def test_the_limits_follow_condition_and_momentum(open_race):
    race = open_race()
    bounds = race.root.locator(".race-bound")
    assert bounds.all_inner_texts()[:2] == ["limit 2/λ = 0.1", "limit 2(1+β)/λ = 0.15"]
    race.choose("Condition").select_option("50")
    race.choose("β").select_option("0.9")
    assert bounds.all_inner_texts()[:2] == ["limit 2/λ = 0.04", "limit 2(1+β)/λ = 0.076"]
    race.choose("Surface").select_option("valley")
    assert bounds.all_inner_texts()[0] == "limit 2/λ = 0.0199"
    assert race.land.locator(".race-curvature").text_content() == "λ = 101 at the minimum"
    assert race.sentence.count("cannot settle at the minimum") == 2
    race.button("Reset").press("Enter")
    assert race.sentence.endswith(KEPT)


def test_the_race_is_walked_step_by_step_and_played(open_race):
    race = open_race({"position": 0})
    assert race.button("Back").get_attribute("aria-disabled") == "true"
    race.button("Step").focus()
    race.press("Enter", "Enter")
    assert race.sentence.startswith("Step 2: loss SGD ")
    assert len(race.drawn("sgd")) == 3
    race.button("Back").press("Enter")
    assert race.sentence.startswith("Step 1: ")
    race.step.focus()
    race.press("End")
    assert race.sentence.startswith("Step 100: ")
    assert race.button("Step").get_attribute("aria-disabled") == "true"
    race.stop_the_clock()
    race.button("Play").press("Enter")
    assert race.sentence.startswith("Step 0: ")
    assert race.root.get_by_role("status").get_attribute("aria-live") == "off"
    race.wait(0.1)
    race.wait(0.1)
    race.button("Pause").press("Enter")
    assert race.sentence.startswith("Step 2: ")
    assert race.root.get_by_role("status").get_attribute("aria-live") == "polite"


def test_the_reader_may_point_and_drag(open_race):
    race = open_race()
    box = race.land.bounding_box()
    race.page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4)
    race.page.mouse.down()
    assert race.drawn("sgd")[0] == pytest.approx([-1, 0.5])
    race.page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 2, steps=3)
    race.page.mouse.up()
    race.page.mouse.move(box["x"], box["y"])
    assert race.drawn("adam")[0] == pytest.approx([1, -1])
    assert race.start.evaluate("e => e === document.activeElement")


def test_paths_differ_in_more_than_colour(open_race):
    race = open_race()
    lines = [race.land.locator(f".race-line.race-{name}") for name in ("sgd", "momentum", "adam")]
    assert len({line.evaluate(DASHES) for line in lines}) == 3
    marks = [
        race.land.locator(f".race-mark.race-{name}").last for name in ("sgd", "momentum", "adam")
    ]
    shapes = {re.sub(r"^M[-\d. ]+", "", mark.get_attribute("d")) for mark in marks}
    assert len(shapes) == 3


def test_a_mark_rests_at_the_edge_of_the_chart_where_its_loss_is_beyond_it(open_race):
    race = open_race({"position": 100})  # momentum is far below 10⁻¹² by then
    chart = race.root.locator(".race-losses")
    _, height = chart.locator(".race-mark.race-momentum").evaluate(MIDDLE)
    box = chart.bounding_box()
    assert height == pytest.approx(box["y"] + box["height"] * (8 + 136) / 170, abs=1)


def test_the_valley_lowers_rates_that_it_is_too_steep_for(open_race):
    race = open_race()
    race.choose("Surface").select_option("valley")
    assert race.root.locator(".race-rate").all_inner_texts() == ["0.039", "0.056", "0.2"]
    assert race.sentence.endswith(KEPT)
    race.button("Reset").press("Enter")
    assert race.root.locator(".race-rate").all_inner_texts() == ["0.091", "0.12", "0.2"]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_numbers_of_the_axes_can_be_read(open_race, width):
    race = open_race(width=width)
    heights = [height for _, height in race.root.locator(".race-losses text").evaluate_all(SIZES)]
    assert len(heights) == 4 + 3 + 1
    assert min(heights) >= 12


def test_reader_and_python_hear_of_each_other(visit):
    race, page = OptimizerRace(), visit().page
    wire.connect(race, page)
    page.get_by_role("slider", name="Start").press("ArrowUp")
    page.get_by_role("slider", name="Rate of Adam").press("ArrowRight")
    page.get_by_role("button", name="Step").click()
    page.get_by_role("combobox", name="β").select_option("0.99")
    page.get_by_role("combobox", name="Surface").select_option("turned bowl")
    assert (race.start, race.adam_rate, race.position) == ([-1.7, 0.6], 0.22, 31)
    assert (race.beta, race.surface) == (0.99, "turned bowl")
    race.sgd_rate, race.position = 0.123, 12
    sentence = page.get_by_role("status").inner_text()
    assert sentence.startswith("Step 12: ")
    assert "The rate of SGD, 0.123, is above 2/λ = 0.1: this path must diverge." in sentence
