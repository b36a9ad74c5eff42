"""Softmax and its logarithm: by hand, against torch, and by their laws."""

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
from coursecnn.ops import log_softmax, log_softmax_backward, softmax, softmax_backward

PAIRS = [("softmax", softmax, softmax_backward), ("log_softmax", log_softmax, log_softmax_backward)]


def test_two_scores_by_hand():
    assert_allclose(softmax([0.0, 1.0]), [1 / (1 + e), e / (1 + e)], rtol=1e-15)
    assert_allclose(log_softmax([0.0, 1.0]), [-log(1 + e), 1 - log(1 + e)], rtol=1e-15)
    p, q = 1 / (1 + e), e / (1 + e)
    assert_allclose(softmax_backward([10, 0], [0.0, 1.0]), [10 * p * (1 - p), -10 * p * q])
    assert_allclose(log_softmax_backward([10, 0], [0.0, 1.0]), [10 - 10 * p, -10 * q])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("axis", [0, 1, -1])
@pytest.mark.parametrize(("name", "forward", "backward"), PAIRS)
def test_values_and_gradients_agree_with_torch(rng, name, forward, backward, axis, dtype):
    assert_agrees_with_torch(
        lambda x: forward(x, axis=axis),
        lambda g, x: backward(g, x, axis=axis),
        lambda x: getattr(torch, name)(x, dim=axis),
        [(rng.normal(size=(3, 5, 4)) * 5).astype(dtype)],
        rng,
    )


@pytest.mark.parametrize(("name", "forward", "backward"), PAIRS)
def test_gradients_agree_with_finite_differences(rng, name, forward, backward):
    x = rng.normal(size=(3, 4))
    assert_agrees_with_differences(forward, backward, [x], rng)


@pytest.mark.parametrize(("name", "forward", "backward"), PAIRS)
def test_the_last_axis_is_that_of_the_classes_unless_told_otherwise(rng, name, forward, backward):
    x, grad = rng.normal(size=(3, 5, 4)), rng.normal(size=(3, 5, 4))
    assert_array_equal(forward(x), forward(x, axis=2))
    assert_array_equal(backward(grad, x), backward(grad, x, axis=2))


@steady
@given(whole_numbers(3, 5), st.integers(-(10**6), 10**6))
def test_probabilities_add_up_to_one_and_ignore_a_constant(x, constant):
    assert_allclose(softmax(x).sum(axis=-1), 1, rtol=1e-12)
    assert_array_equal(softmax(x + constant), softmax(x))
    assert_allclose(np.exp(log_softmax(x)), softmax(x), rtol=1e-12)
    assert_allclose(softmax_backward(x, x).sum(axis=-1), 0, atol=1e-12)


@pytest.mark.filterwarnings("error")
def test_huge_scores_do_not_overflow_and_forbidden_ones_get_nothing():
    assert softmax([1e4, 0.0]).tolist() == [1, 0]
    assert log_softmax([1e4, 0.0]).tolist() == [0, -1e4]
    assert softmax([0.0, -np.inf]).tolist() == [1, 0]
    assert log_softmax([0.0, -np.inf]).tolist() == [0, -np.inf]


def test_two_classes_are_a_sigmoid_of_the_difference(rng):
    x = rng.normal(size=(7, 2))
    assert_allclose(softmax(x)[:, 0], ops.sigmoid(x[:, 0] - x[:, 1]), rtol=1e-12)


def test_nan_and_infinity_spoil_their_row_only():
    out = softmax([[np.nan, 0], [np.inf, 0], [0, 0]])
    assert np.isnan(out).tolist() == [[True, True], [True, True], [False, False]]


def test_empty_arrays_and_whole_numbers_are_allowed():
    assert softmax(np.ones((0, 3))).shape == (0, 3)
    assert log_softmax(np.ones((0, 3))).shape == (0, 3)
    assert softmax([1, 1]).tolist() == [0.5, 0.5]


@pytest.mark.parametrize(("name", "forward", "backward"), PAIRS)
def test_what_does_not_fit_is_named(name, forward, backward):
    with pytest.raises(ValueError, match="axis 2 is out of bounds"):
        forward(np.ones((2, 3)), axis=2)
    with pytest.raises(ValueError, match=r"`grad` must have the shape of the output, \(2, 3\)"):
        backward(np.ones(3), np.ones((2, 3)))
    with pytest.raises(TypeError, match="`x` must hold real numbers"):
        forward(["a"])
