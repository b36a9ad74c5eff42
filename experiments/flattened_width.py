"""Can the width of a photograph be found in its flattened vector, when the shape is lost?

A row after the other makes pixels that stood below each other resemble each other at a distance of
one row. So the width is guessed as the distance at which a vector resembles itself most.
"""

import numpy as np
import pandas as pd

from coursecnn import data, evidence

PHOTOS = ("astronaut", "chelsea", "china", "coffee", "flower", "rocket")
WIDTHS = range(32, 97)  # pixels, and heights too
CROPS = 50
SEEDS = range(10)


def crop(rng):
    """A piece of a photograph, of random size and place, shape (H, W, 3)."""
    photo = data.photo(rng.choice(PHOTOS))
    height, width = rng.choice(WIDTHS, 2)
    top = rng.integers(photo.shape[0] - height)
    left = rng.integers(photo.shape[1] - width)
    return photo[top : top + height, left : left + width]


def echo(vector, distance):
    """Correlation of the entries of a vector with those that stand so far behind them."""
    return np.corrcoef(vector[:-distance], vector[distance:])[0, 1]


def guess(vector, entries):
    """The width with the loudest echo, where a pixel takes so many entries of a row."""
    return max(WIDTHS, key=lambda width: echo(vector, entries * width))


def found(seed):
    """Share of the widths that are guessed right, for each order of the entries."""
    rng = np.random.default_rng(seed)
    right = {"chw": 0, "hwc": 0, "shuffled": 0}
    for _ in range(CROPS):
        image = crop(rng)
        vector = image.transpose(2, 0, 1).ravel()
        right["chw"] += guess(vector, 1) == image.shape[1]
        right["hwc"] += guess(image.ravel(), 3) == image.shape[1]
        right["shuffled"] += guess(rng.permutation(vector), 1) == image.shape[1]
    return {arm: count / CROPS for arm, count in right.items()}


if __name__ == "__main__":
    rows = [
        {"seed": seed, "arm": arm, "found": share}
        for seed in SEEDS
        for arm, share in found(seed).items()
    ]
    evidence.save("flattened_width", pd.DataFrame(rows))
