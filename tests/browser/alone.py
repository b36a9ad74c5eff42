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
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


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


def barriers(page):
    """What axe finds on a page, a text for each fault."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    options = {"preload": False, "runOnly": LEVELS, "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    assert len(result["passes"]) > 10  # axe did look
    return [
        f"{fault['id']}: {node['html'][:160]} {node['failureSummary']}"
        for fault in result["violations"]
        for node in fault["nodes"]
    ]


def barriers_in_all_colours(page):
    """What axe finds on a page that was opened in light colours, and again in dark ones."""
    found = [f"in light colours: {barrier}" for barrier in barriers(page)]
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.evaluate(AT_REST)
    return found + [f"in dark colours: {barrier}" for barrier in barriers(page)]
