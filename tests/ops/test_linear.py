"""The dense layer: by hand, against torch, and as a convolution."""

import numpy as np
import pytest
import torch
from hypothesis import given
from numpy.testing import assert_array_equal
from oracles import assert_agrees_with_differences, assert_agrees_with_torch
from strategies import steady, whole_numbers

from coursecnn.ops import conv2d, linear, linear_backward

X, WEIGHT = np.ones((2, 5)), np.ones((3, 5))


def backward(grad, x, weight, bias):
    return linear_backward(grad, x, weight)


def test_outputs_and_gradients_by_hand():
    x, weight = [[1, 2]], [[3, 4], [5, 6], [7, 8]]
    out = linear(x, weight, [10, 20, 30])
    assert out.tolist() == [[1 * 3 + 2 * 4 + 10, 1 * 5 + 2 * 6 + 20, 1 * 7 + 2 * 8 + 30]]
    grad_x, grad_weight, grad_bias = linear_backward([[1, 0, 2]], x, weight)
    assert grad_x.tolist() == [[1 * 3 + 0 * 5 + 2 * 7, 1 * 4 + 0 * 6 + 2 * 8]]
    assert grad_weight.tolist() == [[1 * 1, 1 * 2], [0 * 1, 0 * 2], [2 * 1, 2 * 2]]
    assert grad_bias.tolist() == [1, 0, 2]


@pytest.mark.parametrize("lead", [(), (4,), (2, 3)])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_values_and_gradients_agree_with_torch(rng, lead, dtype):
    arrays = [rng.normal(size=s).astype(dtype) for s in ((*lead, 5), (3, 5), (3,))]
    assert_agrees_with_torch(linear, backward, torch.nn.functional.linear, arrays, rng)


def test_gradients_agree_with_finite_differences(rng):
    arrays = [rng.normal(size=s) for s in ((2, 5), (3, 5), (3,))]
    assert_agrees_with_differences(linear, backward, arrays, rng)


@steady
@given(whole_numbers(2, 5), whole_numbers(3, 5), whole_numbers(3))
def test_a_dense_layer_is_a_convolution_of_images_with_one_pixel(x, weight, bias):
    expected = conv2d(x[:, :, None, None], weight[:, :, None, None], bias)
    assert_array_equal(linear(x, weight, bias), expected[:, :, 0, 0])


def test_an_empty_batch_and_whole_numbers_are_allowed():
    assert linear(X[:0], WEIGHT).shape == (0, 3)
    grads = linear_backward(np.ones((0, 3)), X[:0], WEIGHT)
    assert [g.tolist() for g in grads[1:]] == [np.zeros((3, 5)).tolist(), [0, 0, 0]]
    assert linear(X.astype(int), WEIGHT.astype(int)).dtype == np.float64


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": np.ones((2, 4))}, r"`weight` has 5 inputs, but the shape of `x` is \(2, 4\)"),
        ({"x": 1.0}, r"`weight` has 5 inputs, but the shape of `x` is \(\)"),
        ({"weight": np.ones(5)}, r"`weight` must have the axes \(K, M\), but its shape is \(5,\)"),
        ({"bias": np.ones(5)}, r"`bias` must have shape \(3,\), one per output, not \(5,\)"),
    ],
)
def test_what_does_not_fit_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        linear(**{"x": X, "weight": WEIGHT} | change)


def test_a_gradient_must_have_the_shape_of_the_output():
    with pytest.raises(ValueError, match=r"`grad` must have the shape of the output, \(2, 3\)"):
        linear_backward(np.ones((2, 5)), X, WEIGHT)
    with pytest.raises(ValueError, match="`weight` has 5 inputs"):
        linear_backward(np.ones((2, 3)), X[:, :4], WEIGHT)
