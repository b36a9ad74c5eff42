"""Arrays of every type and of many shapes, as the modules of stored numbers hold them."""

import numpy as np

from coursecnn.widgets import stored


def vectors(rng):
    """Sixty arrays of each type, the ends of its range among them."""
    return [_vector(rng, dtype) for dtype in stored.DTYPES for _ in range(60)]


def _vector(rng, dtype):
    shape = tuple(rng.integers(1, 5, size=rng.integers(1, 5)).tolist())
    array = rng.normal(size=shape).astype(dtype)
    if dtype != "float32":
        info = np.iinfo(dtype)
        array = rng.integers(info.min, info.max, shape, dtype, endpoint=True)
        array.flat[0] = rng.choice([info.min, info.max])
    kept = stored.entry("array", array)
    return {"entry": kept, "shape": list(shape), "expected": array.ravel().tolist()}
