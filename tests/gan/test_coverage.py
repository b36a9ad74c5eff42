"""What is missing: by hand on a line, against scikit-learn, by laws, and with planted faults."""

import numpy as np
import pytest
import torch
from gan.conftest import halves
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from sklearn.neighbors import NearestNeighbors

from coursecnn import data
from coursecnn.gan import density_and_coverage, mode_coverage
from coursecnn.gan.coverage import expected_coverage
from coursecnn.gan.distances import nearest, squared_distances

sets = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=3, max_size=8)


def test_density_and_coverage_by_hand():
    real = np.array([[0.0], [1.0], [3.0], [10.0]])  # with 1 neighbour: balls of 1, 1, 2 and 7
    samples = np.array([[0.5], [2.5]])
    # 0.5 lies in the balls of 0 and 1; 2.5 in that of 3; neither reaches down from 10 by 7 or less
    # but 2.5: 10 − 2.5 = 7.5 > 7.
    density, coverage = density_and_coverage(samples, real, neighbours=1)
    assert density == (2 + 1) / (1 * 2)
    assert coverage == 3 / 4


def test_a_sample_on_the_edge_of_a_ball_is_inside():
    real = np.array([[0.0], [1.0], [5.0]])
    assert density_and_coverage(np.array([[-1.0]]), real, neighbours=1) == (1.0, 1 / 3)


@pytest.mark.parametrize("block", [1000, 4])
def test_both_agree_with_scikit_learn(rng, monkeypatch, block):
    monkeypatch.setattr("coursecnn.gan.distances.BLOCK", block)
    real, samples = rng.normal(size=(40, 3)), rng.normal(0.5, 1, (25, 3))
    radii = NearestNeighbors(n_neighbors=6).fit(real).kneighbors(real)[0][:, -1]
    search = NearestNeighbors().fit(samples)
    inside = [len(search.radius_neighbors([x], r)[1][0]) for x, r in zip(real, radii, strict=True)]
    expected = sum(inside) / (5 * 25), np.mean([count > 0 for count in inside])
    assert_allclose(density_and_coverage(samples, real), expected)


@pytest.mark.parametrize("shape", [(7, 3), (2, 9)])
def test_nearest_vectors_agree_with_scikit_learn(rng, shape, monkeypatch):
    monkeypatch.setattr("coursecnn.gan.distances.BLOCK", 3)
    these, others = rng.normal(size=shape), rng.normal(size=(11, shape[1]))
    distances, indices = nearest(these, others, 4)
    expected = NearestNeighbors(n_neighbors=4).fit(others).kneighbors(these)
    assert_allclose(distances, expected[0])
    assert np.array_equal(indices, expected[1])
    blocks = np.concatenate(list(squared_distances(these, others)))
    assert_allclose(blocks, ((these[:, None] - others) ** 2).sum(2), atol=1e-12)


@given(real=sets, samples=sets, seed=st.integers(0, 9))
def test_neither_order_nor_scale_nor_place_matters(real, samples, seed):
    real, samples = np.array(real, float), np.array(samples, float)
    before = density_and_coverage(samples, real, neighbours=2)
    mix = np.random.default_rng(seed).permutation
    assert_allclose(density_and_coverage(mix(samples), mix(real), neighbours=2), before)
    assert_allclose(density_and_coverage(4 * samples + 8, 4 * real + 8, neighbours=2), before)


@given(real=sets)
def test_real_images_cover_themselves(real):
    density, coverage = density_and_coverage(np.array(real, float), np.array(real, float),
                                             neighbours=2)  # fmt: skip
    assert coverage == 1
    assert density >= 1


def test_the_expected_coverage_is_that_of_many_draws(rng):
    draws = [
        density_and_coverage(rng.normal(size=(12, 2)), rng.normal(size=(15, 2)), neighbours=3)
        for _ in range(400)
    ]
    density, coverage = np.mean(draws, axis=0)
    error = np.std(draws, axis=0) / 20
    assert coverage == pytest.approx(expected_coverage(12, 15, 3), abs=4 * error[1])
    assert density == pytest.approx(1, abs=4 * error[0])


# --- planted faults: digits, and a classifier that is a nearest neighbour ---


class Nearest(torch.nn.Module):
    """Names an image as the training image next to it is named."""

    def __init__(self, digits):
        super().__init__()
        self.images = torch.nn.Parameter(torch.from_numpy(digits.images).float().flatten(1))
        self.labels = torch.from_numpy(digits.labels)

    def forward(self, x):
        found = self.labels[torch.cdist((x.flatten(1) + 1) * 127.5, self.images).argmin(1)]
        return torch.nn.functional.one_hot(found, 10).float()


@pytest.fixture(scope="module")
def judged():
    """What is said of a set of images, on 300 held-out digits."""
    classifier = Nearest(data.mnist("train").subset(1000))
    return lambda samples: mode_coverage(samples, data.mnist("test").subset(300), classifier)


@pytest.fixture(scope="module")
def digits():
    return data.mnist("val").subset(300)


def test_real_digits_that_nobody_saw_pass(judged, digits):
    table = judged(digits)
    assert table.index.name == "class"
    assert table["recognised"].mean() > 0.85
    assert_allclose(table["asked"], 0.1)
    assert table["diversity"].between(0.9, 1.1).all()
    assert table["coverage"].mean() == pytest.approx(table["expected_coverage"].mean(), abs=0.05)
    assert table["density"].mean() == pytest.approx(1, abs=0.15)


def test_a_generator_that_draws_one_image_per_class_is_caught(judged, digits):
    firsts = np.array([np.flatnonzero(digits.labels == label)[0] for label in digits.labels])
    table = judged(digits.take(firsts))
    assert table["diversity"].max() < 1e-6
    assert table["coverage"].max() < 0.5 * table["expected_coverage"].min()


def test_a_generator_that_draws_one_class_whatever_it_is_asked_for_is_caught(judged, digits):
    ones = np.flatnonzero(digits.labels == 1)
    collapsed = data.ImageSet(
        digits.images[np.resize(ones, 300)], digits.labels, digits.class_names, "synthetic", ""
    )
    table = judged(collapsed)
    assert table["found"].iloc[1] > 0.9
    assert table["recognised"].drop("1").max() < 0.1
    others = table.drop("1")  # thin ones lie near many digits, as far as pixels go
    assert (others["coverage"] < 0.5 * others["expected_coverage"]).all()


def test_noise_is_no_diversity(judged, digits, rng):
    noise = rng.integers(0, 256, digits.images.shape, dtype=np.uint8)
    table = judged(data.ImageSet(noise, digits.labels, digits.class_names, "synthetic", ""))
    assert table["diversity"].min() > 1
    assert table["coverage"].max() == table["density"].max() == 0


def test_a_class_that_was_never_drawn_stays_in_the_table(judged, digits):
    table = judged(digits.take(digits.labels != 4))
    missing = table.loc["4"]
    assert (missing["asked"], missing["diversity"], missing["coverage"]) == (0, 0, 0)
    assert np.isnan(missing["recognised"])
    assert missing["expected_coverage"] == 0


def test_distances_can_be_those_of_features(digits):
    real = data.mnist("test").subset(300)
    classifier = Nearest(real)
    ink = mode_coverage(digits, real, classifier, features=lambda pixels: pixels.mean((1, 2, 3)))
    assert ink["coverage"].mean() > 0.5
    assert ink["diversity"].between(0.5, 2).all()


def test_sets_that_do_not_fit_are_refused(digits):
    with pytest.raises(ValueError, match="must have the same classes; received 2 and 10"):
        mode_coverage(halves(), digits, None)
    with pytest.raises(ValueError, match="`real` must have more than `neighbours`=5 vectors; rec"):
        density_and_coverage(np.zeros((1, 2)), np.zeros((5, 2)))
    with pytest.raises(ValueError, match="`samples` is empty"):
        density_and_coverage(np.zeros((0, 2)), np.zeros((9, 2)))
    with pytest.raises(ValueError, match="`neighbours` must be at least 1, not 0"):
        density_and_coverage(np.zeros((1, 2)), np.zeros((9, 2)), neighbours=0)
