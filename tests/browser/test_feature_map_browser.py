"""The feature-map browser by keyboard alone, to the eye, and beside a kernel."""

import numpy as np
import pytest
from browser import alone, wire
from browser.reader import SIZES, Reader
from numpy.testing import assert_allclose

from coursecnn import _palette
from coursecnn.widgets import FeatureMapBrowser, lenet
from coursecnn.widgets.feature_map_browser import LAYERS

pytestmark = pytest.mark.browser

PIXELS = """canvas => [...canvas.getContext("2d")
  .getImageData(0, 0, canvas.width, canvas.height).data]"""
ORDER = "nodes => nodes.map((node) => Number(node.dataset.map))"
RANKED = "document.querySelectorAll('.maps-card:not([aria-disabled])').length === 5"


@pytest.fixture
def open_browser(open_figure):
    """A function that opens the figure on a page of its own."""

    def start(width=1280, **state):
        return Browser(open_figure(FeatureMapBrowser(**state), width=width))

    return start


class Browser(Reader):
    """What a reader sees of the figure."""

    def __init__(self, page):
        super().__init__(page)
        self.list = self.root.get_by_role("listbox")
        self.options = self.list.get_by_role("option")

    @property
    def order(self):
        """Numbers of the maps as they stand, from 0."""
        return self.options.evaluate_all(ORDER)

    @property
    def chosen(self):
        """The number of the chosen map, from 0."""
        return int(self.list.get_by_role("option", selected=True).get_attribute("data-map"))

    def cards(self):
        """The digits that excite the chosen map most, as they are read aloud."""
        self.page.wait_for_function(RANKED)
        cards = self.root.locator(".maps-card")
        return cards.evaluate_all("cards => cards.map((card) => card.ariaLabel)")

    def pixels(self, locator):
        """Red, green, blue and opacity of a canvas, row by row."""
        return np.array(locator.evaluate(PIXELS)).reshape(-1, 4)


def test_tab_reaches_cards_maps_and_controls_in_reading_order(open_browser):
    browser = open_browser()
    browser.cards()
    order = []
    for _ in range(13):
        browser.press("Tab")
        order.append(browser.focused)
    assert all(name.endswith("Show it on the left") for name in order[:5])
    assert order[5:] == [
        "Maps of C3: arrow keys choose one", "Left", "Right", "Reset", "Right is", "Moved right by",
        "Layer", "Sort by",
    ]  # fmt: skip


def test_arrow_keys_lead_from_map_to_map_and_the_sentence_says_the_numbers(open_browser):
    browser = open_browser()
    browser.list.focus()
    browser.press("ArrowRight")
    assert browser.chosen == 1
    first = browser.options.first.bounding_box()["y"]
    columns = sum(
        box["y"] == first for box in (browser.options.nth(n).bounding_box() for n in range(16))
    )
    browser.press("ArrowDown")
    assert browser.chosen == 1 + columns
    browser.press("End", "ArrowRight")
    assert browser.chosen == 15
    browser.press("Home")
    live = FeatureMapBrowser()
    (row, column), value = live.peaks[0], live.maps[0, 0].max()
    said = f"Map 1 of C3, largest response: left {value:.2f} at row {row + 1}, column {column + 1};"
    assert browser.sentence.startswith(said)
    share = round(100 * live.differences[0])
    assert f"The two maps differ by {share} % of their sum, all of C3 by" in browser.sentence
    active = browser.list.get_attribute("aria-activedescendant")
    assert browser.list.get_by_role("option", selected=True).get_attribute("id") == active


def test_a_click_chooses_a_map(open_browser):
    browser = open_browser()
    browser.options.nth(10).click()
    assert browser.chosen == 10
    assert browser.sentence.startswith("Map 11 of C3")


def test_every_layer_shows_all_its_maps_in_one_scale(open_browser):
    browser = open_browser()
    for layer in LAYERS:
        browser.choose("Layer").select_option(layer)
        count, rows, columns = lenet.LEVELS[layer]
        assert browser.options.count() == count
        maps, gap = FeatureMapBrowser(layer=layer).maps, int(rows > 1)
        number = int(maps.max(axis=(2, 3)).min(axis=0).argmax())  # both digits excite it
        canvas = browser.list.locator(f"[data-map='{number}'] canvas")
        found = browser.pixels(canvas).reshape(rows, 2 * columns + gap, 4)
        for n, start in enumerate((0, columns + gap)):
            expected = shaded(maps[n, number], np.abs(maps).max(), is_signed=layer == "output")
            assert_allclose(found[:, start : start + columns, :3], expected, atol=1)


def shaded(numbers, most, *, is_signed):
    """Colours of numbers in the scale of their layer, ndarray, shape (H, W, 3)."""
    stops = _palette.SIGNED if is_signed else _palette.VALUES
    colours = np.array([[int(stop[n : n + 2], 16) for n in (1, 3, 5)] for stop in stops])
    shares = (numbers / most + 1) / 2 if is_signed else numbers / most
    at = np.linspace(0, 1, len(stops))
    return np.stack([np.interp(shares, at, channel) for channel in colours.T], axis=-1)


def test_maps_are_sorted_and_the_chosen_one_stays_chosen(open_browser):
    browser = open_browser(map=4)
    for order in ("strength", "difference", "number"):
        browser.choose("Sort by").select_option(order)
        assert browser.order == FeatureMapBrowser(order=order).ordered
        assert browser.chosen == 4


def test_a_moved_digit_moves_its_maps(open_browser):
    browser = open_browser(right=3, layer="C1", map=2)
    assert browser.sentence.endswith("The two maps differ by 0 % of their sum, all of C1 by 0 %.")
    amount = browser.root.get_by_role("slider", name="Moved right by")
    amount.focus()
    browser.press("ArrowRight", "ArrowRight", "ArrowRight")
    assert amount.get_attribute("aria-valuetext") == "3 pixels"
    (row, column), moved = FeatureMapBrowser(right=3, layer="C1", map=2, amount=3).peaks
    assert moved == (row, column + 3)
    assert f"at row {row + 1}, column {column + 4}." in browser.sentence
    browser.choose("Right is").select_option("turned")
    amount = browser.root.get_by_role("slider", name="Turned clockwise by")
    assert amount.get_attribute("aria-valuetext") == "30°"


def test_the_digits_that_excite_a_map_most_are_listed_and_can_be_shown(open_browser):
    browser = open_browser(layer="output", map=7)
    best = FeatureMapBrowser(layer="output", map=7).exciting
    values = [f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−") for _, value in best[:5]]
    assert [card.partition(": ")[2].partition(". Show")[0] for card in browser.cards()] == values
    browser.root.locator(".maps-card").nth(1).press("Enter")
    assert browser.choose("Left").input_value() == str(best[1][0])


def test_the_field_is_framed_where_the_largest_response_lies(open_browser):
    browser = open_browser(layer="S4", map=9)
    live = FeatureMapBrowser(layer="S4", map=9)
    for n, place in enumerate(live.peaks):
        if live.maps[n, 9].max() == 0:
            continue
        (top, bottom), (left, right) = lenet.field("S4", place)
        frame = (
            browser.root.locator(".maps-inputs .maps-panel").nth(n).locator(".maps-field rect").last
        )
        found = [float(frame.get_attribute(name)) for name in ("x", "y", "width", "height")]
        assert found == [left, top, right - left + 1, bottom - top + 1]


def test_a_pooling_has_no_weights_and_says_so(open_browser):
    browser = open_browser(layer="S2")
    assert browser.root.get_by_text("the largest of each 2×2 of C1").is_visible()
    browser.choose("Layer").select_option("C3")
    weights = browser.root.get_by_role("img", name="6 × 5×5 weights on S2")
    assert weights.is_visible()


def most_apart(**state):
    """The map on which both digits differ most."""
    left, right = FeatureMapBrowser(**state).maps
    return int(np.abs(right - left).sum(axis=(1, 2)).argmax())


def test_a_layer_begins_with_the_map_that_changes_most(open_browser):
    browser = open_browser()
    for layer in LAYERS[::-1]:
        browser.choose("Layer").select_option(layer)
        assert browser.chosen == most_apart(layer=layer)


@pytest.mark.parametrize("layer", ["C3", "output"])
def test_the_change_names_its_direction_and_the_ends_of_its_scale(open_browser, layer):
    browser = open_browser(layer=layer)
    panel = browser.root.locator(".maps-panel").filter(has_text="Right − left")
    left, right = FeatureMapBrowser(layer=layer).maps
    reach = f"{np.abs(right - left).max():.2f}".rstrip("0").rstrip(".")
    assert panel.locator(".maps-ends span").all_inner_texts() == [f"−{reach}", f"+{reach}"]


def test_hard_digits_are_a_group_that_says_why(open_browser):
    group = open_browser().choose("Left").locator("optgroup").last
    assert group.get_attribute("label") == "Hard: the network reads these worst"
    assert group.locator("option").all_inner_texts() == [f"{n} (hard)" for n in range(10)]


def test_reset_brings_the_first_state_back(open_browser):
    browser = open_browser(layer="F6", map=80)
    browser.choose("Layer").select_option("C1")
    assert browser.chosen == most_apart(layer="C1")
    browser.button("Reset").press("Enter")
    assert browser.choose("Layer").input_value() == "F6"
    assert browser.chosen == 80


@pytest.mark.parametrize("screen", [(1280, 800), (390, 844)], ids=["desk", "phone"])
def test_every_layer_fits_on_a_screen_and_its_maps_are_large_enough(open_browser, screen):
    browser = open_browser(screen[0])
    for layer in LAYERS:
        browser.choose("Layer").select_option(layer)
        assert browser.root.bounding_box()["height"] <= screen[1]
        assert browser.page.evaluate("document.documentElement.scrollWidth") <= screen[0]
        assert min(min(size) for size in browser.options.evaluate_all(SIZES)) >= 24
    browser.choose("Layer").select_option("F5")
    assert alone.barriers_in_all_colours(browser.page) == []


def test_reader_and_python_hear_of_each_other(visit):
    live, page = FeatureMapBrowser(), visit().page
    wire.connect(live, page)
    browser = Browser(page)
    browser.list.focus()
    browser.press("End")
    assert live.map == 15
    browser.choose("Right").first.select_option("3 (hard)")
    assert live.right == 13
    browser.choose("Layer").select_option("F5")
    assert live.layer == "F5"
    assert live.map == browser.chosen == most_apart(layer="F5", right=13)
    live.map = 15
    live.layer = "C1"
    assert live.map == 5
    assert browser.sentence.startswith("Map 6 of C1")
