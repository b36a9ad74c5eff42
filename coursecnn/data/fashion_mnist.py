"""Garments in the format of MNIST; nothing of them ships with the package."""

from coursecnn.data import cache
from coursecnn.data.bundled import DataError
from coursecnn.data.card import Card
from coursecnn.data.download import LAST_DIGITS, FetchError, Original
from coursecnn.data.imageset import ImageSet
from coursecnn.data.splits import check_choice, check_split

CARD = Card(
    name="fashion_mnist",
    what="garments, 28×28, grey",
    origin="Fashion-MNIST (Xiao, Rasul and Vollgraf 2017, Zalando), fetched by torchvision.",
    licence="MIT.",
    splits=(
        "Of the 60,000 training images the course keeps a fixed tenth for validation; the 10,000 "
        "test images are the original's."
    ),
    caveats="Shirts, pullovers and coats are hard to tell apart, for people too.",
    where="download",
    original="FashionMNIST",
)
ORIGINAL = Original("fashion_mnist", "Fashion-MNIST", "FashionMNIST", (1, 28, 28), 60_000, 10_000)

CLASSES = (
    "T-shirt/top", "trouser", "pullover", "dress", "coat",
    "sandal", "shirt", "sneaker", "bag", "ankle boot",
)  # fmt: skip


def fashion_mnist(split="train", *, source="cache"):
    """Garments, 28×28, grey: 54,000 to train on, 6,000 to validate, 10,000 to test.

    Fashion-MNIST (Xiao, Rasul and Vollgraf 2017; MIT licence). It does not ship with the course.

    Parameters
    ----------
    split : {"train", "val", "test"}, default "train"
        The test images are those of the original; "val" is a fixed tenth of its training images.
    source : {"cache", "download"}, default "cache"
        "cache" never asks the network; "download" does when the cache folder (`COURSECNN_DATA`,
        55 MB) does not hold the set.

    Returns
    -------
    ImageSet
        Images of shape (N, 1, 28, 28), bright on a dark ground (0).

    Raises
    ------
    ValueError
        If `split` or `source` is not known.
    DataError
        If the set is not in the cache and is not to be fetched or cannot be, or the cache folder
        cannot be written.
    """
    check_split(split, LAST_DIGITS)
    check_choice("source", source, ("cache", "download"))
    try:
        images, labels = ORIGINAL.load(split, fetch=source == "download")
    except FetchError as error:
        raise DataError(
            f"{error}. It does not ship with the course; where there is a network, run "
            f"`coursecnn data fetch fashion_mnist`, and copy {cache.folder()} from there if this "
            "machine has none."
        ) from error
    return ImageSet(images, labels, CLASSES, split, CARD.provenance)
