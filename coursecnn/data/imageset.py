"""An image set is an array of pixels, an array of labels, and a note of where they came from."""

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class ImageSet:
    """Labelled images of one size, with their provenance.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, C, H, W)
        Pixels, 0 to 255, channels first as torch orders them.
    labels : ndarray of int64, shape (N,)
        Index into `class_names`.
    class_names : tuple of str
        One name per class.
    split : str
        Which part of the whole this is: "train", "val" or "test".
    provenance : str
        One sentence: origin, licence, what was done to the data.

    Raises
    ------
    TypeError
        If `images` is not an array of uint8.
    ValueError
        If the shapes disagree, or a label has no class name.
    """

    images: np.ndarray
    labels: np.ndarray
    class_names: tuple[str, ...]
    split: str
    provenance: str

    def __post_init__(self):
        if self.images.dtype != np.uint8:
            raise TypeError(f"`images` must be uint8 (0 to 255), received {self.images.dtype}.")
        if self.images.ndim != 4:
            raise ValueError(
                f"`images` must have shape (N, C, H, W), received {self.images.shape}."
            )
        if self.labels.shape != (len(self.images),):
            raise ValueError(
                f"`labels` must have shape ({len(self.images)},), one label per image; "
                f"received {self.labels.shape}."
            )
        if len(self.labels) and not 0 <= self.labels.min() <= self.labels.max() < len(
            self.class_names
        ):
            raise ValueError(
                f"`labels` must lie in 0…{len(self.class_names) - 1}, one for each of "
                f"`class_names`; received {self.labels.min()}…{self.labels.max()}."
            )

    def __len__(self):
        return len(self.images)

    def __repr__(self):
        n, channels, height, width = self.images.shape
        return (
            f"ImageSet({self.split}: {n:,} images of {channels}×{height}×{width}, "
            f"{len(self.class_names)} classes)"
        )

    def take(self, indices):
        """The images at `indices`, in that order.

        Parameters
        ----------
        indices : ndarray of int or bool, shape (M,) or (N,)
            Positions, or a mask over all images.

        Returns
        -------
        ImageSet
            A copy with M images.
        """
        return replace(self, images=self.images[indices], labels=self.labels[indices])

    def subset(self, n, *, seed=0):
        """Draw `n` images at random, as many of each class as `n` allows.

        Parameters
        ----------
        n : int
            How many images to draw, without replacement.
        seed : int, default 0
            The same seed draws the same images.

        Returns
        -------
        ImageSet
            Classes differ by at most one image, unless a class runs out.

        Raises
        ------
        ValueError
            If the set has fewer than `n` images.
        """
        if not 0 < n <= len(self):
            raise ValueError(f"`n` must lie in 1…{len(self)}, the images there are; received {n}.")
        order = np.random.default_rng(seed).permutation(len(self))
        return self.take(np.sort(order[_round_robin(self.labels[order])[:n]]))


def _round_robin(labels):
    """Order positions so that the classes take turns: first each class's first, then its second."""
    by_class = np.argsort(labels, kind="stable")
    _, counts = np.unique(labels, return_counts=True)
    turn = np.concatenate([np.arange(count) for count in counts]) if len(counts) else by_class
    return by_class[np.argsort(turn, kind="stable")]
