"""The effective receptive field of LeNet's last maps, before and after training.

LeNet-5 learns 2,000 digits, or the same digits under shuffled labels, for as many epochs and at the
same rate. `width` is the standard deviation of the squared gradient of a unit in the middle of the
last convolution, in pixels, as the mean of both axes, over 200 test digits.
"""

import numpy as np
import pandas as pd
import torch

from coursecnn import data, evidence, explain, models, training

SEEDS, DIGITS, EPOCHS, LOOK_AT = range(5), 2000, 20, 200


def width(model, digits):
    """The width at the output of the second convolution."""
    images = torch.from_numpy(digits.images) / 255
    shares = explain.effective_receptive_field(model.eval(), images, "features.3")
    return sum(explain.spread(shares)) / 2


def measure(shuffled, seed):
    """One row: the width before and after, and the accuracies."""
    torch.manual_seed(seed)
    model, rng = models.LeNet5(padding=2), np.random.default_rng(seed)
    train = data.mnist("train").subset(DIGITS, seed=seed)
    if shuffled:
        train = data.ImageSet(
            train.images, rng.permutation(train.labels), train.class_names, "train", ""
        )
    test = data.mnist("test")
    look = test.subset(LOOK_AT, seed=seed)
    row = {"seed": seed, "arm": "shuffled labels" if shuffled else "digits"}
    row["before"] = width(model, look)
    history = training.fit(model, train, epochs=EPOCHS, seed=seed, device="cpu")
    row |= {"after": width(model, look), "learned": history["train_accuracy"][-1]}
    return row | {"test_accuracy": training.accuracy(model, test)}


if __name__ == "__main__":
    torch.set_num_threads(1)
    table = pd.DataFrame(measure(shuffled, seed) for seed in SEEDS for shuffled in (False, True))
    evidence.save("trained_fields", table.round(4))
