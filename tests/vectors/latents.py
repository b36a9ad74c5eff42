"""Weights of corners in grids of latents, and what is stored for each state of the latent walk."""

from itertools import product

import numpy as np

from coursecnn import gan
from coursecnn.widgets.latent_walk import DIGITS, SIDE, STEPS, LatentWalk


def vectors(rng):
    """Every place of grids of 2 to 7 rows, and two hundred states of the figure."""
    grids = [vector for size in range(2, 8) for vector in _weights(size, int(rng.integers(99)))]
    states = list(product(STEPS, range(DIGITS), range(SIDE), range(SIDE)))
    chosen = rng.choice(len(states), 200, replace=False)
    return grids + [_reading(*states[index]) for index in chosen]


def _weights(size, seed):
    """What the corners have of each latent, by its products with them."""
    corners = gan.orthogonal_latents(4, 54, seed=seed)
    weights = gan.latent_grid(corners, size) @ corners.T / 54
    return [
        {"size": size, "place": [row, column], "expected": weights[row, column].tolist()}
        for row, column in product(range(size), repeat=2)
    ]


def _reading(step, digit, row, column):
    walk = LatentWalk(step=step, digit=digit, position=(row, column))
    state = {"step": step, "digit": digit, "position": [row, column]}
    shape = len(STEPS), DIGITS, SIDE, SIDE
    frame = np.ravel_multi_index((STEPS.index(step), digit, row, column), shape)
    return {"state": state, "frame": int(frame), "expected": list(walk.reading)}
