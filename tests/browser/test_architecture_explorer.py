"""The architecture explorer by keyboard alone, to the eye, and beside a kernel."""

import pytest
from browser import alone, wire
from browser.reader import Reader
from playwright.sync_api import expect

from coursecnn.widgets import ArchitectureExplorer

pytestmark = pytest.mark.browser

WIDTHS = """(bars) => bars.map((bar) => {
  const { width } = bar.getBoundingClientRect();
  return width / bar.parentNode.getBoundingClientRect().width;
})"""
IN_VIEW = """(tree) => {
  const row = tree.querySelector("[aria-selected=true]").getBoundingClientRect();
  const { top, bottom } = tree.getBoundingClientRect();
  return row.top >= top && row.bottom <= bottom;
}"""


@pytest.fixture
def open_explorer(open_figure):
    """A function that opens an explorer on a page of its own."""
    return lambda state=None, **look: Explorer(
        open_figure(ArchitectureExplorer(**(state or {})), motion="reduce", **look)
    )


class Explorer(Reader):
    """What a reader sees of the figure."""

    @property
    def sentence(self):
        return super().sentence.replace("\u00a0", " ")

    def tree(self, title):
        return self.root.get_by_role("tree", name=f"Layers of {title}", exact=True)

    def names(self, title):
        names = self.tree(title).locator(".arch-name > span:nth-child(2)")
        return names.all_inner_texts()

    def bars(self, title):
        """How much of its track each bar fills."""
        return self.tree(title).locator(".arch-bar").evaluate_all(WIDTHS)

    def chosen(self, title):
        """What a screen reader that is led to the chosen row says."""
        tree = self.tree(title)
        row = tree.locator(f"[id='{tree.get_attribute('aria-activedescendant')}']")
        assert row.get_attribute("aria-selected") == "true"
        return " ".join(row.inner_text().split())

    def totals(self):
        rows = self.root.locator(".arch-totals tbody tr").all()
        return [row.locator("td").all_inner_texts() for row in rows]


def test_tab_reaches_networks_their_layers_and_the_controls(open_explorer):
    explorer = open_explorer()
    order = []
    for _ in range(8):
        explorer.press("Tab")
        order.append(explorer.focused)
    assert order == [
        "First network", "Layers of AlexNet", "Second network", "Layers of VGG-16", "Bars", "Scale",
        "Reset", "All numbers as a table",
    ]  # fmt: skip


def test_arrow_keys_lead_from_layer_to_layer_which_is_told(open_explorer):
    explorer = open_explorer()
    explorer.press("Tab", "Tab", "ArrowDown", "ArrowDown")
    assert explorer.sentence == (
        "Conv2 + ReLU of AlexNet, 5×5 convolution: 64×27×27 → 192×27×27, 307,392 parameters "
        "(0.5 %), 224 M MACs (31 %), 1.12 MB of outputs (26 %), field 51."
    )
    assert explorer.chosen("AlexNet") == "conv2 5×5 convolution: 307 k parameters, 0.5 %"
    explorer.press("End")
    assert explorer.chosen("AlexNet").startswith("dense3 dense layer: ")
    explorer.press("Tab", "Tab")
    assert explorer.sentence.startswith("Stage 1 of VGG-16, 3 layers: 3×224×224 → 64×112×112, ")


def test_a_group_opens_and_closes(open_explorer):
    explorer = open_explorer({"first": "resnet50", "second": "none"})
    explorer.press("Tab", "Tab", *["ArrowDown"] * 4, "ArrowRight", "ArrowRight", "ArrowRight")
    assert explorer.names("ResNet-50")[4:10] == [
        "stage 3", "block 1", "conv1", "conv2", "conv3", "shortcut",
    ]  # fmt: skip
    explorer.press("ArrowDown", "ArrowDown")
    assert explorer.sentence.startswith("Stage 3, block 1, conv2 + norm + ReLU of ResNet-50, ")
    explorer.press("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    assert explorer.names("ResNet-50") == [
        "conv", "pool1", "stage 1", "stage 2", "stage 3", "stage 4", "pool2", "dense",
    ]  # fmt: skip
    assert explorer.chosen("ResNet-50") == "stage 3 group: 7.1 M parameters, 28 %"


def test_a_mouse_opens_a_group_and_chooses_a_layer(open_explorer):
    explorer = open_explorer()
    explorer.root.get_by_role("treeitem", name="stage 5 group: ").click()
    explorer.root.get_by_role("treeitem", name="conv2 3×3 convolution: ").click()
    assert explorer.sentence.startswith("Stage 5, conv2 + ReLU of VGG-16, ")


def test_bars_share_one_scale(open_explorer):
    explorer = open_explorer()
    first, second = explorer.bars("AlexNet"), explorer.bars("VGG-16")
    assert max(second) == pytest.approx(1)
    assert first[9] == pytest.approx(37_752_832 / 102_764_544, abs=0.01)
    explorer.choose("Scale").select_option("logarithmic")
    assert explorer.bars("VGG-16")[6] == pytest.approx((8.0119 - 3) / (9 - 3), abs=0.01)
    explorer.choose("Bars").select_option("field")
    assert explorer.root.get_by_text("Dotted line: the side of the image").is_visible()
    assert explorer.tree("AlexNet").locator(".arch-whole").count() == 3


def test_totals_and_their_ratios_are_shown(open_explorer):
    explorer = open_explorer()
    explorer.choose("Second network").select_option("resnet50")
    assert explorer.totals() == [
        ["61,100,840", "25,557,032", "0.418 ×"], ["714 M", "4.09 G", "5.73 ×"],
        ["4.34 MB", "128 MB", "29.5 ×"], ["195", "427", "2.19 ×"],
    ]  # fmt: skip
    explorer.choose("Second network").select_option("none")
    assert explorer.totals()[0] == ["61,100,840"]
    assert explorer.root.get_by_role("tree").count() == 1
    words = explorer.root.locator(".arch-totals").inner_text().split()
    assert words[:4] == ["AlexNet", "Parameters", "61,100,840", "MACs"]
    explorer.button("Reset").press("Enter")
    assert explorer.totals()[0] == ["61,100,840", "138,357,544", "2.26 ×"]


def test_all_numbers_are_there_as_tables(open_explorer):
    explorer = open_explorer({"second": "lenet5"})
    explorer.root.get_by_text("All numbers as a table").press("Enter")
    rows = explorer.root.get_by_role("region", name="Numbers of LeNet-5").locator("tbody tr")
    expect(rows).to_have_count(7)
    cells = [row.locator("th, td").all_inner_texts() for row in rows.all()]
    assert cells[2] == [
        "C3", "16×10×10", "2,416", "240,000", "12,800", "14", "5×5 convolution + ReLU",
    ]  # fmt: skip
    assert cells[-1][-2:] == ["whole", "dense layer"]


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_barrier_with_open_groups_and_tables(open_explorer, width):
    state = {"first": "efficientnet_b7", "second": "densenet201", "quantity": "field",
             "position": (0, 90)}  # fmt: skip
    explorer = open_explorer(state, width=width)
    assert explorer.tree("EfficientNet-B7").evaluate(IN_VIEW)
    explorer.root.get_by_text("All numbers as a table").click()
    expect(explorer.root.get_by_role("region")).to_have_count(2)
    assert alone.barriers_in_all_colours(explorer.page) == []
    assert explorer.page.evaluate("document.documentElement.scrollWidth") <= width


def test_reader_and_python_hear_of_each_other(visit):
    explorer, page = ArchitectureExplorer(), visit().page
    wire.connect(explorer, page)
    reader = Explorer(page)
    reader.tree("AlexNet").press("ArrowDown")
    assert explorer.position == [0, 1]
    reader.choose("Second network").select_option("googlenet")
    reader.choose("Bars").select_option("macs")
    assert (explorer.second, explorer.quantity, explorer.position) == ("googlenet", "macs", [1, 0])
    explorer.first, explorer.position = "lenet5", (0, 2)
    assert reader.sentence.startswith("C3 + ReLU of LeNet-5, ")
    assert explorer.chosen.macs == 240_000
