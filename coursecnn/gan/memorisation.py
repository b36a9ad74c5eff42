"""What is copied: are generated images nearer to the training images than new real images are?"""

from dataclasses import dataclass

import numpy as np

from coursecnn.gan.distances import as_vectors, nearest

LIMIT = 3.0  # standard errors; pure chance goes beyond once in 740 times
NEAR = 0.01  # share of the held-out images that counts as very near


@dataclass(frozen=True)
class Memorisation:
    """Distances to the nearest training image, of generated images and of held-out real ones.

    Attributes
    ----------
    samples, held_out : ndarray of float64, shape (M,) and (N,)
        The distances.
    z : float
        Whether the samples are nearer as a whole: the Mann–Whitney statistic in standard errors,
        below 0 if they are.
    near : float
        Share of the samples that are nearer than the nearest hundredth of the held-out images;
        about 0.01 is due.
    near_z : float
        By how many standard errors that share is larger than it should be.
    """

    samples: np.ndarray
    held_out: np.ndarray
    z: float
    near: float
    near_z: float

    @property
    def copies(self):
        """Whether the samples as a whole, or too many of them, are nearer than chance explains."""
        return self.z < -LIMIT or self.near_z > LIMIT

    def __str__(self):
        verdict = "copies training images" if self.copies else "no sign of copying"
        return (
            f"{verdict}: median distance to the nearest training image "
            f"{np.median(self.samples):.2f}, of held-out images {np.median(self.held_out):.2f} "
            f"(z = {self.z:.1f}); {100 * self.near:.1f} % very near, 1 % is due"
        )


def nearest_neighbours(samples, train, *, k=1, features=None):
    """The training images that are most like each sample.

    Parameters
    ----------
    samples, train : ImageSet, or ndarray of uint8, shape (M, C, H, W) and (N, C, H, W)
        Generated images, and those that the generator learned from.
    k : int, default 1
        How many, at most N.
    features : callable, optional
        Maps pixels to vectors, shape (N, D), between which distances are measured; by default
        the pixels themselves, in units of the full scale.

    Returns
    -------
    distances : ndarray of float64, shape (M, k)
        Euclidean, the nearest first.
    indices : ndarray of int64, shape (M, k)
        Which of `train`.

    Raises
    ------
    ValueError
        If there are no samples, or fewer than `k` training images.

    Examples
    --------
    >>> train = np.array([0, 255, 51], np.uint8).reshape(3, 1, 1, 1)
    >>> nearest_neighbours(train[1:2], train, k=2)  # itself, then 51: 204 / 255 away
    (array([[0. , 0.8]]), array([[1, 2]]))
    """
    for name, images, least in (("samples", samples, 1), ("train", train, k)):
        if len(images) < least:
            raise ValueError(f"`{name}` must have at least {least} images; received {len(images)}.")
    return nearest(as_vectors(samples, features), as_vectors(train, features), k)


def memorisation(samples, train, held_out, *, features=None):
    """Compare the way from a sample to the nearest training image with that from a new image.

    A generator that has learned what digits look like is about as far from its training images as
    new digits are, or farther; one that copies is nearer.

    Parameters
    ----------
    samples : ImageSet, or ndarray of uint8, shape (M, C, H, W)
        Generated images.
    train : ImageSet, or ndarray of uint8
        The images that the generator learned from.
    held_out : ImageSet, or ndarray of uint8
        Real images that it did not see.
    features : callable, optional
        As `nearest_neighbours` takes it.

    Returns
    -------
    Memorisation
        Its `copies` is the verdict.

    Raises
    ------
    ValueError
        If a set is empty.

    Notes
    -----
    No sign of copying is no proof that there is none: blurred or shifted copies are far from their
    models in pixels, and a good copy in a thousand stays below what chance explains.

    References
    ----------
    .. [1] C. Meehan, K. Chaudhuri and S. Dasgupta, "A non-parametric test to detect data-copying
       in generative models", AISTATS 2020, section 3; here without its cells.
    """
    ours, theirs = (
        nearest_neighbours(images, train, features=features)[0][:, 0]
        for images in (samples, held_out)
    )
    edge = np.quantile(theirs, NEAR)
    near = float((ours < edge).mean())
    error = np.sqrt(NEAR * (1 - NEAR) * (1 / len(ours) + 1 / len(theirs)))
    near_z = float((near - NEAR) / error)
    return Memorisation(ours, theirs, mann_whitney(ours, theirs), near, near_z)


def mann_whitney(first, second):
    """How much larger the first numbers are than the second ones, in standard errors.

    Parameters
    ----------
    first, second : ndarray of float, shape (M,) and (N,)
        Numbers.

    Returns
    -------
    float
        Of how many pairs the first is larger, less the half that is due, by the standard error
        where both come from one distribution; pairs of equals count half. 0 if all are equal.

    References
    ----------
    .. [1] H. B. Mann and D. R. Whitney, "On a test of whether one of two random variables is
       stochastically larger than the other", Annals of Mathematical Statistics 18, 1947.

    Examples
    --------
    >>> round(mann_whitney(np.array([3.0, 4.0]), np.array([1.0, 2.0])), 3)  # (4 − 2) / √(5 / 3)
    1.549
    """
    m, n = len(first), len(second)
    ordered = np.sort(second)
    below, up_to = (np.searchsorted(ordered, first, side) for side in ("left", "right"))
    larger = (below + up_to).sum() / 2
    _, ties = np.unique(np.concatenate([first, second]), return_counts=True)
    total = m + n
    variance = m * n / 12 * (total + 1 - (ties**3 - ties).sum() / (total * (total - 1)))
    return float((larger - m * n / 2) / np.sqrt(variance)) if variance > 0 else 0.0
