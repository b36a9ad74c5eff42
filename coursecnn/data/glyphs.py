"""Printed characters, turned and bent and noisy: as many as one likes, some in unseen fonts."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from coursecnn.data.bundled import DataError
from coursecnn.data.card import Card
from coursecnn.data.imageset import ImageSet
from coursecnn.data.splits import how_many, stream

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

SEEN_FONTS = (
    "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSerif", "DejaVuSerif-Bold",
    "DejaVuSerif-Italic", "STIXGeneral", "STIXGeneralItalic", "cmr10", "cmtt10", "cmb10",
)  # fmt: skip
UNSEEN_FONTS = ("DejaVuSansMono", "STIXGeneralBol", "cmss10")

CARD = Card(
    name="glyphs",
    what="printed digits or letters, 32×32, grey",
    origin="Drawn by the course from fonts that matplotlib ships (DejaVu, STIX, Computer Modern).",
    licence="The fonts are free (Bitstream Vera, STIX and BaKoMa licences); the images are ours.",
    splits=(
        "Eleven fonts in train, val and test; three others in the split unseen. Seeded, and "
        "drawn anew for each split."
    ),
    caveats=(
        "The unseen fonts have relatives among the seen ones; other versions of Pillow or "
        "matplotlib may move single pixels by a level."
    ),
    where="drawn",
)

USUAL = {"train": 4000, "val": 1000, "test": 1000, "unseen": 1000}

_KNOWN = DIGITS + LETTERS + LETTERS.lower()  # Computer Modern keeps other signs in odd places

_POINTS = 96  # size of the templates; some three pixels of them become one of the image
_CANVAS = 192
_CHUNK = 500  # images that are drawn at once, so that little memory is needed


def glyphs(split="train", *, n=None, characters=DIGITS, size=32, noise=0.15, seed=0):
    """Printed characters, 32×32, grey: 4,000 to train on, 1,000 in each other split.

    Drawn from fonts of matplotlib with random size, rotation (±20°), scale, shear, shift (±3
    pixels of 32) and noise. The fonts of "unseen" occur in no other split.

    Parameters
    ----------
    split : {"train", "val", "test", "unseen"}, default "train"
        "val" and "test" show the fonts of "train".
    n : int, optional
        Number of images; classes take turns.
    characters : str, default "0123456789"
        What to draw, one class each: `DIGITS`, `LETTERS` or others, a…z and A…Z.
    size : int, default 32
        Height and width, in pixels.
    noise : float, default 0.15
        Standard deviation, as a share of the range 0…255.
    seed : int, default 0
        The same seed draws the same images.

    Returns
    -------
    ImageSet
        Images of shape (N, 1, size, size); ink is bright on a dark ground.

    Raises
    ------
    ValueError
        If an argument is out of range, or a character is given twice or is not known.
    DataError
        If matplotlib's fonts are not where they should be.
    """
    n = how_many(n, split, USUAL)
    if size < 8 or noise < 0:
        raise ValueError(f"`size` must be ≥ 8 and `noise` ≥ 0; received {size} and {noise}.")
    if not characters or len(set(characters)) < len(characters) or {*characters} - {*_KNOWN}:
        raise ValueError(
            "`characters` must be different letters a…z, A…Z and digits, at least one; "
            f"received {characters!r}."
        )
    fonts = UNSEEN_FONTS if split == "unseen" else SEEN_FONTS
    templates = _templates(fonts, characters)
    rng = stream(seed, split, USUAL)
    labels = np.arange(n) % len(characters)
    which = rng.integers(len(fonts), size=n) * len(characters) + labels
    matrices, centres = _placements(rng, n, size)
    images = np.empty((n, 1, size, size), np.uint8)
    for start in range(0, n, _CHUNK):
        chunk = slice(start, start + _CHUNK)
        ink = _read(templates, which[chunk], matrices[chunk], centres[chunk], size)
        ink += np.float32(255 * noise) * rng.standard_normal(ink.shape, dtype=np.float32)
        images[chunk, 0] = np.rint(ink).clip(0, 255)
    provenance = f"{CARD.provenance} Here seed {seed}, fonts {', '.join(fonts)}."
    return ImageSet(images, labels, tuple(characters), split, provenance)


def _placements(rng, n, size):
    """For each image, how pixels map to those of a template, and where its middle lies."""
    scale = rng.uniform(22, 31, n) / _POINTS * rng.uniform(0.8, 1.2, n) * size / 32
    angle, shear = np.deg2rad(rng.uniform(-20, 20, n)), rng.uniform(-0.3, 0.3, n)
    centres = (size - 1) / 2 + rng.uniform(-3, 3, (n, 2)) * size / 32
    cos, sin = np.cos(angle) / scale, np.sin(angle) / scale
    matrices = np.stack([cos, sin, -sin - shear * cos, cos - shear * sin], 1).reshape(n, 2, 2)
    return matrices.astype(np.float32), centres.astype(np.float32)


def _read(templates, which, matrices, centres, size):
    """Read each pixel from its template, between the four nearest: shape (N, size, size)."""
    grid = np.arange(size, dtype=np.float32)
    y, x = grid[:, None] - centres[:, 0, None, None], grid - centres[:, 1, None, None]
    (xx, xy), (yx, yy) = matrices.transpose(1, 2, 0)[..., None, None]
    middle = np.float32((_CANVAS - 1) / 2)
    rows = (yx * x + yy * y + middle).clip(0, _CANVAS - 2)
    columns = (xx * x + xy * y + middle).clip(0, _CANVAS - 2)
    top, left = rows.astype(np.int32), columns.astype(np.int32)
    down, right = rows - top, columns - left
    flat = templates.reshape(-1)
    first = (which[:, None, None] * _CANVAS + top) * _CANVAS + left
    upper = flat[first] * (1 - right) + flat[first + 1] * right
    lower = flat[first + _CANVAS] * (1 - right) + flat[first + _CANVAS + 1] * right
    return upper * (1 - down) + lower * down


def _templates(fonts, characters):
    """Every character in every font, large and soft: float32, fonts × characters in a row."""
    drawn = [_template(font, c) for font in map(_font, fonts) for c in characters]
    return np.stack(drawn).astype(np.float32)


def _template(font, character):
    """One character, its ink in the middle, blurred as much as the reading will shrink it."""
    canvas = Image.new("L", (_CANVAS, _CANVAS))
    left, top, right, bottom = font.getbbox(character)
    place = (_CANVAS - left - right) / 2, (_CANVAS - top - bottom) / 2
    ImageDraw.Draw(canvas).text(place, character, fill=255, font=font)
    return np.asarray(canvas.filter(ImageFilter.BoxBlur(1.5)))


def _font(name):
    """A font of matplotlib, read by Pillow."""
    import matplotlib  # slow to import, and only its fonts are needed

    file = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"
    if not file.is_file():
        raise DataError(f"{file} is missing; reinstall matplotlib: pip install --force-reinstall")
    return ImageFont.truetype(str(file), _POINTS, layout_engine=ImageFont.Layout.BASIC)
