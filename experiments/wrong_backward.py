"""A deeper network in NumPy whose convolutions hand down a wrong gradient.

Four convolutions of 3×3 and a dense layer read the MNIST digits. All arms start each seed with the
same weights and read the same batches; what differs is the gradient that the second to fourth
convolution hand down:

- right: the true one;
- not turned: computed with kernels that are not turned round;
- random: computed with random kernels, drawn once (feedback alignment);
- frozen: none; the three convolutions below the last one keep the weights that they started with.

Each arm is tuned alike: the learning rate of the grid whose network reads most validation digits
after half of the epochs. The column `shorter` holds the accuracy after so many, for some seeds:
whether the difference between two arms is one of patience. `cosine_start` and `cosine_end` compare
the direction of the gradient that the first layer gets, on 256 digits, with the true one, before
and after training.
"""

from contextlib import suppress

import numpy as np
import pandas as pd
from common.backward import NotTurned, OtherKernels, keep

from coursecnn import data, evidence, numpy_net, ops

SEEDS, TUNING_SEED, SHORTER = range(5), 100, range(3)
RATES = (0.05, 0.1, 0.2, 0.4)
EPOCHS, BATCH = 12, 32
ARMS = {
    "right": numpy_net.Conv2d,
    "not turned": NotTurned,
    "random": OtherKernels,
    "frozen": numpy_net.Conv2d,
}


def network(arm, seed):
    """Four convolutions, two poolings, one dense layer; weights as He et al. draw them."""
    rng, convolution = np.random.default_rng(seed), ARMS[arm]
    layers = [
        numpy_net.Conv2d(1, 8, 3, stride=2, padding=1, input_gradient=False, rng=rng),
        numpy_net.ReLU(),
        convolution(8, 16, 3, padding=1, rng=rng),
        numpy_net.ReLU(),
        numpy_net.MaxPool2d(2),
        convolution(16, 16, 3, padding=1, rng=rng),
        numpy_net.ReLU(),
        convolution(16, 16, 3, padding=1, rng=rng),
        numpy_net.ReLU(),
        numpy_net.MaxPool2d(2),
        numpy_net.Flatten(),
        numpy_net.Linear(16 * 3 * 3, 10, rng=rng),
    ]
    convolutions = [layer for layer in layers if isinstance(layer, numpy_net.Conv2d)]
    for layer in convolutions:
        layer.parameters["weight"] *= np.float32(np.sqrt(6))
        if isinstance(layer, OtherKernels):
            layer.draw(rng)
    if arm == "frozen":
        for layer in convolutions[:-1]:
            keep(layer)
    return numpy_net.Sequential(*layers)


def cosine(arm, net, seed):
    """Of the gradient that the first layer gets in this arm and the true one."""
    digits = data.mnist("train").subset(256, seed=seed)
    gradients = []
    for name in (arm, "right"):
        twin = network(name, seed)
        twin.load(net.state())
        scores = twin.forward(numpy_net.to_input(digits.images))
        twin.backward(ops.cross_entropy_backward(1.0, scores, digits.labels))
        gradients.append(twin.gradients["0.weight"].ravel())
    mine, true = gradients
    return mine @ true / (np.linalg.norm(mine) * np.linalg.norm(true))


def run(arm, seed, rate, epochs=EPOCHS):
    """Train one network."""
    net = network(arm, seed)
    with suppress(FloatingPointError):  # a network that diverges reads as many as a guess
        numpy_net.fit(
            net, data.mnist("train"), optimizer=numpy_net.SGD(rate), epochs=epochs,
            batch_size=BATCH, schedule="cosine", seed=seed,
        )  # fmt: skip
    return net


def accuracy(net, split):
    """Share of the digits of a split that a network reads."""
    return numpy_net.evaluate(net, data.mnist(split))["accuracy"]


def tuned(arm):
    """The rate with which this arm reads most validation digits."""
    return max(RATES, key=lambda rate: accuracy(run(arm, TUNING_SEED, rate, EPOCHS // 2), "val"))


def measure(arm, seed, rate):
    """One row."""
    net = run(arm, seed, rate)
    row = {"seed": seed, "arm": arm, "rate": rate}
    row["val_accuracy"], row["test_accuracy"] = accuracy(net, "val"), accuracy(net, "test")
    if seed in SHORTER and arm in ("right", "not turned"):
        row["shorter"] = accuracy(run(arm, seed, rate, EPOCHS // 2), "test")
    if arm in ("not turned", "random"):
        row["cosine_start"] = cosine(arm, network(arm, seed), seed)
        row["cosine_end"] = cosine(arm, net, seed)
    return row


if __name__ == "__main__":
    rates = {arm: tuned(arm) for arm in ARMS}
    table = pd.DataFrame(measure(arm, seed, rates[arm]) for seed in SEEDS for arm in ARMS)
    evidence.save("wrong_backward", table.round(4))
