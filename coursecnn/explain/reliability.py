"""Whether probabilities mean what they say: of the images with 0.8, are 80 % right?"""

import numpy as np
import pandas as pd

from coursecnn.shapes.integers import integer


def reliability(probabilities, labels, bins=10):
    """Compare how sure a model is with how often it is right.

    Parameters
    ----------
    probabilities : ndarray, shape (N, num_classes)
        Rows sum to 1, as `training.predict` gives them.
    labels : ndarray of int, shape (N,)
        The right classes.
    bins : int, default 10
        Into how many equal parts to divide 0…1.

    Returns
    -------
    pandas.DataFrame
        One row for each part that has images: "confidence", the mean of their largest
        probabilities; "accuracy", the share of them that are right; "count", how many they are.
        The index is where the part begins.

    Raises
    ------
    ValueError
        If shapes disagree, rows are no probabilities, there are no images, or `bins` is below 1.

    References
    ----------
    .. [1] C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, "On calibration of modern neural
       networks", ICML 2017, section 2.

    Examples
    --------
    >>> sure = np.array([[0.9, 0.1], [0.3, 0.7], [0.25, 0.75]])
    >>> reliability(sure, np.array([0, 1, 0]), bins=5)
         confidence  accuracy  count
    0.6       0.725       0.5      2
    0.8       0.900       1.0      1
    """
    probabilities, labels = _checked(probabilities, labels)
    bins = integer(bins, "bins", minimum=1)
    confidence = probabilities.max(1)
    right = probabilities.argmax(1) == labels
    # The upper end belongs to a part, as in the paper, so that 1.0 is no part of its own.
    part = np.clip(np.ceil(confidence * bins) - 1, 0, bins - 1).astype(int)
    table = pd.DataFrame({"confidence": confidence, "accuracy": right.astype(float)})
    grouped = table.groupby(part)
    result = grouped.mean().assign(count=grouped.size())
    return result.set_axis(result.index / bins)


def calibration_error(probabilities, labels, bins=10):
    """Mean distance of confidence from accuracy, over the parts of `reliability`.

    Parameters
    ----------
    probabilities : ndarray, shape (N, num_classes)
        Rows sum to 1, as `training.predict` gives them.
    labels : ndarray of int, shape (N,)
        The right classes.
    bins : int, default 10
        Into how many equal parts to divide 0…1.

    Returns
    -------
    float
        Each part counts by its number of images; 0 is perfect.

    Raises
    ------
    ValueError
        If shapes disagree, rows are no probabilities, there are no images, or `bins` is below 1.

    References
    ----------
    .. [1] C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, "On calibration of modern neural
       networks", ICML 2017, equation 3.

    Examples
    --------
    Two of three images lie in a part with confidence 0.725 and accuracy 0.5, one in a part with
    0.9 and 1: (2 · 0.225 + 1 · 0.1) / 3.

    >>> sure = np.array([[0.9, 0.1], [0.3, 0.7], [0.25, 0.75]])
    >>> round(calibration_error(sure, np.array([0, 1, 0]), bins=5), 4)
    0.1833
    """
    table = reliability(probabilities, labels, bins)
    gaps = (table["confidence"] - table["accuracy"]).abs()
    return float((gaps * table["count"]).sum() / table["count"].sum())


def _checked(probabilities, labels):
    """Both as arrays that belong together."""
    probabilities, labels = np.asarray(probabilities, float), np.asarray(labels)
    if probabilities.ndim != 2 or not len(probabilities) or labels.shape != probabilities.shape[:1]:
        raise ValueError(
            "`probabilities` must have shape (N, num_classes) and `labels` (N,), with at least one "
            f"image; received {probabilities.shape} and {labels.shape}."
        )
    if probabilities.min() < 0 or not np.allclose(probabilities.sum(1), 1, atol=1e-3):
        raise ValueError(
            "`probabilities` must not be negative and sum to 1 in each row; received a row with "
            f"the sum {probabilities.sum(1).max():.4g}. Logits become probabilities by a softmax."
        )
    return probabilities, labels
