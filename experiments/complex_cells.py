"""How much the answers of model cells change while a photograph moves by one wave of their stripes.

All three cells like upright stripes. The simple one looks at one place, the pooled one takes the
largest answer of simple cells around it, the energy cell adds the squares of a quadrature pair.
"""

import numpy as np
import pandas as pd

from coursecnn import data, evidence
from coursecnn.ops import conv2d, gabor, max_pool2d, relu

WAVE = 6  # pixels between two stripes
PLACES = 500
SEEDS = range(20)  # cheap


def cells(images):
    """What each cell answers at every place of grey images, each of shape (N, H, W)."""
    pair = np.stack([gabor(90, wavelength=WAVE, phase=phase) for phase in (0, 90)])[:, None]
    even, odd = np.moveaxis(conv2d(images[:, None], pair), 1, 0)
    pooled = max_pool2d(relu(even), WAVE + 1, stride=1)
    inside = (..., slice(WAVE // 2, -(WAVE // 2)), slice(WAVE // 2, -(WAVE // 2)))
    return {
        "simple": relu(even)[inside],
        "pooled": pooled,
        "energy": np.hypot(even, odd)[inside],
    }


def traces(answers, places):
    """What a cell answers step by step while the photograph moves, shape (WAVE, places)."""
    image, row, column = places
    return np.stack([answers[image, row, column + step] for step in range(WAVE)])


def draw(answers, seed):
    """Places where the cells have something to see: among the tenth with the most energy."""
    loud = answers["energy"][..., :-WAVE]
    loud = np.argwhere(loud > np.quantile(loud, 0.9))
    return np.random.default_rng(seed).choice(loud, PLACES, replace=False).T


def change(trace):
    """Standard deviation over the steps, as a share of the mean; both averaged over places."""
    return trace.std(0).mean() / trace.mean()


if __name__ == "__main__":
    grey = data.photos().images.mean(1)
    answers = cells(grey)
    rows = [
        {"seed": seed, "arm": arm, "change": change(traces(each, draw(answers, seed)))}
        for arm, each in answers.items()
        for seed in SEEDS
    ]
    evidence.save("complex_cells", pd.DataFrame(rows).round({"change": 5}))
