"""What every figure must hold, whatever it shows."""

import base64
import io
import re
import sys
from functools import cache

import numpy as np
import pytest
import yaml
from bs4 import BeautifulSoup
from matplotlib import pyplot as plt
from matplotlib.text import Text
from numpy.testing import assert_allclose
from PIL import Image
from plots import gallery

from coursecnn import plots
from coursecnn.plots.colours import PAGES, ROLES
from coursecnn.plots.svg import NARROW, svg

sys.path.append(str(gallery.ROOT / "book"))
from _ext.drawings import html

SMALLEST = 12  # pixels of letters, also on a telephone


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
    assert all(text.get_fontsize() * 96 / 72 >= SMALLEST for text in texts)
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
    ground = re.search(r'<rect class="cc-paper"[^>]*fill="([^"]*)"', written)
    assert ground[1] == PAGES["light"]


@pytest.mark.parametrize("name", ["history", "matrix", "geometry", "arms", "confusion", "network"])
def test_a_drawing_has_no_colour_but_those_of_the_page(name):
    name = {"geometry": "stride"}.get(name, name)
    content = re.sub(r'<rect class="cc-paper"[^>]*>', "", light(name))
    used = set(re.findall(r'(?:fill|stroke)="([^"]*)"', content)) - {"none"}
    assert used
    assert used <= {*ROLES.values(), PAGES["light"]}


@pytest.mark.parametrize("name", ["operation", "matrix", "stride", "transposed"])
def test_a_grid_of_numbers_is_small(name):
    assert len(light(name)) < 10_000


@pytest.mark.parametrize("name", ["curves", "network", "matrix"])
def test_a_dark_style_draws_with_the_dark_table_only(name):
    written = [light(name), gallery.svg(gallery.draw(name, "dark"))]
    colours = [set(re.findall(r"#[0-9a-f]{6}", text)) for text in written]
    assert colours[0] & set(ROLES.values())
    assert not colours[1] & set(ROLES.values())


def shown(name):
    """The elements that a page shows of a figure: where it is wide, and where it is narrow."""
    page = BeautifulSoup(html(light(name), "what is to be seen"), "html.parser")
    wide = page.select(".cc-drawn:not(.cc-narrow) .cc-row > svg")
    return wide, page.select(".cc-drawn.cc-narrow .cc-row > svg") or wide


@pytest.mark.parametrize("name", [name for name in gallery.FIGURES if "grid" not in name])
def test_what_a_telephone_shows_is_as_wide_as_it_is_unless_it_is_an_image(name):
    _, narrow = shown(name)
    for panel in narrow:
        assert int(panel["width"]) * 0.92 <= NARROW or panel.find("image")


def test_the_panels_of_a_figure_flow_and_a_chart_has_two_drawings():
    wide, narrow = shown("operation")
    assert len(wide) == 3
    assert wide == narrow
    (chart,), (small,) = shown("curves")
    assert int(small["width"]) < 0.75 * int(chart["width"])


def test_a_figure_is_as_before_when_it_has_been_published():
    figure = np.ravel(gallery.draw("curves"))[0].figure
    before = figure.get_size_inches().tolist(), figure.dpi, figure.get_layout_engine()
    svg(figure)
    assert (figure.get_size_inches().tolist(), figure.dpi, figure.get_layout_engine()) == before
    assert figure.patch.get_visible()


def test_an_image_is_published_with_its_own_pixels_and_the_right_way_up():
    image = np.arange(12, dtype=np.uint8).reshape(3, 4) * 20
    (ax,) = plots.image_grid([image]).flat
    data = re.search(r'href="data:image/png;base64,([^"]*)"', svg(ax.figure))[1]
    seen = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))
    assert_allclose(seen, image, atol=1)  # matplotlib cuts off what is behind the point


def test_the_same_places_are_marked_as_in_the_drawing_of_matplotlib():
    """A rectangle of data stands where its axes put it, counted from above."""
    figure, ax = plt.subplots(figsize=(4, 3), layout="none")
    ax.set(position=(0.25, 0.25, 0.5, 0.5), xlim=(0, 10), ylim=(0, 10))
    ax.set_axis_off()
    ax.add_patch(plt.Rectangle((2, 0), 4, 5, color="#123456"))
    d = re.search(r'<path d="([^"]*)" fill="#123456"', svg(figure))[1]
    corners = np.array(re.findall(r"-?[\d.]+", d), float).reshape(-1, 2)
    left, bottom, wide, tall = 96, 3 * 96 * 0.75, 192, 144
    assert corners.min(0).tolist() == [left + 0.2 * wide, bottom - 0.5 * tall]
    assert corners.max(0).tolist() == [left + 0.6 * wide, bottom]


def test_what_is_cut_off_by_the_axes_is_cut_off_when_published():
    figure, ax = plt.subplots()
    ax.plot([0, 1], [0, 5], color="#123456")
    assert not re.search(r'<svg [^>]*><path [^>]*stroke="#123456"', svg(figure))
    ax.set_ylim(0, 1)
    assert re.search(r'<svg [^>]*><path [^>]*stroke="#123456"', svg(figure))


@pytest.mark.parametrize(
    ("side", "anchor"), [("left", None), ("center", "middle"), ("right", "end")]
)
def test_both_lines_of_a_text_are_held_by_the_same_point(side, anchor):
    figure, ax = plt.subplots(figsize=(3, 2))
    ax.text(0.5, 0.5, "long above\nit", ha=side)
    lines = BeautifulSoup(svg(figure), "html.parser").find_all("text", string=["long above", "it"])
    assert [line.get("text-anchor") for line in lines] == [anchor] * 2
    assert lines[0]["x"] == lines[1]["x"]
    assert float(lines[0]["y"]) < float(lines[1]["y"])


def test_a_formula_is_drawn_as_shapes_in_the_colour_of_its_text():
    figure, ax = plt.subplots(figsize=(3, 2))
    ax.set_axis_off()
    ax.text(0.5, 0.5, "$10^{-1}$", color="#123456")
    d = re.search(r'<path d="([^"]*)" fill="#123456"', svg(figure))[1]
    x, y = np.array(re.findall(r"-?[\d.]+", d), float).reshape(-1, 2).T
    box = ax.texts[0].get_window_extent()
    assert box.x0 - 1 <= x.min() * figure.dpi / 96 <= x.max() * figure.dpi / 96 <= box.x1 + 1
    height = figure.bbox.height
    assert box.y0 - 1 <= height - y.max() * figure.dpi / 96
    assert height - y.min() * figure.dpi / 96 <= box.y1 + 1


def test_a_chart_may_be_changed_to_a_logarithmic_scale_afterwards():
    ax = plots.curves({"a": [1, 10, 100]})
    ax.set_yscale("log")
    assert svg(ax.figure).count("<path") > 4
