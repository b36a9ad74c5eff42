"""Dropout: what stays, what falls, and that the gradient takes the same way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from oracles import assert_agrees_with_differences
from strategies import steady

from coursecnn.ops import dropout, dropout_backward

X = np.arange(1.0, 10001)


def test_entries_fall_or_are_enlarged():
    out = dropout(X, p=0.75, seed=3)
    assert set((out / X).tolist()) == {0.0, 1 / (1 - 0.75)}


@pytest.mark.parametrize("p", [0.1, 0.5, 0.9])
def test_the_share_that_falls_is_p(p):
    fallen = np.mean(dropout(X, p=p, seed=1) == 0)
    assert abs(fallen - p) < 5 * np.sqrt(p * (1 - p) / X.size)


def test_half_falls_unless_told_otherwise():
    assert_array_equal(dropout(X, seed=1), dropout(X, p=0.5, seed=1))
    assert_array_equal(dropout_backward(X, X, seed=1), dropout(X, p=0.5, seed=1))


def test_nothing_falls_at_zero_and_everything_at_one():
    assert_array_equal(dropout(X, p=0, seed=1), X)
    assert not dropout(X, p=1, seed=1).any()
    assert not dropout_backward(X, X, p=1, seed=1).any()


@steady
@given(st.floats(0, 1, exclude_max=True), st.integers(0, 9))
def test_the_gradient_falls_where_the_entry_fell(p, seed):
    x = np.ones((5, 7), np.float32)
    grad = np.full((5, 7), 2, np.float32)
    out, grad_x = dropout(x, p=p, seed=seed), dropout_backward(grad, x, p=p, seed=seed)
    assert_array_equal(grad_x, grad * out)
    assert out.dtype == grad_x.dtype == np.float32


def test_the_gradient_agrees_with_finite_differences(rng):
    assert_agrees_with_differences(
        lambda x: dropout(x, p=0.4, seed=5),
        lambda g, x: dropout_backward(g, x, p=0.4, seed=5),
        [rng.normal(size=(3, 4))],
        rng,
    )


def test_a_seed_repeats_itself_and_another_does_not():
    assert_array_equal(dropout(X, seed=1), dropout(X, seed=1))
    assert (dropout(X, seed=1) != dropout(X, seed=2)).any()


def test_the_global_generator_is_left_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    dropout(X, seed=1)
    assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_not_a_probability_is_named(p):
    with pytest.raises(ValueError, match=f"`p` must be a probability between 0 and 1, not {p}"):
        dropout(X, p=p, seed=1)


def test_what_is_not_a_seed_is_named():
    with pytest.raises(TypeError, match="`seed` must be an integer, not Generator"):
        dropout(X, seed=np.random.default_rng(1))
    with pytest.raises(ValueError, match="`seed` must be at least 0, not -1"):
        dropout(X, seed=-1)
    with pytest.raises(ValueError, match=r"`grad` must have the shape of the output, \(10000,\)"):
        dropout_backward(X[1:], X, seed=1)
    assert dropout(X[:0], seed=0).shape == (0,)
