"""A small CNN on photographs, and four times its multiplications spent on width, depth, or others.

All networks but the first cost the same, within four in a hundred. Each arm sees 1,500 photographs
eight times, with a rate that rises and falls to zero; its highest value is the one with the lowest
validation loss for a seed that is not used again.
"""

import time
from dataclasses import replace

import pandas as pd
import torch
from common import rates
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, evidence, models, training

SEEDS, TUNING_SEED = range(5), 99
RATES = (0.003, 0.01, 0.03)
EPOCHS, TRAIN, VAL, TEST = 8, 1500, 1000, 2000

# arm: height and width of the image, maps of the first block, kernels of the stem and of each block
ARMS = {
    "base": (12, 8, (3, [3], [3], [3])),
    "width": (12, 17, (3, [3], [3], [3])),
    "depth": (12, 8, (3, [3] * 4, [3] * 3, [3] * 3)),
    "kernel": (12, 8, (5, [7], [5], [5])),
    "resolution": (24, 8, (3, [3], [3], [3])),
    "some of each": (16, 9, (3, [3], [3] * 2, [3] * 2)),
}


def network(width, kernels):
    """Stem, three blocks with pooling in between, and a head on the mean of each map."""
    layers, channels = [], 3
    for block, sizes in enumerate(([kernels[0]], *kernels[1:])):
        out = width * 2 ** max(block - 1, 0)
        if block > 1:
            layers.append(nn.MaxPool2d(2))
        for k in sizes:
            layers += [nn.Conv2d(channels, out, k, padding=k // 2, bias=False)]
            layers += [nn.BatchNorm2d(out), nn.ReLU()]
            channels = out
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10))


def photographs(split, count, seed, size):
    """Photographs of 32×32, made smaller by averaging."""
    chosen = data.cifar10(split).subset(count, seed=seed)
    small = F.interpolate(torch.tensor(chosen.images).float(), (size, size), mode="area")
    return replace(chosen, images=small.round().byte().numpy())


def run(arm, seed, rate, epochs=EPOCHS):
    """One network: what it costs, and what it reads."""
    size, width, kernels = ARMS[arm]
    train = photographs("train", TRAIN, seed, size)
    torch.manual_seed(seed)
    model, start = network(width, kernels), time.process_time()
    training.fit(model, train, epochs=epochs, lr=rate, seed=seed, device="cpu", channels_last=True)
    seconds = time.process_time() - start
    books = models.summary(model, (3, size, size))
    return {
        "arm": arm, "seed": seed, "rate": rate, "MACs": books.macs, "parameters": books.parameters,
        "train": training.accuracy(model, train), "val_loss": loss(model, size),
        "test": training.accuracy(model, photographs("test", TEST, 0, size)),
        "train_seconds": round(seconds, 1),
    }  # fmt: skip


@torch.no_grad()
def loss(model, size):
    """Cross-entropy on the validation photographs."""
    val = photographs("val", VAL, 0, size)
    return F.cross_entropy(model(training.to_input(val.images)), torch.tensor(val.labels)).item()


def tuned(arm):
    """The rate with the lowest validation loss at the end."""
    return rates.best(lambda rate: run(arm, TUNING_SEED, rate)["val_loss"], RATES)


if __name__ == "__main__":
    torch.set_num_threads(1)
    rows = []
    for arm in ARMS:
        rate = tuned(arm)
        rows += [run(arm, seed, rate) for seed in SEEDS]
        print(pd.DataFrame(rows[-5:]).to_string(), flush=True)
    evidence.save("four_times_the_budget", pd.DataFrame(rows).round(4))
