"""Store the photographs of the augmentation playground: `python book/playground_photographs.py`."""

import io

import numpy as np
from PIL import Image, ImageOps

from coursecnn.data import photo
from coursecnn.widgets import stored
from coursecnn.widgets.photographs import NAMES, SIZE

QUALITY = 90  # about 5 kB each; as PNG they would be six times as heavy


def small(name):
    """A sample photograph at the size of the playground, ndarray of uint8, shape (H, W, 3)."""
    height, width = SIZE
    whole = Image.fromarray(photo(name)).convert("RGB")
    return np.asarray(ImageOps.fit(whole, (width, height), Image.LANCZOS))


def webp(pixels):
    """The file of a photograph, ndarray of uint8."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "WEBP", quality=QUALITY, method=6)
    return np.frombuffer(file.getvalue(), np.uint8)


if __name__ == "__main__":
    files = {name: webp(small(name)) for name in NAMES}
    stored.write("photographs", "book/playground_photographs.py", **files)
