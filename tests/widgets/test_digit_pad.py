"""The digit pad as a Python object: its state, its errors, its picture."""

import json

import numpy as np
import pytest
from bs4 import BeautifulSoup
from numpy.testing import assert_allclose, assert_array_equal

from coursecnn import data
from coursecnn.widgets import DigitPad, digits, lenet
from coursecnn.widgets.digit_pad import normalised, percent


def test_it_starts_with_a_test_digit_that_is_read_right():
    pad = DigitPad()
    assert_array_equal(pad.pixels, digits.digits()[0][3])
    assert pad.probabilities.argmax() == 3
    assert pad.maps["C3"][4, 6, 4] == pad.maps["C3"][4].max()


def test_python_reads_and_sets_the_drawing():
    pad = DigitPad()
    pad.pixels = np.zeros((28, 28), np.uint8)
    assert pad.pixels == [[0] * 28] * 28
    pad.pixels[0][0] = 7
    assert DigitPad().pixels[0][0] == 0


def test_what_is_seen_is_normalised_unless_switched_off():
    drawn = np.zeros((28, 28), int)
    drawn[2:7, 3:5] = 255
    pad = DigitPad(pixels=drawn)
    assert_array_equal(pad.seen, normalised(drawn))
    pad.normalise = False
    assert_array_equal(pad.seen, drawn)
    assert_allclose(pad.probabilities, lenet.probabilities(lenet.forward(drawn)))


def test_a_bar_of_two_columns_and_five_rows_by_hand():
    drawn = np.zeros((28, 28))
    drawn[2:7, 3:5] = 255
    seen = normalised(drawn)
    rows, columns = (np.flatnonzero(seen.any(axis)) for axis in (1, 0))
    # Its scale is 20/5, so it becomes 20 rows of 2 · 4 columns; the middle of an even number of
    # rows, 9.5, comes to 14 or half a pixel beside it.
    assert_array_equal(rows, np.arange(14 - 9, 14 - 9 + 20))
    assert_array_equal(columns, np.arange(14 - 3, 14 - 3 + 2 * 4))
    # The first row lies 3/8 of a pixel before the middle of the first inked row.
    assert_allclose(seen[5, 14], 255 * (1 - 3 / 8))
    assert_allclose(seen[10, 14], 255)


def test_mnist_digits_have_the_form_already():
    images = data.mnist("test").images[:, 0]
    kept = [np.array_equal(normalised(image), image) for image in images]
    assert np.flatnonzero(~np.array(kept)).tolist() == [1509]  # its ink touches the border


def test_normalising_twice_is_as_once(rng):
    drawn = rng.integers(1, 256, (9, 13))
    once = normalised(np.pad(drawn, ((1, 18), (12, 3))))
    assert_allclose(normalised(once), once, atol=1e-9)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"pixels": np.zeros((1, 28, 28), int)}, r"shape \(28, 28\); received .* \(1, 28, 28\)"),
        ({"pixels": np.zeros((28, 28))}, "`pixels` must be whole numbers .* of float64"),
        ({"pixels": np.full((28, 28), 256)}, "`pixels` must be 0, .* received numbers from 256"),
        ({"pixels": np.full((28, 28), -1)}, "received numbers from -1 to -1"),
        ({"pixels": [[1], [1, 2]]}, "`pixels` must have 28 rows of 28"),
        ({"normalise": 1}, "`normalise` must be True or False; received 1"),
        ({"unit": ("C2", 0, 0, 0)}, "`unit` must begin with one of C1, S2, C3, .*, output"),
        ({"unit": ("input", 0, 0, 0)}, "`unit` must begin with one of"),
        ({"unit": ("C3", 16, 0, 0)}, "one of the 16 maps of 10×10 of C3, .* received .*16, 0, 0"),
        ({"unit": ("S4", 0, 0, 5)}, "of the 16 maps of 5×5 of S4"),
        ({"unit": ("C1", 0, 0)}, "`unit` must be"),
        ({"unit": ("C1", 0, 0.5, 0)}, "`unit` must be"),
        ({"unit": ()}, "`unit` must begin with"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        DigitPad(**state)


def test_a_refused_change_leaves_the_state_as_it_was():
    pad = DigitPad()
    before = pad.state()
    with pytest.raises(ValueError, match="`unit`"):
        pad.set_state({"normalise": False, "unit": ["S4", 0, 9, 9]})
    assert pad.state()["unit"] == before["unit"]


@pytest.fixture
def page():
    """The figure as it stands on a page."""
    pad = DigitPad(unit=("S4", 2, 1, 4))
    return pad, BeautifulSoup(pad.to_html(), "html.parser")


def test_the_page_holds_the_state_and_is_light(page):
    pad, soup = page
    script = soup.select_one("digit-pad > script[type='application/json']")
    assert json.loads(script.string) == pad.state()
    assert len(pad.to_html()) <= 15_000


def test_the_picture_says_what_is_read_and_on_what_a_number_depends(page):
    _, soup = page
    said = soup.select_one(".fig-still > svg[role=img]")["aria-label"].replace("\u00a0", " ")
    assert "The network reads 3 (> 99 %), then " in said
    field = f"rows {4 - 2 + 1} to {4 - 2 + 16} and columns {16 - 2 + 1} to 28 of the digit"
    assert said.endswith(f"map 3, row 2, column 5 of S4 depends on {field}.")


def test_the_picture_has_all_layers_and_the_ten_classes(page):
    _, soup = page
    texts = [text.string for text in soup.select(".fig-still text")]
    assert texts[:8] == ["Digit", "C1", "S2", "C3", "S4", "F5", "F6", "Output"]
    assert texts[8::2] == [str(label) for label in range(10)]
    assert len(soup.select(".fig-still image")) == 7
    bars = soup.select(".fig-still rect[rx='2']")
    filled = [label for label, bar in enumerate(bars) if bar["fill"] != "none"]
    assert filled == [3]


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "< 1 %"), (0.0049, "< 1 %"), (0.005, "1 %"), (0.125, "13 %"), (0.995, "> 99 %")],
)
def test_no_share_is_written_as_0_or_as_100(share, text):
    assert percent(share) == text.replace(" ", "\u00a0")
