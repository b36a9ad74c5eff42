"""Paths of the three optimizers on every surface, as the library walks them."""

import numpy as np

from coursecnn.widgets import OptimizerRace
from coursecnn.widgets.optimizer_race import BETAS, CONDITIONS, NAMES, REACH, SURFACES


def vectors(rng):
    """Seventy-two races of three paths, with rates on both sides of the limits."""
    races = [(surface, condition) for surface in SURFACES for condition in CONDITIONS]
    return [vector for index in range(72) for vector in _race(rng, *races[index % len(races)])]


def _race(rng, surface, condition):
    race = OptimizerRace(surface=surface, condition=condition, beta=float(rng.choice(BETAS)))
    race.start = rng.uniform(-1, 1, 2) * REACH
    for name in ("sgd", "momentum"):
        rate = race.limits[name] * 10 ** rng.uniform(-1.5, 0.3)
        setattr(race, f"{name}_rate", np.clip(rate, 0.001, 10))
    race.adam_rate = 10 ** rng.uniform(-2.5, 0)
    paths = race.paths
    return [
        {**race.state(), "name": name, "limit": race.limits.get(name),
         "expected": paths[name].tolist()}
        for name in NAMES
    ]  # fmt: skip
