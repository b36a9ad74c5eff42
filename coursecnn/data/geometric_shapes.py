"""Shapes of one colour on ground of another, with the outline of each."""

import numpy as np

from coursecnn.data.card import Card
from coursecnn.data.imageset import MaskedSet
from coursecnn.data.splits import how_many, stream

CARD = Card(
    name="geometric_shapes",
    what="circles, squares, triangles, crosses and rings, 32×32, in colour, with masks",
    origin="Drawn by the course.",
    licence="The images are ours (CC BY 4.0).",
    splits="Seeded, and drawn anew for each split.",
    caveats="Place, size, angle and colours say nothing of the class: only the outline does.",
    where="drawn",
)

USUAL = {"train": 2000, "val": 500, "test": 500}


def geometric_shapes(split="train", *, n=None, size=32, noise=0.04, seed=0):
    """Drawn shapes, 32×32, in colour, with masks: 2,000 to train on, 500 in each other split.

    Parameters
    ----------
    split : {"train", "val", "test"}, default "train"
        Which part to draw.
    n : int, optional
        Number of images; classes take turns.
    size : int, default 32
        Height and width, in pixels.
    noise : float, default 0.04
        Standard deviation, as a share of the range 0…255.
    seed : int, default 0
        The same seed draws the same images.

    Returns
    -------
    MaskedSet
        Images of shape (N, 3, size, size); the masks are 1 where at least half of a pixel is
        covered. Every shape lies in its frame.

    Raises
    ------
    ValueError
        If an argument is out of range.
    """
    n = how_many(n, split, USUAL)
    if size < 8 or noise < 0:
        raise ValueError(f"`size` must be ≥ 8 and `noise` ≥ 0; received {size} and {noise}.")
    rng = stream(seed, split, USUAL)
    labels = np.arange(n) % len(OUTLINES)
    covered = _covered(rng, labels, size)
    paint = rng.integers(256, size=(2, n, 3, 1, 1))
    alike = np.abs(paint[0] - paint[1]).max(1, keepdims=True) < 96
    paint[1] = np.where(alike, (paint[0] + 128) % 256, paint[1])
    mixed = paint[1] + covered[:, None] * (paint[0] - paint[1])
    mixed += 255 * noise * rng.standard_normal(mixed.shape)
    images = np.rint(mixed).clip(0, 255).astype(np.uint8)
    masks = (covered >= 0.5).astype(np.uint8)
    return MaskedSet(
        images, labels, tuple(OUTLINES), split, f"{CARD.provenance} Here seed {seed}.", masks
    )


def _covered(rng, labels, size):
    """Share of each pixel that the shape covers, shape (N, size, size)."""
    n = len(labels)
    radius = rng.uniform(0.2, 0.4, (n, 1, 1)) * size
    angle = rng.uniform(0, 2 * np.pi, (n, 1, 1))
    centre_y, centre_x = radius + rng.uniform(size=(2, n, 1, 1)) * (size - 2 * radius)
    pixels = np.arange(size) + 0.5
    y, x = pixels[:, None] - centre_y, pixels - centre_x
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    distance = np.empty((n, size, size))
    for number, outline in enumerate(OUTLINES.values()):
        own = labels == number
        distance[own] = outline(along[own] / radius[own], across[own] / radius[own])
    return (0.5 - distance * radius).clip(0, 1)


def _box(x, y, wide, tall):
    return np.maximum(np.abs(x) - wide, np.abs(y) - tall)


def _triangle(x, y):
    slanted = np.abs(x) * np.sqrt(3) / 2 + y / 2
    return np.maximum(slanted, -y) - 0.5


OUTLINES = {  # negative inside, in units of the radius of the circle around the shape
    "circle": lambda x, y: np.hypot(x, y) - 1,
    "square": lambda x, y: _box(x, y, np.sqrt(0.5), np.sqrt(0.5)),
    "triangle": _triangle,
    "cross": lambda x, y: np.minimum(_box(x, y, 0.95, 0.3), _box(x, y, 0.3, 0.95)),
    "ring": lambda x, y: np.abs(np.hypot(x, y) - 0.8) - 0.2,
}
