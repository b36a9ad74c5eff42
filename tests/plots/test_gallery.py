"""What every figure must hold, whatever it shows."""

import re
from functools import cache

import numpy as np
import pytest
import yaml
from matplotlib import pyplot as plt
from matplotlib.text import Text
from plots import gallery

from coursecnn import plots
from coursecnn.plots.colours import PAGES, ROLES

PHONE = 324  # pixels that a page of 390 leaves for a figure
SMALLEST = 8  # pixels of letters on the telephone


@pytest.fixture(params=gallery.FIGURES)
def drawing(request, monkeypatch):
    """One figure of the gallery, and the texts that are to be seen on it."""
    seen, draw = {}, Text.draw

    def note(text, renderer):
        if text.get_visible() and text.get_text().strip():
            seen[id(text)] = text
        draw(text, renderer)

    monkeypatch.setattr(Text, "draw", note)
    axes = gallery.draw(request.param)
    np.ravel(axes)[0].figure.draw_without_rendering()
    return axes, list(seen.values())


def overlap(first, second):
    """Whether two boxes share more than a pixel of both directions."""
    wide = min(first.x1, second.x1) - max(first.x0, second.x0)
    high = min(first.y1, second.y1) - max(first.y0, second.y0)
    return wide > 1 and high > 1


def test_a_figure_of_the_gallery_can_be_read_and_told(drawing):
    axes, texts = drawing
    width = np.ravel(axes)[0].figure.get_figwidth() * 96  # pixels of a page
    smallest = min((text.get_fontsize() for text in texts), default=np.inf) * 96 / 72
    assert smallest * min(1, PHONE / width) >= SMALLEST

    boxes = [(t.get_text(), Text.get_window_extent(t)) for t in texts if t.get_rotation() % 90 == 0]
    clashes = [(a, b) for i, (a, x) in enumerate(boxes) for b, y in boxes[:i] if overlap(x, y)]
    assert clashes == []

    told = plots.alt_text(axes)
    assert len(told) >= 20
    assert yaml.safe_load(f"alt: {told}") == {"alt": told}


@cache
def light(name):
    """A figure in the light style, as it is published; several tests look at it."""
    text = gallery.svg(gallery.draw(name))
    plt.close("all")
    return text


@pytest.mark.parametrize("name", ["predictions", "curves"])
def test_the_same_figure_gives_the_same_bytes(name):
    first = light(name)
    assert gallery.svg(gallery.draw(name)) == first


def test_text_stays_text_and_the_figure_brings_its_ground():
    written = light("history")
    assert ">validation</text>" in written
    assert "DejaVuSans-" not in written  # letters that became shapes
    assert re.search(rf'<g id="patch_1">\s*<path[^>]*fill: {PAGES["light"]}', written)


@pytest.mark.parametrize("name", ["curves", "network", "matrix"])
def test_a_dark_style_draws_with_the_dark_table_only(name):
    written = [light(name), gallery.svg(gallery.draw(name, "dark"))]
    colours = [set(re.findall(r"#[0-9a-f]{6}", text)) for text in written]
    assert colours[0] & set(ROLES.values())
    assert not colours[1] & set(ROLES.values())
