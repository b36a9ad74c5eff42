"""Digits that are moved, turned or noisy: some pixels of each."""

from coursecnn.widgets.digits import digits
from coursecnn.widgets.feature_map_browser import CHANGES, MOST, changed

FEW = 30


def vectors(rng):
    """Every change of twenty digits in some steps, each at some pixels."""
    images = digits()[0]
    return [
        _vector(rng, images[n], n, change, int(amount))
        for n in range(len(images))
        for change in CHANGES
        for amount in rng.permutation(MOST + 1)[:4]
    ]


def _vector(rng, image, n, change, amount):
    places = rng.integers(image.size, size=FEW).tolist()
    found = changed(image.astype(float), change, amount).ravel()
    return {"digit": n, "change": change, "amount": amount, "places": places,
            "expected": found[places].tolist()}  # fmt: skip
