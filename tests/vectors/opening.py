"""Feature maps and their colours on the first page of the book."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "book"))
from _ext import opening

from coursecnn import ops


def vectors(rng):
    """Small images; every second kernel is one that can be chosen, the others are drawn."""
    return [_vector(rng, index) for index in range(240)]


def _vector(rng, index):
    height, width = (int(n) for n in rng.integers(3, 8, size=2))
    image = rng.integers(0, 256, (height, width))
    if index % 2:
        kernel = rng.integers(-6, 7, (3, 3)) / 2
    else:
        kernel = ops.kernels.GALLERY[opening.PRESETS[index // 2 % len(opening.PRESETS)]]
    expected = opening.feature_map(image, kernel)
    return {"width": width, "height": height, "pixels": image.ravel().tolist(),
            "kernel": kernel.ravel().tolist(), "stops": opening.stops().tolist(),
            "expected": expected.ravel().tolist(),
            "shades": opening.shades(expected, kernel).reshape(-1, 3).tolist(),
            "written": [opening.weight(w) for w in kernel.ravel().tolist()]}  # fmt: skip
