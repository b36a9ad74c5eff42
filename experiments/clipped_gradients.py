"""Plain-56 whose first steps cannot explode: does it learn as its relatives do?

Network, photographs and rate are those of `plain-56` in `degradation.py`, for `EPOCHS` epochs. Each
gradient of a weight array is cut to at most the length of that array (at least `LEAST`), so no
kernel grows many times over in the first steps. One row per epoch: loss and error while training,
and how many times as long the first kernels are as they were.
"""

import pandas as pd
import torch
from common import depth
from degradation import SEEDS, TRAIN, epochs

from coursecnn import evidence

ARM, EPOCHS, LEAST = "plain-56", 20, 0.1


def clip(weight):
    """Cut the gradient of a weight array to the length of the array."""
    torch.nn.utils.clip_grad_norm_([weight], max(weight.detach().norm().item(), LEAST))


def run(seed, rate):
    """One network: its rows."""
    images, labels = depth.photographs("train", TRAIN, seed)
    model = depth.network(ARM, seed, images[:500])
    start = model.conv1.weight.norm().item()
    for weight in model.parameters():
        weight.register_post_accumulate_grad_hook(clip)
    for row in epochs(model, images, labels, rate, seed, most=EPOCHS):
        kept = {name: row[name] for name in ("epoch", "loss", "error")}
        length = model.conv1.weight.norm().item() / start
        yield {"arm": f"{ARM} clipped", "rate": rate, "seed": seed, **kept, "longer": length}


if __name__ == "__main__":
    torch.set_num_threads(1)
    rate = evidence.load("degradation").groupby("arm")["rate"].first()[ARM]
    rows = []
    for seed in SEEDS:
        rows += run(seed, rate)
        print(rows[-1], flush=True)
    evidence.save("clipped_gradients", pd.DataFrame(rows).round(5))
