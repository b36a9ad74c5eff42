"""When two correct programs agree exactly: the same products, added in two orders.

The outputs of a convolutional layer are computed twice from the same products, once added from the
first to the last and once from the last to the first, with nothing else in between. The arm
`whole numbers` has the same type, float32, but images and weights without a fraction.
"""

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn import evidence

SEEDS = range(10)
ARMS = {  # name: type, channels, whether all numbers are whole
    "whole numbers": (np.float32, 64, True),
    "float32, 3 channels": (np.float32, 3, False),
    "float32, 64 channels": (np.float32, 64, False),
    "float64, 64 channels": (np.float64, 64, False),
}


def products(seed, kind, channels, whole):
    """What one kernel of 3×3 multiplies at 30×30 places, shape (9 * channels, 900)."""
    rng = np.random.default_rng(seed)
    image, kernel = rng.normal(size=(channels, 32, 32)), rng.normal(size=(channels, 3, 3))
    if whole:
        image, kernel = np.round(100 * image), np.round(3 * kernel)
    windows = sliding_window_view(image.astype(kind), (3, 3), axis=(1, 2))
    terms = windows * kernel.astype(kind)[:, None, None]
    return terms.transpose(0, 3, 4, 1, 2).reshape(9 * channels, 900)


def in_order(terms):
    """Add the products one after the other, each sum rounded to their type."""
    total = np.zeros_like(terms[0])
    for term in terms:
        total += term
    return total


def measure(seed, arm):
    """Share of equal outputs, and the largest difference in standard deviations of an output."""
    terms = products(seed, *ARMS[arm])
    forwards, backwards = in_order(terms), in_order(terms[::-1])
    largest = np.abs(forwards - backwards).max() / forwards.std()
    return {"equal": np.mean(forwards == backwards), "largest": largest}


if __name__ == "__main__":
    rows = [{"seed": seed, "arm": arm} | measure(seed, arm) for arm in ARMS for seed in SEEDS]
    table = pd.DataFrame(rows)
    table["largest"] = [float(f"{value:.3g}") for value in table["largest"]]
    evidence.save("summation_order", table.round({"equal": 4}))
