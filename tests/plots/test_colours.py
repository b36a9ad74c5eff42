"""One table of colours, readable on both pages and by colour-blind eyes."""

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.colors import to_hex, to_rgb
from plots import eyes
from skimage.color import deltaE_ciede2000

from coursecnn import _palette, plots
from coursecnn.plots._series import look
from coursecnn.plots.colours import DARK, PAGES, ROLES, SERIES, SIGNED, VALUES, colour, theme

ROOT = Path(__file__).parents[2]
WRITTEN = {".css", ".html", ".js", ".md", ".py"}
PALETTE = Path(_palette.__file__)
VENDOR = ROOT / "book" / "_static" / "vendor"  # not ours
GROUNDS = ("page", "panel")
SEEN = {
    "light": {role: to_rgb(ROLES[role]) for role in ROLES},
    "dark": {role: to_rgb(DARK[role]) for role in DARK},
}


def test_a_colour_of_the_palette_stands_nowhere_else():
    known = {*_palette.LIGHT.values(), *_palette.DARK.values(), *_palette.VERDICTS.values()}
    again = [
        f"{path.relative_to(ROOT)}: {colour}"
        for folder in ("coursecnn", "book")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in WRITTEN and path != PALETTE and VENDOR not in path.parents
        for colour in known & {*re.findall(r"#[0-9a-f]{6}\b", path.read_text("utf-8").lower())}
    ]
    assert again == []


def test_the_sign_of_the_book_has_colours_of_the_palette():
    sign = (ROOT / "book" / "_static" / "img" / "favicon.svg").read_text("utf-8")
    used = {*re.findall(r"#[0-9a-f]{6}", sign)}
    assert used
    assert used <= {*_palette.LIGHT.values()}


def test_figures_and_plots_colour_values_alike():
    for name, stops in {VALUES: _palette.VALUES, SIGNED: _palette.SIGNED}.items():
        places = np.linspace(0, 1, len(stops))
        assert [to_hex(each) for each in colormaps[name](places)] == [*stops]


@pytest.mark.parametrize(("name", "table"), [("light", ROLES), ("dark", DARK)])
def test_plots_and_pages_share_one_table_of_colours(name, table):
    assert {role: eyes.page(name, role) for role in table} == table
    assert eyes.page(name, "page") == PAGES[name]


def test_the_yardsticks_measure_what_is_known():
    assert eyes.contrast("black", "white") == pytest.approx(21)
    assert eyes.contrast("#777777", "white") == pytest.approx(4.48, abs=0.01)  # WCAG's own example
    sharma = (50, 2.6772, -79.7751), (50, 0, -82.7485)  # first pair of Sharma, Wu and Dalal 2005
    assert deltaE_ciede2000(*sharma) == pytest.approx(2.0425, abs=1e-4)
    assert eyes.difference("white", "white", "red-blind") == 0
    for eye in ("red-blind", "green-blind"):  # olive and brown are told apart by usual eyes only
        assert (
            eyes.difference("#8a6d00", "#b04a00", eye) < 10 < eyes.difference("#8a6d00", "#b04a00")
        )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_role_can_be_read_as_text_on_every_page(role, ground):
    light, dark = (eyes.page(name, ground) for name in ("light", "dark"))
    assert eyes.contrast(ROLES[role], light) >= 4.5
    assert eyes.contrast(DARK[role], dark) >= 4.5


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize(
    ("eye", "least"), [("usual", 15), ("red-blind", 10), ("green-blind", 10), ("blue-blind", 5)]
)
def test_the_colours_of_arms_differ_for_every_eye(seen, eye, least):
    pairs = combinations((SEEN[seen][role] for role in SERIES), 2)
    assert min(eyes.difference(*pair, eye) for pair in pairs) >= least


@pytest.mark.parametrize("pair", [("output", "gradient"), ("output", "wrong"), ("input", "kernel")])
@pytest.mark.parametrize("seen", SEEN)
def test_roles_that_meet_in_one_figure_differ_for_every_eye(pair, seen):
    colours = [SEEN[seen][role] for role in pair]
    assert min(eyes.difference(*colours, eye) for eye in eyes.EYES) >= 8


@pytest.mark.parametrize("pair", [("input", "gradient"), ("kernel", "wrong")])
def test_the_roles_left_out_of_arms_are_lost_to_some_eyes(pair):
    colours = [ROLES[role] for role in pair]
    assert min(eyes.difference(*colours, eye) for eye in eyes.EYES) < 5


def test_eight_arms_differ_without_colour():
    looks = [look(index) for index in range(8)]
    assert len({each["marker"] for each in looks}) == 8
    assert len({(each["linestyle"], each["color"]) for each in looks}) == 8
    with pytest.raises(ValueError, match="at most 8 curves"):
        look(8)


def test_the_theme_decides_the_colour_of_a_role():
    assert (theme(), colour("input")) == ("light", ROLES["input"])
    plots.use_style("dark")
    assert (theme(), colour("input")) == ("dark", DARK["input"])


def test_unknown_roles_and_themes_are_refused():
    with pytest.raises(ValueError, match=r"`role` must be one of text, .*; received 'red'"):
        colour("red")
    with pytest.raises(
        ValueError, match="`theme` must be one of 'light', 'dark'; received 'sepia'"
    ):
        plots.use_style("sepia")
