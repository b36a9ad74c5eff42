"""Losses: by hand, against torch, and by what they must be at their best."""

from math import e, log

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from oracles import assert_agrees_with_differences, assert_agrees_with_torch
from strategies import steady, whole_numbers

from coursecnn import ops
from coursecnn.ops import (
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_backward,
    cross_entropy,
    cross_entropy_backward,
    mse,
    mse_backward,
)

F = torch.nn.functional
PAIRS = [
    ("mse", F.mse_loss),
    ("binary_cross_entropy_with_logits", F.binary_cross_entropy_with_logits),
]


def test_the_squared_error_by_hand():
    assert mse([[1, 2], [3, 4]], [[1, 0], [0, 4]]) == (0**2 + 2**2 + 3**2 + 0**2) / 4
    assert mse_backward(10, [1.0, 5.0], [0, 8]).tolist() == [10 * 2 * 1 / 2, 10 * 2 * -3 / 2]


def test_the_cross_entropy_by_hand():
    scores = [[0.0, 1.0], [0.0, 0.0]]
    assert_allclose(cross_entropy(scores, [0, 1]), (log(1 + e) + log(2)) / 2)
    p = 1 / (1 + e)
    expected = [[10 * (p - 1) / 2, 10 * (1 - p) / 2], [10 * 0.5 / 2, 10 * (0.5 - 1) / 2]]
    assert_allclose(cross_entropy_backward(10, scores, [0, 1]), expected)


def test_the_binary_cross_entropy_by_hand():
    loss = binary_cross_entropy_with_logits([1.0, -1.0], [1, 1])
    assert_allclose(loss, (log(1 + 1 / e) + log(1 + e)) / 2)
    grad = binary_cross_entropy_with_logits_backward(10, [1.0, -1.0], [1, 0.5])
    assert_allclose(grad, [10 * (1 / (1 + 1 / e) - 1) / 2, 10 * (1 / (1 + e) - 0.5) / 2])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("name", "reference"), PAIRS)
def test_values_and_gradients_agree_with_torch(rng, name, reference, dtype):
    x = (rng.normal(size=(3, 5)) * 4).astype(dtype)
    target = rng.uniform(size=(3, 5)).astype(dtype)
    forward, backward = getattr(ops, name), getattr(ops, f"{name}_backward")
    assert_agrees_with_torch(
        lambda x: forward(x, target),
        lambda g, x: backward(g, x, target),
        lambda x: reference(x, torch.tensor(target)),
        [x],
        rng,
    )


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("lead", [(), (3,), (3, 2)], ids=str)
def test_the_cross_entropy_agrees_with_torch(rng, lead, dtype):
    x = (rng.normal(size=(4, 5, *lead)) * 4).astype(dtype)
    target = rng.integers(0, 5, (4, *lead))
    assert_agrees_with_torch(
        lambda x: cross_entropy(x, target),
        lambda g, x: cross_entropy_backward(g, x, target),
        lambda x: F.cross_entropy(x, torch.tensor(target)),
        [x],
        rng,
    )


@pytest.mark.parametrize("name", ["mse", "binary_cross_entropy_with_logits", "cross_entropy"])
def test_gradients_agree_with_finite_differences(rng, name):
    target = [4, 0, 1] if name == "cross_entropy" else rng.uniform(size=(3, 5))
    forward, backward = getattr(ops, name), getattr(ops, f"{name}_backward")
    assert_agrees_with_differences(
        lambda x: forward(x, target),
        lambda g, x: backward(g, x, target),
        [rng.normal(size=(3, 5))],
        rng,
    )


@steady
@given(whole_numbers(4, 3), st.integers(0, 2))
def test_two_losses_are_one_when_there_are_two_classes(x, answer):
    binary = binary_cross_entropy_with_logits(x[:, 1] - x[:, 0], np.full(4, min(answer, 1)))
    assert_allclose(cross_entropy(x[:, :2], np.full(4, min(answer, 1))), binary, atol=1e-12)
    even = cross_entropy(np.zeros((4, 3)), np.full(4, answer))
    assert_allclose(even, log(3))
    assert_allclose(cross_entropy_backward(1, x, np.full(4, answer)).sum(axis=1), 0, atol=1e-12)


def test_a_perfect_answer_costs_nothing():
    assert mse([1.0, 2.0], [1.0, 2.0]) == 0
    assert cross_entropy([[1000.0, 0.0]], [0]) == 0
    assert binary_cross_entropy_with_logits([1000.0, -1000.0], [1, 0]) == 0


@pytest.mark.filterwarnings("error")
def test_a_confident_error_costs_its_score_and_keeps_its_gradient():
    assert cross_entropy([[1000.0, 0.0]], [1]) == 1000
    assert binary_cross_entropy_with_logits([-1000.0], [1]) == 1000
    assert binary_cross_entropy_with_logits_backward(1, [-1000.0], [1]) == -1


def test_arguments_are_left_alone_and_nan_propagates(rng):
    x, target = rng.normal(size=(3, 5)), np.array([1, 0, 4], np.uint8)
    copy = x.copy()
    cross_entropy_backward(1.0, x, target)
    assert_array_equal(x, copy)
    x[0, 0] = np.nan
    assert np.isnan(cross_entropy(x, target))
    assert np.isnan(mse(x, copy))


@pytest.mark.parametrize(
    ("x", "target", "message"),
    [
        (np.ones((2, 3)), [0, 3], "`target` must lie between 0 and 2, .* from 0 to 3"),
        (np.ones((2, 3)), [-1, 0], "`target` must lie between 0 and 2, .* from -1 to 0"),
        (np.ones((2, 3)), [0, 1, 2], r"their shapes are \(2, 3\) and \(3,\)"),
        (np.ones((2, 3)), [[0], [1]], r"their shapes are \(2, 3\) and \(2, 1\)"),
        (np.ones(3), 0, r"`x` must have shape \(N, K, ...\)"),
        (np.ones((0, 3)), np.ones(0, int), r"`x` has no entries to average: its shape is \(0, 3\)"),
    ],
)
def test_classes_that_do_not_fit_are_named(x, target, message):
    for call in (cross_entropy, lambda *a: cross_entropy_backward(1, *a)):
        with pytest.raises(ValueError, match=message):
            call(x, target)


def test_classes_must_be_whole_numbers():
    with pytest.raises(TypeError, match="`target` must hold class numbers, but its dtype is float"):
        cross_entropy(np.ones((2, 3)), [0.0, 1.0])
    with pytest.raises(TypeError, match="`target` must hold class numbers, but its dtype is bool"):
        cross_entropy(np.ones((2, 3)), [False, True])


@pytest.mark.parametrize("name", ["mse", "binary_cross_entropy_with_logits"])
def test_targets_that_do_not_fit_are_named(name):
    forward, backward = getattr(ops, name), getattr(ops, f"{name}_backward")
    for call in (forward, lambda *a: backward(1, *a)):
        with pytest.raises(ValueError, match=r"`target` must have the shape of `x`, \(2, 3\), not"):
            call(np.ones((2, 3)), np.ones((2, 1)))
        with pytest.raises(ValueError, match="`x` has no entries to average"):
            call(np.ones((0, 3)), np.ones((0, 3)))


def test_float32_stays_float32():
    x = np.ones((2, 3), np.float32)
    assert mse_backward(np.float64(1), x, x).dtype == mse(x, x).dtype == np.float32
    grad = cross_entropy_backward(np.float64(1), x, [0, 1])
    assert grad.dtype == cross_entropy(x, [0, 1]).dtype == np.float32
    assert binary_cross_entropy_with_logits_backward(1.0, x, x).dtype == np.float32
