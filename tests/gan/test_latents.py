"""Ways through the space of latents: by hand, against SciPy, and by the laws of an arc."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.spatial import geometric_slerp

from coursecnn.gan import draw_latents, latent_grid, orthogonal_latents, slerp

vectors = st.lists(st.integers(-9, 9), min_size=3, max_size=3).filter(any)


def test_a_quarter_circle_by_hand():
    third = np.cos(np.pi / 6), np.sin(np.pi / 6)  # a third of a right angle
    assert_allclose(slerp([5, 0], [0, 5], 1 / 3), np.multiply(5, third))
    assert_allclose(slerp([5, 0], [0, 5], [0, 1]), [[5, 0], [0, 5]], atol=1e-12)


def test_an_obtuse_angle_by_hand():
    end = [2 * np.cos(2), 2 * np.sin(2)]  # 2 radians on, about 115°
    assert_allclose(slerp([2, 0], end, 0.25), [2 * np.cos(0.5), 2 * np.sin(0.5)])


def test_it_agrees_with_scipy_on_unit_vectors(rng):
    start, end = (v / np.linalg.norm(v) for v in rng.normal(size=(2, 7)))
    shares = np.linspace(0, 1, 9)
    assert_allclose(slerp(start, end, shares), geometric_slerp(start, end, shares), atol=1e-12)


@given(start=vectors, end=vectors, share=st.floats(0, 1))
def test_the_way_back_is_the_same_and_lengths_are_kept(start, end, share):
    start, end = np.array(start, float), np.array(end, float)
    if start @ end <= -0.999 * np.linalg.norm(start) * np.linalg.norm(end):
        return
    there, back = slerp(start, end, share), slerp(end, start, 1 - share)
    assert_allclose(there, back, atol=1e-9)
    assert_allclose(slerp(3 * start, 3 * end, share), 3 * there, atol=1e-9)
    end *= np.linalg.norm(start) / np.linalg.norm(end)
    assert_allclose(np.linalg.norm(slerp(start, end, share)), np.linalg.norm(start), rtol=1e-6)


def test_latents_that_are_nearly_equal_have_a_straight_way():
    start = np.array([1.0, 2.0, 3.0])
    assert_allclose(slerp(start, start, [0, 0.3, 1]), [start] * 3)


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        ([1, 0], [-2, 0], "must not be zero, nor point opposite ways"),
        ([0, 0], [1, 0], "must not be zero, nor point opposite ways"),
        ([1, 0], [1, 0, 0], r"must have one shape \(latent_size,\); received \(2,\) and \(3,\)"),
    ],
)
def test_an_arc_that_is_not_defined_is_refused(start, end, message):
    with pytest.raises(ValueError, match=message):
        slerp(start, end, 0.5)


def test_the_grid_by_hand():
    a, b, c, d = corners = orthogonal_latents(4, 9)
    grid = latent_grid(corners, 3)
    assert_allclose([grid[0, 0], grid[0, 2], grid[2, 0], grid[2, 2]], corners, atol=1e-12)
    half = np.sqrt(1 / 2)
    assert_allclose(grid[0, 1], half * a + half * b)
    assert_allclose(grid[1, 0], half * a + half * c)
    assert_allclose(grid[1, 1], (a + b + c + d) / 2)


@given(seed=st.integers(0, 99), size=st.integers(2, 6))
def test_everywhere_in_the_grid_the_shares_add_up_to_one(seed, size):
    corners = orthogonal_latents(4, 5, seed=seed)
    weights = latent_grid(corners, size) @ corners.T / 5
    assert_allclose((weights**2).sum(-1), 1)
    assert weights.min() > -1e-12


def test_orthogonal_latents_stand_at_right_angles_and_have_the_usual_length():
    latents = orthogonal_latents(4, 54, seed=3)
    assert_allclose(latents @ latents.T, 54 * np.eye(4), atol=1e-10)
    assert_allclose(latents, orthogonal_latents(4, 54, seed=3))
    first = draw_latents(54, 4, seed=3)  # the same numbers, of which the first keeps its direction
    assert_allclose(latents[0] / np.sqrt(54), first[:, 0] / np.linalg.norm(first[:, 0]), rtol=1e-5)


def test_latents_are_drawn_by_their_seed():
    latents = draw_latents(1000, 54, seed=1)
    assert latents.dtype == np.float32
    assert np.array_equal(latents, draw_latents(1000, 54, seed=1))
    assert not np.array_equal(latents, draw_latents(1000, 54, seed=2))
    assert latents.mean() == pytest.approx(0, abs=0.02)
    assert latents.std() == pytest.approx(1, abs=0.02)


def test_more_right_angles_than_there_is_room_for_are_refused():
    with pytest.raises(ValueError, match=r"`n` must be at most `latent_size`.*received 4 and 3"):
        orthogonal_latents(4, 3)


def test_a_grid_has_four_corners():
    with pytest.raises(ValueError, match=r"`corners` must have shape \(4, latent_size\); received"):
        latent_grid(np.eye(3), 5)
