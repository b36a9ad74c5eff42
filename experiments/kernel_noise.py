"""How much noise a photograph keeps after each kernel of the gallery."""

import numpy as np
import pandas as pd

from coursecnn import data, evidence
from coursecnn.ops import cross_correlate, kernels

ARMS = ("blur", "identity", "sobel_left", "sharpen", "outline")
SEEDS = range(20)  # cheap, and five happened to lie too close together
NOISE = 10.0  # standard deviation, in grey levels


def gain(kernel, seed):
    """Standard deviation of the noise behind the kernel, over that before it."""
    photo = data.photo("camera").astype(float)
    noise = np.random.default_rng(seed).normal(0, NOISE, photo.shape)
    behind = cross_correlate(photo + noise, kernel) - cross_correlate(photo, kernel)
    return behind.std() / noise.std()


if __name__ == "__main__":
    rows = [
        {"seed": seed, "arm": arm, "gain": gain(kernels.GALLERY[arm], seed)}
        for arm in ARMS
        for seed in SEEDS
    ]
    evidence.save("kernel_noise", pd.DataFrame(rows).round({"gain": 5}))
