"""Assignment 05, on videos: see which way things move."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops import cross_correlate

from ..task import Misconception, Task
from .a05_inputs import videos_with_pairs
from .a05_volumes import FORBIDDEN

PAIR_HINT = "Both kernels of a pair count: where one is silent, the other one speaks."
AXIS_HINT = "Take the mean over time only, that is over axis 0."


def _answers(video, pair):
    return np.stack([cross_correlate(video, kernel) for kernel in pair])


def _energy(video, pair):
    return np.sum(_answers(video, pair) ** 2, axis=0)


def _map(video, right, left, *, energy=_energy):
    return np.mean(energy(video, right) - energy(video, left), axis=0)


def _steady(video, pair):
    """The energy of the mean answers: what changes sign over time is lost."""
    return np.sum(_answers(video, pair).mean(axis=1) ** 2, axis=0)


def _mistaken(energy):
    return lambda video, right, left: _map(video, right, left, energy=energy)


def _block(video, kernel):
    return np.einsum("abcdij,dij->abc", sliding_window_view(video, kernel.shape), kernel)


def _map_by_shape(video, right, left):
    even, odd, even_left, odd_left = (_block(video, k) for k in (*right, *left))
    energy = even * even + odd * odd - even_left * even_left - odd_left * odd_left
    return energy.sum(axis=0) / len(energy)


def _map_by_modulus(video, right, left):
    waves = [_answers(video, pair) for pair in (right, left)]
    to_the_right, to_the_left = (np.abs(even + 1j * odd) ** 2 for even, odd in waves)
    return to_the_right.mean(axis=0) - to_the_left.mean(axis=0)


def _map_in_lists(video, right, left):
    total = 0
    for sign, pair in ((1, right), (-1, left)):
        for kernel in pair:
            total = total + sign * np.square(_block(video, kernel).tolist())
    return [row.tolist() for row in np.average(total, axis=0)]


MOTION_MAP = Task(
    id="motion_map",
    points=2,
    reference=_map,
    arguments=("video", "right", "left"),
    inputs=videos_with_pairs,
    misconceptions=(
        Misconception(
            "not-squared",
            _mistaken(lambda video, pair: _answers(video, pair).sum(axis=0)),
            "Answers of opposite sign cancel: square each before you add.",
        ),
        Misconception(
            "squared-too-late",
            _mistaken(lambda video, pair: _answers(video, pair).sum(axis=0) ** 2),
            "This is the square of a sum; the energy is a sum of squares.",
        ),
        Misconception(
            "absolute-values",
            _mistaken(lambda video, pair: np.abs(_answers(video, pair)).sum(axis=0)),
            "The energy adds squares, not absolute values.",
        ),
        Misconception(
            "root-taken",
            _mistaken(lambda video, pair: np.sqrt(_energy(video, pair))),
            "This is the root of the energy: leave the squares as they are.",
        ),
        Misconception(
            "one-of-the-pair",
            _mistaken(lambda video, pair: _answers(video, pair[:1])[0] ** 2),
            PAIR_HINT,
        ),
        Misconception(
            "one-of-the-pair",
            _mistaken(lambda video, pair: _answers(video, pair[1:])[0] ** 2),
            PAIR_HINT,
        ),
        Misconception(
            "one-direction",
            lambda video, right, left: _energy(video, right).mean(axis=0),
            "The energy of the other direction must be subtracted.",
        ),
        Misconception(
            "wrong-sign",
            lambda video, right, left: _map(video, left, right),
            "Right minus left: the map is positive where things move to the right.",
        ),
        Misconception(
            "energies-added",
            lambda video, right, left: (_energy(video, right) + _energy(video, left)).mean(axis=0),
            "The two energies are subtracted, not added.",
        ),
        Misconception(
            "sum-not-mean",
            lambda video, right, left: (_energy(video, right) - _energy(video, left)).sum(axis=0),
            "The map is the mean over time, not the sum, so that long videos do not count more.",
        ),
        Misconception(
            "time-kept",
            lambda video, right, left: _energy(video, right) - _energy(video, left),
            "The mean over time is missing: the result is one map.",
        ),
        Misconception(
            "mean-over-everything",
            lambda video, right, left: _map(video, right, left).mean(),
            AXIS_HINT,
        ),
        Misconception(
            "mean-over-space",
            lambda video, right, left: np.mean(
                _energy(video, right) - _energy(video, left), axis=-1
            ),
            AXIS_HINT,
        ),
        Misconception(
            "averaged-too-early",
            lambda video, right, left: _steady(video, right) - _steady(video, left),
            "Answers of opposite sign cancel in a mean: square first, then average over time.",
        ),
        Misconception(
            "difference-squared",
            lambda video, right, left: np.mean(
                np.sum((_answers(video, right) - _answers(video, left)) ** 2, axis=0), axis=0
            ),
            "The energies are subtracted, not the answers: square before you subtract.",
        ),
    ),
    alternatives=(_map_by_shape, _map_by_modulus, _map_in_lists),
    forbidden=FORBIDDEN,
)
