"""Pictures side by side on large sheets, row by row."""

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 4200, 4400
GAP, LABEL = 24, 40
PAPER, INK = "#8a8f99", "#000000"


class Sheet:
    """Sheets that fill up from the top left; a full one is written, and the next begins.

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
