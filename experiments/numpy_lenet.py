"""LeNet-5 in NumPy beside torch, and with backward passes that are wrong on purpose.

Four arms start each seed with the same weights and read the same batches:

- torch: `models.LeNet5`, `loss.backward()`;
- numpy: `numpy_net.lenet5`, the same function without a framework;
- not turned: as numpy, but the second convolution hands down a gradient that was computed with
  kernels that are not turned round, so that the first convolution learns from a wrong gradient;
- frozen: as numpy, but the first convolution keeps the weights that it started with.

Each arm is tuned alike: the learning rate of the grid whose network reads most validation digits.
The column `longer` holds the accuracy after twice as many epochs, for some seeds: whether the
shorter training stopped too early. Fixed beforehand: two arms tie within half a percentage point.
"""

import time

import numpy as np
import pandas as pd
import torch
from common.backward import NotTurned, from_torch, keep, start
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, evidence, numpy_net, training

SEEDS, TUNING_SEED, LONGER = range(10), 100, range(3)
RATES = (0.05, 0.1, 0.2)
EPOCHS, BATCH = 6, 32


class Torch:
    """The arm with a framework: what `numpy_net` offers, done by torch."""

    def __init__(self, seed):
        self.model = start(seed)

    def fit(self, train, rate, epochs, seed):
        """The loop of `numpy_net.fit`: same order, same schedule, plain steps."""
        images, labels = training.to_input(train.images), torch.as_tensor(train.labels).long()
        optimizer = torch.optim.SGD(self.model.parameters(), rate)
        batches, rng = -(-len(train) // BATCH), np.random.default_rng(seed)
        schedule = numpy_net.training.SCHEDULES["cosine"]
        for epoch in range(epochs):
            order = torch.as_tensor(rng.permutation(len(train)))
            for n, batch in enumerate(order.split(BATCH)):
                optimizer.param_groups[0]["lr"] = rate * schedule(
                    (epoch * batches + n) / (epochs * batches)
                )
                optimizer.zero_grad()
                F.cross_entropy(self.model(images[batch]), labels[batch]).backward()
                optimizer.step()

    def accuracy(self, images):
        """Share of the images that it reads."""
        return training.accuracy(self.model, images)


class NumPy:
    """The arms without."""

    def __init__(self, seed, arm="numpy"):
        self.net = from_torch(seed)
        layers = self.net.layers["features"].layers
        if arm == "not turned":
            layers["3"].__class__ = NotTurned
        if arm == "frozen":
            keep(layers["0"])

    def fit(self, train, rate, epochs, seed):
        """Train by `numpy_net.fit`."""
        numpy_net.fit(
            self.net, train, optimizer=numpy_net.SGD(rate), epochs=epochs, batch_size=BATCH,
            schedule="cosine", seed=seed,
        )  # fmt: skip

    def accuracy(self, images):
        """Share of the images that it reads."""
        return numpy_net.evaluate(self.net, images)["accuracy"]


ARMS = {
    "torch": Torch,
    "numpy": NumPy,
    "not turned": lambda seed: NumPy(seed, "not turned"),
    "frozen": lambda seed: NumPy(seed, "frozen"),
}


def run(arm, seed, rate, epochs=EPOCHS):
    """Train one network; it comes back with its CPU seconds."""
    network, before = ARMS[arm](seed), time.process_time()
    network.fit(data.mnist("train"), rate, epochs, seed)
    return network, time.process_time() - before


def tuned(arm):
    """The rate with which this arm reads most validation digits."""
    val = data.mnist("val")
    return max(RATES, key=lambda rate: run(arm, TUNING_SEED, rate)[0].accuracy(val))


def measure(arm, seed, rate):
    """One row."""
    network, seconds = run(arm, seed, rate)
    row = {"seed": seed, "arm": arm, "rate": rate, "cpu_seconds": round(seconds, 2)}
    row["val_accuracy"] = network.accuracy(data.mnist("val"))
    row["test_accuracy"] = network.accuracy(data.mnist("test"))
    if seed in LONGER and arm in ("numpy", "not turned"):
        longer, _ = run(arm, seed, rate, 2 * EPOCHS)
        row["longer"] = longer.accuracy(data.mnist("test"))
    return row


if __name__ == "__main__":
    torch.set_num_threads(1)
    rates = {arm: tuned(arm) for arm in ARMS}
    table = pd.DataFrame(measure(arm, seed, rates[arm]) for seed in SEEDS for arm in ARMS)
    evidence.save("numpy_lenet", table.round(4))
