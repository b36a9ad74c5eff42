"""LeNet-5 in NumPy whose second convolution hands down a wrong gradient.

All arms start each seed with the same weights and read the same batches; what differs is the
gradient that the first convolution gets:

- right: the true one;
- not turned: computed with kernels that are not turned round;
- frozen: none; it keeps the weights that it started with.

Each is tuned alike: the learning rate of the grid whose network, after half of the epochs, reads
most validation digits; one that diverges reads none. `numpy_lenet.py` has the same arms after half
of the epochs. `train_loss` is the loss of the last epoch: whether the training had come to its end.
`cosine_start` and `cosine_end` compare the direction of the gradient of the first convolution, on
256 digits, with the true one, before and after training.
"""

import numpy as np
import pandas as pd
from common.backward import NotTurned, from_torch, keep

from coursecnn import data, evidence, numpy_net, ops

SEEDS, TUNING_SEED = range(5), 100
RATES = (0.1, 0.2, 0.4)
EPOCHS, BATCH = 12, 32
ARMS = ("right", "not turned", "frozen")


def network(arm, seed):
    """LeNet with the mistake of this arm."""
    net = from_torch(seed)
    layers = net.layers["features"].layers
    if arm == "not turned":
        layers["3"].__class__ = NotTurned
    if arm == "frozen":
        keep(layers["0"])
    return net


def cosine(net, seed):
    """Of the gradient that the first convolution gets and the true one."""
    digits, gradients = data.mnist("train").subset(256, seed=seed), []
    for arm in ("not turned", "right"):
        twin = network(arm, seed)
        twin.load(net.state())
        scores = twin.forward(numpy_net.to_input(digits.images))
        twin.backward(ops.cross_entropy_backward(1.0, scores, digits.labels))
        gradients.append(twin.gradients["features.0.weight"].ravel())
    mine, true = gradients
    return mine @ true / (np.linalg.norm(mine) * np.linalg.norm(true))


def run(arm, seed, rate, epochs=EPOCHS):
    """Train one network; it comes back with the loss of the last epoch."""
    net = network(arm, seed)
    rows = numpy_net.fit(
        net, data.mnist("train"), optimizer=numpy_net.SGD(rate), epochs=epochs, batch_size=BATCH,
        schedule="cosine", seed=seed,
    )  # fmt: skip
    return net, rows[-1]["train_loss"]


def accuracy(net, split):
    """Share of the digits of a split that a network reads."""
    return numpy_net.evaluate(net, data.mnist(split))["accuracy"]


def tuned(arm):
    """The rate with which this arm reads most validation digits."""

    def read(rate):
        try:
            return accuracy(run(arm, TUNING_SEED, rate, EPOCHS // 2)[0], "val")
        except FloatingPointError:
            return 0.0

    return max(RATES, key=read)


def measure(arm, seed, rate):
    """One row."""
    net, loss = run(arm, seed, rate)
    row = {"seed": seed, "arm": arm, "rate": rate, "train_loss": loss}
    row["val_accuracy"], row["test_accuracy"] = accuracy(net, "val"), accuracy(net, "test")
    if arm == "not turned":
        row["cosine_start"] = cosine(network(arm, seed), seed)
        row["cosine_end"] = cosine(net, seed)
    return row


if __name__ == "__main__":
    rates = {arm: tuned(arm) for arm in ARMS}
    table = pd.DataFrame(measure(arm, seed, rates[arm]) for seed in SEEDS for arm in ARMS)
    evidence.save("wrong_backward", table.round(4))
