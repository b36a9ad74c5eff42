"""Maps of two digits: their largest responses, their order, their fields, and what excites them."""

import numpy as np

from coursecnn.widgets import lenet
from coursecnn.widgets.digits import digits
from coursecnn.widgets.feature_map_browser import CHANGES, LAYERS, MOST, changed

PAIRS, EACH = 12, 20  # pairs of digits, and maps that are looked at for each


def vectors(rng):
    """Pairs of digits, the right one changed, seen by maps of all layers in turn."""
    images = digits()[0].astype(float)
    of_all = lenet.forward(images)
    made = []
    for index in range(PAIRS):
        left, right = (int(n) for n in rng.integers(len(images), size=2))
        change, amount = CHANGES[index % 3], int(rng.integers(MOST + 1))
        pair = np.stack([images[left], changed(images[right], change, amount)])
        state = {"left": left, "right": right, "change": change, "amount": amount}
        maps = lenet.forward(pair)
        made += [state | _vector(rng, LAYERS[n % len(LAYERS)], maps, of_all) for n in range(EACH)]
    return made


def _vector(rng, layer, maps, of_all):
    (count, *shape), both = lenet.LEVELS[layer], maps[layer]
    number = int(rng.integers(count))
    peaks = [np.unravel_index(each[number].argmax(), shape) for each in both]
    apart = [_apart(*both[:, n]) for n in range(count)]
    strongest = both.max(axis=(0, 2, 3))
    moved = np.abs(both[1] - both[0]).sum(axis=(1, 2))
    responses = of_all[layer][:, number].max(axis=(1, 2))
    excited = np.argsort(-responses, kind="stable")
    return {"layer": layer, "map": number, "expected": [
        [float(each[number].max()) for each in both],
        apart[number], _apart(*both),
        [[int(n) for n in place] for place in peaks],
        [[list(axis) for axis in lenet.field(layer, place)] for place in peaks],
        np.argsort(-strongest, kind="stable").tolist(),
        np.argsort(-np.array(apart), kind="stable").tolist(),
        [[int(n), float(responses[n])] for n in excited],
        int((moved if moved.any() else strongest).argmax()),
    ]}  # fmt: skip


def _apart(one, other):
    """Σ|a − b| / Σ(|a| + |b|) as a loop has it, 0 where nothing responds."""
    pairs = list(zip(one.ravel().tolist(), other.ravel().tolist(), strict=True))
    together = sum(abs(a) + abs(b) for a, b in pairs)
    return sum(abs(a - b) for a, b in pairs) / together if together else 0.0
