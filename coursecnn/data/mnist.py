"""Ten thousand handwritten digits that ship with the package."""

import numpy as np

from coursecnn.data import bundled
from coursecnn.data.imageset import ImageSet
from coursecnn.data.splits import check_split, every_tenth

_LAST_DIGITS = {"train": range(7), "val": [7], "test": [8, 9]}

_PROVENANCE = (
    "The first 10,000 training digits of MNIST (LeCun, Cortes and Burges, CC BY-SA 3.0), split "
    "7,000 / 1,000 / 2,000 by the course; all are training digits of the original, so errors on "
    "them cannot be compared with published MNIST test errors."
)


def mnist(split="train"):
    """Handwritten digits, 28×28, grey: 7,000 to train on, 1,000 to validate, 2,000 to test.

    Parameters
    ----------
    split : {"train", "val", "test"}, default "train"
        The splits are fixed, disjoint and stratified by class.

    Returns
    -------
    ImageSet
        Images of shape (N, 1, 28, 28); ink is bright (255) on a dark ground (0).

    Raises
    ------
    ValueError
        If `split` is not known.
    DataError
        If the bundled file is missing or damaged.
    """
    check_split(split, _LAST_DIGITS)
    with np.load(bundled.path("mnist-10k.npz")) as file:
        images, labels = file["images"], file["labels"].astype(np.int64)
    chosen = every_tenth(labels, _LAST_DIGITS[split])
    names = tuple(str(digit) for digit in range(10))
    return ImageSet(images[chosen, None], labels[chosen], names, split, _PROVENANCE)
