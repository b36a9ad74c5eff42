"""What is missing: which classes a generator draws, and how much of each."""

import numpy as np
import pandas as pd

from coursecnn.gan.distances import as_vectors, nearest, squared_distances
from coursecnn.shapes.integers import integer
from coursecnn.training import predict


def mode_coverage(samples, real, classifier, *, features=None, neighbours=5):
    """Look at generated images class by class.

    Parameters
    ----------
    samples : ImageSet
        Generated images; a label is the class that was asked for.
    real : ImageSet
        Real images of the same classes, best ones that the generator did not learn from.
    classifier : nn.Module
        Gives logits; it has learned from real images alone.
    features : callable, optional
        Maps pixels, ndarray of uint8, shape (N, C, H, W), to vectors, shape (N, D), between which
        distances are measured; by default the pixels themselves.
    neighbours : int, default 5
        As `density_and_coverage` takes it.

    Returns
    -------
    pandas.DataFrame
        One row per class name:

        - asked: share of the samples that were to be this class;
        - found: share of the samples that the classifier takes for it;
        - recognised: share of those asked for that it takes for it;
        - diversity: the mean distance of two of its samples, in units of that of two real images;
        - density, coverage and expected_coverage of its samples among its real images.

        Of a class without samples `recognised` is no number and the others are 0.

    Raises
    ------
    ValueError
        If the sets have other classes, or `real` has too few images of one.

    Notes
    -----
    Each column is blind to something: `found` and `recognised` to a generator that draws one good
    image per class, `diversity` to noise, density and coverage to what distances do not see: in
    pixels, a thin digit is near many others, because it has little ink.
    """
    if samples.class_names != real.class_names:
        raise ValueError(
            f"`samples` and `real` must have the same classes; received "
            f"{len(samples.class_names)} and {len(real.class_names)}, or other names."
        )
    names = predict(classifier, samples).argmax(1)
    drawn, recorded = as_vectors(samples, features), as_vectors(real, features)
    rows = []
    for label in range(len(real.class_names)):
        asked = samples.labels == label
        mine, others = drawn[asked], recorded[real.labels == label]
        rows.append({
            "asked": asked.mean(),
            "found": (names == label).mean(),
            "recognised": (names[asked] == label).mean() if asked.any() else np.nan,
            "diversity": _spread(mine) / _spread(others),
            **_neighbourhood(mine, others, neighbours),
        })  # fmt: skip
    return pd.DataFrame(rows, index=pd.Index(real.class_names, name="class"))


def density_and_coverage(samples, real, *, neighbours=5):
    """Do generated images lie where real ones do, and do they reach all of them?

    Around each real image there is a ball that reaches to the last of its nearest real neighbours.

    Parameters
    ----------
    samples : ndarray of float, shape (M, D)
        Vectors of generated images.
    real : ndarray of float, shape (N, D)
        Vectors of real images, N > `neighbours`.
    neighbours : int, default 5
        How many real neighbours the ball of a real image holds.

    Returns
    -------
    density : float
        In how many balls a sample lies on average, in units of `neighbours`; near 1 if the samples
        come from where the real images come from, above 1 if they crowd where real ones are dense.
    coverage : float
        Share of the balls with a sample in them.

    Raises
    ------
    ValueError
        If there is no sample, or there are too few real images.

    References
    ----------
    .. [1] M. F. Naeem et al., "Reliable fidelity and diversity metrics for generative models",
       ICML 2020, equations 3 and 4.

    Examples
    --------
    >>> real = np.array([[0.0], [1.0], [3.0]])  # balls of radius 1, 1 and 2
    >>> density_and_coverage(np.array([[0.5], [9.0]]), real, neighbours=1)
    (1.0, 0.6666666666666666)
    """
    integer(neighbours, "neighbours", minimum=1)
    if not len(samples):
        raise ValueError("`samples` is empty; it must have at least one vector.")
    if len(real) <= neighbours:
        raise ValueError(
            f"`real` must have more than `neighbours`={neighbours} vectors; received {len(real)}."
        )
    radii = nearest(real, real, neighbours + 1)[0][:, -1]  # the nearest of all is itself
    inside = [block <= radii**2 for block in squared_distances(samples, real)]
    density = sum(block.sum() for block in inside) / (neighbours * len(samples))
    reached = np.any([block.any(0) for block in inside], axis=0)
    return float(density), float(reached.mean())


def expected_coverage(samples, real, neighbours=5):
    """The mean coverage of samples that come from where the real images come from.

    Parameters
    ----------
    samples, real : int
        How many there are.
    neighbours : int, default 5
        As `density_and_coverage` takes it.

    Returns
    -------
    float
        Whatever the distribution is, as long as no two distances are equal.

    References
    ----------
    .. [1] M. F. Naeem et al., "Reliable fidelity and diversity metrics for generative models",
       ICML 2020, section 3.3.

    Examples
    --------
    >>> expected_coverage(1, 2, 1)  # the sample is nearer to a real image than the other one is
    0.5
    """
    steps = np.arange(1, neighbours + 1)
    return float(1 - np.prod((real - steps) / (samples + real - steps)))


def _neighbourhood(samples, real, neighbours):
    """Density and coverage of a class, of which there may be no sample."""
    density, coverage = 0.0, 0.0
    if len(samples):
        density, coverage = density_and_coverage(samples, real, neighbours=neighbours)
    expected = expected_coverage(len(samples), len(real), neighbours)
    return {"density": density, "coverage": coverage, "expected_coverage": expected}


def _spread(vectors):
    """The mean distance of two different vectors; 0 if there are none."""
    n = len(vectors)
    if n < 2:
        return 0.0
    sums = (np.sqrt(block).sum() for block in squared_distances(vectors, vectors))
    return sum(sums) / (n * (n - 1))
