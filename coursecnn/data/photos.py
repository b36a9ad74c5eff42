"""Photographs to look at filters with, from scikit-image's own package."""

import numpy as np

PHOTOS = ("astronaut", "brick", "camera", "chelsea", "coffee", "coins", "moon", "rocket")


def photo(name="camera"):
    """A sample photograph of scikit-image, read from its installed package.

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
    from skimage import data as samples  # slow to import, and only this function needs it

    return np.asarray(getattr(samples, name)())
