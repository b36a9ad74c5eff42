"""Values and slopes of every activation, on a grid and at random places."""

import numpy as np

from coursecnn import ops

NAMES = ("relu", "leaky_relu", "elu", "gelu", "sigmoid", "tanh")


def vectors(rng):
    """A quarter of a thousand places for each activation, 0 among them."""
    places = np.concatenate([np.linspace(-6, 6, 201), rng.uniform(-6, 6, 49)])
    places[100] = 0
    return [_vector(name, float(x)) for name in NAMES for x in places]


def _vector(name, x):
    value = getattr(ops, name)(x)
    slope = getattr(ops, f"{name}_backward")(1.0, x)
    return {"name": name, "x": x, "expected": [float(value), float(slope)]}
