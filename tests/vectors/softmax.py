"""Scores at many temperatures: probabilities, their entropy, the loss and its gradient."""

import numpy as np

from coursecnn import ops

EXTREME = [[1000.0, 999.0, -1000.0], [-1000.0, -1000.0], [0.0, 0.0, 0.0, 0.0], [1e3, 1e3, 1e3 - 1]]


def vectors(rng):
    """Two to six scores, some equal and some so large that a naive exp would overflow."""
    drawn = [rng.normal(0, 3, rng.integers(2, 7)).round(2).tolist() for _ in range(300)]
    return [_vector(logits, rng) for logits in [*drawn, *EXTREME * 5]]


def _vector(logits, rng):
    temperature = float(10 ** rng.uniform(-1, 1))
    target, (one, other) = int(rng.integers(len(logits))), rng.permutation(len(logits))[:2]
    scaled = np.array(logits) / temperature
    p, log_p = ops.softmax(scaled), ops.log_softmax(scaled)
    loss = ops.cross_entropy(scaled[np.newaxis], np.array([target]))
    grad = ops.cross_entropy_backward(1.0, scaled[np.newaxis], np.array([target]))[0]
    return {
        "logits": logits, "temperature": temperature, "target": target,
        "pair": [int(one), int(other)],
        "expected": [p.tolist(), float(-np.sum(p * log_p)), float(loss),
                     grad.tolist(), float(log_p[one] - log_p[other])],
    }  # fmt: skip
