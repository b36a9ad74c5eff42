"""Photographs to look at, samples of scikit-image and scikit-learn: no network needed."""

import zipfile

import numpy as np
from PIL import Image, ImageOps

from coursecnn import _extras
from coursecnn.data import bundled
from coursecnn.data.card import Card
from coursecnn.data.imageset import ImageSet
from coursecnn.shapes import pair

_ARCHIVE = "photos.zip"
_MOON = "moon"  # its licence is not stated, so no copy of it ships with the course
_FILES = {
    "astronaut": "astronaut.png", "brick": "brick.png", "camera": "camera.png",
    "chelsea": "chelsea.png", "coffee": "coffee.png", "coins": "coins.png", _MOON: None,
    "rocket": "rocket.jpg", "china": "china.jpg", "flower": "flower.jpg",
}  # fmt: skip

PHOTOS = tuple(_FILES)

CARD = Card(
    name="photos",
    what="sample photographs of many sizes, some grey: " + ", ".join(PHOTOS),
    origin=(
        "Samples of the packages scikit-image and scikit-learn (china, flower), unchanged; the "
        "moon is read from the installed scikit-image."
    ),
    licence=(
        "Those of scikit-image are in the public domain or CC0, but for the moon it states none; "
        "china (by danielbuechele) and flower (by vultilion) are CC BY 2.0."
    ),
    splits="One photograph each: nothing to train on.",
    caveats="`photos` scales and crops them to one size and gives grey ones three equal channels.",
    where="bundled",
    files=(_ARCHIVE,),
)


def photo(name="camera"):
    """A sample photograph of scikit-image or scikit-learn; `CARD` says under which licence.

    Parameters
    ----------
    name : str, default "camera"
        One of `PHOTOS`; "camera", a photographer at work, is grey and in the public domain.

    Returns
    -------
    ndarray of uint8, shape (H, W) or (H, W, 3)
        Grey levels, or red, green and blue.

    Raises
    ------
    ValueError
        If there is no such photograph.
    ModuleNotFoundError
        If scikit-image is needed, for the moon, and is not installed.
    """
    if name not in PHOTOS:
        raise ValueError(f"`name` must be one of {', '.join(PHOTOS)}; received {name!r}.")
    if name == _MOON:
        _extras.need("chapters")
        from skimage import data as samples  # slow to import, and only the moon needs it

        return np.asarray(samples.moon())
    with zipfile.ZipFile(bundled.path(_ARCHIVE)) as archive, archive.open(_FILES[name]) as file:
        return np.array(Image.open(file))


def photos(size=224):
    """All sample photographs at one size, each a class of its own.

    Parameters
    ----------
    size : int or (int, int), default 224
        Height and width; the middle is kept.

    Returns
    -------
    ImageSet
        Images of shape (10, 3, height, width), in the order of `PHOTOS`; split "samples". They are
        in the public domain, CC0 or CC BY 2.0, but for the moon no licence is stated.

    Raises
    ------
    ValueError
        If a size is not positive.
    ModuleNotFoundError
        If scikit-image, which has the moon, is not installed.
    """
    height, width = pair(size, name="size", minimum=1)
    pixels = [
        np.asarray(
            ImageOps.fit(
                Image.fromarray(photo(name)).convert("RGB"), (width, height), Image.BICUBIC
            )
        ).transpose(2, 0, 1)
        for name in PHOTOS
    ]
    labels = np.arange(len(PHOTOS))
    return ImageSet(np.stack(pixels), labels, PHOTOS, "samples", CARD.provenance)
