"""LeNet-5 on the bundled MNIST digits, with either activation and either pooling."""

import pandas as pd
from torch import nn

from coursecnn import augment, data, evidence, models, training

ARMS = {
    "relu_max": {"activation": nn.ReLU, "pooling": nn.MaxPool2d},
    "relu_average": {"activation": nn.ReLU, "pooling": nn.AvgPool2d},
    "tanh_max": {"activation": nn.Tanh, "pooling": nn.MaxPool2d},
    "tanh_average": {"activation": nn.Tanh, "pooling": nn.AvgPool2d},
}
SEEDS = range(5)


def run(arm, seed):
    """Train one network with the settings of the chapter; measure it on the test digits."""
    train, val, test = (data.mnist(split) for split in ("train", "val", "test"))
    model = models.build("lenet5", padding=2, **ARMS[arm])
    history = training.fit(model, train, val, seed=seed, augment=augment.random_shift(2))
    return {
        "arm": arm,
        "val_accuracy": history["val_accuracy"][-1],
        "test_accuracy": training.accuracy(model, test),
    }


if __name__ == "__main__":
    tables = [training.seeds(SEEDS, lambda seed, arm=arm: run(arm, seed)) for arm in ARMS]
    evidence.save("lenet_mnist", pd.concat(tables).round({"cpu_seconds": 1, "val_accuracy": 4}))
