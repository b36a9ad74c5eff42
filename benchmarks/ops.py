"""Convolution in `ops`, forward and backward, beside torch, SciPy, einsum and a textbook's loops.

All run in one process on one thread. Writes ops.md.
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


def arrays(x_shape, weight_shape):
    """Random images and kernels, float32, for NumPy and for torch."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=x_shape).astype(np.float32)
    weight = (rng.normal(size=weight_shape) / np.prod(weight_shape[1:]) ** 0.5).astype(np.float32)
    return x, weight, torch.tensor(x), torch.tensor(weight)


def against_torch(x_shape, weight_shape, options):
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
        ROUNDS,
    )
    channels = x_shape[1] * np.prod(weight_shape[2:]) * np.prod(out.shape[2:]) * 4
    bound = x.nbytes + grad.nbytes + channels
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
    rows, forward, backward, memory = [], [], [], []
    for shape in SHAPES:
        times, held = against_torch(*shape)
        others = against_others(*shape)
        forward.append(ratio(times, 1))
        backward.append(ratio(times, 3, base=2))
        memory.append(held)
        base = np.median(times, axis=0) * 1000
        rows.append(
            [name(*shape), f"{base[0]:.2f}", spread(forward[-1]), f"{base[2]:.2f}",
             spread(backward[-1]), f"{held:.2f}", *(f"{other:.1f}" for other in others)]
        )  # fmt: skip
        print(" | ".join(rows[-1]), flush=True)
    write(Path(__file__).with_suffix(".md"), report(rows, forward, backward, memory))


def report(rows, forward, backward, memory):
    """The page: what was measured, the table, and which bars hold."""
    medians = np.array([[f[0], b[0]] for f, b in zip(forward, backward, strict=True)])
    depthwise = np.array([shape[2].get("groups", 1) > 1 for shape in SHAPES])
    means = np.exp(np.log(medians).mean(axis=0))
    checks = [
        ("geometric mean, forward", means[0], BARS["forward"]),
        ("geometric mean, backward", means[1], BARS["backward"]),
        ("slowest layer", medians[~depthwise].max(), BARS["worst"]),
        ("slowest depthwise layer", medians[depthwise].max(), BARS["depthwise"]),
        ("memory over input + output + one unrolled image", max(memory), 1.0),
    ]
    header = ["layer (x · weight)", "torch, ms", "ours / torch", "backward, torch, ms",
              "backward, ours / torch", "memory", "einsum / ours", "SciPy / ours",
              "loops / ours"]  # fmt: skip
    verdicts = [[what, f"{value:.2f}", f"≤ {bar}", holds(value <= bar)]
                for what, value, bar in checks]  # fmt: skip
    return f"""# Convolution in NumPy beside its peers

Written by `benchmarks/ops.py`; `make bench` measures anew. {machine(torch, scipy)}
float32, channels first, one thread, CPU time; {ROUNDS} rounds, every contestant in turn.
A ratio is the median over rounds, quartiles in brackets; below 1 ours is quicker. Our backward
includes the gradient of the bias. *Memory* is the peak of our forward call over input, output and
one unrolled image. SciPy and the textbook's loops run on one image and two kernels, scaled up.

{markdown_table(header, rows)}

{markdown_table(["what", "measured", "bar", "holds"], verdicts)}
"""


if __name__ == "__main__":
    main()
