"""Photographs to look at, from the packages scikit-image and scikit-learn: no network needed."""

import numpy as np
from PIL import Image, ImageOps

from coursecnn.data.card import Card
from coursecnn.data.imageset import ImageSet
from coursecnn.shapes import pair

_SKIMAGE = ("astronaut", "brick", "camera", "chelsea", "coffee", "coins", "moon", "rocket")
_SKLEARN = ("china", "flower")

PHOTOS = (*_SKIMAGE, *_SKLEARN)

CARD = Card(
    name="photos",
    what="sample photographs of many sizes, some grey: " + ", ".join(PHOTOS),
    origin="The packages scikit-image and scikit-learn, which ship them.",
    licence=(
        "Those of scikit-image are in the public domain or CC0, but for the moon it states none; "
        "china (by danielbuechele) and flower (by vultilion) are CC BY 2.0."
    ),
    splits="One photograph each: nothing to train on.",
    caveats="`photos` scales and crops them to one size and gives grey ones three equal channels.",
    where="installed",
)


def photo(name="camera"):
    """A sample photograph, read from an installed package.

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
    """
    if name not in PHOTOS:
        raise ValueError(f"`name` must be one of {', '.join(PHOTOS)}; received {name!r}.")
    if name in _SKLEARN:  # both packages are slow to import, and only this function needs them
        from sklearn.datasets import load_sample_image

        return np.array(load_sample_image(f"{name}.jpg"))
    from skimage import data as samples

    return np.asarray(getattr(samples, name)())


def photos(size=224):
    """All sample photographs at one size, each a class of its own.

    Parameters
    ----------
    size : int or (int, int), default 224
        Height and width; the middle is kept.

    Returns
    -------
    ImageSet
        Images of shape (10, 3, height, width), in the order of `PHOTOS`; split "samples".

    Raises
    ------
    ValueError
        If a size is not positive.
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
