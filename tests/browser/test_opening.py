"""The first page: its figure by keyboard, mouse and finger, without motion, without JavaScript."""

import pytest
from browser import alone
from browser.reader import SIZES
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGE = "book/index"
SHOWN = """() => {
  const { width, height } = document.querySelector(".cc-hero canvas");
  const { data } = document.querySelector(".cc-hero canvas").getContext("2d")
    .getImageData(0, 0, width, height);
  return Array.from({ length: width * height }, (_, n) => data[4 * n + 3] > 0)
    .filter(Boolean).length / (width * height);
}"""
RED = """([row, column]) => {
  const context = document.querySelector(".cc-hero canvas").getContext("2d");
  return [...context.getImageData(column, row, 1, 1).data];
}"""


@pytest.fixture
def first(visit):
    """The first page without motion; its faults are checked at the end."""
    seen = visit(motion="reduce")
    seen.open(PAGE)
    expect(seen.page.locator(".cc-hero--alive")).to_be_visible()
    yield seen.page
    assert seen.faults == []


def said(page):
    return page.locator(".cc-hero [role=status]").inner_text()


def test_without_motion_the_whole_map_is_there_at_once(first):
    assert first.locator(".cc-hero[data-sweeping]").count() == 0
    assert first.evaluate(SHOWN) == 1


def test_with_motion_the_map_appears_behind_the_window_and_the_sweep_ends(visit):
    seen = visit()
    seen.open(PAGE)
    seen.page.get_by_role("button", name="outline").click()
    assert seen.page.evaluate(SHOWN) < 1
    expect(seen.page.locator(".cc-hero[data-sweeping]")).to_have_count(0)
    assert seen.page.evaluate(SHOWN) == 1
    assert seen.faults == []


def test_the_arrow_keys_move_the_window_and_the_sum_is_said(first):
    first.locator(".cc-hero__window").focus()
    before = first.evaluate("scrollY")
    first.keyboard.press("ArrowDown")
    assert said(first).startswith("Row 73, column 72: 1·")
    first.keyboard.press("Shift+ArrowRight")
    assert said(first).startswith("Row 73, column 82: 1·")
    assert first.evaluate("scrollY") == before
    for _ in range(9):
        first.keyboard.press("Shift+ArrowUp")
    assert said(first).startswith("Row 1, column 82: ")


def test_the_window_follows_the_mouse(first):
    stage = first.locator(".cc-hero__part--input .cc-hero__stage")
    box = stage.bounding_box()
    first.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    first.mouse.down()
    first.mouse.move(box["x"] + box["width"] * 2, box["y"] - 100)
    first.mouse.up()
    assert said(first).startswith("Row 1, column 142: ")


def test_a_weight_is_changed_by_keys_by_typing_and_by_dragging(first):
    cell = first.get_by_label("Weight in row 2, column 2")
    pressed = first.locator(".cc-hero__presets [aria-pressed=true]")
    assert pressed.inner_text() == "sobel left"
    cell.focus()
    first.keyboard.press("ArrowUp")
    assert cell.input_value() == "0.5"
    assert pressed.count() == 0
    cell.fill("−1/8")
    cell.press("Enter")
    assert cell.input_value() == "−1/8"
    cell.fill("x")
    cell.press("Tab")
    assert cell.input_value() == "−1/8"
    box = cell.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    first.mouse.move(x, y)
    first.mouse.down()
    first.mouse.move(x, y - 41)
    first.mouse.up()
    assert cell.input_value() == "15/8"


def test_a_preset_gives_its_weights_and_its_map(first):
    first.get_by_role("button", name="identity").click()
    cells = first.locator(".cc-hero__cells input")
    values = [cell.input_value() for cell in cells.all()]
    assert values == ["0"] * 4 + ["1"] + ["0"] * 4
    first.locator(".cc-hero__window").focus()
    first.keyboard.press("ArrowLeft")
    level = int(said(first).rpartition("= ")[2])
    assert first.evaluate(RED, [71, 70]) == [level, level, level, 255]
    assert first.locator(".cc-hero canvas").get_attribute("aria-label").endswith(": identity")


@pytest.mark.parametrize("width", [390, 1280])
def test_targets_are_large_enough_and_the_figure_fits_on_the_screen(visit, width):
    seen = visit(width=width, motion="reduce")
    seen.open(PAGE)
    targets = seen.page.locator(".cc-hero :is(button, input)")
    assert targets.count() == 16
    assert min(min(size) for size in targets.evaluate_all(SIZES)) >= 24
    assert seen.page.locator(".cc-hero").bounding_box()["height"] <= 640
    assert alone.barriers_in_all_colours(seen.page) == []


@pytest.mark.parametrize("manner", ["print", "no script"])
def test_on_paper_and_without_script_the_pictures_are_there(visit, manner):
    seen = visit(scripts=manner == "print", motion="reduce")
    seen.open(PAGE)
    if manner == "print":
        seen.page.emulate_media(media="print")
    page = seen.page
    assert page.get_by_role("img", name="photograph in grey").is_visible()
    assert page.locator(".cc-hero__part--output :is(img, canvas):visible").count() == 1
    assert not page.locator(".cc-hero__presets").is_visible()
    assert page.get_by_label("Weight in row 3, column 3").input_value() == "−1"


def test_the_first_page_weighs_little_and_draws_no_formulas(visit, server):
    sizes = []
    seen = visit(server, motion="reduce")
    count = lambda response: sizes.append((response.url, len(response.body())))  # noqa: E731
    seen.page.on("response", count)
    seen.open(PAGE)
    seen.page.wait_for_load_state("networkidle")
    seen.page.remove_listener("response", count)
    assert len(sizes) > 10
    assert not [url for url, _ in sizes if "mathjax" in url]
    assert sum(size for _, size in sizes) <= 600_000, sorted(sizes, key=lambda each: -each[1])[:9]


@pytest.mark.parametrize("place", ["server", "disk"])
def test_the_digit_pad_comes_alive_when_the_reader_comes_near(visit, request, place):
    asked = []
    seen = visit(request.getfixturevalue(place), motion="reduce")
    count = lambda sent: asked.append(sent.url)  # noqa: E731
    seen.page.on("request", count)
    seen.open(PAGE)
    late = ("lenet.stored.js", "digits.stored.js", "digit-pad.js")
    assert seen.page.locator("digit-pad .fig-still").count() == 1
    assert not [url for url in asked if any(name in url for name in late)]
    seen.page.locator("digit-pad").scroll_into_view_if_needed()
    expect(seen.page.locator("digit-pad.fig-alive")).to_have_count(1)
    seen.page.remove_listener("request", count)
    assert len([url for url in asked if any(name in url for name in late)]) == len(late)
    seen.page.get_by_role("button", name="Load a test digit").click()
    said = seen.page.locator("digit-pad").get_by_role("status")
    expect(said).to_contain_text("A test digit, a 4: the network reads 4")
    assert seen.faults == []
