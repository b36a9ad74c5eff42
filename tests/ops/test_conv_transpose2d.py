"""Transposed convolution: by hand, against torch, and as the adjoint of convolution."""

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from oracles import assert_agrees_with_differences, assert_agrees_with_torch
from strategies import layers, steady, whole_numbers

from coursecnn.ops import conv2d, conv_transpose2d, conv_transpose2d_backward

X, WEIGHT = np.ones((2, 4, 5, 3)), np.ones((4, 6, 3, 2))


def test_each_pixel_is_spread_over_its_patch_and_overlaps_are_added():
    out = conv_transpose2d([[[1, 2]]], [[[[10, 20, 30]]]], [5], stride=2)
    assert out[0].tolist() == [
        [1 * 10 + 5, 1 * 20 + 5, 1 * 30 + 2 * 10 + 5, 2 * 20 + 5, 2 * 30 + 5]
    ]
    cut = conv_transpose2d([[[1, 2]]], [[[[10, 20, 30]]]], stride=2, padding=(0, 1))
    assert cut[0].tolist() == [[1 * 20, 1 * 30 + 2 * 10, 2 * 20]]


def test_output_padding_adds_rows_and_columns_at_the_end():
    small = conv_transpose2d([[[1, 2]]], [[[[1]]]], stride=(1, 2))
    larger = conv_transpose2d([[[1, 2]]], [[[[1]]]], stride=(1, 2), output_padding=(0, 1))
    assert small[0].tolist() == [[1, 0, 2]]
    assert larger[0].tolist() == [[1, 0, 2, 0]]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"stride": 2, "padding": 1, "output_padding": 1},
        {"stride": (2, 3), "padding": (0, 1), "output_padding": (1, 2), "groups": 2},
        {"dilation": (2, 3), "output_padding": (1, 2)},
        {"padding": (3, 1)},  # cuts more than the kernel reaches
        {"stride": (1, 2), "dilation": 2, "padding": (2, 0), "output_padding": (1, 1)},
    ],
    ids=str,
)
def test_values_and_gradients_agree_with_torch(rng, options, dtype):
    shapes = (2, 4, 5, 3), (4, 6 // options.get("groups", 1), 3, 2), (6,)
    arrays = [rng.normal(size=shape).astype(dtype) for shape in shapes]
    for x in (arrays[0], arrays[0][0]):
        assert_agrees_with_torch(
            lambda x, w, b: conv_transpose2d(x, w, b, **options),
            lambda g, x, w, b: conv_transpose2d_backward(g, x, w, **options),
            lambda x, w, b: torch.nn.functional.conv_transpose2d(x, w, b, **options),
            [x, *arrays[1:]],
            rng,
        )


def test_gradients_agree_with_finite_differences(rng):
    options = {"stride": (2, 1), "padding": 1, "output_padding": (1, 0), "groups": 2}
    assert_agrees_with_differences(
        lambda x, w, b: conv_transpose2d(x, w, b, **options),
        lambda g, x, w, b: conv_transpose2d_backward(g, x, w, **options),
        [rng.normal(size=shape) for shape in ((2, 4, 5, 3), (4, 3, 3, 2), (6,))],
        rng,
    )


@steady
@given(layers(2), st.data())
def test_it_is_the_adjoint_of_the_convolution_with_the_same_weights(layer, data):
    (batch, _, *size), weight_shape, options = layer
    y = data.draw(whole_numbers(batch, weight_shape[0], *size))
    weight = data.draw(whole_numbers(*weight_shape))
    spans = [d * (k - 1) + 1 for k, d in zip(weight.shape[2:], options["dilation"], strict=True)]
    each = zip(size, options["stride"], spans, options["padding"], strict=True)
    assume(all((n - 1) * s + span > 2 * p for n, s, span, p in each))
    back = conv_transpose2d(y, weight, **options)
    x = data.draw(whole_numbers(*back.shape))
    assert np.sum(x * back) == np.sum(conv2d(x, weight, **options) * y)


def test_an_empty_batch_is_allowed():
    out = conv_transpose2d(X[:0], WEIGHT, stride=2)
    assert out.shape == (0, 6, 11, 6)
    grads = conv_transpose2d_backward(out, X[:0], WEIGHT, stride=2)
    assert [g.shape for g in grads] == [(0, 4, 5, 3), WEIGHT.shape, (6,)]


def test_whole_numbers_become_float64_and_the_bias_is_not_changed():
    bias = np.arange(6)
    assert conv_transpose2d(X.astype(int), WEIGHT.astype(np.int8), bias).dtype == np.float64
    assert_array_equal(bias, range(6))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": np.ones((5, 3))}, r"`x` must have the axes \(N, C, H, W\)"),
        ({"x": np.ones((2, 3, 5, 3))}, "`weight` has 4 input channels and `x` has 3"),
        ({"weight": np.ones((4, 6, 3))}, r"`weight` must have 4 axes, \(C, K, kH, kW\)"),
        ({"weight": np.ones((4, 6, 0, 2))}, "`kernel_size` must be at least 1, not 0"),
        ({"bias": np.ones(4)}, r"`bias` must have shape \(6,\), one per channel, not \(4,\)"),
        ({"groups": 3}, "divisible by `groups`=3"),
        ({"groups": 0}, "`groups` must be at least 1"),
        ({"stride": 0}, "`stride` must be at least 1"),
        ({"dilation": 0}, "`dilation` must be at least 1"),
        ({"padding": -1}, "`padding` must be at least 0"),
        ({"padding": 4}, "`padding`=4 cuts off all of the 7 entries"),
        ({"output_padding": -1}, "`output_padding` must be at least 0"),
        ({"output_padding": 1}, "`output_padding` must be smaller than `stride` or `dilation`"),
    ],
)
def test_what_does_not_fit_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        conv_transpose2d(**{"x": X, "weight": WEIGHT} | change)


def test_a_gradient_must_have_the_shape_of_the_output():
    with pytest.raises(ValueError, match=r"`grad` must have the shape of the output, \(2, 6, 7, 4"):
        conv_transpose2d_backward(np.ones((2, 6, 7, 5)), X, WEIGHT)
    with pytest.raises(ValueError, match="divisible by `groups`=3"):
        conv_transpose2d_backward(np.ones((2, 6, 7, 4)), X, WEIGHT, groups=3)
