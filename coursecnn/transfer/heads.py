"""Heads: classifiers that learn from features, while the network that made them stays as it is.

All of them scale the features first, by the means and deviations of the features that they learn
from. How strongly they are regularised is chosen by cross-validation on these, too.
"""

import warnings
from dataclasses import dataclass, field

import numpy as np

from coursecnn import _extras
from coursecnn.shapes.integers import integer

FOLDS = 5  # or as many as the rarest class has examples

#: What is tried where nothing is given, the strongest regularisation first: C of linear heads, C of
#: Gaussian kernels, alpha.
SWEEPS = {
    "linear": (1e-4, 1e-3, 1e-2, 1e-1, 1.0),
    "rbf": (0.1, 1.0, 10.0, 100.0),
    "mlp": (10.0, 1.0, 0.1),
}


@dataclass(frozen=True, eq=False)
class Head:
    """A trained classifier of features.

    Attributes
    ----------
    kind : str
        What it is.
    class_names : tuple of str
        The classes, in the order of the labels.
    setting : dict of str to float
        How strongly the head was regularised: C or alpha, by its name.
    sweep : dict of float to float
        The numbers that were tried, and the share of right answers that each gave in
        cross-validation. Empty if there was no choice.
    """

    kind: str
    class_names: tuple[str, ...]
    setting: dict
    sweep: dict
    _classifier: object = field(repr=False)
    _calibrated: object = field(repr=False)

    def predict(self, features):
        """The most likely class of each row.

        Parameters
        ----------
        features : Features, or ndarray of float32, shape (N, D)
            As many numbers in a row as the head has learned from.

        Returns
        -------
        ndarray of int64, shape (N,)
            Index into `class_names`.

        Raises
        ------
        ValueError
            If the rows have another length.
        """
        return self._classifier.predict(self._values(features))

    def probabilities(self, features):
        """How likely each class is.

        Parameters
        ----------
        features : Features, or ndarray of float32, shape (N, D)
            As many numbers in a row as the head has learned from.

        Returns
        -------
        ndarray of float64, shape (N, num_classes)
            Rows sum to 1; a class of which there was no example has 0.

        Raises
        ------
        ValueError
            If the rows have another length, or this is a support vector machine that learned from
            one example of some class.

        Notes
        -----
        A support vector machine has no probabilities. Those here come from its scores by Platt's
        scaling, learned in cross-validation, and in close cases another class than that of
        `predict` may have the largest.
        """
        values = self._values(features)
        if self._calibrated is None:
            raise ValueError(
                "a support vector machine needs at least 2 examples of each class to learn what "
                "its scores mean as probabilities; `linear_head` gives them always"
            )
        found = np.zeros((len(values), len(self.class_names)))
        found[:, self._calibrated.classes_] = self._calibrated.predict_proba(values)
        return found

    def accuracy(self, features):
        """Share of the rows whose class is the right one.

        Parameters
        ----------
        features : Features
            With labels of the same classes.

        Returns
        -------
        float
            Between 0 and 1.

        Raises
        ------
        ValueError
            If there are no rows, they have another length, or the classes are others.
        """
        if features.class_names != self.class_names:
            raise ValueError(
                f"`features` must have the classes of the head, {_few(self.class_names)}; "
                f"received {_few(features.class_names)}"
            )
        return float(np.mean(self.predict(features) == features.labels))

    def _values(self, features):
        values = np.asarray(getattr(features, "values", features))
        wanted = self._classifier.n_features_in_
        if values.ndim != 2 or values.shape[1] != wanted or not len(values):
            raise ValueError(
                f"`features` must have shape (N, {wanted}), N ≥ 1, as those that the head has "
                f"learned from; received {values.shape}"
            )
        return values


def linear_head(features, *, C=None, scale="each", seed=0):
    """Multinomial logistic regression: one dense layer and a softmax.

    Parameters
    ----------
    features : Features
        What to learn from.
    C : float, optional
        Inverse strength of the regularisation, as scikit-learn has it; by default the best of
        0.0001 to 1 in cross-validation, and of equally good ones the smallest.
    scale : {"each", "one"}, default "each"
        Whether each feature is divided by its own deviation, or all by the mean of these. With few
        examples the second is better for features of one layer, which share a unit: what hardly
        varies among ten examples by chance would be blown up.
    seed : int, default 0
        Decides how the rows are dealt out for cross-validation.

    Returns
    -------
    Head
        The classifier.

    Raises
    ------
    ModuleNotFoundError
        If scikit-learn is not installed.
    ValueError
        If there is only one class, a value is not positive, `scale` is not known, or `C` is to be
        chosen with fewer than two examples of some class.

    Examples
    --------
    >>> from coursecnn.transfer import Features
    >>> values = np.float32([[0, 1], [1, 1], [0, 5], [1, 5]])
    >>> features = Features(values, np.array([0, 0, 1, 1]), ("low", "high"))
    >>> linear_head(features, C=1).predict(np.float32([[0, 2], [1, 4]]))
    array([0, 1])
    """
    _extras.need("chapters")
    from sklearn.linear_model import LogisticRegression  # here, as it takes a second

    head = LogisticRegression(max_iter=1000)
    return _fit("linear", head, features, "C", C, SWEEPS["linear"], scale, seed)


def svm_head(features, *, kernel="linear", C=None, scale="each", seed=0):
    """A support vector machine: the widest margin between any two classes.

    Parameters
    ----------
    features : Features
        What to learn from.
    kernel : {"linear", "rbf"}, default "linear"
        The form of the borders: flat, or curved, by Gaussians around the examples.
    C : float, optional
        The price of an example inside the margin; by default the best of 0.0001 to 1, or with
        Gaussians of 0.1 to 100, in cross-validation.
    scale : {"each", "one"}, default "each"
        Whether each feature is divided by its own deviation, or all by the mean of these. With few
        examples the second is better for features of one layer, which share a unit: what hardly
        varies among ten examples by chance would be blown up.
    seed : int, default 0
        Decides how the rows are dealt out for cross-validation.

    Returns
    -------
    Head
        The classifier.

    Raises
    ------
    ModuleNotFoundError
        If scikit-learn is not installed.
    ValueError
        If `kernel` or `scale` is not known, there is only one class, a value is not positive, or
        `C` is to be chosen with fewer than two examples of some class.

    References
    ----------
    .. [1] C. Cortes and V. Vapnik, "Support-vector networks", Machine Learning 20, 1995.
    .. [2] J. Platt, "Probabilistic outputs for support vector machines and comparisons to
       regularized likelihood methods", Advances in large margin classifiers, 1999.
    """
    _extras.need("chapters")
    from sklearn.svm import SVC  # here, as it takes a second

    if kernel not in ("linear", "rbf"):
        raise ValueError(f"`kernel` must be 'linear' or 'rbf'; received {kernel!r}")
    kind = "svm" if kernel == "linear" else "svm, rbf"
    return _fit(kind, SVC(kernel=kernel), features, "C", C, SWEEPS[kernel], scale, seed)


def mlp_head(features, *, hidden=64, max_iter=100, alpha=None, scale="each", seed=0):
    """A dense network with one hidden layer of ReLUs, trained by L-BFGS on all rows at once.

    Parameters
    ----------
    features : Features
        What to learn from.
    hidden : int, default 64
        Units of the hidden layer.
    max_iter : int, default 100
        How many steps are made at most.
    alpha : float, optional
        Strength of the regularisation, as scikit-learn has it; by default the best of 0.1, 1 and 10
        in cross-validation.
    scale : {"each", "one"}, default "each"
        Whether each feature is divided by its own deviation, or all by the mean of these. With few
        examples the second is better for features of one layer, which share a unit: what hardly
        varies among ten examples by chance would be blown up.
    seed : int, default 0
        Decides the first weights, and how the rows are dealt out for cross-validation.

    Returns
    -------
    Head
        The classifier.

    Raises
    ------
    ModuleNotFoundError
        If scikit-learn is not installed.
    TypeError
        If `hidden` or `max_iter` is not an integer.
    ValueError
        If there is only one class, a value is not positive, `scale` is not known, or `alpha` is to
        be chosen with fewer than two examples of some class.
    """
    _extras.need("chapters")
    from sklearn.neural_network import MLPClassifier  # here, as it takes a second

    hidden = integer(hidden, "hidden", minimum=1)
    max_iter = integer(max_iter, "max_iter", minimum=1)
    head = MLPClassifier((hidden,), solver="lbfgs", max_iter=max_iter, random_state=seed)
    with warnings.catch_warnings():  # the last steps change little
        warnings.filterwarnings("ignore", "lbfgs failed to converge after")
        return _fit("mlp", head, features, "alpha", alpha, SWEEPS["mlp"], scale, seed)


def _fit(kind, head, features, name, value, values, scale, seed):
    """A head behind scaled features, with the given `value` of its option `name`, or the best."""
    from sklearn.base import clone
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.model_selection import GridSearchCV, StratifiedKFold
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import StandardScaler

    from coursecnn.transfer._scaling import OneScale

    if scale not in ("each", "one"):
        raise ValueError(f"`scale` must be 'each' or 'one'; received {scale!r}")
    fewest = _check(features, name, value)
    folds = fewest > 1 and StratifiedKFold(min(FOLDS, fewest), shuffle=True, random_state=seed)
    rows, sweep = (features.values, features.labels), {}
    scaler = OneScale() if scale == "one" else StandardScaler()
    classifier, option = Pipeline([("scale", scaler), ("head", head)]), f"head__{name}"
    if value is None:
        search = GridSearchCV(classifier, {option: values}, cv=folds).fit(*rows)
        classifier, value = search.best_estimator_, search.best_params_[option]
        sweep = dict(zip(values, search.cv_results_["mean_test_score"].tolist(), strict=True))
    else:
        classifier.set_params(**{option: value}).fit(*rows)
    calibrated = classifier
    if kind.startswith("svm"):
        platt = {"method": "sigmoid", "ensemble": False, "cv": folds}
        calibrated = (
            CalibratedClassifierCV(clone(classifier), **platt).fit(*rows) if folds else None
        )
    return Head(kind, features.class_names, {name: value}, sweep, classifier, calibrated)


def _check(features, name, value):
    """How many examples the rarest class has, where there are any."""
    if value is not None and not value > 0:
        raise ValueError(f"`{name}` must be above 0, or None; received {value!r}")
    counts = np.bincount(features.labels, minlength=len(features.class_names))
    if (counts > 0).sum() < 2:
        raise ValueError(f"`features` must have examples of two classes; received {features!r}")
    fewest = counts[counts > 0].min()
    if value is None and fewest < 2:
        alone = features.class_names[int(np.flatnonzero(counts == 1)[0])]
        raise ValueError(
            f"`{name}` is chosen by cross-validation, which needs 2 examples of each class; there "
            f"is 1 of {alone}; give `{name}`"
        )
    return fewest


def _few(names, most=5):
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")
