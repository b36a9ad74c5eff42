"""One picture of whatever kind a reader has becomes bytes: grey or red, green, blue."""

import numpy as np
from PIL import Image, ImageOps

RESIZE = {
    "crop": lambda image, size, ground: ImageOps.fit(image, size, Image.BICUBIC),
    "pad": lambda image, size, ground: ImageOps.pad(image, size, Image.BICUBIC, color=ground),
    "stretch": lambda image, size, ground: image.resize(size, Image.BICUBIC),
}

_GREY = ("1", "L", "LA", "La")


def decode(file, *, size=None, resize="crop", channels=None, background=255):
    """Read a picture as an eye would see it: upright, opaque, with eight bits.

    The camera's note of orientation is followed, transparent parts show the background, palettes
    and printing inks become red, green and blue, sixteen bits are scaled to eight, and of an
    animation the first frame is taken.

    Parameters
    ----------
    file : path
        Any format that Pillow reads.
    size : (int, int), optional
        Height and width to scale to.
    resize : {"crop", "pad", "stretch"}, default "crop"
        Keep the middle, keep everything and fill up with the background, or change proportions.
    channels : {1, 3}, optional
        Grey or colour; by default what the file has.
    background : int, default 255
        What shines through: 255 is white.

    Returns
    -------
    ndarray of uint8, shape (1 or 3, H, W)
        Pixels.

    Raises
    ------
    Exception
        Whatever Pillow raises on a damaged file; ValueError where pixels have no known range.
    """
    with Image.open(file) as stored:
        if size is not None:  # a large JPEG file is decoded no finer than is needed
            stored.draft(None, (4 * max(size),) * 2)
        image = _opaque(_eight_bits(ImageOps.exif_transpose(stored)), background)
    mode = {1: "L", 3: "RGB", None: "L" if image.mode in _GREY else "RGB"}[channels]
    image = image.convert(mode)
    if size is not None:
        ground = background if mode == "L" else (background,) * 3
        image = RESIZE[resize](image, (size[1], size[0]), ground)
    pixels = np.asarray(image)
    return pixels[None] if mode == "L" else pixels.transpose(2, 0, 1)


def _eight_bits(image):
    """Sixteen bits scaled to eight; Pillow's own conversion would cut them off at 255."""
    if image.mode == "F":
        raise ValueError("its pixels are floating-point numbers of unknown range")
    if not image.mode.startswith("I"):
        return image
    levels = np.asarray(image).astype(np.int64)
    if levels.min() < 0 or levels.max() > 65535:
        raise ValueError("its pixels are integers of more than 16 bits")
    return Image.fromarray(((levels * 255 + 32767) // 65535).astype(np.uint8))


def _opaque(image, background):
    """The picture laid on a ground, where it has transparent parts."""
    if not image.has_transparency_data:
        return image
    seen = image.convert("RGBA")
    ground = Image.new("RGBA", seen.size, (background, background, background, 255))
    laid = Image.alpha_composite(ground, seen)
    return laid.convert("L" if image.mode in _GREY else "RGB")
