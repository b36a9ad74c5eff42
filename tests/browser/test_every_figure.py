"""What every interactive figure promises its reader, on a page of its own and in a notebook."""

import re

import pytest
from browser import alone, wire
from browser.reader import NAME, SIZES

from coursecnn.widgets import FIGURES, bundle

pytestmark = pytest.mark.browser

every_figure = pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.tag)
SCREENS = (390, 1280)
GALLERY = ["convolution", "layers", "training", "learning", "architectures"]
PAGES = [*(f"book/figures/{name}" for name in GALLERY), "book/part-2/08-channels-and-volumes"]
TARGETS = ".fig-frame :is(button, input, select, [role=gridcell][tabindex], [tabindex='0'])"
HEIGHTS = "(es) => es.map((e) => [e.ariaLabel, e.getBoundingClientRect().height])"
EVERYTHING = """(root) => [...root.querySelectorAll(".fig-frame, .fig-frame *, .fig-still *")]
  .flatMap((e) => [e.ariaLabel, ...[...e.childNodes].filter((n) => n.nodeType === 3)
    .map((n) => n.textContent)]).join(" ")"""
END = "document.body.append(Object.assign(document.createElement('button'), { id: 'end' }))"
STOP = """() => {
  const e = document.activeElement, { outlineStyle, outlineWidth } = getComputedStyle(e);
  const ring = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return { end: e.id === "end", name: (%s)(), ring };
}"""
MOVING = """() => [...document.querySelectorAll(".fig-frame *")].filter((e) => {
  const { transitionDuration, animationName } = getComputedStyle(e);
  return transitionDuration !== "0s" || animationName !== "none";
}).length"""

DISTURBED = """(others) => {
  const places = () => JSON.stringify(
    [...document.querySelectorAll(".fig-frame, .fig-frame *")].map((e) => {
      const { x, y, width, height } = e.getBoundingClientRect();
      return [x, y, width, height].map(Math.round);
    }));
  const before = places();
  const sheets = others.map(([, textContent]) =>
    Object.assign(document.createElement("style"), { textContent }));
  const disturbed = others.filter((other, at) => {
    document.head.append(sheets[at]);
    return places() !== before;
  }).map(([tag]) => tag);
  sheets.forEach((sheet) => sheet.remove());
  return disturbed;
}"""


@every_figure
def test_axe_finds_no_barrier_on_small_and_large_screens(open_figure, figure):
    page, found = open_figure(figure()), []
    for width in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"on {width} pixels, {each}" for each in alone.barriers_in_all_colours(page)]
    assert not found, "\n".join(found)


@every_figure
def test_targets_are_large_enough_and_the_page_never_scrolls_sideways(open_figure, figure):
    page = open_figure(figure())
    for width in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        sizes = page.locator(TARGETS).evaluate_all(SIZES)
        assert len(sizes) >= 3
        assert min(min(size) for size in sizes) >= 24, f"on {width} pixels"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@every_figure
def test_tab_leads_through_named_controls_with_a_visible_ring_and_out_again(open_figure, figure):
    page = open_figure(figure())
    page.evaluate(END)
    stops = []
    while len(stops) < 50:
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP % NAME)
        if stop["end"]:
            break
        stops.append(stop)
    assert 3 <= len(stops) < 50
    assert all(stop["name"] for stop in stops)
    assert [stop["name"] for stop in stops if not stop["ring"]] == []


@every_figure
def test_without_motion_it_looks_the_same_beside_other_figures_and_nothing_moves(
    open_figure, figure
):
    page = open_figure(figure(), motion="reduce")
    assert page.evaluate(MOVING) == 0
    styles = [[other.tag, bundle.style(other.tag)] for other in FIGURES]
    for width in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(alone.AT_REST)
        assert page.evaluate(DISTURBED, styles) == [], f"on {width} pixels"


@every_figure
def test_it_says_one_polite_sentence_and_labels_are_words_and_no_identifiers(open_figure, figure):
    page = open_figure(figure())
    lively = page.locator(".fig-frame :is([aria-live], [role=status], [role=alert])")
    assert lively.count() == 1
    assert lively.get_attribute("aria-live") == "polite"
    assert len(lively.inner_text()) > 10
    text = page.locator("body").evaluate(EVERYTHING)
    assert len(text) > 50
    assert re.findall(r"\w+_\w+", text) == []


@every_figure
@pytest.mark.parametrize("manner", ["print", "no script"])
def test_the_picture_takes_the_figures_place(open_figure, figure, manner):
    page = open_figure(figure(), scripts=manner == "print")
    picture = page.locator(".fig-still svg[role=img]").first
    if manner == "print":
        assert not picture.is_visible()
        page.emulate_media(media="print")
        assert not page.locator(".fig-frame").is_visible()
    assert picture.is_visible()


@every_figure
def test_a_live_figure_that_is_removed_stops_listening(visit, figure):
    live, page = figure(), visit().page
    wire.connect(live, page)
    assert page.get_by_role("status").count() == 1
    assert page.evaluate("model.listeners.size") == len(live.state())
    page.evaluate("stop()")
    assert page.evaluate("model.listeners.size") == 0
    assert page.get_by_role("status").count() == 0


@pytest.mark.parametrize("screen", [(1280, 800), (390, 844)], ids=["desk", "phone"])
@pytest.mark.parametrize("page", PAGES)
def test_grids_controls_and_sentence_are_seen_together(visit, page, screen):
    seen = visit(width=screen[0])
    seen.open(page)
    bar = seen.page.locator(".cc-bar").bounding_box()["height"]
    heights = seen.page.locator(".fig-frame").evaluate_all(HEIGHTS)
    assert heights
    assert [tall for tall in heights if tall[1] > screen[1] - bar] == []
