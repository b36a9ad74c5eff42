"""What a stride costs and saves: digits read by one strided convolution and a dense layer.

Every arm sees the same digits, as often, with the same options; only the stride differs, and with
it how many outputs the dense layer reads. Twice as many epochs move no mean by more than half a
point: `--longer` prints what they give.
"""

import sys

import pandas as pd
import torch
from torch import nn

from coursecnn import data, evidence, shapes, training

SEEDS = range(10)
STRIDES = (1, 2, 4)
EPOCHS = {100: 60, 1000: 20}  # digits to learn from: how often each is seen


def network(stride):
    """Eight kernels of 3×3 with that stride, and a dense layer behind them."""
    side = shapes.output_size(28, 3, stride, padding=1)
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, stride=stride, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(8 * side * side, 10),
    )


def run(stride, count, seed, epochs):
    """Accuracy on the 2,000 test digits after learning from `count` digits."""
    torch.manual_seed(seed)
    model, train = network(stride), data.mnist("train").subset(count, seed=seed)
    training.fit(model, train, epochs=epochs, batch_size=32, seed=seed, device="cpu")
    return training.accuracy(model, data.mnist("test"))


def table(factor=1):
    """One row per seed and stride, with a column for each number of digits."""
    return pd.DataFrame(
        {"seed": seed, "arm": f"stride {stride}"}
        | {f"digits_{n}": run(stride, n, seed, factor * epochs) for n, epochs in EPOCHS.items()}
        for seed in SEEDS
        for stride in STRIDES
    )


if __name__ == "__main__":
    torch.set_num_threads(1)
    if "--longer" in sys.argv:
        print(table(factor=2).groupby("arm")[[f"digits_{n}" for n in EPOCHS]].mean())
    else:
        evidence.save("strided_digits", table().round(4))
