"""Which digits does a square hold? A designed network, and the same with one thing changed.

All see 3,000 squares six times. Each arm has the rate of the lowest share of wrong squares in the
validation squares for a seed that is not used again; the threshold of the arm with softmax is
chosen there, too, for each network.
"""

import time

import numpy as np
import pandas as pd
import torch
from common import rates
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, evidence, models

SEEDS, TUNING_SEED, EPOCHS = range(5), 99, 6
RATES = (0.003, 0.01, 0.03)
THRESHOLDS = np.linspace(0.02, 0.5, 49)
ARMS = "the sheet", "softmax", "mean of maps", "small field"


def squares(split, count, seed):
    """One to three different digits in the quarters of a square: images, and the sets."""
    rng, digits = np.random.default_rng([seed, *map(ord, split)]), data.digits(split)
    by_kind = [digits.images[digits.labels == kind, 0] for kind in range(10)]
    images, present = np.zeros((count, 1, 16, 16)), np.zeros((count, 10))
    for image, held in zip(images, present, strict=True):
        kinds, quarters = rng.permutation(10)[: rng.integers(1, 4)], rng.permutation(4)
        for kind, quarter in zip(kinds, quarters, strict=False):
            own = by_kind[kind]
            y, x = 8 * (quarter // 2), 8 * (quarter % 2)
            image[0, y : y + 8, x : x + 8] = own[rng.integers(len(own))]
            held[kind] = 1
    return torch.tensor(images / 128 - 0.5).float(), torch.tensor(present).float()


def block(channels, out, kernel=3):
    """Convolution, batch norm, ReLU, pooling."""
    convolution = nn.Conv2d(channels, out, kernel, padding=kernel // 2, bias=False)
    return [convolution, nn.BatchNorm2d(out), nn.ReLU()]


def network(arm):
    """Stem, body and head."""
    # a field of 6 pixels instead of 18, with more maps to cost the same
    kernel, second, third = (1, 112, 256) if arm == "small field" else (3, 32, 64)
    pool = nn.AdaptiveAvgPool2d(1) if arm == "mean of maps" else nn.AdaptiveMaxPool2d(1)
    return nn.Sequential(
        *block(1, 16), nn.MaxPool2d(2),
        *block(16, second, kernel), nn.MaxPool2d(2),
        *block(second, third, kernel),
        pool, nn.Flatten(), nn.Linear(third, 10),
    )  # fmt: skip


def loss(arm, z, y):
    if arm == "softmax":
        return F.cross_entropy(z, y / y.sum(1, keepdim=True))
    return F.binary_cross_entropy_with_logits(z, y)


def run(arm, seed, rate):
    """One network: the share of squares whose set of digits is right."""
    (x, y), start = squares("train", 3000, seed), time.process_time()
    torch.manual_seed(seed)
    model = network(arm).to(memory_format=torch.channels_last)
    rule = torch.optim.AdamW(model.parameters(), rate)
    steps = EPOCHS * -(-len(x) // 50)
    wave = torch.optim.lr_scheduler.OneCycleLR(rule, rate, steps)
    x = x.contiguous(memory_format=torch.channels_last)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(x)).split(50):
            rule.zero_grad()
            loss(arm, model(x[batch]), y[batch]).backward()
            rule.step()
            wave.step()
    seconds, threshold, model = time.process_time() - start, 0.5, model.eval()
    with torch.no_grad():
        read = {
            split: (model(x), y) for split in ("val", "test") for x, y in [squares(split, 1000, 0)]
        }
        if arm == "softmax":
            p, y = read["val"][0].softmax(1), read["val"][1]
            threshold = max(THRESHOLDS, key=lambda t: right(p > t, y).mean().item())
        p = {k: z.softmax(1) if arm == "softmax" else z.sigmoid() for k, (z, _) in read.items()}
    books = models.summary(model, (1, 16, 16))
    sets = {split: right(p[split] > threshold, read[split][1]) for split in p}
    shown = read["test"][1].sum(1)
    return {
        "arm": arm, "seed": seed, "rate": rate, "MACs": books.macs, "parameters": books.parameters,
        "val": sets["val"].mean().item(), "test": sets["test"].mean().item(),
        **{f"of_{n}": sets["test"][shown == n].mean().item() for n in (1, 2, 3)},
        "each": ((p["test"] > threshold) == read["test"][1]).float().mean().item(),
        "threshold": threshold, "train_seconds": round(seconds, 1),
    }  # fmt: skip


def right(said, present):
    """Whether all ten are right, square by square."""
    return (said == present).all(1).float()


def tuned(arm):
    """The best of the rates."""
    return rates.best(lambda rate: 1 - run(arm, TUNING_SEED, rate)["val"], RATES)


if __name__ == "__main__":
    torch.set_num_threads(1)
    rows = []
    for arm in ARMS:
        rate = tuned(arm)
        rows += [run(arm, seed, rate) for seed in SEEDS]
        print(pd.DataFrame(rows[-len(SEEDS) :]).to_string(), flush=True)
    evidence.save("digits_in_a_square", pd.DataFrame(rows).round(4))
