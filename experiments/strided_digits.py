"""What a stride costs and saves: digits read by one strided convolution and a dense layer.

Every arm sees the same digits, as often, with the same options; only the stride differs, and with
it how many outputs the dense layer reads. The columns `…_longer` hold the same after twice as many
epochs: whether the shorter training stopped too early.
"""

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


def measure(stride, seed):
    """One row: a column for each number of digits, and one for the longer training."""
    row = {"seed": seed, "arm": f"stride {stride}"}
    for count, epochs in EPOCHS.items():
        row[f"digits_{count}"] = run(stride, count, seed, epochs)
        row[f"digits_{count}_longer"] = run(stride, count, seed, 2 * epochs)
    return row


if __name__ == "__main__":
    torch.set_num_threads(1)
    table = pd.DataFrame(measure(stride, seed) for seed in SEEDS for stride in STRIDES)
    evidence.save("strided_digits", table.round(4))
