"""Weights of layers for many images, by `coursecnn.shapes`, and where they stand on the axis."""

from math import isqrt, log10

from coursecnn import shapes

LEAST = {"height": 8, "width": 8, "out_features": 1, "kernel_size": 1, "out_channels": 1}
MOST = {"height": 4000, "width": 4000, "out_features": 100_000, "kernel_size": 11,
        "out_channels": 512}  # fmt: skip


def vectors(rng):
    """States of the figure: both ends, and random ones of every size."""
    states = [{**ends, "in_channels": channels} for ends in (LEAST, MOST) for channels in (1, 3)]
    states += [{"height": 3000, "width": 4000, "in_channels": 1, "out_features": 10_000,
                "kernel_size": 3, "out_channels": 1}]  # fmt: skip
    states += [_drawn(rng, LEAST) for _ in range(500)]
    large = {"height": 2000, "width": 2000, "out_channels": 256}
    states += [_drawn(rng, {**LEAST, **large}) for _ in range(30)]
    return [_vector(state) for state in states]


def _drawn(rng, least):
    drawn = {name: int(low * (MOST[name] / low) ** rng.random()) for name, low in least.items()}
    return {**drawn, "in_channels": int(rng.choice([1, 3]))}


def _vector(state):
    """The three counts, each in pieces of nine digits, the lowest first: JSON would round them."""
    pixels, kernels = state["height"] * state["width"], state["out_channels"]
    inputs = pixels * state["in_channels"]
    counts = [
        shapes.conv_parameters(state["in_channels"], kernels, state["kernel_size"], bias=False),
        shapes.linear_parameters(inputs, state["out_features"], bias=False),
        shapes.linear_parameters(inputs, pixels * kernels, bias=False),
    ]
    return {
        "state": state,
        "expected": [[count % 10**9, count // 10**9] for count in counts],
        "side": [isqrt(count) for count in counts],
        "power": [log10(count) for count in counts],
    }
