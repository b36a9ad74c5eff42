"""Activations: by hand, against torch, and by their shape."""

from math import erf, exp, sqrt, tanh

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal
from oracles import assert_agrees_with_differences, assert_agrees_with_torch

from coursecnn import ops

F = torch.nn.functional
ACTIVATIONS = [
    ("relu", {}),
    ("leaky_relu", {}),
    ("leaky_relu", {"negative_slope": 0.3}),
    ("elu", {}),
    ("elu", {"alpha": 2.5}),
    ("sigmoid", {}),
    ("tanh", {}),
    ("gelu", {}),
]
NAMES = ["relu", "leaky_relu", "elu", "sigmoid", "tanh", "gelu"]


def both(name):
    return getattr(ops, name), getattr(ops, f"{name}_backward")


BY_HAND = [
    ("relu", {}, 3, 3, 1),
    ("relu", {}, -2, 0, 0),
    ("relu", {}, 0, 0, 0),
    ("leaky_relu", {}, -2, -2 * 0.01, 0.01),
    ("leaky_relu", {"negative_slope": 0.25}, 3, 3, 1),
    ("elu", {}, -2, exp(-2) - 1, exp(-2)),
    ("elu", {"alpha": 3}, -2, 3 * (exp(-2) - 1), 3 * exp(-2)),
    ("elu", {"alpha": 3}, 2, 2, 1),
    ("sigmoid", {}, 0, 1 / 2, 1 / 4),
    ("sigmoid", {}, 2, 1 / (1 + exp(-2)), exp(-2) / (1 + exp(-2)) ** 2),
    ("sigmoid", {}, -2, 1 / (1 + exp(2)), exp(2) / (1 + exp(2)) ** 2),
    ("tanh", {}, 2, tanh(2), 1 - tanh(2) ** 2),
    ("gelu", {}, 0, 0, 1 / 2),
    ("gelu", {}, 2, 2 * (1 + erf(2 / sqrt(2))) / 2, None),
]


@pytest.mark.parametrize(("name", "options", "x", "value", "slope"), BY_HAND)
def test_values_and_slopes_by_hand(name, options, x, value, slope):
    forward, backward = both(name)
    assert_allclose(forward([x], **options), [value], rtol=1e-14)
    if slope is not None:
        assert_allclose(backward([10], [x], **options), [10 * slope], rtol=1e-14)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("name", "options"), ACTIVATIONS, ids=str)
def test_values_and_gradients_agree_with_torch(rng, name, options, dtype):
    forward, backward = both(name)
    reference = getattr(torch if name in ("sigmoid", "tanh") else F, name)
    x = (rng.normal(size=(3, 5, 4)) * 5).astype(dtype)
    x[0, 0] = 0, -1e-3, 1e-3, -9  # the corner, and far to the left
    assert_agrees_with_torch(
        lambda x: forward(x, **options),
        lambda g, x: backward(g, x, **options),
        lambda x: reference(x, **options),
        [x],
        rng,
    )


@pytest.mark.parametrize(("name", "options"), ACTIVATIONS, ids=str)
def test_gradients_agree_with_finite_differences(rng, name, options):
    forward, backward = both(name)
    x = rng.normal(size=(4, 5))
    assert_agrees_with_differences(
        lambda x: forward(x, **options), lambda g, x: backward(g, x, **options), [x], rng
    )


def test_their_symmetries():
    x = np.linspace(-30, 30, 121)
    assert_allclose(ops.sigmoid(x) + ops.sigmoid(-x), 1)
    assert_allclose(ops.tanh(x), 2 * ops.sigmoid(2 * x) - 1, atol=1e-15)
    assert_allclose(ops.gelu(x) - ops.gelu(-x), x, atol=1e-12)
    assert_array_equal(ops.relu(x) - ops.relu(-x), x)


def test_the_slope_of_the_sigmoid_is_at_most_a_quarter():
    slopes = ops.sigmoid_backward(np.ones(121), np.linspace(-30, 30, 121))
    assert slopes.max() == 1 / 4
    assert slopes.min() > 0


@pytest.mark.parametrize("name", NAMES)
def test_huge_numbers_do_not_overflow(name):
    forward, backward = both(name)
    x = np.array([-1e4, 1e4], np.float32)
    with np.errstate(over="raise", invalid="raise"):
        assert np.isfinite(forward(x)).all()
        assert np.isfinite(backward(x, x)).all()


@pytest.mark.parametrize("name", NAMES)
def test_nan_stays_nan_and_nothing_else_does(name):
    out = both(name)[0](np.array([np.nan, 1.0]))
    assert np.isnan(out).tolist() == [True, False]


@pytest.mark.parametrize("name", NAMES)
def test_float32_stays_whole_numbers_are_promoted_and_no_axis_is_needed(name):
    forward, backward = both(name)
    x = np.ones((2, 0, 3), np.float32)
    assert forward(x).dtype == backward(x, x).dtype == np.float32
    assert forward(x).shape == x.shape
    assert forward([1, 2]).dtype == np.float64
    assert np.shape(forward(1.5)) == np.shape(backward(1.0, 1.5)) == ()


@pytest.mark.parametrize("name", NAMES)
def test_what_does_not_fit_is_named(name):
    forward, backward = both(name)
    with pytest.raises(TypeError, match="`x` must hold real numbers, but its dtype is complex128"):
        forward([1j])
    with pytest.raises(ValueError, match=r"`grad` must have the shape of the output, \(2,\)"):
        backward([1.0], [1.0, 2.0])


def test_options_of_numpy_do_not_widen_float32():
    x = np.ones(2, np.float32)
    assert ops.leaky_relu(x, negative_slope=np.float64(0.1)).dtype == np.float32
    assert ops.elu_backward(x, x, alpha=np.float64(0.1)).dtype == np.float32
