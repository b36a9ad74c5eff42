"""Digits turned by up to so many degrees, or mirrored, while a network learns them.

LeNet-5 learns 1,000 digits of MNIST for 40 epochs (400 steps, AdamW, one-cycle). The arms differ in
what happens to a digit each time it is drawn. `up to 45` turns it by any angle from −45 to 45
degrees; `half turn` by 180 degrees, with probability ½; `mirrored` swaps left and right, with
probability ½. `half turn, labels follow` is the control: a turned 6 gets the label 9 and a turned 9
the label 6, all else is as in `half turn`.

A seed decides the digits, the first weights, the order and the turns. Each arm has the rate with
the fewest errors on 1,000 validation digits, upright as they are, for a further seed; test digits
are upright too. `6 as 9` is the share of the sixes that is read as a nine.
"""

import numpy as np
import pandas as pd
import torch
from common import rates

from coursecnn import augment, data, evidence, models, training

SEEDS, TUNING = range(5), 100
DIGITS, EPOCHS, BATCH = 1000, 40, 100
RATES = (0.0025, 0.005, 0.01)
ANGLES = (0, 15, 30, 60, 90, 180)


def half_turn(images, targets, generator, *, follow=False):
    """Turn every other digit upside down; the targets follow, or do not."""
    chosen = torch.rand(len(images), generator=generator) < 0.5
    turned = torch.where(chosen[:, None, None, None], images.flip(2, 3), images)
    if not follow:
        return turned, targets
    followed = targets[:, [0, 1, 2, 3, 4, 5, 9, 7, 8, 6]]
    return turned, torch.where(chosen[:, None], followed, targets)


ARMS = {
    **{f"up to {angle}": {"augment": augment.random_rotate(angle)} for angle in ANGLES},
    "mirrored": {"augment": augment.random_flip()},
    "half turn": {"mix": half_turn},
    "half turn, labels follow": {"mix": lambda *batch: half_turn(*batch, follow=True)},
}


def trained(arm, seed, rate):
    """A network, and what it learned from."""
    learn = data.mnist("train").subset(DIGITS, seed=seed)
    torch.manual_seed(seed)
    model = models.build("lenet5", padding=2)
    training.fit(
        model, learn, epochs=EPOCHS, batch_size=BATCH, lr=rate, seed=seed, device="cpu",
        channels_last=True, **ARMS[arm],
    )  # fmt: skip
    return model, learn


def row(arm, seed, rate, test):
    """A row: accuracy, and the share of each class that is read as each other one."""
    model, learn = trained(arm, seed, rate)
    read = training.predict(model, test.images).argmax(1)
    found = {"train": training.accuracy(model, learn), "test": np.mean(read == test.labels)}
    for true in range(10):
        of_class = read[test.labels == true]
        found |= {f"{true} as {k}": np.mean(of_class == k) for k in range(10) if k != true}
    return {"arm": arm, "seed": seed, "rate": rate} | found


if __name__ == "__main__":
    torch.set_num_threads(1)
    val, test = data.mnist("val"), data.mnist("test")
    chosen = {}
    for arm in ARMS:
        print(arm, flush=True)
        chosen[arm] = rates.best(
            lambda rate, arm=arm: 1 - training.accuracy(trained(arm, TUNING, rate)[0], val), RATES
        )
    rows = []
    for seed in SEEDS:
        rows += [row(arm, seed, chosen[arm], test) for arm in ARMS]
        shown = ["train", "test", "6 as 9", "9 as 6", "2 as 5", "5 as 2"]
        print(pd.DataFrame(rows).groupby("arm", sort=False)[shown].mean().round(4), flush=True)
    evidence.save("turned_digits", pd.DataFrame(rows).round(4))
