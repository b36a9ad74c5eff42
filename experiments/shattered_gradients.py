"""Gradients of plain and residual networks before training: how long, and how far they hold.

The networks are those of `degradation.py`, and the same without batch norm. `norm_1`, `norm_2`, …:
the length of the gradient of each convolution's kernels, for the loss of 100 photographs.
`cosine_…`: photographs are moved by noise of so many thousandths of the pixels' deviation. How
alike are the gradients of the true classes' logits at the pixels, before and after? 1 says the
same direction, 0 that one gradient says nothing about the next. `cosine_down`: the same for the
gradient of the loss at all weights, before and after a step down it by a ten-thousandth of their
length. `spread`: standard deviation of an output over the photographs, mean of the ten.

`longer`: how many times as long the first kernels are after one epoch as in `degradation.py`.
"""

import pandas as pd
import torch
from common import depth
from degradation import TRAIN, epochs
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import evidence

SEEDS, PHOTOGRAPHS = range(10), 100
STEPS = (1, 3, 10, 30, 100, 300)
DOWN = 1e-4
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


def cosine_down(model, images, labels):
    """Cosine between the gradients of the loss at the weights, before and after a step down."""
    weights = list(model.parameters())

    def gradient():
        loss = F.cross_entropy(model(images), labels)
        return torch.cat([g.flatten() for g in torch.autograd.grad(loss, weights)])

    before = gradient()
    start = [weight.detach().clone() for weight in weights]
    length = torch.cat([weight.flatten() for weight in start]).norm()
    parts = before.split([weight.numel() for weight in weights])
    with torch.no_grad():
        for weight, part in zip(weights, parts, strict=True):
            weight -= DOWN * length / before.norm() * part.view(weight.shape)
    after = gradient()
    with torch.no_grad():
        for weight, value in zip(weights, start, strict=True):
            weight.copy_(value)
    return F.cosine_similarity(before, after, dim=0).item()


def longer(arm, seed, rate):
    """Length of the first kernels after the first epoch of training, divided by that before."""
    images, labels = depth.photographs("train", TRAIN, seed)
    model = depth.network(arm, seed, images[:500])
    start = model.conv1.weight.norm().item()
    list(epochs(model, images, labels, rate, seed, most=1))
    return model.conv1.weight.norm().item() / start


if __name__ == "__main__":
    torch.set_num_threads(1)
    rates, rows = evidence.load("degradation").groupby("arm")["rate"].first(), []
    for seed in SEEDS:
        images, labels = depth.photographs("train", PHOTOGRAPHS, seed)
        nets = {arm: depth.network(arm, seed, images) for arm in depth.ARMS}
        for arm in BARE:
            nets[f"{arm} bare"] = without_norm(depth.network(arm, seed, images))
        for arm, model in nets.items():
            row = {"arm": arm, "seed": seed, **cosines(model, images, labels, seed)}
            row["spread"] = spread(model, images)
            row["cosine_down"] = cosine_down(model, images, labels)
            row["longer"] = longer(arm, seed, rates[arm]) if arm in rates else None
            rows.append(row | norms(model, images, labels))
    table = pd.DataFrame(rows)
    short = {name: table[name].map(lambda x: float(f"{x:.4g}")) for name in table.columns[2:]}
    evidence.save("shattered_gradients", table.assign(**short))
    print(table.groupby("arm").mean().round(4).iloc[:, :11].to_string(), flush=True)
