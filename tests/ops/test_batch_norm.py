"""Batch normalisation: by hand, against torch, and by what it must leave behind."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from oracles import assert_agrees_with_differences, assert_agrees_with_torch
from strategies import steady, whole_numbers

from coursecnn.ops import batch_norm, batch_norm_backward, batch_statistics

X, ONES = np.arange(24.0).reshape(4, 3, 2), np.ones(3)
SHAPES = [(4, 3), (4, 3, 5), (2, 3, 5, 4), (2, 3, 2, 5, 4)]


def test_two_numbers_are_normalised_by_hand():
    mean, variance = (1 + 5) / 2, ((1 - 3) ** 2 + (5 - 3) ** 2) / 2
    assert [a.tolist() for a in batch_statistics([[1.0], [5.0]])] == [[mean], [variance]]
    out = batch_norm([[1.0], [5.0]], [10.0], [7.0], eps=0)
    assert out.tolist() == [[10 * (1 - 3) / 2 + 7], [10 * (5 - 3) / 2 + 7]]
    eased = batch_norm([[1.0], [5.0]], [12.0], [7.0], eps=12)
    assert eased.tolist() == [[12 * (1 - 3) / 4 + 7], [12 * (5 - 3) / 4 + 7]]


def test_fixed_statistics_are_used_as_given():
    out = batch_norm([[1.0]], [10.0], [7.0], mean=[3.0], var=[16.0], eps=0)
    assert out.tolist() == [[10 * (1 - 3) / 4 + 7]]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("fixed", [False, True])
def test_values_and_gradients_agree_with_torch(rng, shape, dtype, fixed):
    arrays = [rng.normal(2, 3, size=s).astype(dtype) for s in (shape, 3, 3)]
    mean, var = rng.normal(size=3).astype(dtype), rng.uniform(1, 2, 3).astype(dtype)
    statistics = {"mean": mean, "var": var} if fixed else {}
    running = (torch.tensor(mean), torch.tensor(var)) if fixed else (None, None)

    def reference(x, weight, bias):
        return torch.nn.functional.batch_norm(
            x, *running, weight, bias, training=not fixed, eps=0.1
        )

    assert_agrees_with_torch(
        lambda x, w, b: batch_norm(x, w, b, eps=0.1, **statistics),
        lambda g, x, w, b: batch_norm_backward(g, x, w, eps=0.1, **statistics),
        reference,
        arrays,
        rng,
    )


def test_the_usual_eps_is_that_of_torch(rng):
    x = rng.normal(size=(4, 3)) / 1000
    reference = torch.nn.functional.batch_norm(torch.tensor(x), None, None, training=True)
    assert_allclose(batch_norm(x, ONES, 0 * ONES), reference, rtol=1e-12)
    narrow = batch_norm_backward(x, x, ONES)[1]
    assert_allclose(narrow, np.sum(x * reference.numpy(), axis=0), rtol=1e-12)


@pytest.mark.parametrize("statistics", [{}, {"mean": [1.0, 2, 3], "var": [4.0, 5, 6]}], ids=str)
def test_gradients_agree_with_finite_differences(rng, statistics):
    assert_agrees_with_differences(
        lambda x, w, b: batch_norm(x, w, b, **statistics),
        lambda g, x, w, b: batch_norm_backward(g, x, w, **statistics),
        [rng.normal(size=s) for s in ((2, 3, 5, 4), 3, 3)],
        rng,
    )


@steady
@given(whole_numbers(4, 3, 5), st.integers(1, 9), st.integers(-9, 9))
def test_stretching_and_shifting_a_channel_changes_nothing(x, stretch, shift):
    normal = batch_norm(x, ONES, 0 * ONES, eps=0)
    moved = batch_norm(stretch * x + shift, ONES, 0 * ONES, eps=0)
    assert_allclose(moved, normal, atol=1e-9)
    assert_allclose(normal.mean(axis=(0, 2)), 0, atol=1e-9)
    assert_allclose(normal.var(axis=(0, 2)), 1, atol=1e-9)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": np.ones(3)}, r"`x` must have the axes \(N, C, ...\), but its shape is \(3,\)"),
        ({"x": X[:1, :, 0]}, r"need two numbers per channel, but its shape is \(1, 3\)"),
        ({"x": X[:0]}, r"need two numbers per channel, but its shape is \(0, 3, 2\)"),
        ({"weight": np.ones(4)}, r"`weight` must have shape \(3,\), .* not \(4,\)"),
        ({"bias": np.ones((3, 1))}, r"`bias` must have shape \(3,\), .* not \(3, 1\)"),
        ({"mean": ONES}, "`mean` and `var` must be given together"),
        ({"var": ONES}, "`mean` and `var` must be given together"),
        ({"mean": ONES, "var": np.ones(1)}, r"`var` must have shape \(3,\)"),
        ({"mean": np.ones(2), "var": ONES}, r"`mean` must have shape \(3,\)"),
    ],
)
def test_what_does_not_fit_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        batch_norm(**{"x": X, "weight": ONES, "bias": ONES} | change)


def test_a_gradient_must_have_the_shape_of_the_input():
    with pytest.raises(ValueError, match=r"`grad` must have the shape of the output, \(4, 3, 2\)"):
        batch_norm_backward(X[:2], X, ONES)
    with pytest.raises(ValueError, match=r"`weight` must have shape \(3,\)"):
        batch_norm_backward(X, X, np.ones(2))


def test_an_empty_batch_is_allowed_with_fixed_statistics():
    statistics = {"mean": ONES, "var": ONES}
    assert batch_norm(X[:0], ONES, ONES, **statistics).shape == (0, 3, 2)
    assert batch_norm_backward(X[:0], X[:0], ONES, **statistics)[1].tolist() == [0, 0, 0]


def test_a_lone_number_per_channel_is_normalised_by_fixed_statistics():
    assert batch_norm(X[:1, :, 0], ONES, ONES, mean=ONES, var=ONES, eps=0)[0].tolist() == [0, 2, 4]
