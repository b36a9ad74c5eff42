"""Bands, paired differences and labels that are needed, for tables of runs drawn at random."""

import numpy as np

from coursecnn.widgets.label_results import Results

ARMS = ("one", "two", "three")
LABELS = (10, 20, 50, 100, 200)
MISSING = -1  # JSON has no NaN, and null would pass for 0


def vectors(rng):
    """Tables with few draws and with many, with gaps, with curves that cross and that do not."""
    return [_vector(rng, draws=2 + index % 9) for index in range(210)]


def _vector(rng, draws):
    results, labels = _results(rng, draws), int(rng.choice(LABELS))
    first, second = (str(arm) for arm in rng.choice(ARMS, 2, replace=False))
    read = Results(results, "boats")
    over, needed = read.difference(first, second, labels), read.needed(first, second, labels)
    best, others = read.lead(ARMS, labels)
    return {
        "state": {"results": results, "target": "boats", "reference": first, "learner": second},
        "place": LABELS.index(labels),
        "first": first,
        "second": second,
        "order": [best, *others],
        "expected": [
            [value for arm in ARMS for value in read.band(arm, labels) or [MISSING] * 2],
            [MISSING] * 3 if over is None else _known(over.mean, over.low, over.high),
            [MISSING] * 3 if needed is None
            else _known(needed.level, needed.labels, needed.seconds),
            _known(*needed.by_draw) if needed else [],
        ],
    }  # fmt: skip


def _known(*values):
    return [MISSING if value is None else float(value) for value in values]


def _results(rng, draws):
    """One target; one run in twenty is missing, and half of the tables have no times."""
    shape = (1, len(ARMS), len(LABELS), draws)
    level, slope = rng.uniform(0.55, 0.7, (3, 1, 1)), rng.uniform(0, 0.12, (3, 1, 1))
    accuracy = level + slope * np.log10(LABELS)[:, np.newaxis] + rng.normal(0, 0.02, shape)
    seconds = rng.uniform(0.1, 5, shape[:-1]) * np.sqrt(LABELS)
    accuracy[rng.random(shape) < 0.05] = np.nan
    seconds[:] = seconds if rng.random() < 0.5 else np.nan
    names = {"targets": ["boats"], "arms": [*ARMS], "labels": [*LABELS], "seeds": [*range(draws)]}
    return {**names, "accuracy": _plain(accuracy), "seconds": _plain(seconds)}


def _plain(array):
    return np.where(np.isnan(array), None, array.round(4)).tolist()
