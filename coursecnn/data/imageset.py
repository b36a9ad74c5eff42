"""An image set is an array of pixels, an array of labels, and a note of where they came from."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np


@dataclass(frozen=True, eq=False)
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
        Which part of the whole this is: "train", "val", "test", or a name that says more.
    provenance : str
        A few sentences: origin, licence, what was done to the data, what to beware of.

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

    axes: ClassVar[str] = "N, C, H, W"
    noun: ClassVar[str] = "images"

    def __post_init__(self):
        if self.images.dtype != np.uint8:
            raise TypeError(f"`images` must be uint8 (0 to 255), received {self.images.dtype}.")
        if self.images.ndim != len(self.axes.split(", ")):
            raise ValueError(
                f"`images` must have shape ({self.axes}), received {self.images.shape}."
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
        n, *sizes = self.images.shape
        return (
            f"{type(self).__name__}({self.split}: {n:,} {self.noun} of "
            f"{'×'.join(map(str, sizes))}, {len(self.class_names)} classes)"
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
        return self.take(draw(self.labels, n, seed))


def draw(labels, n, seed):
    """Positions of `n` labels, drawn at random, as many of each class as `n` allows.

    Parameters
    ----------
    labels : ndarray of int, shape (N,)
        The class of each.
    n : int
        How many to draw, without replacement.
    seed : int
        The same seed draws the same positions.

    Returns
    -------
    ndarray of int64, shape (n,)
        In ascending order.

    Raises
    ------
    ValueError
        If there are fewer than `n`.
    """
    if not 0 < n <= len(labels):
        raise ValueError(f"`n` must lie in 1…{len(labels)}, the images there are; received {n}.")
    order = np.random.default_rng(seed).permutation(len(labels))
    return np.sort(order[_round_robin(labels[order])[:n]])


def _round_robin(labels):
    """Order positions so that the classes take turns: first each class's first, then its second."""
    by_class = np.argsort(labels, kind="stable")
    _, counts = np.unique(labels, return_counts=True)
    turn = np.concatenate([np.arange(count) for count in counts]) if len(counts) else by_class
    return by_class[np.argsort(turn, kind="stable")]


@dataclass(frozen=True, eq=False, repr=False)
class MaskedSet(ImageSet):
    """Images with the outline of what they show.

    Parameters
    ----------
    images, labels, class_names, split, provenance
        As in `ImageSet`.
    masks : ndarray of uint8, shape (N, H, W)
        1 where the thing is, 0 around it.

    Raises
    ------
    TypeError
        As `ImageSet` does.
    ValueError
        As `ImageSet` does, or if the masks do not fit the images.
    """

    masks: np.ndarray

    def __post_init__(self):
        super().__post_init__()
        n, _, height, width = self.images.shape
        if self.masks.shape != (n, height, width):
            raise ValueError(
                f"`masks` must have shape {(n, height, width)}, one per image; "
                f"received {self.masks.shape}."
            )

    def take(self, indices):
        """The images at `indices` with their masks, in that order.

        Parameters
        ----------
        indices : ndarray of int or bool, shape (M,) or (N,)
            Positions, or a mask over all images.

        Returns
        -------
        MaskedSet
            A copy with M images.
        """
        return replace(
            self,
            images=self.images[indices],
            labels=self.labels[indices],
            masks=self.masks[indices],
        )


@dataclass(frozen=True, eq=False, repr=False)
class VideoSet(ImageSet):
    """Labelled videos of one size and length: images with an axis of time before the rows.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, C, T, H, W)
        Pixels, 0 to 255; T frames, as `torch.nn.Conv3d` orders them.
    labels, class_names, split, provenance
        As in `ImageSet`.

    Raises
    ------
    TypeError
        As `ImageSet` does.
    ValueError
        As `ImageSet` does.
    """

    axes: ClassVar[str] = "N, C, T, H, W"
    noun: ClassVar[str] = "videos"


@dataclass(frozen=True, eq=False, repr=False)
class SignalSet(ImageSet):
    """Labelled sounds of one length: images with one axis, as 8-bit WAV files store them.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, C, L)
        Air pressure; 128 is silence. L samples, as `torch.nn.Conv1d` orders them.
    labels, class_names, split, provenance
        As in `ImageSet`.
    rate : int
        Samples per second, in Hz.

    Raises
    ------
    TypeError
        As `ImageSet` does.
    ValueError
        As `ImageSet` does.
    """

    rate: int

    axes: ClassVar[str] = "N, C, L"
    noun: ClassVar[str] = "signals"
