"""Contact sheets: every picture is on one of them, whole, and none covers another."""

import contact_sheets
import numpy as np
import pytest
from PIL import Image

COLOURS = ["red", "green", "blue", "yellow", "cyan", "magenta"]


@pytest.fixture
def sheets(tmp_path, monkeypatch):
    """A function that tiles pictures of some sizes and gives back the sheets as arrays."""
    monkeypatch.setattr(contact_sheets, "WIDTH", 400)
    monkeypatch.setattr(contact_sheets, "HEIGHT", 300)

    def tile(*sizes):
        sheet = contact_sheets.ContactSheet(tmp_path, "pages")
        for size, colour in zip(sizes, COLOURS, strict=False):
            sheet.add("a page", [Image.new("RGB", size, colour)])
        sheet.close()
        return [np.asarray(Image.open(path)) for path in sorted(tmp_path.glob("pages-*.png"))]

    return tile


def pixels(sheets, colour):
    """How many pixels of all sheets have a colour."""
    wanted = np.array(Image.new("RGB", (1, 1), colour))[0, 0]
    return sum(int((sheet == wanted).all(axis=2).sum()) for sheet in sheets)


@pytest.mark.parametrize(
    "sizes",
    [[(100, 50)] * 6, [(350, 90)] * 4, [(100, 200), (150, 30), (390, 20)], [(390, 290), (10, 10)]],
    ids=str,
)
def test_every_picture_is_there_and_none_covers_another(sheets, sizes):
    written = sheets(*sizes)
    for (width, height), colour in zip(sizes, COLOURS, strict=False):
        assert pixels(written, colour) >= min(width, 400 - contact_sheets.GAP) * height * 0.99


def test_without_a_picture_there_is_no_sheet(sheets):
    assert sheets() == []


def test_a_full_sheet_is_followed_by_another(sheets):
    assert len(sheets(*[(350, 200)] * 3)) == 3
