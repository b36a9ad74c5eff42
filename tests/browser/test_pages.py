"""Each page in a real browser: silent, local, accessible, readable on a phone."""

import nbformat
import pytest
from browser import alone, measures, plots
from making import pages
from playwright.sync_api import expect

from coursecnn._palette import LIGHT

pytestmark = pytest.mark.browser

NAMES = [page.name for page in pages.pages()]
NOTEBOOKS = [page.name for page in pages.notebooks()]
SOURCE = "_modules/coursecnn/shapes/sizes"  # one of the pages that show the library's code
TO_LOOK_UP = [name for name in [*NAMES, SOURCE] if "/reference/" in name or name == SOURCE]
TO_READ = [name for name in NAMES if name not in TO_LOOK_UP] + ["search"]
# No style for phones changes a colour, and what lies on another ground there, such as a correction,
# is the same on every page: of phones axe looks at the colours of two pages only.
COLOURS_ON_A_PHONE = {"book/index", "book/part-2/06-kernels-by-hand"}
INPUT = "rgb({}, {}, {})".format(*bytes.fromhex(LIGHT["input"][1:]))
LONG = """() => [...document.querySelectorAll('.bd-article section > p')].filter(p => {
  const range = document.createRange(); range.selectNodeContents(p);
  const lines = new Set([...range.getClientRects()].map(r => Math.round(r.bottom / 12)));
  return p.textContent.length > 200 && p.textContent.length / lines.size > 80;
}).map(p => p.textContent)"""

# A text that no face of the bundled fonts has is slanted or thickened by the browser.
FAKED = """() => {
  const bundled = [...document.fonts].map(({ family, style, weight }) =>
    [family.replaceAll('"', ""), style, Number(weight) >= 600].join());
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faked = new Set();
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !parent.checkVisibility()) continue;
    if (parent.closest("script, noscript, mjx-container, svg")) continue;
    const { fontFamily, fontStyle, fontWeight } = getComputedStyle(parent);
    const family = fontFamily.split(",")[0].replaceAll('"', "");
    const face = [family, fontStyle, Number(fontWeight) >= 600].join();
    if (family.startsWith("CC ") && !bundled.includes(face)) {
      faked.add(`${face}: ${texts.currentNode.data.trim().slice(0, 40)}`);
    }
  }
  return [...faked];
}"""
TAB_STOPS = """() => [...document.querySelectorAll(".bd-article [tabindex='0']")]
  .filter((e) => getComputedStyle(e).display === "inline" || e.scrollWidth <= e.clientWidth)
  .filter((e) => !e.closest(".fig-frame")).map((e) => e.outerHTML.slice(0, 80))"""
CUT = """() => [...document.querySelectorAll(".bd-article table")].filter((table) => {
  const frame = table.closest(".pst-scrollable-table-container") ?? table;
  const edge = table.closest(".bd-article").getBoundingClientRect().right;
  return frame.scrollWidth > frame.clientWidth + 1 || table.getBoundingClientRect().right > edge;
}).map((table) => table.innerText.slice(0, 60))"""

every_page = pytest.mark.parametrize("name", [*TO_READ, *TO_LOOK_UP])


def sideways(page):
    """What is wrong if the page is wider than the screen."""
    screen, needed = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    return [f"it scrolls sideways: {needed} pixels on a screen of {screen}"] * (needed > screen)


def looks(name):
    """The looks in which a page is held against the rules for readers of every kind."""
    yield from [("dark", 1280)] * (name in TO_READ)
    yield "light", 1280
    yield from [("light", 390)] * (name in TO_READ)


def not_saved(page, path):
    """What is wrong with the notebook that the button of a page saves."""
    with page.expect_download() as waiting:
        page.click("a.cc-download")
    if reason := waiting.value.failure():
        return [f"the button saves no notebook: {reason}"]
    waiting.value.save_as(path)
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        return [f"the button saves no notebook: {error}"]
    has_outputs = any(cell.get("outputs") for cell in notebook.cells)
    return [] if has_outputs else ["the button saves a notebook without outputs"]


# Opening a page costs most. So two tests open it once each, from a disk and from a server, and
# change its look in place; each collects all that is wrong, so that no fault hides another.


@every_page
def test_a_page_from_a_disk_is_silent_asks_for_nothing_elsewhere_and_fits(visit, disk, name):
    seen = visit(disk, width=390)
    seen.open(name)
    wrong = []
    for width in (390, 768, 1280):
        seen.look("light", width)
        wrong += sideways(seen.page)
    if name in TO_READ:
        wrong += [f"more than 80 characters in a line: {p}" for p in seen.page.evaluate(LONG)]
    wrong += seen.faults
    assert not wrong, "\n".join(wrong)


@every_page
def test_a_page_from_a_server_is_silent_asks_for_nothing_elsewhere_and_has_no_barrier(
    visit, network, server, tmp_path, name
):
    seen = visit(network if name in TO_READ else server, next(looks(name))[0])
    seen.open(name)
    wrong = []
    if name in TO_READ:
        wrong += measures.over(measures.measure(seen.page), measures.limits(name))
        wrong += [f"a table is cut: {table}" for table in seen.page.evaluate(CUT)]
    wrong += sideways(seen.page)
    wrong += [f"a tab stop that does not scroll: {e}" for e in seen.page.evaluate(TAB_STOPS)]
    wrong += [f"not in a bundled face: {text}" for text in seen.page.evaluate(FAKED)]
    for selector in ("header:visible", "input[type=search]:visible", "h1"):
        if (count := seen.page.locator(selector).count()) != 1:
            wrong.append(f"{count} times {selector}")
    if name in NOTEBOOKS:
        wrong += not_saved(seen.page, tmp_path / "page.ipynb")
        has_drawings = seen.page.locator(".cc-drawing").count() > 0
        if not has_drawings and seen.page.locator("img").count():
            wrong.append("no plot of the page is a drawing")
    for colour, width in looks(name):
        seen.look(colour, width)
        found = alone.barriers(seen.page, colours=width > 390 or name in COLOURS_ON_A_PHONE)
        found += plots.unreadable(seen.page) if name in NOTEBOOKS else []
        wrong += [f"in {colour} colours, on {width} pixels: {each}" for each in found]
    if name in NOTEBOOKS:
        seen.look("dark", 390)
        found = plots.unreadable(seen.page)
        wrong += [f"in dark colours, on 390 pixels: {each}" for each in found]
    wrong += seen.faults
    assert not wrong, "\n".join(wrong)


def test_search_finds_a_word_without_a_server(visit, disk):
    seen = visit(disk)
    seen.open(NAMES[0])
    seen.page.fill("input[type=search]:visible", "kernel")
    seen.page.press("input[type=search]:visible", "Enter")
    seen.page.wait_for_selector("#search-results ul.search li a")
    assert seen.page.locator("#search-results a[href*='06-kernels-by-hand']").count() >= 1
    assert seen.faults == []


def test_the_colours_change_at_a_click_and_are_remembered(visit, disk):
    seen = visit(disk, colour="light")
    seen.open(NAMES[0])
    seen.page.click(".theme-switch-button")
    chosen = seen.page.evaluate("document.documentElement.dataset.theme")
    assert chosen == "dark"
    seen.open(NAMES[1])
    assert seen.page.evaluate("document.documentElement.dataset.theme") == chosen


@pytest.mark.parametrize("home", ["disk", "server"])
def test_the_head_of_a_chapter_saves_notebook_and_assignment(visit, tmp_path, disk, home):
    seen = visit(disk) if home == "disk" else visit()
    seen.open("book/part-2/06-kernels-by-hand")
    links = seen.page.locator(".cc-take a[download]")
    assert links.count() == 2
    for index in range(2):
        with seen.page.expect_download() as waiting:
            links.nth(index).click()
        waiting.value.save_as(tmp_path / "saved.ipynb")
        nbformat.validate(nbformat.read(tmp_path / "saved.ipynb", as_version=4))
    assert seen.faults == []


def test_a_bold_term_leads_to_its_place_in_the_glossary(visit):
    seen = visit()
    seen.open("book/part-2/06-kernels-by-hand")
    seen.page.locator("a[href*='glossary.html#term-']").first.click()
    seen.page.wait_for_url("**/glossary.html#term-*")
    assert seen.page.locator("dt:target").count() == 1
    assert seen.faults == []


def test_the_contents_open_on_a_phone_and_close_with_escape(visit):
    seen = visit(width=390)
    seen.open(NAMES[1])
    contents = seen.page.get_by_role("navigation", name="Contents")
    assert not contents.is_visible()
    seen.page.get_by_role("button", name="Contents").click()
    assert contents.is_visible()
    seen.page.keyboard.press("Escape")
    expect(contents).not_to_be_visible()


def test_the_keyboard_reaches_the_text_first(visit):
    seen = visit()
    seen.open(NAMES[1])
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
    link = seen.page.locator(".skip-link")
    assert link.evaluate("e => getComputedStyle(e).backgroundColor") == INPUT


def test_formulas_are_drawn_with_bundled_fonts(visit):
    seen = visit()
    seen.open("book/part-2/06-kernels-by-hand")
    assert seen.page.locator("mjx-container").count() >= 1
    loaded = seen.page.evaluate(
        "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
    )
    assert {"CC Serif", "CC Sans"} <= {family.strip('"') for family in loaded}


@pytest.mark.parametrize("home", ["disk", "server"])
def test_the_first_page_leads_to_the_book(visit, disk, home):
    seen = visit(disk) if home == "disk" else visit()
    seen.page.goto(f"{seen.home}/index.html")
    seen.page.wait_for_url("**/book/index.html")
    assert seen.faults == []


def test_no_table_is_cut_on_paper(visit):
    seen = visit(width=673)  # A4 without the margins of `print.css`
    seen.open("book/part-4/14-lenet")
    assert seen.page.locator("table").count() >= 2
    seen.page.emulate_media(media="print")
    assert seen.page.evaluate(CUT) == []


def test_a_page_is_printed_on_white_and_looks_on_the_screen_as_before(visit):
    seen = visit(colour="dark")
    seen.open("book/part-2/06-kernels-by-hand")
    page = seen.page
    theme = "document.documentElement.dataset.theme"
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(theme) == "light"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".cc-bar, .cc-take, .cc-turn").filter(visible=True).count() == 0
    assert page.locator(".cc-explanations").first.is_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(theme) == "dark"
