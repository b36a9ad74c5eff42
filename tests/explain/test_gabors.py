"""The nearest Gabor function: found where a kernel is one, poor where it is noise."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from coursecnn.explain import gabor_fit
from coursecnn.explain.gabors import _bases
from coursecnn.ops import gabor

COLOUR = np.array([0.5, -0.3, 0.8])[:, None, None]


@pytest.mark.parametrize("angle", [0, 37, 90, 151])
@pytest.mark.parametrize("phase", [0, 45, 90])
def test_a_gabor_function_in_one_colour_is_recognised(angle, phase):
    kernel = COLOUR * gabor(angle, wavelength=4, phase=phase)
    patterns, fits, shares = gabor_fit(kernel[None])
    assert shares[0] > 0.9
    assert_allclose(np.sum(patterns[0] * fits[0]), shares[0])
    assert_allclose(np.sum(fits[0] ** 2), shares[0])
    likeness = np.sum(patterns[0] * gabor(angle, wavelength=4, phase=phase))
    assert_allclose(abs(likeness), 1, rtol=1e-10)


def test_the_fit_is_a_projection_and_none_of_the_list_explains_more(rng):
    pattern = rng.normal(size=81)
    _, fits, shares = gabor_fit(pattern.reshape(1, 1, 9, 9))
    unit = pattern / np.linalg.norm(pattern)
    explained = [np.sum((pair @ unit) ** 2) for pair in _bases(9)]
    assert len(explained) == 12 * 25 * 3 * 5
    assert_allclose(shares[0], max(explained))
    rest = unit - fits[0].ravel() * np.sign(unit @ fits[0].ravel())
    assert_allclose(np.sum(rest**2), 1 - shares[0])


def test_noise_is_explained_little_and_strength_means_nothing(rng):
    noise = rng.normal(size=(20, 3, 9, 9))
    shares = gabor_fit(noise)[2]
    assert shares.max() < 0.3
    assert_allclose(gabor_fit(-7 * noise)[2], shares)


@pytest.mark.parametrize("shape", [(4, 9, 9), (4, 3, 5, 5), (4, 3, 9, 7)])
def test_kernels_of_another_form_are_refused(shape):
    with pytest.raises(ValueError, match=r"`kernels` must have shape \(K, C, k, k\) with k ≥ 7"):
        gabor_fit(np.ones(shape))


def test_a_kernel_of_zeros_resembles_nothing():
    with pytest.raises(ValueError, match="0 everywhere"):
        gabor_fit(np.stack([np.ones((1, 9, 9)), np.zeros((1, 9, 9))]))
