"""How much responses of model cells change while a photograph moves by one wave of their stripes.

All cells prefer upright stripes. The simple one has one place and one phase; the wide one too, with
stripes that fade out over twice the distance: a larger kernel, without a second phase. The pooled
one takes the largest response of simple cells around it. The energy cell adds the squares of the
linear responses of a quadrature pair; its root grows with contrast as the others do. The squared
cell is the simple one squared, to be compared with the energy itself.
"""

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn import data, evidence
from coursecnn.ops import conv2d, gabor, max_pool2d, relu

WAVE = 6  # pixels between two stripes
PLACES = 500
SEEDS = range(20)  # cheap


def wide():
    """An even kernel with the same stripes as the simple cell's, in a window twice as wide."""
    y, x = np.ogrid[-2 * WAVE : 2 * WAVE + 1, -2 * WAVE : 2 * WAVE + 1]
    window = np.exp(-2 * (x**2 + y**2) / (2 * WAVE) ** 2)
    kernel = window * np.cos(2 * np.pi * x / WAVE)
    kernel -= window * kernel.sum() / window.sum()
    return kernel / np.linalg.norm(kernel)


def cells(images):
    """Responses of each cell at every place of grey images, each of shape (N, H, W)."""
    pair = np.stack([gabor(90, wavelength=WAVE, phase=phase) for phase in (0, 90)])[:, None]
    even, odd = np.moveaxis(conv2d(images[:, None], pair), 1, 0)
    simple, energy = relu(even), even**2 + odd**2
    larger = relu(conv2d(images[:, None], wide()[None, None]))[:, 0]
    margin = WAVE  # the wide kernel reaches so much farther on each side
    inside = (..., slice(margin, -margin), slice(margin, -margin))
    pooled = max_pool2d(simple, WAVE + 1, stride=1)  # three places on each side
    rest = margin - WAVE // 2
    return {
        "simple": simple[inside],
        "wide": larger,
        "pooled": pooled[..., rest:-rest, rest:-rest],
        "root": np.sqrt(energy)[inside],
        "squared": simple[inside] ** 2,
        "energy": energy[inside],
    }


def traces(responses, places):
    """Responses of a cell step by step while the photograph moves, shape (WAVE, places)."""
    image, row, column = places
    return np.stack([responses[image, row, column + step] for step in range(WAVE)])


def contrast(images):
    """Standard deviation in the window of the simple cell, at places where all cells respond."""
    size = 2 * WAVE + 1
    spread = np.stack([sliding_window_view(each, (size, size)).std((2, 3)) for each in images])
    return spread[..., WAVE:-WAVE, WAVE:-WAVE]


def draw(spread, seed):
    """Places with something to see: among the tenth with the most contrast, whatever its angle."""
    spread = spread[..., :-WAVE]
    strong = np.argwhere(spread > np.quantile(spread, 0.9))
    return np.random.default_rng(seed).choice(strong, PLACES, replace=False).T


def change(trace):
    """Standard deviation over the steps, as a share of the mean; both averaged over places."""
    return trace.std(0).mean() / trace.mean()


if __name__ == "__main__":
    grey = data.photos().images.mean(1)
    responses, spread = cells(grey), contrast(grey)
    rows = [
        {"seed": seed, "arm": arm, "change": change(traces(each, draw(spread, seed)))}
        for arm, each in responses.items()
        for seed in SEEDS
    ]
    evidence.save("complex_cells", pd.DataFrame(rows).round({"change": 5}))
