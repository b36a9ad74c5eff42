"""Stripes stand as they are asked to, and a Gabor kernel answers to its own and to little else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from skimage.filters import gabor_kernel

from coursecnn.ops import cross_correlate, gabor, grating

ANGLES = st.floats(-180, 180)
PHASES = st.floats(0, 360)
WAVELENGTHS = st.floats(3, 12)


def answer(kernel, image):
    """The kernel laid on the middle of an image of its own size."""
    return np.sum(kernel * image)


def test_a_grating_is_what_paper_and_pencil_say():
    half = np.sqrt(1 / 2)  # the cosine of 45°
    assert_allclose(grating((1, 4), 90, wavelength=4), [[-half, half, half, -half]])
    assert_allclose(grating((3, 2), 0, wavelength=4), [[0, 0], [1, 1], [0, 0]], atol=1e-15)
    upright = grating((2, 3), 90, wavelength=4, phase=90)
    assert_allclose(upright, [[1, 0, -1], [1, 0, -1]], atol=1e-15)


def test_stripes_of_45_degrees_rise_to_the_right():
    image = grating((5, 5), 45, wavelength=6)
    rising, falling = np.diag(image[:, ::-1]), np.diag(image)
    assert_allclose(rising, 1)
    assert falling.min() < 0


@given(angle=ANGLES, phase=PHASES, wavelength=WAVELENGTHS)
def test_half_a_wave_further_on_bright_is_dark(angle, phase, wavelength):
    options = {"wavelength": wavelength}
    image = grating((7, 9), angle, phase=phase, **options)
    assert_allclose(grating((7, 9), angle, phase=phase + 180, **options), -image, atol=1e-12)


@given(angle=ANGLES, phase=PHASES, wavelength=WAVELENGTHS)
def test_flat_ground_is_silent_and_all_kernels_are_equally_strong(angle, phase, wavelength):
    kernel = gabor(angle, wavelength=wavelength, phase=phase)
    assert kernel.shape == (2 * int(np.ceil(wavelength)) + 1,) * 2
    assert_allclose([kernel.sum(), np.sum(kernel**2)], [0, 1], atol=1e-12)


@given(angle=ANGLES, phase=PHASES)
def test_a_kernel_is_turned_and_mirrored_like_its_stripes(angle, phase):
    kernel = gabor(angle, phase=phase)
    assert_allclose(gabor(90 - angle, phase=phase), kernel.T, atol=1e-12)
    assert_allclose(gabor(angle + 90, phase=phase), np.rot90(kernel), atol=1e-12)
    assert_allclose(gabor(angle + 180, phase=-phase), kernel, atol=1e-12)


@pytest.mark.parametrize("wavelength", [5.0, 6.5])
@pytest.mark.parametrize(("angle", "phase"), [(0, 0), (30, 90), (75, 40), (120, 180)])
def test_the_kernel_is_that_of_scikit_image_less_its_mean(angle, phase, wavelength):
    options = {"theta": np.radians(90 - angle), "sigma_x": wavelength / 2,
               "sigma_y": wavelength / 2, "n_stds": 2}  # fmt: skip
    theirs = gabor_kernel(1 / wavelength, offset=np.radians(phase), **options).real
    window = gabor_kernel(0, **options).real
    cut = (2 * int(np.ceil(wavelength)) + 1 - len(theirs)) // 2  # theirs ends sooner when it leans
    ours = gabor(angle, wavelength=wavelength, phase=phase)
    ours = ours[cut : len(ours) - cut, cut : len(ours) - cut]
    basis = np.stack([theirs.ravel(), window.ravel()], axis=1)
    (scale, _), *_ = np.linalg.lstsq(basis, ours.ravel())
    less = ours - scale * theirs
    assert scale > 0
    assert_allclose(less, window * less.sum() / window.sum(), atol=1e-12)


@pytest.mark.parametrize("angle", [0, 20, 45, 90, 135])
def test_a_kernel_answers_most_to_stripes_of_its_own_angle(angle):
    angles = np.arange(0, 180, 5)
    answers = [answer(gabor(angle), grating(13, other)) for other in angles]
    assert angles[np.argmax(answers)] == angle
    assert abs(answer(gabor(angle), grating(13, angle + 90))) < 0.01 * max(answers)


@given(angle=ANGLES, phase=PHASES)
def test_the_energy_of_a_quadrature_pair_hardly_depends_on_where_the_stripes_lie(angle, phase):
    image = grating(13, angle, phase=phase)
    energies = [answer(gabor(angle, phase=p), image) ** 2 for p in (0, 90)]
    best = answer(gabor(angle), grating(13, angle)) ** 2
    assert_allclose(sum(energies), best, rtol=0.05)


def test_an_edge_that_is_bright_on_the_left_is_seen_by_the_odd_upright_kernel():
    edge = np.where(np.arange(40) < 20, 1.0, 0.0) * np.ones((13, 1))
    answers = cross_correlate(edge, gabor(90, phase=90))[0]
    assert np.argmax(answers) in (13, 14)  # the window's middle lies on the edge
    assert abs(cross_correlate(edge, gabor(0, phase=90))).max() < 0.05 * answers.max()


@pytest.mark.parametrize("wavelength", [2, 0, -3, float("nan")])
def test_stripes_that_pixels_cannot_show_are_refused(wavelength):
    for make in (lambda: grating(5, 0, wavelength=wavelength),
                 lambda: gabor(0, wavelength=wavelength)):  # fmt: skip
        with pytest.raises(ValueError, match=r"`wavelength` must be above 2 pixels; received"):
            make()


def test_a_size_that_is_none_is_refused():
    with pytest.raises(ValueError, match="`size` must be at least 1, not 0"):
        grating((3, 0), 90)


def test_a_cell_without_options_prefers_waves_of_six_pixels_and_a_bright_middle():
    assert_allclose(gabor(30), gabor(30, wavelength=6, phase=0))
    assert gabor(30).argmax() == gabor(30).size // 2
