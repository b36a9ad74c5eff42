"""How much pooled maps change while the image moves, turns or grows.

Pieces of photographs, and digits, are moved by whole pixels, turned and enlarged. Two kernels
(Sobel, left and bottom) and a ReLU make maps of them. The change of a map is the distance (root
mean square) to the map of the unmoved image, as a share of the distance to the map of another
image: 0 says that nothing changed, 1 that the map could as well belong to another image.
"""

import numpy as np
import pandas as pd
from scipy import ndimage

from coursecnn import data, evidence
from coursecnn.ops import avg_pool2d, conv2d, kernels, max_pool2d, relu

SEEDS = range(10)
SIDE, MARGIN, COUNT = 32, 16, 50
WEIGHT = np.stack([kernels.SOBEL_LEFT, kernels.SOBEL_BOTTOM])[:, None]
SPREAD = np.outer([1, 2, 1], [1, 2, 1]) / 16  # the blur before every second output is kept


def blurred(maps):
    """Each map by itself, blurred; the size stays."""
    flat = maps.reshape(-1, 1, *maps.shape[2:])
    out = conv2d(flat, SPREAD[None, None], padding=1, padding_mode="replicate")
    return out.reshape(maps.shape)


ARMS = {
    "no pooling": lambda maps: maps,
    "every second": lambda maps: maps[..., ::2, ::2],
    "average 2": lambda maps: avg_pool2d(maps, 2),
    "max 2": lambda maps: max_pool2d(maps, 2),
    "max 2, blurred": lambda maps: blurred(max_pool2d(maps, 2, stride=1))[..., ::2, ::2],
    "every fourth": lambda maps: maps[..., ::4, ::4],
    "average 4": lambda maps: avg_pool2d(maps, 4),
    "max 4": lambda maps: max_pool2d(maps, 4),
    "global average": lambda maps: maps.mean((2, 3), keepdims=True),
}
WAYS = (
    {f"shift_{n}": lambda x, n=n: np.roll(x, n, axis=-1) for n in range(9)}
    | {f"turn_{a}": lambda x, a=a: turned(x, a) for a in (5, 10, 20, 40)}
    | {f"grow_{p}": lambda x, p=p: grown(x, 1 + p / 100) for p in (5, 10, 20, 40)}
)


def turned(images, degrees):
    """Turned around the middle."""
    return ndimage.rotate(images, degrees, axes=(-2, -1), reshape=False, order=1)


def grown(images, factor):
    """Enlarged around the middle."""
    middle = (np.array(images.shape[-2:]) - 1) / 2
    matrix = np.array([1, 1, 1 / factor, 1 / factor])
    offset = np.array([0, 0, *(middle - middle / factor)])
    return ndimage.affine_transform(images, matrix, offset, order=1)


def pieces(seed):
    """Grey pieces of photographs, with room around to move."""
    photos = data.photos().images.mean(axis=1)
    rng, side = np.random.default_rng(seed), SIDE + 2 * MARGIN
    places = rng.integers(0, (10, 224 - side, 224 - side), (COUNT, 3))
    return np.stack([photos[n, i : i + side, j : j + side] for n, i, j in places])[:, None]


def digits(seed):
    """Digits on a ground that leaves room to move."""
    images = data.mnist("test").subset(COUNT, seed=seed).images.astype(float)
    return np.pad(images, ((0, 0), (0, 0), (18, 18), (18, 18)))


def maps_of(images):
    """The middle of both feature maps, (N, 2, 32, 32)."""
    maps = relu(conv2d(images, WEIGHT, padding=1))
    start = (maps.shape[-1] - SIDE) // 2
    return maps[..., start : start + SIDE, start : start + SIDE]


def changes(images, pool):
    """For each way to change the images, the change of the pooled maps."""
    there = pool(maps_of(images))
    unit = np.sqrt(np.mean((there - np.roll(there, 1, axis=0)) ** 2))
    return {
        name: np.sqrt(np.mean((pool(maps_of(way(images))) - there) ** 2)) / unit
        for name, way in WAYS.items()
    }


if __name__ == "__main__":
    rows = []
    for seed in SEEDS:
        photos, written = pieces(seed), digits(seed)
        for arm, pool in ARMS.items():
            of_digits = {f"digits_{way}": on for way, on in changes(written, pool).items()}
            rows.append({"arm": arm, "seed": seed} | changes(photos, pool) | of_digits)
    evidence.save("pooled_shifts", pd.DataFrame(rows).round(4))
