"""Responses of both cells to stripes at random, and some of their kernels, weight by weight."""

import numpy as np

from coursecnn.ops import gabor, grating
from coursecnn.widgets import OrientationTuning
from coursecnn.widgets.orientation_tuning import ANGLES, SIZES


def vectors(rng):
    """Three hundred pairs of stripes and cells, of every field and every preferred angle."""
    cells = [(angle, size) for angle in ANGLES for size in SIZES]
    return [
        *(_response(rng, *cells[index % len(cells)]) for index in range(300)),
        *(_kernel(angle, phase) for angle in ANGLES for phase in (0, 90)),
    ]


def _response(rng, preferred, size):
    angle, phase = float(rng.uniform(0, 180)), float(rng.uniform(0, 360))
    if rng.random() < 0.2:  # where both respond
        angle = float(preferred)
    shown = OrientationTuning(angle=angle, phase=phase, preferred=preferred, size=size)
    sums = shown.sums
    if size == 13:
        stripes = grating(13, angle, phase=phase)
        sums = [np.sum(gabor(preferred, phase=own) * stripes) for own in (0, 90)]
    expected = [*map(float, sums), shown.simple, shown.complex]
    return {**shown.state(), "expected": expected}


def _kernel(preferred, phase):
    return {"kernel": [preferred, phase], "expected": gabor(preferred, phase=phase).tolist()}
