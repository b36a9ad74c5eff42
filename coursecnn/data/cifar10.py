"""Sixty thousand small colour photographs that ship with the package as JPEG files."""

import io
import tarfile

import numpy as np
from PIL import Image, features

from coursecnn.data import bundled, cache
from coursecnn.data.card import Card
from coursecnn.data.download import LAST_DIGITS, FetchError, Original, say_offline
from coursecnn.data.imageset import ImageSet
from coursecnn.data.splits import check_choice, check_split, every_tenth
from coursecnn.progress import progress

CLASSES = (
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
)  # fmt: skip

_ARCHIVE = "cifar10-jpeg.tar.gz"
_PER_CLASS = {"train": 5000, "test": 1000}
_WHOLE = (
    "CIFAR-10 as published (Krizhevsky 2009, no licence stated), fetched by torchvision. Of the "
    "50,000 training images the course keeps 5,000 for validation."
)

CARD = Card(
    name="cifar10",
    what="photographs of ten kinds of things, 32×32, in colour",
    origin="CIFAR-10 (Krizhevsky 2009), every image re-encoded as JPEG.",
    licence="No licence stated by its author; distributed for research and teaching.",
    splits=(
        "Of the 50,000 training images the course keeps a fixed tenth for validation; the 10,000 "
        "test images are the original's."
    ),
    caveats=(
        "Accuracies are not quite comparable with those on the original pixels, and a few images "
        "occur twice, as they do there."
    ),
    where="bundled",
    files=(_ARCHIVE,),
    original="CIFAR10",
)
ORIGINAL = Original("cifar10", "the original CIFAR-10", "CIFAR10", (3, 32, 32), 50_000, 10_000)


def cifar10(split="train", *, source="bundled"):
    """Photographs of ten kinds of things, 32×32, in colour: 45,000 / 5,000 / 10,000.

    CIFAR-10 (Krizhevsky 2009; no licence stated), re-encoded as JPEG. The first call decodes the
    archive, which takes some 20 seconds, and keeps the pixels in the cache folder
    (`COURSECNN_DATA`, 184 MB); later calls map them from there.

    Parameters
    ----------
    split : {"train", "val", "test"}, default "train"
        The test images are those of the original; "val" is a fixed tenth of its training images.
    source : {"bundled", "download"}, default "bundled"
        "download" gives the pixels as published, from the cache folder (184 MB) or the network;
        without one, the bundled JPEG files and an `OfflineWarning`.

    Returns
    -------
    ImageSet
        Images of shape (N, 3, 32, 32); the bundled ones are sorted by class.

    Raises
    ------
    ValueError
        If `split` or `source` is not known.
    DataError
        If the archive is missing or damaged, or the cache folder cannot be written.
    """
    check_split(split, LAST_DIGITS)
    check_choice("source", source, ("bundled", "download"))
    if source == "download":
        try:
            return ImageSet(*ORIGINAL.load(split, fetch=True), CLASSES, split, _WHOLE)
        except FetchError as error:
            say_offline(error, "the bundled JPEG files take its place")
    part = "test" if split == "test" else "train"
    labels = np.repeat(np.arange(10), _PER_CLASS[part])
    pixels = cache.array(
        f"cifar10-{part}-{_version()}", (len(labels), 3, 32, 32), lambda: _decode(part)
    )
    chosen = every_tenth(labels, LAST_DIGITS[split])
    return ImageSet(np.asarray(pixels[chosen]), labels[chosen], CLASSES, split, CARD.provenance)


def _version():
    """Pixels depend on the archive and on the JPEG decoder, so the cache's name carries both."""
    decoder = features.version("libjpeg_turbo") or features.version("jpg")
    return f"{bundled.SHA256[_ARCHIVE][:8]}-jpeg{decoder}"


def _decode(part):
    """All images of one part, class after class, in the order of their file names."""
    pixels = np.empty((10, _PER_CLASS[part], 3, 32, 32), np.uint8)
    with tarfile.open(bundled.path(_ARCHIVE)) as archive:
        members = (member for member in archive if member.name.endswith(".jpg"))
        for member in progress(members, f"decode CIFAR-10 {part}", total=60_000):
            _, folder, name, number = member.name.removesuffix(".jpg").split("/")
            if folder == part:
                image = Image.open(io.BytesIO(archive.extractfile(member).read()))
                pixels[CLASSES.index(name), int(number)] = np.asarray(image).transpose(2, 0, 1)
    return pixels.reshape(-1, 3, 32, 32)
