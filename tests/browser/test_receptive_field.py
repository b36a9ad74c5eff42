"""The receptive field explorer by keyboard alone, to the eye, and beside a kernel."""

import pytest
from browser import alone, wire
from browser.reader import SIZES, Reader

from coursecnn.widgets import ReceptiveFieldExplorer

pytestmark = pytest.mark.browser

LENET = [(5, 1), (2, 2), (5, 1), (2, 2)]


@pytest.fixture
def open_explorer(open_figure):
    """A function that opens an explorer on a page of its own."""

    def start(width=1280, **state):
        return Explorer(open_figure(ReceptiveFieldExplorer(**state), width=width))

    return start


class Explorer(Reader):
    """What a reader sees of the figure."""

    def units(self, layer):
        return self.root.get_by_role("listbox", name=f"Layer {layer}", exact=True)

    def layer(self, number):
        return self.root.get_by_role("group", name=f"Layer {number}", exact=True)

    @property
    def sums(self):
        return self.root.locator(".fig-sum").all_inner_texts()

    def seen(self, column):
        """Places of the filled units of a column, the input first."""
        units = self.root.locator(".fig-column").nth(column).locator(".fig-seen")
        return units.evaluate_all("units => units.map((unit) => Number(unit.dataset.unit))")


def test_tab_reaches_chain_buttons_and_layers_in_reading_order(open_explorer):
    explorer = open_explorer()
    order = []
    for _ in range(10):
        explorer.press("Tab")
        order.append(explorer.focused)
    assert order[0] == "Layer 2"
    assert order[6:] == ["Chain", "Kernel", "Stride", "Remove layer 1"]


def test_arrow_keys_lead_from_unit_to_unit_and_from_layer_to_layer(open_explorer):
    explorer = open_explorer(layers=LENET)
    explorer.press("Tab")
    assert explorer.sentence.startswith("Unit 1 of layer 4 sees units 2 to 3 of layer 3, ")
    explorer.press("ArrowDown")
    assert explorer.sentence.startswith("Unit 2 of layer 4 ")
    explorer.press("ArrowLeft")
    assert explorer.sentence.startswith("Unit 5 of layer 3 sees units 5 to 9 of layer 2, ")
    assert explorer.focused == "Layer 3"
    explorer.press("Home")
    assert explorer.sentence.endswith(
        "pixels 0 to 13 of the input: size 14, jump 2, start 0 · 2 = 0."
    )
    explorer.press("ArrowRight")
    assert explorer.focused == "Layer 4"


def test_the_chosen_unit_is_the_one_that_is_announced(open_explorer):
    explorer = open_explorer()
    explorer.press("Tab", "ArrowDown")
    chosen = explorer.units(2).get_by_role("option", selected=True)
    assert chosen.get_attribute("aria-label") == "unit 6"
    assert explorer.units(2).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert explorer.units(1).get_by_role("option", name="unit 6, seen").count() == 1


def test_a_click_chooses_a_unit_of_any_layer_and_fills_what_it_sees(open_explorer):
    explorer = open_explorer(layers=LENET)
    explorer.units(2).get_by_role("option", name="unit 7").click()
    assert explorer.sentence.startswith("Unit 7 of layer 2 sees units 14 to 15 of layer 1 and ")
    assert explorer.focused == "Layer 2"
    assert explorer.seen(0) == list(range(14, 20))
    assert explorer.seen(1) == [14, 15]
    assert explorer.seen(3) == explorer.seen(4) == []


def test_a_unit_stands_at_the_middle_of_its_field(open_explorer):
    explorer = open_explorer(layers=LENET)
    explorer.units(3).get_by_role("option", name="unit 2").click()
    pixels = explorer.root.locator(".fig-column-input .fig-seen")
    first, last = pixels.first.bounding_box(), pixels.last.bounding_box()
    chosen = explorer.units(3).get_by_role("option", selected=True).bounding_box()
    middle = (first["y"] + last["y"] + last["height"]) / 2
    assert abs(chosen["y"] + chosen["height"] / 2 - middle) < 1
    mark = explorer.root.locator(".fig-mark").bounding_box()
    assert abs(mark["y"] - first["y"]) < 1
    assert abs(mark["height"] - (last["y"] + last["height"] - first["y"])) < 1


def test_buttons_step_through_a_layer_and_stop_at_its_ends(open_explorer):
    explorer = open_explorer(layers=LENET, position=(4, 0))
    assert explorer.button("Back").get_attribute("aria-disabled") == "true"
    explorer.button("Step").press("Enter")
    explorer.button("Step").press("Enter")
    assert explorer.sentence.startswith("Unit 2 of layer 4 ")
    assert explorer.button("Step").get_attribute("aria-disabled") == "true"
    explorer.stop_the_clock()
    explorer.button("Play").press("Enter")
    assert explorer.sentence.startswith("Unit 0 of layer 4 ")
    explorer.wait(1)
    assert explorer.sentence.startswith("Unit 1 of layer 4 ")
    explorer.button("Pause").press("Enter")


def test_the_recurrence_follows_kernel_and_stride(open_explorer):
    explorer = open_explorer()
    assert explorer.sums[2:] == ["r = 3 + (3 − 1) · 1 = 5", "j = 1 · 1 = 1"]
    stride = explorer.layer(1).get_by_role("combobox", name="Stride")
    stride.focus()
    stride.select_option("2")
    assert explorer.sums[2:] == ["r = 3 + (3 − 1) · 2 = 7", "j = 2 · 1 = 2"]
    assert stride.evaluate("e => e === document.activeElement")
    explorer.layer(2).get_by_role("combobox", name="Kernel").select_option("5")
    assert explorer.sums[2:] == ["r = 3 + (5 − 1) · 2 = 11", "j = 2 · 1 = 2"]
    assert "size 11, jump 2" in explorer.sentence


def test_layers_are_added_and_removed_and_the_focus_stays_among_them(open_explorer):
    explorer = open_explorer()
    for count in (3, 4, 5):
        explorer.button("Add layer").press("Enter")
        assert explorer.sentence.split(" sees ")[0].endswith(f"of layer {count}")
    assert explorer.button("Add layer").get_attribute("aria-disabled") == "true"
    explorer.button("Add layer").press("Enter")
    assert explorer.sentence == "There is room for 5 layers and 80 pixels: nothing was changed."
    for count in (4, 3, 2, 1):
        explorer.button(f"Remove layer {count + 1}").press("Enter")
        assert explorer.focused == f"Remove layer {count}"
    explorer.press("Enter")
    assert explorer.sums == ["r = 1 + (3 − 1) · 1 = 3", "j = 1 · 1 = 1"]


def test_a_chain_without_room_is_refused_and_its_list_shows_what_is_there(open_explorer):
    explorer = open_explorer(layers=[(11, 4), (3, 4)])
    kernel = explorer.layer(2).get_by_role("combobox", name="Kernel")
    kernel.select_option("11")
    assert explorer.sentence == "There is room for 5 layers and 80 pixels: nothing was changed."
    assert kernel.input_value() == "3"


def test_presets_show_that_two_layers_of_three_see_as_much_as_one_of_five(open_explorer):
    explorer = open_explorer(layers=LENET)
    chains = explorer.root.get_by_role("combobox", name="Chain")
    assert chains.input_value() == "LeNet-5"
    for name in ("two layers of 3", "one layer of 5"):
        chains.select_option(name)
        assert "size 5, jump 1" in explorer.sentence
    explorer.layer(1).get_by_role("combobox", name="Kernel").select_option("4")
    assert chains.input_value() == ""
    explorer.button("Reset").press("Enter")
    assert chains.input_value() == "LeNet-5"


def test_pixels_that_a_long_stride_skips_stay_empty(open_explorer):
    explorer = open_explorer(layers=[(1, 2), (3, 1)], position=(2, 1))
    assert explorer.seen(0) == [2, 4, 6]
    assert explorer.sentence.endswith("Some pixels between are skipped.")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("layers", [[(3, 1)] * 5, [(11, 4), (3, 2), (3, 1)]], ids=str)
def test_axe_finds_no_barrier_in_the_largest_chains(open_explorer, layers, width):
    explorer = open_explorer(width, layers=layers)
    assert explorer.root.locator(".fig-column").count() == len(layers) + 1
    assert alone.barriers_in_all_colours(explorer.page) == []
    assert explorer.page.evaluate("document.documentElement.scrollWidth") <= width
    columns = explorer.root.get_by_role("listbox").evaluate_all(SIZES)
    assert min(across for across, _ in columns) >= 24


def test_both_sides_of_a_live_figure_keep_in_step(visit):
    live, page = ReceptiveFieldExplorer(), visit().page
    wire.connect(live, page)
    explorer = Explorer(page)
    explorer.button("Step").click()
    assert live.position == [2, 6]
    explorer.layer(1).get_by_role("combobox", name="Stride").select_option("3")
    assert live.layers == [[3, 3], [3, 1]]
    assert live.field.size == 3 + (3 - 1) * 3
    explorer.button("Add layer").click()
    assert live.layers[2:] == [[3, 1]]
    assert live.position[0] == 3
    live.layers = LENET
    live.position = (4, 1)
    assert explorer.sentence.startswith("Unit 1 of layer 4 sees ")
    assert explorer.seen(0) == list(range(4, 20))
