"""The receptive field explorer as a Python object: its state, its errors, its picture."""

import json

import numpy as np
import pytest
from bs4 import BeautifulSoup

from coursecnn.shapes import ReceptiveField
from coursecnn.widgets import ReceptiveFieldExplorer

LENET = [(5, 1), (2, 2), (5, 1), (2, 2)]


def test_it_starts_in_the_middle_of_the_last_layer():
    explorer = ReceptiveFieldExplorer()
    assert explorer.position == [2, 5]
    assert explorer.field == ReceptiveField(size=3 + (3 - 1), jump=1, start=0)
    assert ReceptiveFieldExplorer(layers=LENET).position == [4, 1]


def test_field_and_stretches_are_those_of_the_chosen_unit():
    explorer = ReceptiveFieldExplorer(layers=LENET, position=(3, 2))
    assert explorer.field == ReceptiveField(size=5 + 1 + 4 * 2, jump=2, start=0)
    assert explorer.intervals == [(4, 17), (4, 13), (2, 6), (2, 2)]


def test_two_layers_of_three_see_as_much_as_one_of_five():
    presets = ReceptiveFieldExplorer().presets
    two, one = (ReceptiveFieldExplorer(layers=presets[name]) for name in list(presets)[:2])
    assert two.field == one.field
    assert len(two.layers) == 2 * len(one.layers)


def test_presets_have_the_published_fields():
    sizes = {
        name: ReceptiveFieldExplorer(layers=layers).field.size
        for name, layers in ReceptiveFieldExplorer().presets.items()
    }
    assert sizes["LeNet-5"] == 5 + 1 + 4 * 2 + 1 * 2
    assert sizes["the stem of ResNet"] == 7 + 2 * 2


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"layers": []}, "`layers` must have 1 to 5 layers here; received 0"),
        ({"layers": [(1, 1)] * 6}, "`layers` must have 1 to 5 layers here; received 6"),
        ({"layers": 3}, r"`layers` must be pairs \(kernel_size, stride\) .*received 3"),
        ({"layers": [3, 3]}, r"`layers` must be pairs \(kernel_size, stride\)"),
        ({"layers": [(3, 1, 1)]}, r"`layers` must be pairs .*received \[\(3, 1, 1\)\]"),
        ({"layers": [(3, 1.5)]}, "`layers` must be pairs .* of whole numbers"),
        ({"layers": [(12, 1)]}, r"kernel size of 1 to 11 .* received \(12, 1\)"),
        ({"layers": [(3, 0)]}, r"a stride of 1 to 4 here; received \(3, 0\)"),
        ({"layers": [(11, 4), (11, 4)]}, "of `layers` see 83 pixels .* room for 80; leave out"),
        ({"position": (0, 3)}, r"`position` must be \(layer, unit\) .*: 14 in layer 1, 12 in lay"),
        ({"position": (3, 0)}, r"received \(3, 0\)"),
        ({"position": (2, 12)}, r"received \(2, 12\)"),
        ({"position": 2}, "`position` must be"),
        ({"presets": {"mine": [(3, 9)]}}, "each of `presets` must have"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        ReceptiveFieldExplorer(**state)


def test_an_unknown_argument_is_refused_by_name():
    with pytest.raises(TypeError, match="ReceptiveFieldExplorer has no `unit`; it takes layers"):
        ReceptiveFieldExplorer(unit=3)


def test_a_refused_change_leaves_the_state_as_it_was():
    explorer = ReceptiveFieldExplorer()
    before = explorer.state()
    with pytest.raises(ValueError, match="`layers`"):
        explorer.set_state({"position": [1, 0], "layers": [[9, 4]] * 4})
    assert explorer.state() == before


def test_the_chosen_unit_stays_on_a_chain_that_shrinks():
    explorer = ReceptiveFieldExplorer(layers=LENET, position=(4, 2))
    explorer.layers = [(3, 4)]
    assert explorer.position == [1, 2]
    explorer.position = (1, 3)
    explorer.layers = [(11, 4)]
    assert explorer.position == [1, 2]


def test_two_figures_share_no_lists():
    first, second = ReceptiveFieldExplorer(), ReceptiveFieldExplorer()
    first.layers[0][0] = 7
    first.presets["LeNet-5"][0][0] = 7
    assert second.layers == [[3, 1], [3, 1]]
    assert second.presets["LeNet-5"] == [list(layer) for layer in LENET]


@pytest.fixture
def page():
    """The figure as it stands on a page."""
    explorer = ReceptiveFieldExplorer(layers=np.array(LENET))
    return explorer, BeautifulSoup(explorer.to_html(), "html.parser")


def test_the_page_holds_the_state(page):
    explorer, soup = page
    script = soup.select_one("receptive-field > script[type='application/json']")
    assert json.loads(script.string) == explorer.state()


def test_the_page_shows_a_picture_that_says_what_is_seen(page):
    _, soup = page
    picture = soup.select_one(".fig-still > svg[role=img]")
    said = (
        "Unit 1 of layer 4, counted from 0, sees units 2 to 3 of layer 3, units 2 to 7 of layer 2, "
        "units 4 to 15 of layer 1, pixels 4 to 19 of the input: size 16, jump 4, start 4."
    )
    assert said in picture["aria-label"]
    assert "4–19" in [text.string for text in picture.select("text")]


def test_the_picture_fills_the_units_that_are_read_and_rings_the_chosen_one():
    picture = ReceptiveFieldExplorer(layers=[(1, 2), (3, 1)], position=(2, 0)).still()
    squares = BeautifulSoup(picture, "html.parser").select("rect")
    filled = [
        square for square in squares if square["fill"].startswith(("var(--cc-i", "var(--cc-o"))
    ]
    assert len(filled) == 3 + 3 + 1  # of five pixels every second one
    assert [square["fill"] for square in squares].count("none") == 1
