"""LeNet-5 on all 7,000 training digits, and with two of the changes of `lenet_changes.py`.

All have the rate of the chapter. `sure_…` is the share of images with a largest probability
above 0.9; the images that are no digits are those of that script.
"""

import numpy as np
import pandas as pd
from lenet_changes import foreign, lenet
from torch import nn

from coursecnn import augment, data, evidence, training

ARMS = {
    "relu_max": lenet,
    "tanh_average": lambda: lenet(nn.Tanh, nn.AvgPool2d),
    "no hidden layer": lambda: lenet(hidden=()),
}
SEEDS, EPOCHS = range(5), 6


def run(arm, seed):
    """Train one network with the settings of the chapter; measure it on the test digits."""
    train, val, test = (data.mnist(split) for split in ("train", "val", "test"))
    model = ARMS[arm]()
    options = {"epochs": EPOCHS, "seed": seed, "augment": augment.random_shift(2)}
    history = training.fit(model, train, val, **options)
    read = training.predict(model, test)
    limit = np.quantile(training.predict(model, val).max(1), 0.05)
    kept, right = read.max(1) > limit, read.argmax(1) == test.labels
    surest = {name: training.predict(model, images).max(1) for name, images in FOREIGN.items()}
    surest["digits"] = read.max(1)
    return {
        "arm": arm,
        "epochs": EPOCHS,
        "val_accuracy": history["val_accuracy"][-1],
        "test_accuracy": right.mean(),
        **{f"sure_{name}": np.mean(largest > 0.9) for name, largest in surest.items()},
        **{f"kept_{name}": np.mean(largest > limit) for name, largest in surest.items()},
        "right_kept": right[kept].mean(),
    }


if __name__ == "__main__":
    FOREIGN = foreign()
    tables = [training.seeds(SEEDS, lambda seed, arm=arm: run(arm, seed)) for arm in ARMS]
    evidence.save("lenet_mnist", pd.concat(tables).round(4))
