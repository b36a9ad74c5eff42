"""What can be told of a map from its pooled values, by linear formulas.

Each value of a map is estimated from the nine pooled values around it, with the best weights for
its place in the window; these come from half of the pieces, the error from the other half. What
is lost is the share of the variance that the estimate misses. The maps are pieces of photographs
as they are, and behind a kernel and a ReLU.
"""

import numpy as np
import pandas as pd

from coursecnn import data, evidence
from coursecnn.ops import avg_pool2d, conv2d, kernels, max_pool2d, relu

SEEDS = range(10)
COUNT = 100
MAPS = {
    "pixels": lambda x: x[..., 1:-1, 1:-1],
    "edges": lambda x: relu(conv2d(x, kernels.SOBEL_LEFT[None, None])),
    "outlines": lambda x: relu(conv2d(x, kernels.OUTLINE[None, None])),
}
ARMS = {
    "average": avg_pool2d,
    "max": max_pool2d,
    "one of four": lambda maps, n: maps[..., ::n, ::n],
}


def pieces(seed):
    """Pieces of photographs, 34×34, so that maps of 32×32 are left."""
    photos = data.photos().images.mean(axis=1)
    places = np.random.default_rng(seed).integers(0, (10, 191, 191), (COUNT, 3))
    return np.stack([photos[n, i : i + 34, j : j + 34] for n, i, j in places])[:, None]


def lost(maps, pool):
    """Share of the variance of `maps` that nine pooled values leave unexplained."""
    pooled = pool(maps, 2)[:, 0]
    side, half = pooled.shape[1] - 2, len(maps) // 2
    around = [pooled[:, i : i + side, j : j + side] for i in range(3) for j in range(3)]
    known = np.stack([*around, np.ones_like(around[0])], axis=-1)
    missed = total = 0
    for i, j in np.ndindex(2, 2):
        true = maps[:, 0, 2 + i : -2 : 2, 2 + j : -2 : 2]
        weights = np.linalg.lstsq(known[:half].reshape(-1, 10), true[:half].ravel())[0]
        missed += np.sum((true[half:] - known[half:] @ weights) ** 2)
        total += np.sum((true[half:] - true[half:].mean()) ** 2)
    return missed / total


if __name__ == "__main__":
    rows = [
        {"arm": arm, "seed": seed}
        | {name: lost(of(pieces(seed)), pool) for name, of in MAPS.items()}
        for seed in SEEDS
        for arm, pool in ARMS.items()
    ]
    evidence.save("pooled_details", pd.DataFrame(rows).round(4))
