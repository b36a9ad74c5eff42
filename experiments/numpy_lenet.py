"""LeNet-5 in NumPy beside torch: the same function, trained by the same loop.

Both arms start each seed with the same weights and read the same batches:

- torch: `models.LeNet5`, `loss.backward()`;
- numpy: `numpy_net.lenet5`, without a framework.

Each is tuned alike: the learning rate of the grid whose networks, over the tuning seeds, read most
validation digits. Fixed beforehand: they tie within half a percentage point.
"""

import time

import numpy as np
import pandas as pd
import torch
from common.backward import from_torch, start
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, evidence, numpy_net, training

SEEDS, TUNING_SEEDS = range(10), (100, 101)
RATES = (0.1, 0.2, 0.4)
EPOCHS, BATCH = 6, 32


def with_torch(train, rate, seed):
    """The loop of `numpy_net.fit` in torch: same order, same schedule, plain steps."""
    model = start(seed)
    images, labels = training.to_input(train.images), torch.as_tensor(train.labels).long()
    optimizer = torch.optim.SGD(model.parameters(), rate)
    batches, rng = -(-len(train) // BATCH), np.random.default_rng(seed)
    schedule = numpy_net.training.SCHEDULES["cosine"]
    for epoch in range(EPOCHS):
        order = torch.as_tensor(rng.permutation(len(train)))
        for n, batch in enumerate(order.split(BATCH)):
            progress = (epoch * batches + n) / (EPOCHS * batches)
            optimizer.param_groups[0]["lr"] = rate * schedule(progress)
            optimizer.zero_grad()
            F.cross_entropy(model(images[batch]), labels[batch]).backward()
            optimizer.step()
    return lambda images: training.accuracy(model, images)


def with_numpy(train, rate, seed):
    """The same by `numpy_net.fit`."""
    net = from_torch(seed)
    numpy_net.fit(
        net, train, optimizer=numpy_net.SGD(rate), epochs=EPOCHS, batch_size=BATCH,
        schedule="cosine", seed=seed,
    )  # fmt: skip
    return lambda images: numpy_net.evaluate(net, images)["accuracy"]


ARMS = {"torch": with_torch, "numpy": with_numpy}


def tuned(arm):
    """The rate with which this arm reads most validation digits."""
    train, val = data.mnist("train"), data.mnist("val")
    return max(RATES, key=lambda r: sum(ARMS[arm](train, r, seed)(val) for seed in TUNING_SEEDS))


def measure(arm, seed, rate):
    """One row."""
    train, before = data.mnist("train"), time.process_time()
    accuracy = ARMS[arm](train, rate, seed)
    seconds = time.process_time() - before
    return {
        "seed": seed, "arm": arm, "rate": rate, "cpu_seconds": round(seconds, 2),
        "val_accuracy": accuracy(data.mnist("val")), "test_accuracy": accuracy(data.mnist("test")),
    }  # fmt: skip


if __name__ == "__main__":
    torch.set_num_threads(1)
    rates = {arm: tuned(arm) for arm in ARMS}
    table = pd.DataFrame(measure(arm, seed, rates[arm]) for seed in SEEDS for arm in ARMS)
    evidence.save("numpy_lenet", table.round(4))
