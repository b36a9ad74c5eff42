"""Assignment 07, slopes: how steep one sigmoid is, and how flat a chain of them becomes."""

import math

import numpy as np

from coursecnn import ops

from ..task import Misconception, Task
from .a07_inputs import chains, far_arrays

FORBIDDEN = ("coursecnn.ops", "scipy.special", "torch.nn", "torch.sigmoid")
OVERFLOW_HINT = (
    "Far from 0 both parts of this quotient are infinite. Compute s = 1 / (1 + e^(−x)) once, then "
    "s · (1 − s)."
)


def _slope(x):
    return ops.sigmoid_backward(np.ones(np.shape(x)), np.asarray(x, float))


def _slope_by_quotient(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


def _slope_by_growing_powers(x):
    s = np.exp(x) / (1 + np.exp(x))
    return s * (1 - s)


def _slope_by_loop(x):
    powers = [math.exp(-abs(value)) for value in np.ravel(x)]
    return np.array([power / (1 + power) ** 2 for power in powers]).reshape(x.shape)


SIGMOID_SLOPE = Task(
    id="sigmoid_slope",
    points=1,
    reference=_slope,
    arguments=("x",),
    inputs=far_arrays,
    misconceptions=(
        Misconception(
            "sigmoid-itself",
            ops.sigmoid,
            "This is σ(x), the height of the curve; its slope is σ(x) · (1 − σ(x)).",
        ),
        Misconception(
            "sigmoid-skipped",
            lambda x: x * (1 - x),
            "`x` is what the sigmoid is given, not what it returns: compute σ(x) first.",
        ),
        Misconception(
            "twice",
            lambda x: _slope(ops.sigmoid(x)),
            "The sigmoid was applied twice: s · (1 − s) with s = σ(x) is already the slope.",
        ),
        Misconception(
            "slope-of-tanh",
            lambda x: 1 - np.tanh(x) ** 2,
            "This is the slope of tanh.",
        ),
        Misconception(
            "one-minus-square",
            lambda x: 1 - ops.sigmoid(x) ** 2,
            "1 − y² is the rule for tanh; the sigmoid has y · (1 − y).",
        ),
        Misconception("overflow", _slope_by_quotient, OVERFLOW_HINT),
        Misconception("overflow", _slope_by_growing_powers, OVERFLOW_HINT),
    ),
    alternatives=(
        _slope_by_loop,
        lambda x: ops.sigmoid(x) * ops.sigmoid(-x),
        lambda x: (1 - np.tanh(x / 2) ** 2) / 4,
    ),
    forbidden=FORBIDDEN,
)


def _steps(x, weights, *, at=None):
    """Weight times slope of each unit; `at` puts a mistake in the place of where it is taken."""
    for weight in weights:
        before = weight * x
        x, given = ops.sigmoid(before), x
        yield weight * _slope(before if at is None else at(before, x, given))


def _products(x, weights):
    return np.cumprod(list(_steps(x, np.asarray(weights, float))))


def _mistaken(**change):
    return lambda x, weights: np.cumprod(list(_steps(x, weights, **change)))


def _same_input(x, weights):
    return np.cumprod([weight * _slope(weight * x) for weight in weights])


def _chain_by_loop(x, weights):
    slopes, slope = [], 1.0
    for weight in weights:
        x = 1 / (1 + math.exp(-weight * x))
        slope *= weight * x * (1 - x)
        slopes.append(slope)
    return slopes


def _chain(x, weights):
    for weight in weights:
        x = ops.sigmoid(weight * x)
        yield x


def _chain_by_differences(x, weights):
    """The definition of a slope, in complex numbers: there is nothing to cancel."""
    step, slopes = 1e-20, []
    x = x + 1j * step
    for weight in np.asarray(weights, float):
        x = 1 / (1 + np.exp(-weight * x))
        slopes.append(x.imag / step)
    return slopes


CHAIN_SLOPES = Task(
    id="chain_slopes",
    points=2,
    reference=_products,
    arguments=("x", "weights"),
    inputs=chains,
    misconceptions=(
        Misconception(
            "weights-forgotten",
            lambda x, weights: _products(x, weights) / np.cumprod(np.asarray(weights, float)),
            "The weight multiplies, too: by the chain rule each unit contributes "
            "weight · σ′(weight · input).",
        ),
        Misconception(
            "not-multiplied",
            lambda x, weights: np.array(list(_steps(x, weights))),
            "These are the slopes of the single units; through a chain they multiply.",
        ),
        Misconception(
            "added",
            lambda x, weights: np.cumsum(list(_steps(x, weights))),
            "Slopes of functions inside one another multiply; they do not add up.",
        ),
        Misconception(
            "slope-at-output",
            _mistaken(at=lambda before, after, given: after),
            "The slope of the sigmoid is taken at what goes *into* it, weight · input, not at "
            "what comes out.",
        ),
        Misconception(
            "slope-at-input",
            _mistaken(at=lambda before, after, given: given),
            "What goes into the sigmoid is weight · input, not the input alone.",
        ),
        Misconception(
            "same-input",
            _same_input,
            "Each unit is given what the one before it has computed; here all are given x.",
        ),
        Misconception(
            "always-a-quarter",
            lambda x, weights: np.cumprod(np.asarray(weights, float) / 4),
            "1/4 is the largest slope of the sigmoid, at 0; elsewhere it is smaller.",
        ),
        Misconception(
            "last-only",
            lambda x, weights: _products(x, weights)[-1],
            "This is the slope of the whole chain; the slope up to each unit is asked for.",
        ),
        Misconception(
            "last-first",
            lambda x, weights: np.cumprod(list(_steps(x, weights))[::-1]),
            "The first entry belongs to the first unit of the chain.",
        ),
    ),
    alternatives=(
        _chain_by_loop,
        _chain_by_differences,
        lambda x, weights: np.cumprod(
            [w * a * (1 - a) for w, a in zip(weights, _chain(x, weights), strict=True)]
        ),
    ),
    forbidden=FORBIDDEN,
)
