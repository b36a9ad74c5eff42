"""Can the shape of a photograph be found in its flattened vector?

Row follows row, so pixels that stood below each other resemble each other at a distance of one row.
The search is blind: it knows that there are three colours and that the width is between 32 and
96 pixels, not whether channels come first or last. It tries every width in both orders, and takes
the pair at whose distance the vector resembles itself most.
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


def search(vector):
    """Order and width at whose distance the vector resembles itself most."""
    entries = {"chw": 1, "hwc": 3}  # of one pixel, within a row
    pairs = [(order, width) for order in entries for width in WIDTHS]
    return max(pairs, key=lambda pair: echo(vector, entries[pair[0]] * pair[1]))


def found(seed):
    """Share of crops whose order is found, and of those whose width is found as well."""
    rng = np.random.default_rng(seed)
    right = {"chw": [], "hwc": [], "shuffled": []}
    for _ in range(CROPS):
        image = crop(rng)
        chw = image.transpose(2, 0, 1).ravel()
        vectors = {"chw": chw, "hwc": image.ravel(), "shuffled": rng.permutation(chw)}
        for arm, vector in vectors.items():
            order, width = search(vector)
            its_order = order == arm.replace("shuffled", "chw")
            right[arm].append((its_order, its_order and width == image.shape[1]))
    return {arm: np.mean(hits, axis=0) for arm, hits in right.items()}


if __name__ == "__main__":
    rows = [
        {"seed": seed, "arm": arm, "order": order, "found": both}
        for seed in SEEDS
        for arm, (order, both) in found(seed).items()
    ]
    evidence.save("flattened_width", pd.DataFrame(rows))
