"""One kernel learned twice: by a layer that slides it as it stands, and by one that turns it."""

import pandas as pd
import torch

from coursecnn import evidence, training
from coursecnn.ops import example

ARMS = {"correlation": False, "convolution": True}  # whether the layer turns its kernel
SEEDS = range(10)
HIDDEN = torch.tensor(example.KERNEL, dtype=torch.float32)[None, None]
TURNED = HIDDEN.flip(-2, -1)
NOISE = 0.3  # standard deviation of the noise on the answers; that of a pixel is 1


def answer(turn, pictures, weight):
    """What a layer makes of the pictures."""
    return torch.conv2d(pictures, weight.flip(-2, -1) if turn else weight)


def learn(turn, pictures, answers, start, steps=60, rate=0.1):
    """The kernel with which a layer imitates the answers, found by gradient descent."""
    weight = start.clone().requires_grad_()
    for _ in range(steps):
        loss = (answer(turn, pictures, weight) - answers).square().mean()
        (slope,) = torch.autograd.grad(loss, weight)
        weight.data -= rate * slope
    return weight.detach()


def distance(kernel, other):
    """How far a kernel is from another, as a share of the other's norm."""
    return float((kernel - other).norm() / other.norm())


def run(arm, seed):
    """Learn from noisy answers, from a start of the arm's own; measure on other pictures."""
    pictures, unseen = torch.randn(2, 50, 1, 16, 16)
    answers = torch.conv2d(pictures, HIDDEN)
    answers += NOISE * torch.randn_like(answers)
    starts = dict(zip(ARMS, torch.randn(2, *HIDDEN.shape), strict=True))
    weight = learn(ARMS[arm], pictures, answers, starts[arm])
    error = answer(ARMS[arm], unseen, weight) - torch.conv2d(unseen, HIDDEN)
    return {
        "arm": arm,
        "to_hidden": distance(weight, HIDDEN),
        "to_turned": distance(weight, TURNED),
        "error": float(error.square().mean().sqrt()),
    }


if __name__ == "__main__":
    tables = [training.seeds(SEEDS, lambda seed, arm=arm: run(arm, seed)) for arm in ARMS]
    evidence.save("learned_flip", pd.concat(tables).drop(columns="cpu_seconds").round(5))
