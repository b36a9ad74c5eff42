"""Convolution as a matrix: by hand, against SciPy and torch, and as what it stands for."""

import numpy as np
import pytest
import scipy.linalg
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from strategies import steady, whole_numbers

from coursecnn.ops import conv2d, conv2d_backward, cross_correlate, toeplitz


def test_a_small_image_has_its_windows_in_rows():
    kernel = [[1, 2], [3, 4]]
    assert toeplitz(kernel, (2, 3)).tolist() == [[1, 2, 0, 3, 4, 0], [0, 1, 2, 0, 3, 4]]


def test_one_dimension_agrees_with_scipy():
    expected = scipy.linalg.toeplitz([1, 0, 0], [1, 2, 3, 0, 0])
    assert_array_equal(toeplitz([1, 2, 3], 5), expected)


def test_it_is_the_jacobian_that_torch_finds(rng):
    image, kernel = torch.tensor(rng.normal(size=(4, 5))), torch.tensor(rng.normal(size=(3, 2)))
    jacobian = torch.autograd.functional.jacobian(
        lambda x: torch.conv2d(x[None, None], kernel[None, None]), image
    )
    expected = jacobian.reshape(2 * 4, 4 * 5).numpy()
    assert_array_equal(toeplitz(kernel.numpy(), (4, 5)), expected)


@steady
@given(st.integers(1, 3), st.data())
def test_the_matrix_times_the_image_is_the_cross_correlation(axes, data):
    kernel = data.draw(whole_numbers(*data.draw(st.tuples(*[st.integers(1, 3)] * axes))))
    size = [data.draw(st.integers(k, k + 3)) for k in kernel.shape]
    x = data.draw(whole_numbers(*size))
    assert_array_equal(toeplitz(kernel, size) @ x.ravel(), cross_correlate(x, kernel).ravel())


def test_its_transpose_carries_the_gradient_back(rng):
    x, kernel = rng.integers(-9, 9, (1, 5, 4)), rng.integers(-9, 9, (1, 1, 3, 2))
    grad = rng.integers(-9, 9, conv2d(x, kernel).shape)
    grad_x, _, _ = conv2d_backward(grad, x, kernel)
    assert_array_equal(toeplitz(kernel[0, 0], (5, 4)).T @ grad.ravel(), grad_x.ravel())


def test_it_keeps_the_type_of_the_kernel():
    assert toeplitz([1, 2], 3).dtype == np.int64
    assert toeplitz(np.ones(2, np.float32), 3).dtype == np.float32


@pytest.mark.parametrize(
    ("kernel", "shape", "message"),
    [
        ([[1, 2]], (3,), r"`image_shape` must be one integer or 2 of them, not \(3,\)"),
        ([1, 2], 0, "`image_shape` must be at least 1, not 0"),
        ([1, 2, 3], 2, "`kernel_size`=3 .*`size`=2"),
        ([], 2, "`kernel_size` must be at least 1, not 0"),
    ],
)
def test_what_does_not_fit_is_named(kernel, shape, message):
    with pytest.raises(ValueError, match=message):
        toeplitz(kernel, shape)
