"""Convolution in `ops`, forward and backward, beside torch, SciPy, einsum and a textbook's loops.

Eleven layers are fixed; forty more are drawn from a grid, and run beside torch only. All run in
one process on one thread. Writes ops.md.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy starts

from pathlib import Path

import numpy as np
import scipy
import torch
from parts.clock import holds, machine, markdown_table, peak, race, ratio, spread, write
from parts.contestants import (
    by_einsum,
    by_loops,
    by_scipy,
    ours_backward,
    ours_forward,
    torch_forward,
)

from coursecnn.shapes import output_size

SHAPES = [
    ((8, 3, 32, 32), (16, 3, 3, 3), {"padding": 1}),
    ((32, 64, 32, 32), (64, 64, 3, 3), {"padding": 1}),
    ((1, 3, 224, 224), (64, 3, 7, 7), {"stride": 2, "padding": 3}),
    ((16, 1, 28, 28), (6, 1, 5, 5), {"padding": 2}),
    ((16, 6, 14, 14), (16, 6, 5, 5), {}),
    ((8, 128, 28, 28), (128, 128, 3, 3), {"padding": 1}),
    ((8, 256, 14, 14), (64, 256, 1, 1), {}),
    ((8, 64, 56, 56), (128, 64, 3, 3), {"stride": 2, "padding": 1}),
    ((8, 32, 28, 28), (32, 1, 3, 3), {"groups": 32, "padding": 1}),
    ((4, 16, 64, 64), (16, 16, 3, 3), {"dilation": 2, "padding": 2}),
    ((2, 8, 16, 28, 28), (16, 8, 3, 3, 3), {"padding": 1}),
]
ROUNDS = 25
BARS = {"forward": 1.4, "backward": 1.6, "worst": 2.5, "depthwise": 6.0}

# What a layer is drawn from; where an option is usual, it stands there more often.
GRID = {
    "batch": [1, 2, 4, 8, 16, 32, 64],
    "channels": [1, 3, 6, 16, 32, 64, 128, 256],
    "kernels": [1, 3, 6, 16, 32, 64, 128, 256],
    "size": [7, 14, 28, 32, 56, 64, 112, 128, 224, 256],
    "kernel": [1, 2, 3, 5, 7, 9],
    "stride": [1, 2, 3],
    "dilation": [1, 1, 2],
    "groups": [1, 1, 1, 2, 4, "depthwise"],
    "padded": [False, True],
}
SEED, DRAWN, DRAWN_ROUNDS = 0, 40, 15
MOST_MACS, MOST_PIXELS = 3 * 10**8, 2**23  # of a layer that is drawn, so that none takes long
DRAWN_BARS = {"forward": 1.3, "backward": 1.3, "twice": 0.9, "worst": 3.0, "depthwise": 5.0}
TILE = 2**22  # bytes that a tile of several images may take


def arrays(x_shape, weight_shape):
    """Random images and kernels, float32, for NumPy and for torch."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=x_shape).astype(np.float32)
    weight = (rng.normal(size=weight_shape) / np.prod(weight_shape[1:]) ** 0.5).astype(np.float32)
    return x, weight, torch.tensor(x), torch.tensor(weight)


def drawn(seed, count):
    """So many layers from the grid; one that does not exist, or is too large, is drawn again."""
    rng, layers = np.random.default_rng(seed), []
    while len(layers) < count:
        layer = fitting(**{key: values[rng.integers(len(values))] for key, values in GRID.items()})
        if layer:
            layers.append(layer)
    return layers


def fitting(batch, channels, kernels, size, kernel, stride, dilation, groups, padded):
    """The shapes and options of a layer, or None."""
    if groups == "depthwise":
        groups = kernels = channels
    span = dilation * (kernel - 1) + 1
    padding = span // 2 if padded else 0
    if channels % groups or kernels % groups or span > size + 2 * padding:
        return None
    x_shape, weight_shape = (
        (batch, channels, size, size),
        (kernels, channels // groups, kernel, kernel),
    )
    out = batch * kernels * output_size(size, kernel, stride, padding, dilation) ** 2
    if out * np.prod(weight_shape[1:]) > MOST_MACS or max(np.prod(x_shape), out) > MOST_PIXELS:
        return None
    if kernel == 1:
        dilation = 1  # it has no meaning, but torch is slower with it
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    usual = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1}
    return x_shape, weight_shape, {k: v for k, v in options.items() if v != usual[k]}


def against_torch(x_shape, weight_shape, options, rounds):
    """Times of torch and ours, forward and backward, and our peak memory over its bound."""
    x, weight, tx, tw = arrays(x_shape, weight_shape)
    leaves = tx.clone().requires_grad_(), tw.clone().requires_grad_()
    out = torch_forward(*leaves, **options)
    tgrad = torch.randn_like(out)
    grad = tgrad.numpy()
    np.testing.assert_allclose(ours_forward(x, weight, **options), out.detach(), atol=1e-4)
    times = race(
        [
            lambda: torch_forward(tx, tw, **options),
            lambda: ours_forward(x, weight, **options),
            lambda: torch.autograd.grad(out, leaves, tgrad, retain_graph=True),
            lambda: ours_backward(grad, x, weight, **options),
        ],
        rounds,
    )
    columns = x_shape[1] * np.prod(weight_shape[2:]) * np.prod(out.shape[2:]) * 4
    bound = x.nbytes + grad.nbytes + max(columns, TILE)
    return times, peak(lambda: ours_forward(x, weight, **options)) / bound


def against_others(x_shape, weight_shape, options):
    """How many times slower than ours the other ways are; the slowest on a part, scaled up."""
    x, weight, _, _ = arrays(x_shape, weight_shape)
    part = x[:1, : weight.shape[1]], weight[: min(2, len(weight) // options.get("groups", 1))]
    part_options = options | {"groups": 1}
    share = len(x) * len(weight) / len(part[1])
    expected = ours_forward(x, weight, **options)
    few = expected[:1, : len(part[1])]
    np.testing.assert_allclose(by_einsum(x, weight, **options), expected, atol=1e-3)
    for slow in (by_scipy, by_loops):
        np.testing.assert_allclose(slow(*part, **part_options), few, atol=1e-3)
    times = race(
        [
            lambda: ours_forward(x, weight, **options),
            lambda: by_einsum(x, weight, **options),
            lambda: by_scipy(*part, **part_options),
            lambda: by_loops(*part, **part_options),
        ],
        rounds=5,
    )
    times[:, 2:] *= share
    return [ratio(times, number)[0] for number in (1, 2, 3)]


def name(x_shape, weight_shape, options):
    """One line that says which layer it is."""
    letters = {"stride": "s", "padding": "p", "dilation": "d", "groups": "g"}
    rest = " ".join(letters[option] + str(value) for option, value in options.items())
    return f"{'×'.join(map(str, x_shape))} · {'×'.join(map(str, weight_shape))} {rest}".strip()


def main():
    """Measure everything and write the report."""
    torch.set_num_threads(1)
    fixed = []
    for shape in SHAPES:
        times, held = against_torch(*shape, ROUNDS)
        fixed.append(Measured(shape, times, held, against_others(*shape)))
        print(" | ".join(fixed[-1].row()), flush=True)
    random = []
    for shape in drawn(SEED, DRAWN):
        random.append(Measured(shape, *against_torch(*shape, DRAWN_ROUNDS)))
        print(" | ".join(random[-1].row()), flush=True)
    write(Path(__file__).with_suffix(".md"), report(fixed, random))


class Measured:
    """What was measured of one layer."""

    def __init__(self, shape, times, memory, others=()):
        self.shape, self.memory, self.others = shape, memory, others
        self.forward, self.backward = ratio(times, 1), ratio(times, 3, base=2)
        self.base = np.median(times, axis=0) * 1000
        self.depthwise = shape[2].get("groups", 1) > 1 and shape[1][1] == 1

    def row(self):
        """Its line of the table."""
        return [
            name(*self.shape), f"{self.base[0]:.2f}", spread(self.forward), f"{self.base[2]:.2f}",
            spread(self.backward), f"{self.memory:.2f}", *(f"{other:.1f}" for other in self.others),
        ]  # fmt: skip


def verdicts(layers, bars):
    """What was reached, over all layers, and whether it meets the bars."""
    medians = np.array([[layer.forward[0], layer.backward[0]] for layer in layers])
    depthwise = np.array([layer.depthwise for layer in layers])
    means = np.exp(np.log(medians).mean(axis=0))
    checks = [
        ("geometric mean, forward", means[0], bars["forward"]),
        ("geometric mean, backward", means[1], bars["backward"]),
        ("slowest layer", medians[~depthwise].max(), bars["worst"]),
        ("slowest depthwise layer", medians[depthwise].max(), bars["depthwise"]),
        ("memory over its bound", max(layer.memory for layer in layers), 1.0),
    ]
    rows = [[what, f"{value:.2f}", f"≤ {bar}", holds(value <= bar)] for what, value, bar in checks]
    if "twice" in bars:
        for what, share in zip(("forward", "backward"), (medians <= 2).mean(axis=0), strict=True):
            measured = [f"{share:.0%}", f"≥ {bars['twice']:.0%}", holds(share >= bars["twice"])]
            rows.append([f"layers within twice torch's time, {what}", *measured])
    return markdown_table(["what", "measured", "bar", "holds"], rows)


def report(fixed, random):
    """The page: what was measured, the tables, and which bars hold."""
    header = ["layer (x · weight)", "torch, ms", "ours / torch", "backward, torch, ms",
              "backward, ours / torch", "memory", "einsum / ours", "SciPy / ours",
              "loops / ours"]  # fmt: skip
    return f"""# Convolution in NumPy beside its peers

Written by `benchmarks/ops.py`; `make bench` measures anew. {machine(torch, scipy)}
float32, channels first, one thread, CPU time; every contestant in turn, {ROUNDS} rounds and for the
drawn layers {DRAWN_ROUNDS}. A ratio is the median over rounds, quartiles in brackets; below 1 ours
is quicker. Our backward includes the gradient of the bias. *Memory* is the peak of our forward call
over input, output and one unrolled image, or {TILE // 2**20} MiB where that is more: so much may a
tile take that holds several images. SciPy and the textbook's loops run on one image and two
kernels, scaled up.

## Eleven layers

{markdown_table(header, [layer.row() for layer in fixed])}

{verdicts(fixed, BARS)}

## {DRAWN} layers that were drawn

Drawn with seed {SEED} from the grid in `benchmarks/ops.py`: batches of 1 to 64, 1 to 256 channels
and kernels, 7 to 256 pixels, kernels of 1 to 9, strides of 1 to 3, dilation, groups. A layer of
more than {MOST_MACS:,} multiply-adds, or with more than {MOST_PIXELS:,} entries at either end,
is drawn again. Nothing else is left out: where torch takes a few microseconds, a ratio says what a
call from Python costs.

{markdown_table(header[:6], [layer.row() for layer in random])}

{verdicts(random, DRAWN_BARS)}
"""


if __name__ == "__main__":
    main()
