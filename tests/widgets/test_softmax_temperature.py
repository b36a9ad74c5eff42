"""The softmax figure as a Python object: its numbers, its errors, its picture."""

import math

import numpy as np
import pytest
from bs4 import BeautifulSoup
from numpy.testing import assert_allclose
from scipy.special import softmax
from scipy.stats import entropy

from coursecnn.widgets import SoftmaxTemperature

CASES = [
    {},
    {"temperature": 0.3, "target": 4},
    {"logits": [1000, 999, -1000], "labels": ["a", "b", "c"], "temperature": 7.5, "target": 1},
]


@pytest.mark.parametrize("state", CASES, ids=range(3))
def test_its_numbers_are_those_of_scipy(state):
    figure = SoftmaxTemperature(**state)
    expected = softmax(np.array(figure.logits) / figure.temperature)
    assert_allclose(figure.probabilities, expected, rtol=1e-12)
    assert figure.entropy == pytest.approx(entropy(expected))


def test_loss_and_gradient_by_hand():
    figure = SoftmaxTemperature(logits=[2, 1], labels=["a", "b"], temperature=0.5, target=1)
    p = 1 / (1 + math.exp(-(2 - 1) / 0.5))
    assert figure.loss == pytest.approx(-math.log(1 - p))
    assert_allclose(figure.gradient, [p - 0, (1 - p) - 1])


def test_without_a_true_class_there_is_no_loss():
    figure = SoftmaxTemperature()
    assert figure.loss is figure.gradient is None
    figure.target = 2
    assert figure.loss > 0
    figure.target = None
    assert figure.loss is None


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"logits": [1, 2, 3]}, "`logits` must hold one number for each of `labels`; received 3 n"),
        ({"labels": ["a", "b"]}, "for each of `labels`; received 5 numbers and 2 labels"),
        ({"logits": [1, 2, 3, 4, 1001]}, "`logits` must lie between -1000 and 1000 .* 1001"),
        ({"logits": [1, 2, 3, 4, math.nan]}, "`logits` must hold finite numbers"),
        ({"logits": [[1, 2], [3, 4]]}, "`logits` must be one row"),
        ({"labels": ["a"] * 5}, "`labels` must be 2 to 6 different names; received"),
        ({"labels": ["a"], "logits": [1]}, "`labels` must be 2 to 6 different names"),
        ({"labels": ["dromedaries", "b"]}, "names of 1 to 9 letters"),
        ({"labels": "abcde"}, "`labels` must be a list of names"),
        ({"temperature": 0}, "`temperature` must be 0.1 to 10 here; received 0"),
        ({"temperature": "hot"}, "`temperature` must be a number; received 'hot'"),
        ({"target": 5}, "`target` must be the number of one of 5 classes.*; received 5"),
        ({"target": -1}, "`target` must be 0 to 5 here; received -1"),
        ({"target": "cat"}, "`target` must be a whole number; received 'cat'"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        SoftmaxTemperature(**state)


@pytest.mark.parametrize("target", [2, 4])
def test_the_number_of_classes_changes_in_one_go_and_a_lost_true_class_is_forgotten(target):
    figure = SoftmaxTemperature(target=target)
    with figure.hold_trait_notifications():
        figure.logits, figure.labels = [0, 0], ["yes", "no"]
    assert_allclose(figure.probabilities, [1 / 2, 1 / 2])
    assert figure.target is None


def test_a_refused_change_leaves_the_state_as_it_was():
    figure = SoftmaxTemperature(target=1)
    before = figure.state()
    with pytest.raises(ValueError, match="`logits`"):
        figure.logits = [1, 2]
    assert figure.state() == before


def picture_of(**state):
    """The still picture as a reader's browser has it."""
    return BeautifulSoup(SoftmaxTemperature(**state).still(), "html.parser").svg


def test_the_picture_says_what_is_seen():
    said = picture_of(logits=[1, 1, -9], labels=["a", "b", "c"], temperature=0.5)["aria-label"]
    assert "a 1 gives 0.500, b 1 gives 0.500, c −9 gives <0.001" in said
    assert "Their entropy is 0.69 nats, of at most 1.1." in said
    assert "loss" not in said
    assert picture_of(target=1)["aria-label"].endswith("The loss with dog as true class is 1.389.")


def test_bars_are_as_long_as_the_probabilities_and_the_largest_is_filled():
    bars = picture_of().select("rect")
    lengths = [float(bar["width"]) for bar in bars]
    assert_allclose(np.array(lengths) / 220, SoftmaxTemperature().probabilities, atol=0.005)
    assert [bar["fill-opacity"] for bar in bars] == ["1", "0.25", "0.25", "0.25", "0.25"]


def test_the_gradient_is_drawn_when_there_is_a_true_class():
    texts = [text.string for text in picture_of(target=0).select("text")]
    assert "p − y" in texts
    assert [text[0] for text in texts[-5:]] == ["−", "+", "+", "+", "+"]
    assert len(picture_of(target=0).select("rect")) == 2 * 5


def test_no_part_of_the_gradient_is_written_as_0_or_1():
    figure = {"logits": [20, 0], "labels": ["a", "b"]}
    ends = [[text.string for text in picture_of(**figure, target=n).select("text")[-2:]]
            for n in range(2)]  # fmt: skip
    assert ends == [[">−0.001", "<+0.001"], ["<+1.000", ">−1.000"]]
