"""Pooling or a strided convolution: digits read by one small network that shrinks in six ways.

Fixed before the run: two arms tie if the 95 % bounds of their paired difference in accuracy lie
within half a point. Each arm is trained until the loss on validation digits stops falling, with
the learning rate of the lowest such loss, with a seed that is not used again.
"""

import pandas as pd
import torch
from common import plateau
from torch import nn

from coursecnn import data, evidence, training

SEEDS, TUNING_SEED = range(10), 99
RATES = (0.001, 0.003, 0.01)
DIGITS = 1000  # to learn from


def shrinking(way, before, after):
    """A convolution, its activation, and what halves the maps behind it."""
    first = nn.Conv2d(before, after, 3, stride=2 if way == "stride 2" else 1, padding=1)
    layers = [first, nn.ReLU()]
    if way == "max":
        layers += [nn.MaxPool2d(2)]
    if way == "average":
        layers += [nn.AvgPool2d(2)]
    if way.startswith("learned"):
        layers += [nn.Conv2d(after, after, 2, stride=2), nn.ReLU()]
    if way == "one more, max":
        one_more = nn.Conv2d(after, after, 2)
        layers += [nn.ZeroPad2d((0, 1, 0, 1)), one_more, nn.ReLU(), nn.MaxPool2d(2)]
    return layers


def network(way):
    """Two rounds, 28×28 to 7×7, and a dense layer."""
    narrow, wide = (7, 14) if way == "learned, narrow" else (8, 16)
    return nn.Sequential(
        *shrinking(way, 1, narrow),
        *shrinking(way, narrow, wide),
        nn.Flatten(),
        nn.Linear(wide * 7 * 7, 10),
    )


WAYS = ("max", "average", "stride 2", "learned", "learned, narrow", "one more, max")


@torch.no_grad()
def loss(model, images):
    """Mean cross-entropy."""
    logits = model(training.to_input(images.images))
    return nn.functional.cross_entropy(logits, torch.from_numpy(images.labels)).item()


def run(way, seed, rate):
    """One network: what it took, and what it reads."""
    torch.manual_seed(seed)
    model = network(way)
    train = data.mnist("train").subset(DIGITS, seed=seed)
    val = data.mnist("val").subset(500, seed=seed)
    cost = plateau.fit(model, train, val, seed, rate)
    return {
        "arm": way, "seed": seed, "rate": rate,
        "weights": sum(weight.numel() for weight in model.parameters()),
        "val": loss(model, val),
        "accuracy": training.accuracy(model, data.mnist("test")), **cost,
    }  # fmt: skip


def tuned(way):
    """The rate with the lowest validation loss."""
    losses = {rate: run(way, TUNING_SEED, rate)["val"] for rate in RATES}
    return min(losses, key=losses.get)


if __name__ == "__main__":
    torch.set_num_threads(1)
    rows = []
    for way in WAYS:
        rate = tuned(way)
        rows += [run(way, seed, rate) for seed in SEEDS]
        print(pd.DataFrame(rows[-10:]).to_string(), flush=True)
    evidence.save("pool_or_stride", pd.DataFrame(rows).round(4))
