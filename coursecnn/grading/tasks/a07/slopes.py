"""Slopes: how steep the sigmoid is, and how it vanishes in a chain."""

import math

import numpy as np

from coursecnn import ops
from coursecnn.grading.task import Misconception, Task

from .activations import FORBIDDEN
from .inputs import chains, far_arrays

INFINITE_HINT = (
    "Far from 0 both parts of this quotient are infinite. Compute s = 1 / (1 + e^(−x)) once, then "
    "s · (1 − s)."
)


def _slope(x):
    """How steep the sigmoid is, at each entry of `x`."""
    return ops.sigmoid_backward(np.ones(np.shape(x)), np.asarray(x, float))


def _slope_by_quotient(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


def _slope_by_growing_powers(x):
    s = np.exp(x) / (1 + np.exp(x))
    return s * (1 - s)


def _slope_of_one_number(x):
    s = 1 / (1 + math.exp(-x))
    return s * (1 - s)


def _in_the_type_of(x):
    return _slope(x).astype(np.asarray(x).dtype)


def _quotient(before, behind):
    """How much the sigmoid rises from one point to another, per step; no step is small enough."""
    return lambda x: (ops.sigmoid(x + behind) - ops.sigmoid(x - before)) / (before + behind)


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
        Misconception(
            "brackets",
            lambda x: -(1 + np.exp(-x)) * np.exp(-x),
            "`1 / 1 + e` divides first and adds then: put brackets around 1 + e^(−x).",
        ),
        Misconception(
            "wrong-sign",
            lambda x: -_slope(x),
            "The sigmoid rises everywhere, so its slope is not negative: s · (1 − s).",
        ),
        Misconception(
            "brackets",
            lambda x: 0 * _slope(x),
            "`s * 1 - s` multiplies first, and what is left is 0: put brackets around 1 − s.",
        ),
        *(
            Misconception(
                "wrong-factor",
                wrong,
                "The two factors are s = σ(x) and what s lacks of 1.",
            )
            for wrong in (
                lambda x: ops.sigmoid(x) * (1 + ops.sigmoid(x)),
                lambda x: ops.sigmoid(x) ** 2,
                lambda x: 1 - ops.sigmoid(x),
            )
        ),
        Misconception(
            "difference-quotient",
            lambda x: np.gradient(ops.sigmoid(x)),
            "`np.gradient` compares neighbouring entries of an array; the slope at a number is "
            "asked for, whatever stands beside it.",
        ),
        Misconception(
            "one-number-only",
            _slope_of_one_number,
            "`math.exp` takes a single number; `np.exp` takes the exponential of every entry.",
        ),
        Misconception(
            "integer-output",
            _in_the_type_of,
            "The result took the number type of `x`, as `np.zeros_like` gives it; between 0 and 1 "
            "there are no whole numbers.",
        ),
        *(
            Misconception(
                "difference-quotient",
                _quotient(*steps),
                "A quotient of differences only comes near the slope; the formula gives it.",
            )
            for step in (0.1, 0.01, 0.001, 0.0001)
            for steps in ((0, step), (step, step))
        ),
        Misconception("overflow", _slope_by_quotient, INFINITE_HINT),
        Misconception("overflow", _slope_by_growing_powers, INFINITE_HINT),
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


def _without_sigmoid(x, weights):
    given = x * np.cumprod(np.asarray(weights, float))
    return np.cumprod(weights * _slope(given))


def _answer_too_early(x, weights):
    return np.cumprod(weights * _slope(weights * np.array(list(_chain(x, weights)))))


def _slope_handed_on(x, weights):
    slopes, given = [1.0], x
    for weight in weights:
        slopes.append(slopes[-1] * weight * _slope(weight * given))
        given = slopes[-1]
    return np.array(slopes[1:])


def _chain(x, weights):
    for weight in weights:
        x = ops.sigmoid(weight * x)
        yield x


def _handing_on(given):
    """The mistake of giving the next unit something else, made of weight · a and of a."""

    def wrong(x, weights):
        factors = []
        for weight in weights:
            before = weight * x
            factors.append(weight * _slope(before))
            x = given(before, x)
        return np.cumprod(factors)

    return wrong


def _input_for_weight(x, weights):
    factors = []
    for weight in weights:
        factors.append(x * _slope(weight * x))
        x = ops.sigmoid(weight * x)
    return np.cumprod(factors)


ADDED_HINT = "Slopes of functions inside one another multiply; they do not add up."

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
            ADDED_HINT,
        ),
        Misconception(
            "added", lambda x, weights: 1 + np.cumsum(list(_steps(x, weights))), ADDED_HINT
        ),
        *(
            Misconception(
                "wrong-input-of-the-next",
                _handing_on(given),
                "The next unit is given what this one answers, σ(weight · a).",
            )
            for given in (lambda z, a: ops.sigmoid(a), lambda z, a: _slope(z))
        ),
        Misconception(
            "input-for-weight",
            _input_for_weight,
            "The slope of σ(weight · a) by a is σ′(weight · a) times the weight, not times a.",
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
            "last-first",
            lambda x, weights: np.cumprod(list(_steps(x, weights))[::-1])[::-1],
            "These are the products from each unit to the end of the chain; asked for are those "
            "from its beginning to each unit.",
        ),
        Misconception(
            "logarithm-of-negative-numbers",
            lambda x, weights: np.exp(np.cumsum(np.log(list(_steps(x, weights))))),
            "Weights may be negative, and a negative number has no logarithm: multiply instead.",
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
            "start-included",
            lambda x, weights: np.concatenate([[1], _products(x, weights)[:-1]]),
            "The slope was kept before it was multiplied: the list begins with the 1 of the input "
            "and lacks the last unit.",
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
    forbidden=FORBIDDEN,
)
