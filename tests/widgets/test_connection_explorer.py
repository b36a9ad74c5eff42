"""The connection explorer as a Python object: its state, its errors, its picture."""

import numpy as np
import pytest
from bs4 import BeautifulSoup
from vectors import connections

from coursecnn import ops
from coursecnn.widgets import ConnectionExplorer


def test_it_starts_with_a_convolution():
    weights = ConnectionExplorer().weights
    assert weights[0].tolist() == ["a", "b", "c", "0", "0", "0", "0", "0"]
    assert weights[5].tolist() == ["0", "0", "0", "0", "0", "a", "b", "c"]


def test_weights_of_ones_own_carry_the_number_of_their_output():
    assert ConnectionExplorer(kind="sparse").weights[2].tolist() == [
        "0", "0", "a₃", "b₃", "c₃", "0", "0", "0",
    ]  # fmt: skip
    dense = ConnectionExplorer(kind="dense", size=10, kernel_size=1).weights
    assert dense.shape == (10, 10)
    assert dense[9, 2] == "c₁₀"


def test_the_letters_stand_where_the_library_has_the_kernel():
    kernel = np.array([3.0, 1.0, 4.0, 2.0])
    explorer = ConnectionExplorer(size=7, kernel_size=4)
    value = {"0": 0.0, **dict(zip("abcd", kernel, strict=True))}
    matrix = np.vectorize(value.get)(explorer.weights)
    assert np.array_equal(matrix, ops.toeplitz(kernel, 7))
    signal = np.arange(7.0)
    expected = ops.conv1d(signal[np.newaxis], kernel[np.newaxis, np.newaxis])[0]
    assert np.array_equal(matrix @ signal, expected)


def test_counts_are_those_of_the_librarys_matrices(rng):
    vectors = connections.vectors(rng)
    for vector in vectors:
        state = vector["state"]
        explorer = ConnectionExplorer(**state)
        assert explorer.counts[state["kind"]] == tuple(vector["counts"].values())
        used = explorer.weights != "0"
        assert used.tolist() == (np.array(vector["expected"]) > 0).tolist()
        assert len(set(explorer.weights[used])) == vector["counts"]["weights"]


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"size": 4}, "`size` must be 5 to 10 here; received 4"),
        ({"size": 8.0}, "`size` must be a whole number; received 8.0"),
        ({"kernel_size": 6}, "`kernel_size` must be 1 to 5 here; received 6"),
        ({"kind": "tied"}, "`kind` must be one of shared, sparse, dense; received 'tied'"),
        ({"side": 1}, "`side` must be one of output, input; received 1"),
        ({"unit": -1}, "`unit` must be 0 to 9 here; received -1"),
        ({"unit": 6}, "`unit` must be one of the 6 outputs.*; received 6; choose 0 to 5"),
        ({"unit": 8, "side": "input"}, "`unit` must be one of the 8 inputs.*; choose 0 to 7"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        ConnectionExplorer(**state)


def test_the_reader_stays_in_a_layer_that_becomes_smaller():
    explorer = ConnectionExplorer(side="input", unit=7)
    explorer.side = "output"
    assert explorer.unit == 5
    explorer.kernel_size = 5
    assert explorer.unit == 3


def test_a_refused_change_leaves_the_state_as_it_was():
    explorer = ConnectionExplorer()
    before = explorer.state()
    with pytest.raises(ValueError, match="`unit`"):
        explorer.set_state({"kind": "dense", "unit": 7})
    assert explorer.state() == before


@pytest.fixture
def page():
    """The figure as it stands on a page."""
    explorer = ConnectionExplorer(kind="sparse", unit=2)
    return explorer, BeautifulSoup(explorer.to_html(), "html.parser")


def test_the_page_shows_a_picture_that_says_what_is_seen(page):
    _, soup = page
    picture = soup.select_one(".fig-still > svg[role=img]")
    assert "Output 3 reads inputs 3, 4, 5 with the weights a₃, b₃, c₃;" in picture["aria-label"]
    texts = [text.string for text in picture.select("text")]
    assert texts.count("b₃") == 2  # beside its line, and in the matrix
    assert texts.count("0") == 6 * 8 - 6 * 3


def test_the_picture_tells_shared_weights_by_their_lines():
    def styles(kind):
        soup = BeautifulSoup(ConnectionExplorer(kind=kind).still(), "html.parser")
        lines = soup.select("path[d^='M32 ']")
        assert len(lines) == 18
        return {line.get("stroke-dasharray") for line in lines}

    assert len(styles("shared")) == 3
    assert styles("sparse") == {None}


def test_an_input_is_shown_with_those_that_it_influences():
    picture = ConnectionExplorer(side="input", unit=1).still()
    assert "Input 2 influences outputs 1, 2 with the weights b, a;" in picture


def test_the_costs_of_the_kinds_stand_below_the_picture(page):
    _, soup = page
    costs = soup.select_one(".fig-still > p").string
    assert "dense 48 connections and 48 different weights" in costs
    assert "sparse 18 connections and 18 different weights" in costs
    assert "shared 18 connections and 3 different weights" in costs
