"""The lines on a flattened vector stand where NumPy puts the window's numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from strategies import sparing

from coursecnn import plots


def lines(ax):
    """The entries marked on each vector, from the upper bar to the lower."""
    return [
        [round(segment[0][0] - 0.5) for segment in drawn.get_segments()] for drawn in ax.collections
    ]


def test_the_window_of_a_tiny_image_is_found_by_hand():
    """Three channels of 2×3; the window is the middle column: pixels 1 and 4 of each channel."""
    axes = plots.flattening(np.zeros((3, 2, 3)), (0, 1, 2, 1))
    assert lines(axes[1]) == [
        [1, 4, 6 + 1, 6 + 4, 12 + 1, 12 + 4],
        [3, 4, 5, 3 * 4, 3 * 4 + 1, 3 * 4 + 2],
    ]
    assert [text.get_text() for text in axes[1].texts] == [
        "channels first (C, H, W)", "16 entries", "channels last (H, W, C)", "12 entries"
    ]  # fmt: skip


@sparing
@given(st.data())
def test_marked_entries_are_those_that_change_when_the_window_does(data):
    height, width = data.draw(st.integers(2, 7)), data.draw(st.integers(2, 7))
    top, left = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    tall, wide = data.draw(st.integers(1, height - top)), data.draw(st.integers(1, width - left))
    image = np.zeros((3, height, width))
    image[:, top : top + tall, left : left + wide] = 1
    axes = plots.flattening(image, (top, left, tall, wide))
    first, last = lines(axes[1])
    assert first == np.flatnonzero(image.ravel()).tolist()
    assert last == np.flatnonzero(image.transpose(1, 2, 0).ravel()).tolist()
    plt.close("all")


def test_the_stretch_is_told():
    told = plots.alt_text(plots.flattening(np.zeros((3, 32, 32)), (9, 15, 3, 3)))
    assert "27 numbers of the window" in told
    assert "With channels first the lines form 9 groups in a stretch of 2,115 entries." in told
    assert "With channels last the lines form 3 groups in a stretch of 201 entries." in told


@pytest.mark.parametrize(
    ("shape", "window", "message"),
    [
        ((4, 5, 6), (0, 0, 1, 1), r"shape \(3, H, W\); received \(4, 5, 6\)"),
        ((5, 6), (0, 0, 1, 1), r"shape \(3, H, W\); received \(5, 6\)"),
        ((3, 5, 6), (4, 0, 2, 1), r"image of 5×6 pixels; received \(4, 0, 2, 1\)"),
        ((3, 5, 6), (0, -1, 1, 1), r"received \(0, -1, 1, 1\)"),
        ((3, 5, 6), (0, 0, 0, 1), r"received \(0, 0, 0, 1\)"),
    ],
)
def test_a_flattening_says_what_it_cannot_draw(shape, window, message):
    with pytest.raises(ValueError, match=message):
        plots.flattening(np.zeros(shape), window)
