"""Which kind of pooling notices a faint signal, by how many values share it.

A window of 4×4 values holds noise of standard deviation 1, or noise and a signal of 6 in all that
is shared equally by 1, 2, 4, 8 or 16 of the values. Noticed is the chance that the pooled value of
a window with the signal is the larger one of the two: 0.5 is guessing.
"""

import numpy as np
import pandas as pd

from coursecnn import evidence

SEEDS = range(10)
SHARED_BY = (1, 2, 4, 8, 16)
COUNT, TOTAL = 4000, 6.0


def softmax_pool(windows, sharpness=0.5):
    """A mean of each window whose weights grow with the values."""
    weights = np.exp(sharpness * windows)
    return (weights * windows).sum(1) / weights.sum(1)


ARMS = {
    "average": lambda windows: windows.mean(1),
    "softmax": softmax_pool,
    "max": lambda windows: windows.max(1),
}


def noticed(pool, shared_by, seed):
    """Chance that the window with the signal has the larger pooled value."""
    noise = np.random.default_rng(seed).standard_normal((2, COUNT, 16))
    noise[1, :, :shared_by] += TOTAL / shared_by
    return np.mean(pool(noise[1]) > pool(noise[0]))


if __name__ == "__main__":
    rows = [
        {"arm": arm, "seed": seed}
        | {f"by_{n}": noticed(pool, n, seed) for n in SHARED_BY}
        | {"alone": pool(np.random.default_rng(seed).standard_normal((COUNT, 16))).mean()}
        for seed in SEEDS
        for arm, pool in ARMS.items()
    ]
    evidence.save("spread_signals", pd.DataFrame(rows).round(4))
