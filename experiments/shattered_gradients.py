"""Gradients of plain and residual networks before training: how long, and how far they hold.

The networks are those of `degradation.py`, and the same without batch norm. `norm_1`, `norm_2`, …:
the length of the gradient of each convolution's kernels, for the loss of 100 photographs.
`cosine_…`: photographs are moved by noise of so many thousandths of the pixels' deviation. How
alike are the gradients of the true classes' logits at the pixels, before and after? 1 says the
same direction, 0 that one gradient says nothing about the next. `spread`: standard deviation of an
output over the photographs, mean of the ten.
"""

import pandas as pd
import torch
from common import depth
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import evidence

SEEDS, PHOTOGRAPHS = range(10), 100
STEPS = (1, 3, 10, 30, 100, 300)
BARE = ("plain-56", "residual-56")  # also without batch norm


def without_norm(model):
    """The same network, its batch norm taken out."""
    for module in list(model.modules()):
        for name, child in module.named_children():
            if isinstance(child, nn.BatchNorm2d):
                setattr(module, name, nn.Identity())
    return model


def norms(model, images, labels):
    """Length of the gradient of each convolution, from the first to the last."""
    model.zero_grad()
    F.cross_entropy(model(images), labels).backward()
    kernels = [m.weight for m in model.modules() if isinstance(m, nn.Conv2d)]
    return {f"norm_{i}": kernel.grad.norm().item() for i, kernel in enumerate(kernels, 1)}


@torch.no_grad()
def spread(model, images):
    """How much an output differs from photograph to photograph."""
    return model(images).std(0).mean().item()


def slopes(model, images, labels):
    """Gradient of the true class's logit at the pixels, one row per photograph."""
    images = images.clone().requires_grad_()
    score = model(images).gather(1, labels[:, None]).sum()
    return torch.autograd.grad(score, images)[0].flatten(1)


def cosines(model, images, labels, seed):
    """Mean cosine between the gradients before and after a step in a random direction."""
    noise = torch.randn(images.shape, generator=torch.Generator().manual_seed(seed))
    before, deviation = slopes(model, images, labels), images.std()
    moved = {step: images + step / 1000 * deviation * noise for step in STEPS}
    return {
        f"cosine_{step}": F.cosine_similarity(before, slopes(model, x, labels)).mean().item()
        for step, x in moved.items()
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    rows = []
    for seed in SEEDS:
        images, labels = depth.photographs("train", PHOTOGRAPHS, seed)
        nets = {arm: depth.network(arm, seed, images) for arm in depth.ARMS}
        for arm in BARE:
            nets[f"{arm} bare"] = without_norm(depth.network(arm, seed, images))
        for arm, model in nets.items():
            row = {"arm": arm, "seed": seed, **cosines(model, images, labels, seed)}
            rows.append(row | {"spread": spread(model, images)} | norms(model, images, labels))
    table = pd.DataFrame(rows)
    short = {name: table[name].map(lambda x: float(f"{x:.4g}")) for name in table.columns[2:]}
    evidence.save("shattered_gradients", table.assign(**short))
    print(table.groupby("arm").mean().round(4).iloc[:, :9].to_string(), flush=True)
