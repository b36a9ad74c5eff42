"""One figure on a page of its own, in the colours of the book, opened from a disk."""

from pathlib import Path

from coursecnn._palette import custom_properties
from coursecnn.widgets import bundle

ROOT = Path(__file__).parents[2]
OF_THE_BOOK = ROOT / "book" / "_static" / "css" / "widgets.css"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AT_REST = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (const each of document.getAnimations()) {
    if (each.effect.getComputedTiming().endTime !== Infinity) each.finish();
  }
}"""
ON_COLOURS = ["color-contrast", "link-in-text-block"]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# Of a text with a ::before axe says that it does not know, after long looking. Here it judges: the
# other options are axe's own.
JUDGE = """() => axe.configure({ checks: [{ id: "color-contrast", options: {
  ignorePseudo: true, ignoreUnicode: true, ignoreLength: false,
  boldValue: 700, boldTextPt: 14, largeTextPt: 18, pseudoSizeThreshold: 0.25,
  contrastRatio: { normal: { expected: 4.5 }, large: { expected: 3 } },
  shadowOutlineEmMax: 0.2, textStrokeEmMin: 0.03,
} }] })"""

# Elements, what is written in them, their places, and which of them are to be seen.
SEEN_BEFORE = """() => {
  const theme = / data-theme="\\w+"/g;
  const looks = [document.documentElement.outerHTML.replace(theme, "")];
  for (const e of document.querySelectorAll("*")) {
    const { x, y, width, height } = e.getBoundingClientRect();
    const shown = e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    looks.push(shown, x, y, width, height, e.value ?? "", e.checked ?? "");
  }
  const before = window.axeHasSeen;
  window.axeHasSeen = looks.join();
  return window.axeHasSeen === before;
}"""


def write(folder, figure, theme="light"):
    """Write the page into a folder; its address."""
    page_style = "body { background: var(--cc-page); color: var(--cc-text); }"
    of_the_book = custom_properties() + OF_THE_BOOK.read_text("utf-8")
    styles = of_the_book + bundle.style(figure.tag) + page_style
    page = folder / f"{figure.tag}-{theme}.html"
    page.write_text(
        f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{figure.tag}</title>'
        f"<style>{styles}</style></head><body><main><h1>A figure</h1>{figure.to_html()}</main>"
        f"<script>{bundle.classic(f'{figure.tag}.js')}</script></body></html>",
        encoding="utf-8",
    )
    return page.as_uri()


def barriers(page, *, colours=True):
    """What axe finds on a page, a text for each fault.

    Where nothing but colours is other than when it last looked, only the rules on colours can come
    to another end, and only they are asked. They are over a third of what axe costs: without
    `colours` none of them is asked.
    """
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
        page.evaluate(JUDGE)
    rules = {"type": "rule", "values": ON_COLOURS} if page.evaluate(SEEN_BEFORE) else LEVELS
    options = {"preload": False, "runOnly": rules, "resultTypes": ["violations"]}
    if not colours:
        options["rules"] = {rule: {"enabled": False} for rule in ON_COLOURS}
    result = page.evaluate("options => axe.run(document, options)", options)
    assert len(result["passes"]) > (10 if rules is LEVELS else 0)  # axe did look
    return [
        f"{fault['id']}: {node['html'][:160]} {node['failureSummary']}"
        for fault in result["violations"]
        for node in fault["nodes"]
    ]


def barriers_in_all_colours(page):
    """What axe finds on a page in light colours, and again in dark ones."""
    found = []
    for colour in ("light", "dark"):
        page.emulate_media(color_scheme=colour)
        page.evaluate("colour => { document.documentElement.dataset.theme = colour; }", colour)
        page.evaluate(AT_REST)
        found += [f"in {colour} colours: {barrier}" for barrier in barriers(page)]
    return found
