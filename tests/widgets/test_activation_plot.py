"""The activation plot as a Python object: its state, its errors, its picture."""

import math

import numpy as np
import pytest
from bs4 import BeautifulSoup

from coursecnn import ops
from coursecnn.widgets import ActivationPlot
from coursecnn.widgets.activation_plot import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_value_and_slope_are_those_of_the_library(name, rng):
    function, backward = getattr(ops, name), getattr(ops, f"{name}_backward")
    for x in [0.0, *rng.uniform(-6, 6, 20)]:
        plot = ActivationPlot(name=name, x=x)
        assert plot.value == function(np.array([x]))[0]
        assert plot.slope == backward(np.ones(1), np.array([x]))[0]


def test_the_numbers_follow_the_state():
    plot = ActivationPlot()
    assert (plot.value, plot.slope) == (1.0, 1.0)
    plot.name, plot.x = "sigmoid", 0
    assert (plot.value, plot.slope) == (1 / 2, 1 / 2 * (1 - 1 / 2))
    assert isinstance(plot.x, float)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"name": "swish"}, "`name` must be one of relu, leaky_relu, elu, .*; received 'swish'"),
        ({"name": None}, "`name` must be one of"),
        ({"x": 6.5}, "`x` must be -6 to 6 here; received 6.5"),
        ({"x": -math.inf}, "`x` must be -6 to 6 here; received -inf"),
        ({"x": math.nan}, "`x` must be a number; received nan"),
        ({"x": True}, "`x` must be a number; received True"),
        ({"x": "1"}, "`x` must be a number; received '1'"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        ActivationPlot(**state)


@pytest.fixture
def page():
    """The figure as it stands on a page."""
    plot = ActivationPlot(name="sigmoid", x=-5)
    return plot, BeautifulSoup(plot.to_html(), "html.parser")


def test_the_page_shows_a_picture_that_says_what_is_seen(page):
    _, soup = page
    alternative = soup.select_one(".fig-still > svg[role=img]")["aria-label"]
    assert alternative.startswith("The curve of sigmoid and, dashed, its derivative")
    assert "At x = −5 the function is 0.007 and its derivative" in alternative
    assert "jumps" not in alternative


def test_the_picture_draws_the_derivative_dashed_and_torn_where_it_jumps():
    def dashed(name):
        soup = BeautifulSoup(ActivationPlot(name=name).still(), "html.parser")
        return len(soup.select("path[stroke-dasharray='8 5']"))

    assert {name: dashed(name) for name in NAMES} == {
        "relu": 2, "leaky_relu": 2, "elu": 1, "gelu": 1, "sigmoid": 1, "tanh": 1,
    }  # fmt: skip


def test_the_curve_runs_through_the_librarys_values():
    soup = BeautifulSoup(ActivationPlot(name="tanh").still(), "html.parser")
    curve = soup.select_one("path[stroke-dasharray='none']")["d"].removeprefix("M")
    points = np.array([pair.split() for pair in curve.split("L")], dtype=float)
    left, height = points.T
    x = np.interp(left, [left[0], left[-1]], [-6, 6])
    y = np.interp(-height, [-height[0], -height[-1]], [np.tanh(-6), np.tanh(6)])
    assert len(x) == 121
    assert np.abs(y - np.tanh(x)).max() < 0.01
