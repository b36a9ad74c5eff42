"""How far images are from one another, as vectors of pixels or of features."""

import numpy as np

BLOCK = 1000  # rows at a time, so that the distances of many images need little memory


def as_vectors(images, features=None):
    """Each image as one vector.

    Parameters
    ----------
    images : ImageSet, or ndarray of uint8, shape (N, C, H, W)
        Pixels.
    features : callable, optional
        Maps the pixels to an array, shape (N, D); by default the pixels themselves are taken, in
        units of the full scale.

    Returns
    -------
    ndarray of float64, shape (N, D)
        One row per image.
    """
    pixels = getattr(images, "images", images)
    vectors = pixels / 255 if features is None else features(pixels)
    return np.asarray(vectors, float).reshape(len(pixels), -1)


def squared_distances(these, others):
    """Squared Euclidean distances, block by block.

    Parameters
    ----------
    these : ndarray of float64, shape (N, D)
        Vectors.
    others : ndarray of float64, shape (M, D)
        Other ones.

    Yields
    ------
    ndarray of float64, shape (n, M)
        The distances of the next `BLOCK` of `these` from all of `others`; never below 0.
    """
    squares = (others**2).sum(1)
    for start in range(0, len(these), BLOCK):
        block = these[start : start + BLOCK]
        products = block @ others.T  # |a − b|² = |a|² − 2 a·b + |b|²
        yield np.maximum((block**2).sum(1)[:, np.newaxis] - 2 * products + squares, 0)


def nearest(these, others, k=1):
    """The nearest of the others to each vector.

    Parameters
    ----------
    these : ndarray of float64, shape (N, D)
        Vectors.
    others : ndarray of float64, shape (M, D)
        Where to look, M ≥ k.
    k : int, default 1
        How many.

    Returns
    -------
    distances : ndarray of float64, shape (N, k)
        Euclidean, the nearest first.
    indices : ndarray of int64, shape (N, k)
        Which of `others`.
    """
    found = []
    for block in squared_distances(these, others):
        nearby = np.argpartition(block, k - 1, axis=1)[:, :k]
        order = np.take_along_axis(block, nearby, 1).argsort(1, kind="stable")
        found.append(np.take_along_axis(nearby, order, 1))
    indices = np.concatenate(found)
    # Once more without the square of a sum, which leaves a rest where two vectors are equal.
    distances = np.linalg.norm(these[:, np.newaxis] - others[indices], axis=2)
    return distances, indices
