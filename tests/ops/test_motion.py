"""The pair of kernels for motion: silent on flat ground, steady on stripes, and it knows left."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from coursecnn.ops import conv3d, motion_pair

SPEEDS = st.floats(-2, 2).filter(lambda speed: abs(speed) > 0.5)
SHAPES = st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(3, 11))


def stripes(speed, phase, wavelength=8.0):
    """A film of stripes that move to the right, shape (1, frames, height, width)."""
    t, _, x = np.indices((7, 9, 20))
    return np.cos(2 * np.pi * (x - speed * t) / wavelength + phase)[np.newaxis]


def energy(film, pair):
    """Motion energy at every place of the film."""
    return (conv3d(film, pair) ** 2).sum(0)


@given(speed=SPEEDS, shape=SHAPES, wavelength=st.floats(3, 20))
def test_flat_ground_is_silent_and_both_kernels_are_equally_strong(speed, shape, wavelength):
    pair = motion_pair(speed, wavelength=wavelength, shape=shape)
    assert pair.shape == (2, 1, *shape)
    assert_allclose(pair.sum((1, 2, 3, 4)), 0, atol=1e-9)
    assert_allclose((pair**2).sum((1, 2, 3, 4)), 1)


@given(speed=SPEEDS)
def test_the_opposite_speed_is_the_mirror_image(speed):
    even, odd = motion_pair(speed)
    assert_allclose(motion_pair(-speed), np.stack([even, -odd])[..., ::-1], atol=1e-12)


@given(speed=SPEEDS, phase=st.floats(0, 7))
def test_stripes_find_more_energy_in_the_pair_that_moves_with_them(speed, phase):
    film = stripes(speed, phase)
    along, against = (energy(film, motion_pair(v)) for v in (speed, -speed))
    assert along.min() > 2 * against.max()


@given(speed=SPEEDS, phase=st.floats(0, 7))
def test_the_energy_of_moving_stripes_is_steady_though_each_answer_swings(speed, phase):
    answers = conv3d(stripes(speed, phase), motion_pair(speed))
    assert (answers**2).sum(0).std() < 0.15 * (answers**2).sum(0).mean()
    assert np.all(answers.min((1, 2, 3)) < 0)
    assert np.all(answers.max((1, 2, 3)) > 0)


def test_a_small_pair_is_what_paper_and_pencil_say():
    even, odd = motion_pair(0, wavelength=4, shape=(1, 1, 3))[:, 0, 0, 0]
    assert_allclose(even, np.array([-1, 2, -1]) / np.sqrt(6))  # 0, 1, 0 less its mean
    assert_allclose(odd, np.array([-1, 0, 1]) / np.sqrt(2), atol=1e-15)


def test_a_quarter_of_each_size_is_one_standard_deviation_of_the_window():
    odd = motion_pair(0, shape=(1, 1, 5))[1, 0, 0, 0]
    near, far = np.exp(-0.5 * (np.array([1, 2]) / (5 / 4)) ** 2)
    assert odd[3] / odd[4] == pytest.approx(near * np.sin(np.pi / 4) / far)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"wavelength": 2}, "`wavelength` must be above 2 pixels; received 2"),
        ({"wavelength": float("nan")}, "`wavelength` must be above 2"),
        ({"shape": (5, 9, 2)}, r"`shape` must be at least 3 pixels wide; received \(5, 9, 2\)"),
        ({"shape": (0, 9, 9)}, "`shape` must be at least 1"),
        ({"shape": (9, 9)}, "`shape` must be one integer or 3"),
    ],
    ids=str,
)
def test_what_holds_no_stripes_is_refused_by_name(arguments, message):
    with pytest.raises(ValueError, match=message):
        motion_pair(1.5, **arguments)


def test_a_pair_without_options_sees_five_frames_of_nine_pixels_and_waves_of_eight():
    assert_allclose(motion_pair(1), motion_pair(1, wavelength=8, shape=(5, 9, 9)))
