"""Heads find what is planted, and are what torch and scikit-learn make of the same task."""

import sys

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from coursecnn.transfer import Features, linear_head, mlp_head, svm_head
from coursecnn.transfer._scaling import OneScale

NAMES = ("cat", "dog", "ship")
HEADS = {
    "linear": linear_head,
    "svm": svm_head,
    "svm, rbf": lambda features, **options: svm_head(features, kernel="rbf", **options),
    "mlp": mlp_head,
}


def planted(n=90, seed=0, shift=3.0, width=12):
    """Noise of unequal spread in which one column for each class says what it is."""
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % 3
    values = rng.normal(size=(n, width))
    values[np.arange(n), labels] += shift
    return Features((values * np.geomspace(0.01, 100, width)).astype(np.float32), labels, NAMES)


def checkers():
    """Four heaps like the fields of a chessboard: no straight line parts the classes."""
    rng = np.random.default_rng(0)
    corner = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])[np.arange(80) % 4]
    values = corner + 0.1 * rng.normal(size=(80, 2))
    return Features(values.astype(np.float32), corner.sum(1) % 2, ("same", "other"))


@pytest.fixture(scope="module")
def heads():
    return {kind: make(planted()) for kind, make in HEADS.items()}


@pytest.mark.parametrize("kind", HEADS)
def test_what_is_planted_is_found_in_rows_not_seen(heads, kind):
    assert heads[kind].kind == kind
    assert heads[kind].accuracy(planted(300, seed=1)) > 0.85  # chance is a third


@pytest.mark.parametrize("kind", HEADS)
def test_where_labels_are_shuffled_nothing_is_found(kind):
    true = planted(150)
    shuffled = np.random.default_rng(5).permutation(true.labels)
    head = HEADS[kind](Features(true.values, shuffled, NAMES))
    assert head.accuracy(planted(300, seed=1)) < 0.55


@pytest.mark.parametrize("kind", HEADS)
def test_probabilities_sum_to_one_and_the_largest_belongs_to_the_prediction(heads, kind):
    unseen = planted(200, seed=2)
    found = heads[kind].probabilities(unseen)
    assert found.shape == (200, 3)
    assert_allclose(found.sum(1), 1)
    agreement = np.mean(found.argmax(1) == heads[kind].predict(unseen))
    assert agreement == 1 if "svm" not in kind else agreement > 0.95


@pytest.mark.parametrize("kind", HEADS)
def test_accuracy_is_the_share_of_right_predictions_of_rows_or_features(heads, kind):
    unseen = planted(50, seed=3)
    right = heads[kind].predict(unseen.values) == unseen.labels
    assert heads[kind].accuracy(unseen) == right.sum() / 50


def test_only_heads_with_curved_borders_part_a_chessboard():
    found = {kind: make(checkers()).accuracy(checkers()) for kind, make in HEADS.items()}
    assert found["svm, rbf"] == found["mlp"] == 1
    assert max(found["linear"], found["svm"]) <= 0.75  # a line has at least one heap wrong


def test_between_two_examples_the_border_is_in_the_middle():
    """Of 0 and 4, standardised −1 and 1, the widest margin ends half way, at 2."""
    pair = Features(np.float32([[0], [4]]), np.array([0, 1]), ("low", "high"))
    head = svm_head(pair, C=10)
    assert head.predict(np.float32([[1.9], [2.1], [-5], [9]])).tolist() == [0, 1, 0, 1]
    assert head.setting == {"C": 10}
    with pytest.raises(ValueError, match="needs at least 2 examples of each class"):
        head.probabilities(pair)


def test_of_two_mirrored_examples_the_logistic_weight_is_where_the_derivative_is_zero():
    """With x = −1 and 1, weight w: w / C = 2 (1 − σ(w))."""
    pair = Features(np.float32([[0], [4]]), np.array([0, 1]), ("low", "high"))
    sure = linear_head(pair, C=0.5).probabilities(np.float32([[4]]))[0, 1]
    w = np.log(sure / (1 - sure))
    assert w / 0.5 == pytest.approx(2 * (1 - sure), rel=1e-3)


@pytest.mark.parametrize("C", [0.01, 1.0])
def test_the_linear_head_is_where_torch_finds_the_least_loss(C):
    features = planted(60)
    values = torch.from_numpy(features.values.astype(float))
    mean, deviation = values.mean(0), values.std(0, correction=0)
    x, y = (values - mean) / deviation, torch.from_numpy(features.labels)
    weight = torch.zeros(3, 12, dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=500, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        surprise = torch.nn.functional.cross_entropy(x @ weight.T + bias, y, reduction="sum")
        total = C * surprise + weight.square().sum() / 2
        total.backward()
        return total

    optimizer.step(loss)
    expected = torch.softmax(x @ weight.T + bias, 1).detach()
    assert_allclose(linear_head(features, C=C).probabilities(features), expected, atol=2e-3)


def test_the_sweep_is_cross_validation_and_its_best_is_taken():
    features = planted(60, shift=1.5)
    head = linear_head(features, seed=4)
    folds = StratifiedKFold(5, shuffle=True, random_state=4)
    for C, share in head.sweep.items():
        pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=C, max_iter=1000))
        again = cross_val_score(pipeline, features.values, features.labels, cv=folds)
        assert share == pytest.approx(again.mean())
    assert head.sweep[head.setting["C"]] == max(head.sweep.values())
    assert len(set(head.sweep.values())) > 1
    assert linear_head(features, C=0.1).sweep == {}


@pytest.mark.parametrize(
    ("kind", "name", "strongest"),
    [("linear", "C", 1e-4), ("svm, rbf", "C", 0.1), ("mlp", "alpha", 10)],
)
def test_of_equally_good_settings_the_one_that_regularises_most_is_taken(kind, name, strongest):
    head = HEADS[kind](planted(60, shift=100.0))
    assert set(head.sweep.values()) == {1.0}
    assert head.setting == {name: strongest}


@given(
    scales=st.lists(st.floats(0.01, 100), min_size=12, max_size=12),
    shifts=st.lists(st.floats(-100, 100), min_size=12, max_size=12),
)
def test_units_of_their_own_do_not_change_what_is_learned_if_each_is_scaled(scales, shifts):
    features, unseen = (
        Features(f.values.astype(float), f.labels, NAMES)
        for f in (planted(30), planted(40, seed=1))
    )
    for scale, units in (("each", scales), ("one", scales[0])):
        scaled, unseen_scaled = (f.values * units + shifts for f in (features, unseen))
        expected = linear_head(features, C=0.1, scale=scale).probabilities(unseen)
        found = linear_head(Features(scaled, features.labels, NAMES), C=0.1, scale=scale)
        assert_allclose(found.probabilities(unseen_scaled), expected, atol=1e-3)


def test_one_scale_is_the_mean_of_the_deviations():
    """Deviations 1 and 3 have mean 2, so −1 … 1 becomes half of it, and −3 … 3, too."""
    rows = np.array([[1.0, 10.0, 5.0], [3.0, 16.0, 5.0]])
    expected = [[-1 / 2, -3 / 2, 0], [1 / 2, 3 / 2, 0]]
    assert_allclose(OneScale().fit_transform(rows), expected)
    assert_allclose(StandardScaler().fit_transform(rows), [[-1, -1, 0], [1, 1, 0]])


@pytest.mark.parametrize("make", [linear_head, svm_head, mlp_head])
def test_another_scale_is_refused(make):
    with pytest.raises(ValueError, match="`scale` must be 'each' or 'one'; received 'none'"):
        make(planted(20), scale="none")


def test_a_feature_that_hardly_varies_in_few_rows_is_not_blown_up():
    """One feature decides; the other varies by a thousandth in the rows, and by 1 elsewhere."""
    rows = np.float32([[0, 0.001], [0, 0], [4, 0.002], [4, 0.001]])
    few, unseen = Features(rows, np.array([0, 0, 1, 1]), ("low", "high")), np.float32([[1, 1]])
    assert linear_head(few, C=1, scale="one").predict(unseen).tolist() == [0]
    assert linear_head(few, C=1).predict(unseen).tolist() == [1]


def test_the_features_of_a_test_are_measured_by_those_of_the_training():
    """If each set were standardised by itself, a shift of all rows would go unnoticed."""
    features = planted(60)
    moved = features.values.copy()
    moved[:, 0] += 100 * moved[:, 0].std()
    assert set(linear_head(features, C=1).predict(moved)) == {0}


def test_a_constant_feature_does_no_harm():
    features = planted(60)
    values = np.hstack([features.values, np.full((60, 2), 7, np.float32)])
    wide = linear_head(Features(values, features.labels, NAMES), C=0.1)
    assert_allclose(
        wide.probabilities(values), linear_head(features, C=0.1).probabilities(features), atol=1e-4
    )


@pytest.mark.parametrize("kind", HEADS)
def test_the_same_seed_learns_the_same(kind):
    features = planted(30, shift=1.0)
    first, again = (HEADS[kind](features, seed=2).probabilities(features) for _ in range(2))
    assert_array_equal(first, again)


def test_another_seed_begins_with_other_weights():
    first, other = (mlp_head(planted(30), alpha=1, seed=seed) for seed in (0, 1))
    assert not np.array_equal(first.probabilities(planted()), other.probabilities(planted()))


@pytest.mark.parametrize("kind", HEADS)
def test_a_class_without_examples_has_no_chance(kind):
    features = planted(60)
    head = HEADS[kind](features.take(features.labels != 1))
    assert head.class_names == NAMES
    assert_array_equal(head.probabilities(features)[:, 1], 0)
    assert set(head.predict(features)) <= {0, 2}


def test_one_example_is_too_few_to_choose_by():
    features = planted(60)
    rare = features.take([*np.flatnonzero(features.labels != 2), 2])
    with pytest.raises(ValueError, match=r"`C` is chosen .* there is 1 of ship; give `C`"):
        linear_head(rare)
    assert linear_head(rare, C=0.1).accuracy(rare) > 0.6
    with pytest.raises(ValueError, match="`alpha` is chosen by cross-validation"):
        mlp_head(rare)


def test_two_examples_are_enough():
    few = planted(6, shift=100.0)
    assert linear_head(few).accuracy(planted(90, seed=1, shift=100.0)) > 0.6  # chance is a third


@pytest.mark.parametrize(
    ("head", "error", "told"),
    [
        (lambda f: linear_head(f, C=0), ValueError, "`C` must be above 0, or None; received 0"),
        (lambda f: mlp_head(f, alpha=-1), ValueError, "`alpha` must be above 0, or None"),
        (lambda f: mlp_head(f, hidden=0), ValueError, "`hidden`"),
        (lambda f: mlp_head(f, max_iter=1.5), TypeError, "`max_iter`"),
        (lambda f: svm_head(f, kernel="poly"), ValueError, "`kernel` must be .*; received 'poly'"),
        (lambda f: svm_head(f.take(f.labels == 0)), ValueError, "examples of two classes"),
    ],
)  # fmt: skip
def test_senseless_arguments_are_refused(head, error, told):
    with pytest.raises(error, match=told):
        head(planted(12))


def test_features_of_another_kind_are_refused(heads):
    narrow = planted(10, width=5)
    with pytest.raises(ValueError, match=r"must have shape \(N, 12\), .*received \(10, 5\)"):
        heads["linear"].predict(narrow)
    with pytest.raises(ValueError, match=r"received \(0, 12\)"):
        heads["linear"].accuracy(planted().take([]))
    foreign = Features(planted().values, planted().labels, ("dog", "cat", "ship"))
    with pytest.raises(ValueError, match=r"classes of the head, cat, dog, ship; received dog, cat"):
        heads["linear"].accuracy(foreign)


@pytest.mark.parametrize("make", HEADS.values())
def test_without_scikit_learn_one_line_says_what_to_install(make, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(ModuleNotFoundError, match=r"missing: sklearn\); in .*\[chapters\]"):
        make(planted(12))
