"""The effective receptive field of a network that tells 47 from 74, before and after training.

The network with a field of 15 of `two_digits.py` learns once with true and once with shuffled
labels, for as many epochs and at the same rate. `down` and `across` are the standard deviations of
the squared gradient of a unit of the last convolution, before its activation, over 200 test images.
"""

import numpy as np
import pandas as pd
import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit
from two_digits import ARMS, GAPS, IMAGES, examples, pairs

from coursecnn import evidence, explain

SEEDS, EPOCHS, RATE, LOOK_AT = range(5), 30, 0.01, 200


def spreads(model, images, when):
    """Width down and across. Three pictures on top of each other are as one, on a ring."""
    shares = explain.effective_receptive_field(model.eval()[:7], images.tile(1, 1, 3, 1))
    return dict(zip((f"down_{when}", f"across_{when}"), explain.spread(shares), strict=True))


def measure(shuffled, seed):
    """One row: the widths before and after, and the accuracies."""
    torch.manual_seed(seed)
    model, order = ARMS["field 15"](), torch.Generator().manual_seed(seed)
    images, classes = examples("train", IMAGES, seed)
    if shuffled:
        classes = classes[torch.randperm(len(classes), generator=order)]
    look = torch.cat(pairs("test", LOOK_AT // 2, GAPS, np.random.default_rng(seed)))
    row = {"seed": seed, "arm": "shuffled labels" if shuffled else "47 or 74"}
    row |= spreads(model, look, "before")
    adam = torch.optim.Adam(model.parameters(), RATE)
    for _ in range(EPOCHS):
        model.train()
        for batch in torch.randperm(len(images), generator=order).split(50):
            adam.zero_grad()
            F.cross_entropy(model(images[batch]), classes[batch]).backward()
            adam.step()
    row |= spreads(model, look, "after")
    truth = torch.arange(2).repeat_interleave(LOOK_AT // 2)
    for name, (x, y) in {"learned": (images, classes), "test": (look, truth)}.items():
        row[name] = (model(x).argmax(1) == y).float().mean().item()
    return row


if __name__ == "__main__":
    torch.set_num_threads(1)
    table = pd.DataFrame(measure(shuffled, seed) for seed in SEEDS for shuffled in (False, True))
    evidence.save("sideways_fields", table.round(4))
