"""What a page shows on a desk: `python tests/browser/measures.py [PAGE…]`, from the built book.

Prints a line for each chapter, or for the pages named, such as ``06`` or ``book/speed``: the part
of its height that visible code and boxes take, where its first picture stands, how far its layout
moved while it loaded, and its weight. A value over its limit is marked by an asterisk.
"""

import re
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from browser import machine  # noqa: E402

HTML = ROOT / "_build" / "html"
CHAPTER = re.compile(r"part-\d+/\d\d-")

LIMITS = {"code": 10, "boxes": 12, "picture": 700, "shift": 0.1, "weight": 2500}
# Chapters that do not hold a limit yet, and how far over it they may be. Only ever lowered.
CEILINGS = {}
DIGITS = {"code": 1, "boxes": 1, "shift": 2}
HEADERS = 300  # bytes of each answer, as browsers count them
UNITS = {"code": "%", "boxes": "%", "picture": "px", "shift": "", "weight": "kB"}

# The outermost of the elements that match; what is folded or in the margin has no part in the page.
# Summary and assignment are cards at the foot of a chapter, not boxes in its text.
MEASURE = """() => {
  const article = document.querySelector(".bd-article");
  const found = (selector) => [...article.querySelectorAll(selector)]
    .filter((e) => e.checkVisibility({ contentVisibilityAuto: true }) && !e.closest(".cc-note"))
    .filter((e) => !e.parentElement.closest(selector));
  const box = (e) => e.getBoundingClientRect();
  const share = (selector) => {
    const sum = found(selector).reduce((height, e) => height + box(e).height, 0);
    return 100 * sum / box(article).height;
  };
  const pictures = found("figure, img, svg, canvas, .fig-frame, .fig-still").map((e) => box(e))
    .filter(({ width, height }) => width >= 100 && height >= 50);
  const loaded = ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
    .map(({ name }) => name).filter((name) => name.startsWith("http"));
  return new Promise((resolve) => {
    let shift = 0;
    const add = (list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
    };
    const observer = new PerformanceObserver(add);
    observer.observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve({
      code: share(".cell_input, :not(.cell_output) > [class*=highlight-]"),
      boxes: share(".cc-box, .admonition:not(.assignment)"),
      picture: Math.min(...pictures.map(({ top }) => top + scrollY)),
      shift,
      loaded,
    }), 50);
  });
}"""


def limits(name):
    """What holds for a page: all of it for chapters, and that nothing moves for every page."""
    if not CHAPTER.search(name):
        return {"shift": LIMITS["shift"]}
    return LIMITS | CEILINGS.get(name.rpartition("/")[2], {})


def measure(page):
    """What is measured of an open page, as `LIMITS` names it.

    Parameters
    ----------
    page : playwright.sync_api.Page
        At 1280 pixels, loaded from a slow server, not scrolled: fonts come late over a network,
        and only then does a page show what they move.

    Returns
    -------
    dict of str to float
    """
    found = page.evaluate(MEASURE)
    return found | {"weight": sum(map(_weight, found.pop("loaded"))) / 1000}


def _weight(address):
    """Bytes of what a page has loaded, for one that comes for the first time."""
    path = HTML / unquote(urlsplit(address).path).lstrip("/")
    return HEADERS + (path.stat().st_size if path.is_file() else 0)


def over(found, limits):
    """What is over these limits, in words."""
    return [
        f"{name}: {found[name]:.{DIGITS.get(name, 0)}f} {UNITS[name]}, at most {limit}"
        for name, limit in limits.items()
        if not found[name] <= limit
    ]


def _chapters():
    return sorted(HTML.glob("book/part-*/[0-9][0-9]-*.html"))


def _named(word):
    """The page of a number or of a name."""
    return next((path for path in _chapters() if path.name.startswith(word)), HTML / f"{word}.html")


def main(words):
    """Print the table."""
    files = [_named(word) for word in words] or _chapters()
    print(f"{'':34}" + "".join(f"{name:>10}" for name in LIMITS))
    with machine.serve(HTML, slow=True) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=machine.browser_path(), args=machine.QUIET
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for path in files:
            page.goto(f"{home}/{path.relative_to(HTML)}", wait_until="load")
            page.evaluate("window.MathJax?.startup?.promise")
            page.evaluate("document.fonts.ready.then(() => true)")
            print(f"{path.stem:34}" + "".join(_cell(*each) for each in measure(page).items()))
        browser.close()


def _cell(name, value):
    text = f"{value:.{DIGITS.get(name, 0)}f} {UNITS[name]}".strip()
    return f"{text}{'*' if not value <= LIMITS[name] else ' '}".rjust(10)


if __name__ == "__main__":
    main(sys.argv[1:])
