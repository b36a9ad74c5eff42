"""Two small photographs for the figures, stored as WebP files in `js/photographs.stored.js`.

Coffee is by Rachel Michetti, Chelsea the cat by Stéfan van der Walt; both are samples of
scikit-image, in the public domain (CC0).
"""

import base64
import io

import numpy as np
from PIL import Image

from coursecnn.widgets import stored

NAMES = ("coffee", "chelsea")
SIZE = (96, 144)
#: The cup in the first of them, (top, left, bottom, right) in pixels.
CUP = (4, 41, 74, 98)


def photograph(name):
    """A photograph as its pixels.

    Parameters
    ----------
    name : {'coffee', 'chelsea'}
        Which.

    Returns
    -------
    ndarray of uint8, shape (96, 144, 3)
        Red, green and blue.
    """
    return np.asarray(Image.open(io.BytesIO(stored.read("photographs")[name].tobytes())))


def address(name):
    """A photograph as an address that pages can show, ``data:image/webp;base64,…``."""
    file = base64.b64encode(stored.read("photographs")[name].tobytes()).decode("ascii")
    return f"data:image/webp;base64,{file}"
