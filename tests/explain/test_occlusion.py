"""Hiding pixels of a linear model takes their share away, and each window is where it says."""

import numpy as np
import pytest
import torch
from explain.planted import circular, linear
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import expit

from coursecnn.explain import Occlusion, occlusion


def test_a_window_over_a_linear_model_by_hand():
    """Two windows of 1×2: the score 1·2 + 2·1 − 1·3 + 0.5·4 = 3 loses 2 + 2, or −3 + 2."""
    model = linear([[[1.0, 2.0, -1.0, 0.5]]])
    x = np.array([[[[2.0, 1.0, 3.0, 4.0]]]])
    found = occlusion(model, x, 1, size=(1, 2), stride=(1, 2))
    whole = expit(1 * 2 + 2 * 1 - 1 * 3 + 0.5 * 4)
    assert_allclose(found.drop, [[[whole - expit(3 - 4), whole - expit(3 + 1)]]])
    assert found.drop[0, 0, 1] < 0  # what it hid spoke against the class
    assert (found.tops.tolist(), found.lefts.tolist()) == ([0], [0, 2])
    assert (found.size, found.target.tolist()) == ((1, 2), [1])


@given(st.data())
def test_of_a_linear_model_every_window_takes_its_products_away(data):
    height, width = data.draw(st.integers(2, 7)), data.draw(st.integers(2, 7))
    size = data.draw(st.integers(1, height)), data.draw(st.integers(1, width))
    stride = data.draw(st.integers(1, size[0])), data.draw(st.integers(1, size[1]))
    rng = np.random.default_rng(data.draw(st.integers(0, 999)))
    fill = rng.normal()
    weight, x = rng.normal(size=(2, height, width)), rng.normal(size=(3, 2, height, width))
    found = occlusion(linear(weight), x, 1, size=size, stride=stride, fill=fill)
    scores = (weight * x).sum((1, 2, 3))
    for row, top in enumerate(found.tops):
        for column, left in enumerate(found.lefts):
            window = np.s_[:, top : top + size[0], left : left + size[1]]
            lost = (weight[window] * (x[:, *window] - fill)).sum((1, 2, 3))
            expected = expit(scores) - expit(scores - lost)
            assert_allclose(found.drop[:, row, column], expected, rtol=1e-7, atol=1e-12)


@given(st.data())
def test_windows_cover_the_image_and_end_at_its_border(data):
    height, width = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 12))
    size = data.draw(st.integers(1, min(height, width)))
    stride = data.draw(st.integers(1, size))
    found = occlusion(linear(np.ones((1, height, width))), np.ones((1, 1, height, width)),
                      size=size, stride=stride)  # fmt: skip
    for starts, length in ((found.tops, height), (found.lefts, width)):
        assert starts[0] == 0
        assert starts[-1] + size == length
        assert (np.diff(starts)[:-1] == stride).all()
        assert (np.diff(starts) <= stride).all()
        assert (np.diff(starts) > 0).all()
    assert found.map.shape == (1, height, width)


def test_the_map_is_the_mean_of_the_windows_over_a_pixel_by_hand():
    drop = np.array([[[4.0, 8.0], [0.0, 2.0]]])
    found = Occlusion(drop, np.array([0, 1]), np.array([0, 2]), (2, 3), np.array([0]))
    middle = [(4 + 0) / 2, (4 + 0) / 2, (4 + 8 + 0 + 2) / 4, (8 + 2) / 2, (8 + 2) / 2]
    assert_allclose(
        found.map[0],
        [
            [4, 4, (4 + 8) / 2, 8, 8],
            middle,
            [0, 0, (0 + 2) / 2, 2, 2],
        ],
    )


def test_hiding_nothing_changes_nothing():
    """A window of the colour of a plain image."""
    found = occlusion(circular(0), np.full((1, 2, 6, 5), 0.7), size=3, fill=0.7)
    assert_allclose(found.drop, 0, atol=1e-12)


def test_hiding_everything_leaves_what_the_model_says_of_a_plain_image():
    model, x = circular(1), torch.randn(2, 2, 6, 5).double()
    found = occlusion(model, x, 2, size=(6, 5), fill=0.3)
    plain = model(torch.full((1, 2, 6, 5), 0.3).double()).softmax(1)[0, 2].item()
    expected = model(x).softmax(1)[:, 2].detach().numpy() - plain
    assert_allclose(found.drop[:, 0, 0], expected)
    assert_array_equal(found.target, [2, 2])


def test_the_step_is_half_a_window_by_default():
    found = occlusion(circular(0), torch.zeros(1, 2, 8, 9), size=(4, 1))
    assert found.tops.tolist() == [0, 2, 4]
    assert found.lefts.tolist() == [*range(9)]


@pytest.mark.parametrize(
    ("options", "kind", "told"),
    [
        ({"size": 7}, ValueError, "`size` must fit into the image; received 7 for 6 pixels"),
        ({"size": (2, 6)}, ValueError, "received 6 for 5 pixels"),
        ({"size": 2, "stride": 3}, ValueError, "`stride` must be at most `size`.*received 3 and 2"),
        ({"size": 0}, ValueError, "`size` must be at least 1, not 0"),
        ({"size": 2.0}, TypeError, r"`size` must be an integer, not 2\.0"),
    ],
    ids=str,
)
def test_windows_that_do_not_fit_are_refused(options, kind, told):
    with pytest.raises(kind, match=told):
        occlusion(circular(0), torch.zeros(1, 2, 6, 5), **options)
