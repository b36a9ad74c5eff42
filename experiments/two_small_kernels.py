"""Can two layers of 3×3 replace one of 5×5? The least error over kernels drawn at random.

Every 5×5 weight of a layer with `channels` maps in and out is a standard normal number. Two linear
layers of 3×3 with `between` maps from one to the other are fitted to it by least squares (a
trust-region method with exact derivatives), from `STARTS` random starts; `error` is the smallest
remainder, as a share of the squared weights, `typical` the median over the starts.
"""

import numpy as np
import pandas as pd
from scipy.optimize import least_squares

from coursecnn import evidence

SEEDS = range(20)
ARMS = {1: (1, 2, 3), 2: (2, 3, 4)}  # channels: maps between the layers
STARTS = {1: 20, 2: 8}


def composed(first, second):
    """The one kernel (K, C, 5, 5) that two, (M, C, 3, 3) and (K, M, 3, 3), make together."""
    result = np.zeros((len(second), first.shape[1], 5, 5))
    for i, j in np.ndindex(3, 3):
        result[:, :, i : i + 3, j : j + 3] += np.einsum("km,mcxy->kcxy", second[:, :, i, j], first)
    return result


def remainder(wanted, between, rng):
    """Share of the squared weights that the best fit from one random start leaves."""
    channels = len(wanted)
    middle = 9 * between * channels

    def split(numbers):
        first, second = numbers[:middle], numbers[middle:]
        return first.reshape(between, channels, 3, 3), second.reshape(channels, between, 3, 3)

    def misses(numbers):
        return (composed(*split(numbers)) - wanted).ravel()

    def derivatives(numbers):
        first, second = split(numbers)
        by_first = np.zeros((*wanted.shape, *first.shape))
        by_second = np.zeros((*wanted.shape, *second.shape))
        for i, j in np.ndindex(3, 3):
            for c in range(channels):
                for x, y in np.ndindex(3, 3):
                    by_first[:, c, i + x, j + y, :, c, x, y] += second[:, :, i, j]
            for k in range(channels):
                window = first.transpose(1, 2, 3, 0)  # C, 3, 3, M
                by_second[k, :, i : i + 3, j : j + 3, k, :, i, j] += window
        return np.hstack([by_first.reshape(wanted.size, -1), by_second.reshape(wanted.size, -1)])

    start = rng.normal(size=2 * middle) * 0.5
    found = least_squares(misses, start, derivatives, method="trf", max_nfev=200,
                          xtol=1e-12, ftol=1e-12, gtol=1e-12)  # fmt: skip
    return 2 * found.cost / np.sum(wanted**2)


def measure(channels, between, seed):
    """One row: the remainders of one random layer."""
    rng = np.random.default_rng(seed)
    wanted = rng.normal(size=(channels, channels, 5, 5))
    left = [remainder(wanted, between, rng) for _ in range(STARTS[channels])]
    row = {"seed": seed, "arm": f"{channels}, {between} between"}
    return row | {"error": min(left), "typical": np.median(left)}


if __name__ == "__main__":
    table = pd.DataFrame(
        measure(channels, between, seed)
        for seed in SEEDS
        for channels, arms in ARMS.items()
        for between in arms
    )
    evidence.save("two_small_kernels", table.round(8))
