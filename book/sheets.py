"""Contact sheets of the built book: `python book/sheets.py`, or `… sheets.py 06 glossary`.

Every page and every interactive figure in both colours and at two widths, tiled into a few pictures
below `_build/sheets`: to be looked at. A word on the command line chooses pages by a part of their
names.
"""

import io
import shutil
import sys

from making import pages
from making.places import BUILD, HTML, short
from making.tiles import Sheet
from PIL import Image
from playwright.sync_api import sync_playwright

from coursecnn.widgets import FIGURES

FOLDER = BUILD / "sheets"
LOOKS = [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)]
SCALE = {1280: 0.45, 390: 0.65}
STRIP = 3000  # pixels of a page in one strip, before scaling
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(words):
    """Write the sheets and say where they are."""
    names = [page.name for page in pages.pages()] + ["search"]
    chosen = [name for name in names if not words or any(word in name for word in words)]
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for colour, width in LOOKS:
            write_look(browser, chosen, colour, width)
        browser.close()
    print(f"Look at {short(FOLDER)}: {len(list(FOLDER.glob('*.png')))} pictures")


def write_look(browser, names, colour, width):
    """Write the sheets of one look: its pages, and its figures."""
    size = {"width": width, "height": 900}
    tab = browser.new_page(viewport=size, color_scheme=colour, reduced_motion="reduce")
    all_pages = Sheet(FOLDER, f"pages-{width}-{colour}")
    all_figures = Sheet(FOLDER, f"figures-{width}-{colour}")
    for name in names:
        tab.goto(f"file://{HTML}/{name}.html")
        tab.evaluate("window.MathJax?.startup?.promise")
        tab.evaluate("document.fonts.ready.then(() => true)")
        all_pages.add(name.rpartition("/")[2], strips(tab, width))
        tab.add_style_tag(content=".cc-bar, .skip-link { display: none !important }")
        for figure in FIGURES:
            found = [picture(each.screenshot()) for each in tab.locator(figure.tag).all()]
            all_figures.add(f"{figure.tag} in {name.rpartition('/')[2]}", found)
    all_pages.close()
    all_figures.close()
    tab.close()


def strips(tab, width):
    """A whole page, cut into strips and made smaller."""
    height = tab.evaluate("document.documentElement.scrollHeight")
    cuts = range(0, height, STRIP)
    clips = [{"x": 0, "y": top, "width": width, "height": min(STRIP, height - top)} for top in cuts]
    shots = [picture(tab.screenshot(full_page=True, clip=clip)) for clip in clips]
    return [shot.resize(_scaled(shot, SCALE[width]), Image.LANCZOS) for shot in shots]


def picture(png):
    """A screenshot as an image."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def _scaled(image, factor):
    return tuple(max(1, round(side * factor)) for side in image.size)


if __name__ == "__main__":
    main(sys.argv[1:])
