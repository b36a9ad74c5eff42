"""Contact sheets of the built book: `python book/contact_sheets.py`, or `… contact_sheets.py 06`.

Every page and every interactive figure in both colours and at two widths, side by side on a few
large pictures below `_build/contact_sheets`: to be looked at. A word on the command line chooses
pages by a part of their names.
"""

import io
import shutil
import sys

from making import pages
from making.places import BUILD, HTML, short
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import sync_playwright

from coursecnn.widgets import FIGURES

FOLDER = BUILD / "contact_sheets"
LOOKS = [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)]
SCALE = {1280: 0.45, 390: 0.65}
STRIP = 3000  # pixels of a page in one strip, before scaling
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

WIDTH, HEIGHT = 4200, 4400
GAP, LABEL = 24, 40
PAPER, INK = "#8a8f99", "#000000"


def main(words):
    """Write the contact sheets and say where they are."""
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
    """Write the contact sheets of one look: its pages, and its figures."""
    size = {"width": width, "height": 900}
    tab = browser.new_page(viewport=size, color_scheme=colour, reduced_motion="reduce")
    all_pages = ContactSheet(FOLDER, f"pages-{width}-{colour}")
    all_figures = ContactSheet(FOLDER, f"figures-{width}-{colour}")
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


class ContactSheet:
    """Contact sheets that fill up from the top left; a full one is written, and the next begins.

    Parameters
    ----------
    folder : Path
        Where the sheets go.
    name : str
        Begins their file names; a number follows.
    """

    def __init__(self, folder, name):
        self.folder, self.name, self.number = folder, name, 0
        self._begin()

    def add(self, label, pictures):
        """Put the pictures of one thing side by side, with its name above the first."""
        for index, picture in enumerate(pictures):
            if self._x + picture.width > WIDTH and self._x > GAP:
                self._x, self._y, self._row = GAP, self._y + self._row + GAP, 0
            if self._y + LABEL + picture.height > HEIGHT and self._y > GAP:
                self.close()
            self._place(picture, label if index == 0 else f"{label} …")

    def close(self):
        """Write the sheet, if anything is on it, and begin the next."""
        if self._used:
            self.number += 1
            bottom = self._y + self._row + GAP
            sheet = self._sheet.crop((0, 0, min(self._right, WIDTH), bottom))
            sheet.save(self.folder / f"{self.name}-{self.number}.png")
        self._begin()

    def _begin(self):
        self._sheet = Image.new("RGB", (WIDTH, 2 * HEIGHT), PAPER)
        self._x, self._y, self._row, self._right, self._used = GAP, GAP, 0, GAP, False

    def _place(self, picture, label):
        strip = Image.new("RGB", (picture.width, LABEL), PAPER)  # a long label is cut off
        ImageDraw.Draw(strip).text((0, 0), label, INK, font=ImageFont.load_default(24))
        self._sheet.paste(strip, (self._x, self._y))
        self._sheet.paste(picture, (self._x, self._y + LABEL))
        self._x += picture.width + GAP
        self._right = max(self._right, self._x)
        self._row, self._used = max(self._row, LABEL + picture.height), True


if __name__ == "__main__":
    main(sys.argv[1:])
