"""What is copied: distances by hand, the statistic against SciPy, and planted copies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import mannwhitneyu, norm

from coursecnn import data
from coursecnn.gan import memorisation, nearest_neighbours
from coursecnn.gan.memorisation import mann_whitney

numbers = st.lists(st.integers(0, 6), min_size=1, max_size=9)


def test_the_nearest_training_image_by_hand():
    samples = np.array([[[[0, 51], [0, 0]]]], np.uint8)
    train = np.array([[[[255, 51], [0, 0]]], [[[0, 102], [0, 102]]]], np.uint8)
    distances, indices = nearest_neighbours(samples, train, k=2)
    assert indices.tolist() == [[1, 0]]
    assert_allclose(distances, [[np.sqrt(0.2**2 + 0.4**2), 1.0]])


def test_a_copy_has_distance_0_exactly():
    train = data.mnist("val")
    distances, indices = nearest_neighbours(train.take(np.arange(50)), train)
    assert (distances == 0).all()
    assert indices[:, 0].tolist() == list(range(50))


def test_features_take_the_place_of_pixels():
    train, ink = data.mnist("val").subset(30), lambda pixels: pixels.mean((1, 2, 3))
    distances, indices = nearest_neighbours(train.take([4]), train, k=2, features=ink)
    assert distances[0, 0] == 0
    assert indices[0, 0] == 4


def test_the_statistic_by_hand():
    # 3 is larger than 1 and equal to 3, 5 is larger than both: 1 + ½ + 2 of 4 pairs; 2 are due.
    first, second = np.array([3.0, 5.0]), np.array([1.0, 3.0])
    ties = 2**3 - 2
    variance = 2 * 2 / 12 * (4 + 1 - ties / (4 * 3))
    assert mann_whitney(first, second) == pytest.approx((3.5 - 2) / np.sqrt(variance))


@given(first=numbers, second=numbers)
def test_the_statistic_agrees_with_scipys(first, second):
    z = mann_whitney(np.array(first), np.array(second))
    if len({*first, *second}) == 1:
        assert z == 0
        return
    options = {"alternative": "less", "method": "asymptotic", "use_continuity": False}
    assert norm.cdf(z) == pytest.approx(mannwhitneyu(first, second, **options).pvalue)


@given(first=numbers, second=numbers)
def test_only_the_order_of_the_numbers_counts(first, second):
    first, second = np.array(first, float), np.array(second, float)
    z = mann_whitney(first, second)
    assert mann_whitney(second, first) == pytest.approx(-z)
    assert mann_whitney(first[::-1], second) == pytest.approx(z)
    assert mann_whitney(np.exp(first), np.exp(second)) == pytest.approx(z)


# --- planted copies among digits ---


@pytest.fixture(scope="module")
def train():
    return data.mnist("train").subset(1500)


@pytest.fixture(scope="module")
def held_out():
    return data.mnist("test").subset(600)


def test_real_digits_that_nobody_saw_pass(train, held_out):
    found = memorisation(data.mnist("val").subset(500), train, held_out)
    assert not found.copies
    assert abs(found.z) < 3
    assert found.near < 0.03
    assert str(found).startswith("no sign of copying: median distance to the nearest training ")


def test_a_generator_that_copies_is_caught(train, held_out):
    found = memorisation(train.take(np.arange(500)), train, held_out)
    assert found.copies
    assert found.z < -20
    assert found.near == 1
    assert str(found).startswith("copies training images: ")


def test_copies_with_a_little_noise_are_caught(train, held_out, rng):
    noisy = train.images[:300] + rng.normal(0, 20, (300, 1, 28, 28))
    assert memorisation(noisy.clip(0, 255).astype(np.uint8), train, held_out).copies


def test_a_few_copies_among_images_that_are_far_away_are_caught(train, held_out):
    upside_down = data.mnist("val").images[:360, :, ::-1]
    found = memorisation(np.concatenate([train.images[:40], upside_down]), train, held_out)
    assert found.z > 0  # as a whole they are farther away than new digits
    assert found.near == pytest.approx(40 / 400, abs=0.01)
    assert found.near_z > 3
    assert found.copies


def test_digits_that_are_far_from_all_are_no_copies(train, held_out, rng):
    noise = rng.integers(0, 256, (100, 1, 28, 28), dtype=np.uint8)
    found = memorisation(noise, train, held_out)
    assert not found.copies
    assert found.z > 10


def test_the_order_of_the_images_does_not_matter(train, held_out, rng):
    samples = data.mnist("val").subset(100)
    found = memorisation(samples, train, held_out)
    mixed = memorisation(
        *(each.take(rng.permutation(len(each))) for each in (samples, train, held_out))
    )
    assert (mixed.z, mixed.near) == pytest.approx((found.z, found.near))
    assert_allclose(np.sort(mixed.samples), np.sort(found.samples))


def test_sets_without_images_are_refused(train, held_out):
    for sets in [(train.take([]), train, held_out), (train, train, held_out.take([]))]:
        with pytest.raises(ValueError, match="`samples` must have at least 1 images; received 0"):
            memorisation(*sets)
    with pytest.raises(ValueError, match="`train` must have at least 9 images; received 2"):
        nearest_neighbours(train, train.take([0, 1]), k=9)
