"""Slide and sum as a Python object: both rules, all modes, its errors and its picture."""

import numpy as np
import pytest
from bs4 import BeautifulSoup
from numpy.testing import assert_array_equal

from coursecnn import ops
from coursecnn.widgets import SlideAndSum


def test_the_default_shows_the_kernel_where_the_signal_has_a_single_one():
    assert SlideAndSum().output.tolist() == [3, 2, 1, 3 * 3, 2 * 3 + 3 * 2]
    assert SlideAndSum(flip=True).output.tolist() == [1, 2, 3, 1 * 3, 2 * 3 + 1 * 2]


@pytest.mark.parametrize("mode", ["valid", "same", "full"])
def test_the_output_is_that_of_the_reference(rng, mode):
    signal, kernel = rng.normal(size=9), rng.normal(size=4)
    figure = SlideAndSum(signal=signal, kernel=kernel, mode=mode)
    assert_array_equal(figure.output, ops.cross_correlate(signal, kernel, mode=mode))
    figure.flip = True
    assert_array_equal(figure.output, ops.convolve(signal, kernel, mode=mode))


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"signal": []}, r"`signal` must be one row of 1 to 12 numbers; .* shape \(0,\)"),
        ({"signal": range(13)}, r"`signal` must be one row of 1 to 12 numbers; .* \(13,\)"),
        ({"signal": [[1, 2]]}, r"`signal` must be one row .* shape \(1, 2\)"),
        ({"signal": [[1, 2], [3]]}, "`signal` must be one row of numbers"),
        ({"signal": 3}, r"`signal` must be one row .* shape \(\)"),
        ({"signal": [1, float("inf")]}, "`signal` must hold finite numbers"),
        ({"kernel": [1] * 6}, "`kernel` must be one row of 1 to 5 numbers"),
        ({"kernel": ["1"]}, r"`kernel` must hold finite numbers; received \['1'\]"),
        ({"signal": [1, 2]}, "`kernel` has 3 numbers and does not fit into the 2.*mode='full'"),
        ({"mode": "wide"}, "`mode` must be one of valid, same, full; received 'wide'"),
        ({"mode": 1}, "`mode` must be one of"),
        ({"flip": "yes"}, "`flip` must be True or False"),
        ({"position": 5}, "`position` must lie in the output of 5 numbers.*received 5"),
        ({"position": -1}, "`position` must be 0 to 15 here; received -1"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        SlideAndSum(**state)


def test_a_kernel_longer_than_the_signal_slides_where_zeros_surround_it():
    figure = SlideAndSum(signal=[1, 2], kernel=[1, 2, 3, 4, 5], mode="full")
    assert figure.output.tolist() == [5 * 1, 4 * 1 + 5 * 2, 3 + 4 * 2, 2 + 3 * 2, 1 + 2 * 2, 1 * 2]
    with pytest.raises(ValueError, match="`kernel`"):
        figure.mode = "valid"
    assert figure.mode == "full"


def test_the_kernel_stays_on_a_shrinking_output():
    figure = SlideAndSum(mode="full", position=8)
    figure.mode = "valid"
    assert figure.position == 4


def test_values_that_fit_only_together_are_set_together():
    figure = SlideAndSum(signal=[1], kernel=[2])
    with figure.hold_trait_notifications():
        figure.kernel, figure.signal = np.ones(4), np.arange(6)
    assert figure.output.tolist() == [0 + 1 + 2 + 3, 1 + 2 + 3 + 4, 2 + 3 + 4 + 5]


def test_two_figures_share_no_lists():
    first, second = SlideAndSum(), SlideAndSum()
    first.signal[0] = -1
    assert second.signal[0] == 0


def test_the_picture_shows_the_kernel_as_it_lies_and_the_finished_output():
    figure = SlideAndSum(kernel=[1, -2, 0.25], flip=True, mode="same", position=2)
    picture = BeautifulSoup(figure.still(), "html.parser").svg
    texts = [text.string for text in picture.select("text")]
    assert "Kernel turned round" in texts
    lying = texts.index("Kernel turned round") + 1
    assert texts[lying : lying + 3] == ["0.25", "−2", "1"]
    said = "the kernel turned round: 0.25, −2, 1. At place 3 the products add up to −2."
    assert said in picture["aria-label"]
    assert texts[-len(figure.output) :] == ["0", "1", "−2", "0.25", "3", "−4", "−3.25"]
