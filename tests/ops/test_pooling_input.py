"""What pooling does with unusual arrays, and what it says to arrays that do not fit."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from coursecnn import ops
from coursecnn.ops import (
    avg_pool2d,
    avg_pool2d_backward,
    global_avg_pool2d,
    global_avg_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)

SIZES = {1: (9,), 2: (7, 6), 3: (5, 7, 6)}
KINDS = [(kind, axes) for kind in ("max", "avg") for axes in SIZES]


def functions(kind, axes):
    """One pooling and its gradient."""
    name = f"{kind}_pool{axes}d"
    return getattr(ops, name), getattr(ops, f"{name}_backward")


@pytest.mark.parametrize(("kind", "axes"), KINDS)
def test_an_empty_batch_and_whole_numbers_are_allowed(kind, axes):
    ours, backward = functions(kind, axes)
    x = np.ones((2, 3, *SIZES[axes]), np.uint8)
    assert ours(x, 2).dtype == np.float64
    assert ours(x[:0], 2).shape == (0, *ours(x, 2).shape[1:])
    assert backward(ours(x[:0], 2), x[:0], 2).shape == x[:0].shape


def test_nan_wins_and_takes_the_gradient():
    x = np.array([[[1.0, np.nan], [3.0, 2.0]]])
    assert np.isnan(max_pool2d(x, 2)).all()
    assert max_pool2d_backward([[[5.0]]], x, 2).tolist() == [[[0, 5], [0, 0]]]
    assert np.isnan(avg_pool2d(x, 2)).all()
    assert np.isnan(global_avg_pool2d(x)).all()


def test_minus_infinity_is_a_number_like_any_other():
    assert max_pool2d(np.full((1, 2, 2), -np.inf), 2).tolist() == [[[-np.inf]]]


def test_arguments_are_left_alone_and_results_are_new(rng):
    x = rng.normal(size=(2, 3, 4, 5))
    copy = x.copy()
    for out in (max_pool2d(x, 1), avg_pool2d(x, 1), max_pool2d_backward(x, x, 1)):
        assert not np.shares_memory(out, x)
    assert_array_equal(x, copy)


@pytest.mark.parametrize("kind", ["max", "avg"])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": np.ones((7, 6))}, r"`x` must have the axes \(N, C, H, W\) or \(C, H, W\)"),
        ({"kernel_size": 0}, "`kernel_size` must be at least 1, not 0"),
        ({"kernel_size": (8, 2)}, "`kernel_size`=8 .*`size`=7 .*offers 7"),
        ({"kernel_size": (2, 2, 2)}, "`kernel_size` must be one integer or 2 of them"),
        ({"stride": 0}, "`stride` must be at least 1, not 0"),
        ({"padding": -1}, "`padding` must be at least 0, not -1"),
        ({"padding": (1, 2)}, r"`padding` \(=2\) must be at most half of `kernel_size` \(=3\)"),
    ],
)
def test_what_does_not_fit_is_named(kind, change, message):
    with pytest.raises(ValueError, match=message):
        functions(kind, 2)[0](**{"x": np.ones((2, 3, 7, 6)), "kernel_size": 3} | change)


def test_gradients_and_empty_maps_that_do_not_fit_are_named():
    x = np.ones((2, 3, 7, 6))
    with pytest.raises(ValueError, match=r"output, \(2, 3, 3, 3\), not \(2, 3, 3, 2\)"):
        max_pool2d_backward(np.ones((2, 3, 3, 2)), x, 2)
    with pytest.raises(ValueError, match=r"shape of the output, \(2, 3, 3, 3\), not \(3, 3, 3\)"):
        avg_pool2d_backward(np.ones((3, 3, 3)), x, 2)
    with pytest.raises(ValueError, match=r"shape of the output, \(2, 3\), not \(2, 3, 1, 1\)"):
        global_avg_pool2d_backward(np.ones((2, 3, 1, 1)), x)
    with pytest.raises(ValueError, match="the maps of `x` have no pixels"):
        global_avg_pool2d(np.ones((2, 3, 0, 6)))
    with pytest.raises(TypeError, match="`x` must hold real numbers"):
        max_pool2d(x * 1j, 2)
