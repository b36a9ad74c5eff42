"""Pooling over one, two and three axes: by hand, against torch, and by its laws."""

from itertools import product

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
    avg_pool2d,
    avg_pool2d_backward,
    conv2d,
    global_avg_pool2d,
    global_avg_pool2d_backward,
    max_pool1d,
    max_pool2d,
    max_pool2d_backward,
)

SIZES = {1: (9,), 2: (7, 6), 3: (5, 7, 6)}
KINDS = [(kind, axes) for kind in ("max", "avg") for axes in (1, 2, 3)]
EXAMPLE = [[[8, 5, 2, 7], [1, 6, 0, 3], [2, 4, 7, 1], [5, 1, 8, 0]]]


def functions(kind, axes):
    """Ours, its gradient, and torch's."""
    name = f"{kind}_pool{axes}d"
    return getattr(ops, name), getattr(ops, f"{name}_backward"), getattr(torch.nn.functional, name)


# By hand


def test_the_example_of_the_course_is_pooled_by_hand():
    assert max_pool2d(EXAMPLE, 2)[0].tolist() == [
        [max(8, 5, 1, 6), max(2, 7, 0, 3)],
        [max(2, 4, 5, 1), max(7, 1, 8, 0)],
    ]
    assert avg_pool2d(EXAMPLE, 2)[0].tolist() == [
        [(8 + 5 + 1 + 6) / 4, (2 + 7 + 0 + 3) / 4],
        [(2 + 4 + 5 + 1) / 4, (7 + 1 + 8 + 0) / 4],
    ]
    assert global_avg_pool2d(EXAMPLE).tolist() == [
        (8 + 5 + 2 + 7 + 1 + 6 + 3 + 2 + 4 + 7 + 1 + 5 + 1 + 8) / 16
    ]


def test_the_gradient_of_the_example_is_routed_by_hand():
    grad = [[[10, 20], [30, 40]]]
    routed = max_pool2d_backward(grad, EXAMPLE, 2)[0]
    assert routed.tolist() == [[10, 0, 0, 20], [0, 0, 0, 0], [0, 0, 0, 0], [30, 0, 40, 0]]
    shared = avg_pool2d_backward(grad, EXAMPLE, 2)[0]
    assert shared[0].tolist() == [10 / 4, 10 / 4, 20 / 4, 20 / 4]
    assert shared[3].tolist() == [30 / 4, 30 / 4, 40 / 4, 40 / 4]
    assert global_avg_pool2d_backward([32.0], EXAMPLE).tolist() == [[[2.0] * 4] * 4]


def test_overlapping_windows_add_their_gradients():
    routed = ops.max_pool1d_backward([[10, 20]], [[1, 3, 2]], 2, stride=1)
    assert routed.tolist() == [[0, 10 + 20, 0]]


def test_of_equal_pixels_the_first_takes_the_gradient():
    assert max_pool2d_backward([[[1]]], [[[7, 7], [7, 7]]], 2).tolist() == [[[1, 0], [0, 0]]]


def test_padding_counts_in_a_mean_unless_told_otherwise():
    x = [[[4, 8]]]
    assert avg_pool2d(x, (1, 2), padding=(0, 1)).tolist() == [[[(0 + 4) / 2, (8 + 0) / 2]]]
    alone = avg_pool2d(x, (1, 2), padding=(0, 1), count_include_pad=False)
    assert alone.tolist() == [[[4 / 1, 8 / 1]]]


def test_a_window_that_hangs_over_counts_what_it_has():
    assert max_pool1d([[1, 2, 3]], 2, ceil_mode=True).tolist() == [[2, 3]]
    assert ops.avg_pool1d([[1, 2, 3]], 2, ceil_mode=True).tolist() == [[(1 + 2) / 2, 3 / 1]]


# Against torch


@pytest.mark.parametrize(("kind", "axes"), KINDS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    ("size", "options"),
    [
        (2, {}),
        (3, {"stride": 2, "padding": 1}),
        (3, {"stride": 1, "padding": 1, "ceil_mode": True}),
        (4, {"stride": 3, "padding": 2, "ceil_mode": True}),
        ("uneven", {"ceil_mode": True}),
    ],
    ids=str,
)
def test_values_and_gradients_agree_with_torch(rng, kind, axes, size, options, dtype):
    ours, backward, theirs = functions(kind, axes)
    size = (3, 2, 3)[:axes] if size == "uneven" else size
    x = rng.normal(size=(2, 3, *SIZES[axes])).astype(dtype)
    for images in (x, x[0]):
        assert_agrees_with_torch(
            lambda x: ours(x, size, **options),
            lambda g, x: backward(g, x, size, **options),
            lambda x: theirs(x, size, **options),
            [images],
            rng,
        )


def test_max_pooling_agrees_with_torch_on_a_grid_of_options(rng):
    x = rng.normal(size=(2, 3, 7, 8))
    grid = product((1, 2, 3, (3, 2)), (None, 1, 2, 3), (0, 1), (1, 2, 3), (False, True))
    for k, stride, padding, dilation, ceil_mode in grid:
        if padding > np.min(k) // 2:
            continue
        options = {
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "ceil_mode": ceil_mode,
        }
        assert_agrees_with_torch(
            lambda x, k=k, o=options: max_pool2d(x, k, **o),
            lambda g, x, k=k, o=options: max_pool2d_backward(g, x, k, **o),
            lambda x, k=k, o=options: torch.nn.functional.max_pool2d(x, k, **o),
            [x],
            rng,
        )


def test_average_pooling_agrees_with_torch_on_a_grid_of_options(rng):
    x = rng.normal(size=(2, 3, 7, 8))
    grid = product((1, 2, 3, (4, 5)), (None, 1, 2, 3), (0, 1, 2), (False, True), (False, True))
    for k, stride, padding, ceil_mode, include in grid:
        if padding > np.min(k) // 2:
            continue
        options = {
            "stride": stride,
            "padding": padding,
            "ceil_mode": ceil_mode,
            "count_include_pad": include,
        }
        assert_agrees_with_torch(
            lambda x, k=k, o=options: avg_pool2d(x, k, **o),
            lambda g, x, k=k, o=options: avg_pool2d_backward(g, x, k, **o),
            lambda x, k=k, o=options: torch.nn.functional.avg_pool2d(x, k, **o),
            [x],
            rng,
        )


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_global_pooling_agrees_with_torch(rng, dtype):
    x = rng.normal(size=(2, 3, 7, 6)).astype(dtype)
    for maps in (x, x[0]):
        assert_agrees_with_torch(
            global_avg_pool2d, global_avg_pool2d_backward, lambda x: x.mean((-2, -1)), [maps], rng
        )


@pytest.mark.parametrize(("kind", "axes"), KINDS)
def test_gradients_agree_with_finite_differences(rng, kind, axes):
    ours, backward, _ = functions(kind, axes)
    x = rng.permutation(2 * 3 * np.prod(SIZES[axes])).reshape(2, 3, *SIZES[axes]) / 8.0
    options = {"stride": 2, "padding": 1, "ceil_mode": True}
    assert_agrees_with_differences(
        lambda x: ours(x, 3, **options), lambda g, x: backward(g, x, 3, **options), [x], rng
    )


# By law


@steady
@given(whole_numbers(2, 3, 6, 12), st.sampled_from([1, 2, 3, (3, 4), (2, 6), (6, 12)]))
def test_average_pooling_over_tiling_windows_keeps_the_mean(x, size):
    assert_allclose(avg_pool2d(x, size).mean(), x.mean(), atol=1e-12)


@steady
@given(whole_numbers(2, 3, 7, 6, least=-3, most=3), st.integers(1, 3), st.integers(1, 3))
def test_average_pooling_is_convolution_with_equal_weights(x, size, stride):
    weight = np.full((3, 1, size, size), 1 / size**2)
    expected = conv2d(x, weight, stride=stride, groups=3)
    assert_allclose(avg_pool2d(x, size, stride=stride), expected, atol=1e-12)


@steady
@given(whole_numbers(2, 3, 7, 6, least=-3, most=3), st.integers(1, 3), st.integers(1, 3))
def test_max_pooling_commutes_with_increasing_functions(x, size, stride):
    pooled = max_pool2d(x, size, stride=stride)
    assert_array_equal(max_pool2d(2 * x**3 + 1, size, stride=stride), 2 * pooled**3 + 1)


@steady
@given(whole_numbers(2, 3, 7, 6, least=-3, most=3), st.integers(2, 3), st.integers(1, 3), st.data())
def test_pooling_hands_back_as_much_gradient_as_it_gets(x, size, stride, data):
    options = {"stride": stride, "padding": 1}
    grad = data.draw(whole_numbers(*max_pool2d(x, size, **options).shape))
    assert max_pool2d_backward(grad, x, size, **options).sum() == grad.sum()
    out = avg_pool2d(x, size, **options)
    back = avg_pool2d_backward(grad, x, size, **options)
    assert_allclose(np.sum(back * x), np.sum(out * grad), rtol=1e-10, atol=1e-10)
