"""The trained LeNet-5 of the figures in NumPy, with its stored weights; `js/lenet.js` is its twin.

`experiments/lenet_in_the_page.py` trained it, rounded its weights to bytes and stored them.
"""

import functools

import numpy as np

from coursecnn import ops, shapes
from coursecnn.widgets import stored

SIZE, PADDING = 28, 2  # pixels of the image, and zeros around it

#: The levels from the image on, by name: the shape of their maps, (maps, rows, columns).
LEVELS = {
    "input": (1, SIZE, SIZE),
    "C1": (6, 28, 28),
    "S2": (6, 14, 14),
    "C3": (16, 10, 10),
    "S4": (16, 5, 5),
    "F5": (120, 1, 1),
    "F6": (84, 1, 1),
    "output": (10, 1, 1),
}
#: Windows of the levels that have some, from C1 on: (kernel_size, stride) and perhaps padding.
CHAIN = ((5, 1, PADDING), (2, 2), (5, 1), (2, 2))
TRAINED = ("C1", "C3", "F5", "F6", "output")  # the levels with weights


@functools.cache
def parameters():
    """Weights and biases by level, as they are computed with.

    Returns
    -------
    dict of str to (ndarray, ndarray)
        Weight, shape (K, C, 5, 5) or (K, N), and bias, shape (K,), of float32. A weight is its
        stored byte times the stored scale of its output channel.
    """
    kept = stored.read("lenet")
    found = {}
    for name in TRAINED:
        weight, scale = kept[f"{name}.weight"], kept[f"{name}.scale"]
        found[name] = (
            weight.astype(np.float32) * scale.reshape(-1, *[1] * (weight.ndim - 1)),
            kept[f"{name}.bias"],
        )
    return found


def forward(pixels):
    """All that the network computes of images, in float64.

    Parameters
    ----------
    pixels : array_like, shape (28, 28) or (N, 28, 28)
        From 0, the ground, to 255, the ink; fractions are allowed.

    Returns
    -------
    dict of str to ndarray
        The maps by level, shape (maps, rows, columns) or (N, maps, rows, columns), after the
        activation where there is one; those of "output" are the ten logits.
    """
    pixels = np.asarray(pixels, float)
    maps = {"input": pixels.reshape(-1, 1, SIZE, SIZE) * 2 / 255 - 1}
    weights = {name: [each.astype(float) for each in pair] for name, pair in parameters().items()}
    maps["C1"] = ops.relu(ops.conv2d(maps["input"], *weights["C1"], padding=PADDING))
    maps["S2"] = ops.max_pool2d(maps["C1"], 2)
    maps["C3"] = ops.relu(ops.conv2d(maps["S2"], *weights["C3"]))
    maps["S4"] = ops.max_pool2d(maps["C3"], 2)
    below = maps["S4"].reshape(len(maps["S4"]), -1)
    for name in ("F5", "F6", "output"):
        below = ops.linear(below, *weights[name])
        below = below if name == "output" else ops.relu(below)
        maps[name] = below[..., np.newaxis, np.newaxis]
    return maps if pixels.ndim == 3 else {name: each[0] for name, each in maps.items()}


def probabilities(maps):
    """The ten probabilities at the end of a forward pass.

    Parameters
    ----------
    maps : dict of str to ndarray
        What `forward` returned.

    Returns
    -------
    ndarray, shape (10,) or (N, 10)
        They add up to 1.
    """
    return ops.softmax(maps["output"][..., 0, 0], axis=-1)


def field(level, place):
    """The part of the image that a unit depends on.

    Parameters
    ----------
    level : str
        Name of its level, of `LEVELS`.
    place : (int, int)
        Its row and column there, counted from 0.

    Returns
    -------
    list of (int, int)
        First and last row, first and last column; the whole image behind a dense layer.
    """
    depth = list(LEVELS).index(level)
    if depth > len(CHAIN):
        return [(0, SIZE - 1), (0, SIZE - 1)]
    ends = [shapes.receptive_intervals(CHAIN[:depth], unit)[0] for unit in place]
    return [(max(first, 0), min(last, SIZE - 1)) for first, last in ends]
