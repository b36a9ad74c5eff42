"""Reliability diagrams of the networks that `look_inside.py` trains on 1,000 photographs.

A row for each seed, without and with the temperature that is fitted to validation photographs, and
each tenth of the probability given: how many of 3,000 test photographs lie in it, their mean
probability, and the share that is right.
"""

import pandas as pd
import torch
from look_inside import FEW, FEW_EPOCHS, SEEDS, train
from scipy.optimize import minimize_scalar
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, evidence, explain, training


def logits_of(model, photographs):
    """What the network puts out, shape (N, 10)."""
    with torch.no_grad():
        return model(training.to_input(torch.tensor(photographs.images))).double()


def fitted(logits, labels):
    """The temperature with the smallest cross-entropy."""

    def loss(temperature):
        return F.cross_entropy(logits / temperature, torch.tensor(labels)).item()

    return minimize_scalar(loss, bounds=(0.2, 10), method="bounded").x


if __name__ == "__main__":
    torch.set_num_threads(1)
    val, test = data.cifar10("val"), data.cifar10("test").subset(3000)
    tables = []
    for seed in SEEDS:
        model, _ = train(data.cifar10("train").subset(FEW, seed=seed), seed, FEW_EPOCHS)
        temperature = fitted(logits_of(model, val), val.labels)
        for arm, divisor in (("few", 1.0), ("few, scaled", temperature)):
            chance = (logits_of(model, test) / divisor).softmax(1).numpy()
            table = explain.reliability(chance, test.labels).rename_axis("from").reset_index()
            tables.append(table.assign(seed=seed, arm=arm))
    table = pd.concat(tables)[["seed", "arm", "from", "confidence", "accuracy", "count"]]
    evidence.save("reliable_bins", table.round(5))
