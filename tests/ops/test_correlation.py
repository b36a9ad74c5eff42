"""The mathematics of convolution: by hand, against NumPy, SciPy and torch, and by its laws."""

import numpy as np
import pytest
import scipy.signal
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from strategies import steady

from coursecnn.ops import conv2d, convolve, cross_correlate, example

MODES = ["full", "same", "valid"]
shapes = st.integers(1, 3).flatmap(lambda axes: st.tuples(*[st.integers(1, 4)] * axes))


def numbers(shape, seed=0):
    """Whole numbers of a given shape."""
    return np.random.default_rng(seed).integers(-9, 10, shape)


def test_the_kernel_slides_as_it_stands_or_turned_round():
    x, kernel = [1, 2, 3], [10, 20]
    assert cross_correlate(x, kernel).tolist() == [1 * 10 + 2 * 20, 2 * 10 + 3 * 20]
    assert convolve(x, kernel, mode="valid").tolist() == [1 * 20 + 2 * 10, 2 * 20 + 3 * 10]
    assert convolve(x, kernel).tolist() == [1 * 10, 1 * 20 + 2 * 10, 2 * 20 + 3 * 10, 3 * 20]
    same = cross_correlate(x, kernel, mode="same")
    assert same.tolist() == [1 * 10 + 2 * 20, 2 * 10 + 3 * 20, 3 * 10]  # a zero stands behind


def test_the_worked_example_of_the_course():
    out = cross_correlate(example.IMAGE, example.KERNEL)
    assert out[0].tolist() == [11 + 12 + 65, 22 + 43 + 2, 42 + 2 + 90]
    assert out.tolist() == [[88, 67, 134], [55, 94, 132], [107, 25, 134]]


def test_a_kernel_larger_than_the_signal_still_has_a_full_output():
    assert convolve([1, 2], [1, 1, 1, 1]).tolist() == [1, 1 + 2, 1 + 2, 1 + 2, 2]
    assert cross_correlate([5], [1, 2, 3], mode="same").tolist() == [5 * 2]
    named = r"`kernel` of shape \(4,\) does not fit into `x` of shape \(2,\); use mode='full'"
    with pytest.raises(ValueError, match=f"there is no valid output: {named}"):
        convolve([1, 2], [1, 1, 1, 1], mode="valid")
    with pytest.raises(ValueError, match="there is no valid output"):
        cross_correlate(np.ones((5, 2)), np.ones((2, 3)))


@steady
@given(shapes, st.data(), st.sampled_from(["full", "valid"]))
def test_every_number_of_axes_agrees_with_scipy(shape, data, mode):
    kernel_shape = data.draw(st.tuples(*[st.integers(1, 4)] * len(shape)))
    fits = all(k <= n for k, n in zip(kernel_shape, shape, strict=True))
    assume(fits or mode == "full")
    x, kernel = numbers(shape), numbers(kernel_shape, 1)
    expected = scipy.signal.convolve(x, kernel, mode=mode, method="direct")
    assert_array_equal(convolve(x, kernel, mode=mode), expected)
    expected = scipy.signal.correlate(x, kernel, mode=mode, method="direct")
    assert_array_equal(cross_correlate(x, kernel, mode=mode), expected)


@pytest.mark.parametrize("kernel_shape", [(3, 5), (1, 3)])
def test_the_same_size_agrees_with_scipy_for_odd_kernels(kernel_shape):
    x, kernel = numbers((6, 7)), numbers(kernel_shape, 1)
    expected = scipy.signal.convolve(x, kernel, mode="same")
    assert_array_equal(convolve(x, kernel, mode="same"), expected)


@pytest.mark.parametrize("kernel_shape", [(3, 5), (2, 4), (4, 3)])
def test_the_same_size_agrees_with_conv2d_for_all_kernels(kernel_shape):
    x, kernel = numbers((6, 7)), numbers(kernel_shape, 1)
    expected = conv2d(x[None], kernel[None, None], padding="same")[0]
    assert_array_equal(cross_correlate(x, kernel, mode="same"), expected)


def test_one_axis_agrees_with_numpy_and_two_with_torch(rng):
    x, kernel = rng.normal(size=9), rng.normal(size=4)
    assert_allclose(convolve(x, kernel), np.convolve(x, kernel))
    assert_allclose(cross_correlate(x, kernel), np.correlate(x, kernel))
    image, small = rng.normal(size=(7, 6)), rng.normal(size=(3, 2))
    tensors = torch.tensor(image)[None, None], torch.tensor(small)[None, None]
    assert_allclose(cross_correlate(image, small), torch.conv2d(*tensors)[0, 0])


@steady
@given(shapes, st.data())
def test_convolution_commutes_and_is_associative(shape, data):
    others = [data.draw(st.tuples(*[st.integers(1, 3)] * len(shape))) for _ in range(2)]
    x, y, z = numbers(shape), numbers(others[0], 1), numbers(others[1], 2)
    assert_array_equal(convolve(x, y), convolve(y, x))
    assert_array_equal(convolve(convolve(x, y), z), convolve(x, convolve(y, z)))


@pytest.mark.parametrize("mode", MODES)
def test_an_impulse_gives_back_the_kernel_or_the_signal(mode):
    x = numbers((5, 6))
    assert_array_equal(convolve(x, [[1]], mode=mode), x)
    impulse = np.zeros((5, 5), int)
    impulse[2, 2] = 1
    kernel = numbers((3, 3))
    assert_array_equal(convolve(impulse, kernel, mode="same")[1:4, 1:4], kernel)
    assert_array_equal(cross_correlate(impulse, kernel), kernel[::-1, ::-1])


def test_whole_numbers_stay_exact_and_floats_keep_their_type():
    big = cross_correlate([2**60, 1], [1, 1])
    assert (big.tolist(), big.dtype) == ([2**60 + 1], np.int64)
    assert convolve(np.full(2, 255, np.uint8), np.full(2, 255, np.uint8))[1] == 2 * 255 * 255
    assert cross_correlate([True, True], [True, True]).tolist() == [2]
    single = np.ones(3, np.float32)
    assert convolve(single, single).dtype == np.float32
    assert convolve([1, 2], [0.5]).tolist() == [0.5, 1.0]
    assert np.isnan(convolve([1.0, np.nan], [1.0])).tolist() == [False, True]


@pytest.mark.parametrize(
    ("x", "kernel", "mode", "message"),
    [
        ([[1, 2]], [1], "full", r"`kernel` must have as many axes as `x`, .* \(1,\) and \(1, 2\)"),
        (1, 1, "full", r"`kernel` must have as many axes as `x`, .* \(\) and \(\)"),
        ([], [1], "full", r"`x` has no entries: its shape is \(0,\)"),
        ([1], [], "full", r"`kernel` has no entries: its shape is \(0,\)"),
        ([1], [1], "sane", "`mode` must be one of full, same, valid, not 'sane'"),
    ],
)
def test_what_does_not_fit_is_named(x, kernel, mode, message):
    for function in (convolve, cross_correlate):
        with pytest.raises(ValueError, match=message):
            function(x, kernel, mode=mode)


def test_what_is_not_real_is_named():
    with pytest.raises(TypeError, match="`kernel` must hold real numbers"):
        convolve([1, 2], [1j])
    with pytest.raises(TypeError, match="`x` must hold real numbers"):
        cross_correlate(["1"], [1])
