"""The connection explorer by keyboard alone, to the eye, and beside a kernel."""

import pytest
from browser import alone, wire
from browser.reader import SIZES, Reader

from coursecnn.widgets import ConnectionExplorer

pytestmark = pytest.mark.browser

SHARED = "Output 3 reads inputs 3 to 5; its weights a, b, c are those of every other output."


@pytest.fixture
def open_explorer(open_figure):
    """A function that opens an explorer on a page of its own."""
    return lambda state=None, **look: Explorer(
        open_figure(ConnectionExplorer(**(state or {})), **look)
    )


class Explorer(Reader):
    """What a reader sees of the figure."""

    def unit(self, name):
        return self.root.get_by_role("gridcell", name=name, exact=True)

    @property
    def sentence(self):
        return self.root.get_by_role("status").inner_text().split(" In all: ")[0]

    @property
    def costs(self):
        return self.root.get_by_role("status").inner_text().split(" In all: ")[1]

    def lines(self, selector=""):
        """Weight, dashes and thickness of each line."""
        return self.root.locator(f".connections-line{selector}").evaluate_all(
            """lines => lines.map(line => [line.dataset.weight,
               getComputedStyle(line).strokeDasharray, getComputedStyle(line).strokeWidth])"""
        )

    def matrix(self):
        return self.texts(self.root.get_by_role("table", name="Weight matrix"))[1:]


def test_tab_leads_from_inputs_to_outputs_to_the_choices(open_explorer):
    explorer = open_explorer()
    order = []
    for _ in range(6):
        explorer.press("Tab")
        order.append(explorer.focused)
    assert order[:2] == ["Input 1", "Output 1"]
    assert order[2:5] == ["Layer", "Inputs", "Kernel size"]
    assert explorer.root.get_by_role("button", name="Reset").evaluate("e => e.matches(':focus')")


def test_arrow_keys_walk_through_the_outputs_and_the_page_stays(open_explorer):
    explorer = open_explorer()
    explorer.unit("Output 1").focus()
    explorer.press("ArrowDown", "ArrowDown")
    assert explorer.sentence == SHARED
    assert explorer.focused == "Output 3"
    assert explorer.unit("Output 3").get_attribute("aria-current") == "true"
    explorer.press("End", "Control+End", "ArrowDown")
    assert explorer.focused == "Output 6"
    assert explorer.page.evaluate("scrollY") == 0


def test_an_input_shows_whom_it_influences(open_explorer):
    explorer = open_explorer()
    explorer.unit("Input 1").focus()
    assert explorer.sentence == "Input 1 influences output 1, through the weight a."
    explorer.press("ArrowDown")
    assert explorer.sentence.endswith("outputs 1 and 2, through the weights b, a.")
    explorer.unit("Input 5").click()
    assert explorer.sentence.endswith("outputs 3 to 5, through the weights c, b, a.")
    linked = explorer.root.locator(".connections-linked").all()
    assert [unit.get_attribute("aria-label") for unit in linked] == [
        "Output 3", "Output 4", "Output 5",
    ]  # fmt: skip


def test_the_kinds_differ_in_connections_and_weights(open_explorer):
    explorer = open_explorer({"unit": 2})
    costs = explorer.root.get_by_role("table", name="What each kind")
    explorer.choose("Layer").focus()
    explorer.press("ArrowUp")
    assert explorer.sentence.endswith("its weights a₃, b₃, c₃ are its own.")
    assert explorer.costs == "18 connections, 18 different weights."
    explorer.press("ArrowUp")
    assert explorer.sentence == "Output 3 reads all 8 inputs; its weights a₃ to h₃ are its own."
    marked = costs.locator("[aria-current]")
    assert marked.inner_text().split() == ["dense", "48", "48"]
    texts = [row.inner_text().split() for row in costs.get_by_role("row").all()]
    assert texts[1:] == [["dense", "48", "48"], ["sparse", "18", "18"], ["shared", "18", "3"]]


def test_a_line_tells_its_weight_by_style_where_weights_are_shared(open_explorer):
    explorer = open_explorer({"kernel_size": 5, "size": 9})
    styles = {(weight, dashes) for weight, dashes, _ in explorer.lines()}
    assert len(styles) == 5
    assert len({dashes for _, dashes in styles}) == 5
    explorer.choose("Layer").select_option("sparse")
    assert {(weight, dashes) for weight, dashes, _ in explorer.lines()} == {("own", "none")}


def test_the_units_own_lines_are_thicker_and_carry_letters(open_explorer):
    explorer = open_explorer({"unit": 2})
    own = [float(width.removesuffix("px")) for *_, width in explorer.lines(".connections-own")]
    every = [float(width.removesuffix("px")) for *_, width in explorer.lines()]
    assert len(own) == 3
    assert min(own) > 2 * sorted(every)[0]
    letters = explorer.root.locator(".connections-letter").all_text_contents()
    assert letters == ["a", "b", "c"]


@pytest.mark.parametrize("kind", ["dense", "sparse", "shared"])
def test_the_matrix_is_the_one_that_python_has(open_explorer, kind):
    state = {"kind": kind, "size": 7, "kernel_size": 4, "unit": 1}
    explorer = open_explorer(state)
    assert explorer.matrix() == ConnectionExplorer(**state).weights.tolist()


@pytest.mark.parametrize(("side", "unit"), [("output", 3), ("input", 6)])
def test_the_frame_lies_around_the_row_or_column_of_the_unit(open_explorer, side, unit):
    explorer = open_explorer({"side": side, "unit": unit})
    frame = explorer.root.locator(".connections-frame").bounding_box()
    table = explorer.root.get_by_role("table", name="Weight matrix")
    rows = table.get_by_role("row").filter(has=explorer.page.get_by_role("cell"))
    if side == "output":
        cells = rows.nth(unit).get_by_role("cell")
        first, last = cells.first.bounding_box(), cells.last.bounding_box()
    else:
        ends = rows.first, rows.last
        first, last = (row.get_by_role("cell").nth(unit).bounding_box() for row in ends)
    assert frame["x"] == pytest.approx(first["x"], abs=1)
    assert frame["y"] == pytest.approx(first["y"], abs=1)
    assert frame["x"] + frame["width"] == pytest.approx(last["x"] + last["width"], abs=1)
    assert frame["y"] + frame["height"] == pytest.approx(last["y"] + last["height"], abs=1)


def test_a_smaller_layer_keeps_the_reader_and_reset_brings_all_back(open_explorer):
    explorer = open_explorer({"unit": 5})
    explorer.choose("Inputs").select_option("6")
    assert explorer.sentence.startswith("Output 4 reads inputs 4 to 6;")
    explorer.choose("Kernel size").select_option("1")
    assert explorer.sentence.endswith("reads input 4; its weight a is that of every other output.")
    explorer.root.get_by_role("button", name="Reset").press("Enter")
    assert explorer.sentence.startswith("Output 6 reads inputs 6 to 8;")
    assert explorer.choose("Inputs").input_value() == "8"


@pytest.mark.parametrize("width", [390, 1280])
def test_targets_are_large_enough_and_nothing_scrolls_sideways(open_explorer, width):
    explorer = open_explorer({"size": 10, "kind": "dense", "kernel_size": 1}, width=width)
    targets = explorer.root.locator(":is(button, select, [role=gridcell])")
    sizes = targets.evaluate_all(SIZES)
    assert len(sizes) == 10 + 10 + 4
    assert min(min(size) for size in sizes) >= 24
    assert explorer.page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_no_barrier_among_many_lines(open_explorer):
    explorer = open_explorer({"kind": "dense", "side": "input", "unit": 1})
    assert alone.barriers_in_all_colours(explorer.page) == []


def test_reader_and_python_hear_of_each_other(visit):
    explorer, page = ConnectionExplorer(), visit().page
    wire.connect(explorer, page)
    page.get_by_role("gridcell", name="Input 8").click()
    assert (explorer.side, explorer.unit) == ("input", 7)
    page.get_by_role("combobox", name="Layer").select_option("dense")
    assert explorer.kind == "dense"
    explorer.side, explorer.kernel_size = "output", 5
    assert page.get_by_role("status").inner_text().startswith("Output 4 reads all 8 inputs;")
