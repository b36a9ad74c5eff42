"""Confidence against accuracy: by hand, as scikit-learn counts, and what must hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from sklearn.calibration import calibration_curve

from coursecnn.explain import calibration_error, reliability


def test_six_images_by_hand():
    """In two parts: confidences up to 0.5 and above."""
    sure = np.array([
        [0.4, 0.3, 0.3], [0.1, 0.5, 0.4], [0.2, 0.2, 0.6],
        [0.9, 0.1, 0.0], [1.0, 0.0, 0.0], [0.0, 0.8, 0.2],
    ])  # fmt: skip
    labels = np.array([0, 2, 2, 0, 1, 1])
    table = reliability(sure, labels, bins=2)
    assert table.index.tolist() == [0.0, 0.5]
    assert table["count"].tolist() == [2, 4]
    assert_allclose(table["confidence"], [(0.4 + 0.5) / 2, (0.6 + 0.9 + 1 + 0.8) / 4])
    assert_allclose(table["accuracy"], [(1 + 0) / 2, (1 + 1 + 0 + 1) / 4])
    by_hand = (2 * abs(0.45 - 0.5) + 4 * abs(0.825 - 0.75)) / 6
    assert calibration_error(sure, labels, bins=2) == pytest.approx(by_hand)


def drawn(seed, n=200, classes=3):
    rng = np.random.default_rng(seed)
    return rng.dirichlet(np.ones(classes), n), rng.integers(classes, size=n)


@given(seed=st.integers(0, 10**6), bins=st.integers(1, 15))
def test_the_parts_are_those_of_scikit_learn(seed, bins):
    sure, labels = drawn(seed)
    table = reliability(sure, labels, bins)
    right, confidence = sure.argmax(1) == labels, sure.max(1)
    accuracy, mean = calibration_curve(right, confidence, n_bins=bins)
    assert_allclose(table["accuracy"], accuracy)
    assert_allclose(table["confidence"], mean)
    assert table["count"].sum() == len(labels)


@given(seed=st.integers(0, 10**6), bins=st.integers(1, 15))
def test_more_parts_show_no_less_of_the_error(seed, bins):
    """The error of one part is the distance of the means, which parts can only exceed."""
    sure, labels = drawn(seed)
    whole = abs(sure.max(1).mean() - np.mean(sure.argmax(1) == labels))
    assert calibration_error(sure, labels, 1) == pytest.approx(whole)
    parts = calibration_error(sure, labels, bins)
    assert whole - 1e-12 <= parts <= 1
    assert calibration_error(sure, labels, 2 * bins) >= parts - 1e-12


def test_labels_drawn_from_the_probabilities_are_reliable_and_certainty_is_not():
    rng = np.random.default_rng(0)
    sure = rng.dirichlet(np.ones(3), 20_000)
    labels = (rng.random((20_000, 1)) > sure.cumsum(1)).sum(1)
    assert calibration_error(sure, labels) < 0.02
    certain = np.eye(3)[sure.argmax(1)]
    share_right = np.mean(sure.argmax(1) == labels)
    assert calibration_error(certain, labels) == pytest.approx(1 - share_right)


@pytest.mark.parametrize(
    ("probabilities", "labels", "bins", "told"),
    [
        (np.full((2, 2), 0.5), [0], 10, r"shape \(N, num_classes\).*received \(2, 2\) and \(1,\)"),
        (np.zeros((0, 2)), [], 10, r"at least one image; received \(0, 2\)"),
        (np.array([[2.0, 3.0]]), [0], 10, "sum to 1 in each row; received a row with the sum 5"),
        (np.array([[1.5, -0.5]]), [0], 10, "must not be negative"),
        (np.full((1, 2), 0.5), [0], 0, "`bins` must be at least 1, not 0"),
    ],
    ids=["labels", "none", "logits", "negative", "bins"],
)
def test_what_are_no_probabilities_is_refused(probabilities, labels, bins, told):
    for function in (reliability, calibration_error):
        with pytest.raises(ValueError, match=told):
            function(probabilities, np.array(labels), bins)
