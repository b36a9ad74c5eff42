"""Handwritten digits on eight by eight pixels: small enough to be read as numbers."""

import numpy as np

from coursecnn.data import bundled
from coursecnn.data.card import Card
from coursecnn.data.imageset import ImageSet
from coursecnn.data.splits import check_split, every_tenth

_FILE = "digits.csv.gz"

CARD = Card(
    name="digits",
    what="handwritten digits, 8×8, grey",
    origin=(
        "Optical recognition of handwritten digits (Alpaydin and Kaynak 1998, UCI), the test part, "
        "as scikit-learn ships it; its levels 0…16 are stretched to 0…255."
    ),
    licence="CC BY 4.0, as the UCI repository states.",
    splits="Split 1,260 / 179 / 358 by the course, fixed and stratified.",
    caveats="Thirteen people wrote them, and each one's hand occurs in all splits.",
    where="bundled",
    files=(_FILE,),
)

_LAST_DIGITS = {"train": range(7), "val": [7], "test": [8, 9]}


def digits(split="train"):
    """Handwritten digits, 8×8, grey: 1,260 to train on, 179 to validate, 358 to test.

    From the UCI repository (Alpaydin and Kaynak 1998; CC BY 4.0), as scikit-learn ships them.

    Parameters
    ----------
    split : {"train", "val", "test"}, default "train"
        The splits are fixed, disjoint and stratified by class.

    Returns
    -------
    ImageSet
        Images of shape (N, 1, 8, 8); ink is bright (255) on a dark ground (0).

    Raises
    ------
    ValueError
        If `split` is not known.
    """
    check_split(split, _LAST_DIGITS)
    rows = np.loadtxt(bundled.path(_FILE), delimiter=",")  # 64 grey levels, then the class
    images = np.round(rows[:, :-1].reshape(-1, 8, 8) * (255 / 16)).astype(np.uint8)
    labels = rows[:, -1].astype(np.int64)
    chosen = every_tenth(labels, _LAST_DIGITS[split])
    names = tuple(str(digit) for digit in range(10))
    return ImageSet(images[chosen, None], labels[chosen], names, split, CARD.provenance)
