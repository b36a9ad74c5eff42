"""Assignment 07, a chain of sigmoids: how its slope vanishes."""

import math

import numpy as np

from coursecnn import ops

from ..task import Misconception, Task
from .a07_activations import FORBIDDEN, slope
from .a07_inputs import chains


def _steps(x, weights, *, at=None):
    """Weight times slope of each unit; `at` puts a mistake in the place of where it is taken."""
    for weight in weights:
        before = weight * x
        x, given = ops.sigmoid(before), x
        yield weight * slope(before if at is None else at(before, x, given))


def _products(x, weights):
    return np.cumprod(list(_steps(x, np.asarray(weights, float))))


def _mistaken(**change):
    return lambda x, weights: np.cumprod(list(_steps(x, weights, **change)))


def _same_input(x, weights):
    return np.cumprod([weight * slope(weight * x) for weight in weights])


def _without_sigmoid(x, weights):
    given = x * np.cumprod(np.asarray(weights, float))
    return np.cumprod(weights * slope(given))


def _answer_too_early(x, weights):
    return np.cumprod(weights * slope(weights * np.array(list(_chain(x, weights)))))


def _slope_handed_on(x, weights):
    slopes, given = [1.0], x
    for weight in weights:
        slopes.append(slopes[-1] * weight * slope(weight * given))
        given = slopes[-1]
    return np.array(slopes[1:])


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
            "The slope of the sigmoid is taken at what goes into it, weight · input, not at "
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
        Misconception(
            "answers",
            lambda x, weights: np.array(list(_chain(x, weights))),
            "These are the answers of the units; how steeply they change with x is asked for.",
        ),
        Misconception(
            "starts-at-zero",
            lambda x, weights: 0 * _products(x, weights),
            "The slope begins with da₀/dx = 1: a product that begins with 0 stays 0.",
        ),
        Misconception(
            "starts-at-x",
            lambda x, weights: x * _products(x, weights),
            "The slope begins with da₀/dx = 1, whatever the number x is.",
        ),
        Misconception(
            "start-included",
            lambda x, weights: np.concatenate([[1], _products(x, weights)]),
            "The list begins with the 1 of the input: keep only the L slopes of the units.",
        ),
        Misconception(
            "first-only",
            lambda x, weights: _products(x, weights)[:1],
            "Only the first unit has a slope here: does `return` stand inside the loop?",
        ),
        Misconception(
            "sigmoid-skipped",
            _without_sigmoid,
            "The next unit is given σ(weight · a), not weight · a itself.",
        ),
        Misconception(
            "slope-handed-on",
            _slope_handed_on,
            "The next unit is given the answer of the one before it, not its slope: carry two "
            "numbers along.",
        ),
        Misconception(
            "answer-too-early",
            _answer_too_early,
            "The answer `a` was replaced before the slope was taken, so the slope belongs to the "
            "next unit: keep weight · a first.",
        ),
        Misconception(
            "integer-output",
            lambda x, weights: _products(x, weights).astype(weights.dtype),
            "The result took the number type of the weights, as `np.zeros_like` gives it, and lost "
            "what stands behind the point.",
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
