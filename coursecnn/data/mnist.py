"""Handwritten digits: ten thousand ship with the package, seventy thousand can be fetched."""

import numpy as np

from coursecnn.data import bundled
from coursecnn.data.card import Card
from coursecnn.data.download import FetchError, Original, say_offline
from coursecnn.data.imageset import ImageSet
from coursecnn.data.splits import check_choice, check_split, every_tenth

CARD = Card(
    name="mnist",
    what="handwritten digits, 28×28, grey",
    origin="The first 10,000 training digits of MNIST (LeCun, Cortes and Burges).",
    licence="CC BY-SA 3.0.",
    splits="Split 7,000 / 1,000 / 2,000 by the course, fixed and stratified.",
    caveats=(
        "All are training digits of the original, so errors on them cannot be compared with "
        "published MNIST test errors; the same person's hand occurs in all splits."
    ),
    where="bundled",
    files=("mnist-10k.npz",),
    original="MNIST",
)
ORIGINAL = Original("mnist", "the full MNIST", "MNIST", (1, 28, 28), 60_000, 10_000)

CLASSES = tuple(str(digit) for digit in range(10))

_LAST_DIGITS = {"train": range(7), "val": [7], "test": [8, 9]}
_WHOLE = (
    "MNIST as published (LeCun, Cortes and Burges, CC BY-SA 3.0), fetched by torchvision. Of the "
    "60,000 training images the course keeps 6,000 for validation."
)


def mnist(split="train", *, source="bundled"):
    """Handwritten digits, 28×28, grey: 7,000 to train on, 1,000 to validate, 2,000 to test.

    The first 10,000 training digits of MNIST (LeCun, Cortes and Burges; CC BY-SA 3.0). All are
    training digits of the original: never compare with published MNIST test errors.

    Parameters
    ----------
    split : {"train", "val", "test"}, default "train"
        The splits are fixed, disjoint and stratified by class.
    source : {"bundled", "download"}, default "bundled"
        "download" gives the full MNIST, 54,000 / 6,000 / 10,000, from the cache folder
        (`COURSECNN_DATA`, 55 MB) or the network; without one, the bundled digits and an
        `OfflineWarning`.

    Returns
    -------
    ImageSet
        Images of shape (N, 1, 28, 28); ink is bright (255) on a dark ground (0).

    Raises
    ------
    ValueError
        If `split` or `source` is not known.
    DataError
        If the bundled file is missing or damaged, or the cache folder cannot be written.
    """
    check_split(split, _LAST_DIGITS)
    check_choice("source", source, ("bundled", "download"))
    if source == "download":
        try:
            return ImageSet(*ORIGINAL.load(split, fetch=True), CLASSES, split, _WHOLE)
        except FetchError as error:
            say_offline(error, "the 10,000 bundled digits take its place")
    with np.load(bundled.path("mnist-10k.npz")) as file:
        images, labels = file["images"], file["labels"].astype(np.int64)
    chosen = every_tenth(labels, _LAST_DIGITS[split])
    return ImageSet(images[chosen, None], labels[chosen], CLASSES, split, CARD.provenance)
