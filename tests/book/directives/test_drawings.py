"""Plots become part of the page: their panels flow, and each is one image with its text."""

import re

import numpy as np
import pytest
from _ext import drawings
from bs4 import BeautifulSoup
from matplotlib import pyplot as plt

from coursecnn import plots
from coursecnn.plots.svg import svg


@pytest.fixture
def written():
    """A function that draws into a grid of axes and gives what the page shows."""

    def draw(rows, columns, more=lambda figure: None):
        plots.use_style()
        figure, axes = plt.subplots(rows, columns, squeeze=False)
        for index, ax in enumerate(axes.flat):
            plots.matrix([[index, 7]], ax=ax)
        more(figure)
        html = drawings.html(svg(figure), 'a <b> & "c"')
        plt.close(figure)
        return BeautifulSoup(html, "html.parser")

    return draw


def test_a_figure_is_one_image_with_its_text(written):
    (drawing,) = written(1, 2).select("[role=img]")
    assert drawing["aria-label"] == 'a <b> & "c"'
    assert drawing.select("rect.cc-paper") == []


def test_the_colours_of_a_figure_are_those_of_the_page(written):
    html = str(written(1, 1)).lower()
    assert "var(--cc-input)" in html
    assert [role for role, colour in plots.ROLES.items() if colour.lower() in html] == []


def test_the_panels_stand_in_rows_as_they_were_drawn(written):
    rows = written(2, 3).select(".cc-row")
    texts = [[panel.find("text").text for panel in row.select("svg")] for row in rows]
    assert texts == [["0", "1", "2"], ["3", "4", "5"]]


def test_each_panel_shows_its_own_part_of_the_drawing(written):
    boxes = [svg["viewbox"].split() for svg in written(1, 3).select("svg")]
    lefts, widths = ([int(box[k]) for box in boxes] for k in (0, 2))
    assert lefts[0] + widths[0] <= lefts[1] + drawings._TOUCH
    assert lefts[1] + widths[1] <= lefts[2] + drawings._TOUCH


@pytest.mark.parametrize(
    "more",
    [
        lambda figure: figure.suptitle("a title above all panels"),
        lambda figure: figure.axes[0].twinx().plot([1, 2]),
    ],
)
def test_what_does_not_lie_in_its_panels_stays_whole(written, more):
    page = written(1, 2, more)
    assert len(page.select(".cc-row > svg")) == 1
    assert {"0", "1"} <= {text.text for text in page.select("text")}


def test_a_chart_is_drawn_for_wide_and_for_narrow_pages():
    plots.use_style()
    ax = plots.curves({"a": [1, 2]})
    page = BeautifulSoup(drawings.html(svg(ax.figure), "a line"), "html.parser")
    plt.close(ax.figure)
    assert [len(page.select(f".cc-drawn.{name} svg")) for name in ("cc-wide", "cc-narrow")] == [
        1,
        1,
    ]


def test_an_svg_of_another_kind_is_left_alone():
    assert drawings.html('<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>', "a picture") == ""


def test_a_photograph_on_a_page_is_a_file_and_a_small_image_is_not(build, tmp_path):
    plots.use_style()
    noise = np.random.default_rng(0).integers(0, 256, (100, 120), dtype=np.uint8)
    axes = plots.image_grid([noise, noise[:4, :5]])
    folder = tmp_path / "source" / "part"
    folder.mkdir(parents=True)
    (folder / "plot.svg").write_text(svg(axes[0, 0].figure))
    plt.close(axes[0, 0].figure)
    built = build(
        index="# Home\n\n[](part/page.md)", **{"part/page": "# Page\n\n![noise](plot.svg)"}
    )
    page = built.soup("part/page")
    large, small = (image["href"] for image in page.select(".cc-drawing image"))
    assert (built.folder / "part" / large).resolve().is_file()
    assert small.startswith("data:image/png;base64,")


@pytest.mark.parametrize("kind", ["plot", "scatter", "patch"])
def test_a_dot_is_two_arcs_around_its_place(kind):
    figure = plt.figure(figsize=(4, 2), layout="none")
    ax = figure.add_axes((0.2, 0.2, 0.7, 0.7), xlim=(0, 4), ylim=(0, 1))
    if kind == "plot":
        ax.plot([1], [0.5], "o", markersize=9, markeredgewidth=0)
        expected = (6, 6)  # 9 points are 12 pixels
    elif kind == "scatter":
        ax.scatter([1], [0.5], s=81, linewidths=0)
        expected = (6, 6)
    else:
        ax.add_patch(plt.Circle((1, 0.5), 0.25, linewidth=0))
        corners = ax.transData.transform([(0, 0), (0.25, 0.25)])
        expected = (corners[1] - corners[0]) * 96 / figure.dpi
    x, y = ax.transData.transform((1, 0.5)) * 96 / figure.dpi
    d = next(d for d in re.findall(r'<path d="([^"]*)"', svg(figure)) if "a" in d)
    plt.close(figure)
    number = r"(-?[\d.]+)"
    left, middle, across, down, width = map(
        float, re.match(rf"M{number} {number}a{number} {number} 0 1 0 {number} 0a", d).groups()
    )
    assert (left + width / 2, middle) == pytest.approx((x, 2 * 96 - y), abs=0.1)
    assert (across, down, width / 2) == pytest.approx((*expected, expected[0]), abs=0.02)
