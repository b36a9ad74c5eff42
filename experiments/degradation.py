"""Plain and residual networks of 20 and 56 layers, trained to a plateau or for 300 epochs.

Each network reads 1,000 photographs of CIFAR-10, averaged down to 12×12 pixels, in batches of 50,
with SGD and momentum. The rate stays until the mean loss of an epoch has not become smaller for
`PATIENCE` epochs; then the same once more with a tenth of the rate. It ends before that with an
epoch without any error, or after `MOST` epochs. The rate of an arm is the one with the lowest
training loss after 20 epochs with a seed that is not used again.

The arms `identity` start with a network of few layers: in `plain-56 identity` the kernels of all
blocks that keep the size pass their input on, and batch norm starts with the mean and deviation
of its first input as shift and factor, so each such block begins as the identity. In
`residual-56 identity` the last factors of the same blocks are zero, which does it with a shortcut.

One row per epoch: loss and error while training, and the mean length of the gradient of the first
and of the last convolution. The last row of a run has the error in test mode, too, on these and on
2,000 other photographs. With the name of a folder the script keeps rates and rows there as they
come, and goes on from them if it is started again.
"""

import json
import math
import sys
import time
from functools import partial
from pathlib import Path

import pandas as pd
import torch
from common import rates
from common.depth import ARMS, network, photographs
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import evidence

SEEDS, TUNING_SEED = range(5), 99
RATES, TUNING_EPOCHS = (0.003, 0.01, 0.03, 0.1), 20
TRAIN, TEST, BATCH = 1000, 2000, 50
PATIENCE, MOST = 12, 300


def epochs(model, images, labels, rate, seed, most=MOST):
    """Train to the plateau; yields one row per epoch."""
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9, weight_decay=1e-4)
    order = torch.Generator().manual_seed(seed)
    best, since, step = math.inf, 0, 0
    for epoch in range(1, most + 1):
        start, loss, errors, first, last = time.process_time(), 0.0, 0, 0.0, 0.0
        for batch in torch.randperm(len(images), generator=order).split(BATCH):
            logits = model(images[batch])
            mean = F.cross_entropy(logits, labels[batch])
            optimizer.zero_grad()
            mean.backward()
            optimizer.step()
            share = len(batch) / len(images)
            first += share * model.conv1.weight.grad.norm().item()
            last += share * model.layer3[-1].conv2.weight.grad.norm().item()
            loss += share * mean.item()
            errors += (logits.argmax(1) != labels[batch]).sum().item()
        yield {
            "epoch": epoch, "step": step, "loss": loss, "error": errors / len(images),
            "gradient": first, "last_gradient": last, "seconds": time.process_time() - start,
        }  # fmt: skip
        best, since = (loss, 0) if loss < best else (best, since + 1)
        if errors == 0 or not math.isfinite(loss):
            return
        if since == PATIENCE:
            if step == 1:
                return
            step, best, since = 1, math.inf, 0
            for group in optimizer.param_groups:
                group["lr"] = rate / 10


def short(arm, rate):
    """Training loss after a short training, for the choice of a rate."""
    images, labels = photographs("train", TRAIN, TUNING_SEED)
    model = network(arm, TUNING_SEED, images[:500])
    losses = [row["loss"] for row in epochs(model, images, labels, rate, 0, TUNING_EPOCHS)]
    return sum(losses[-3:]) / 3 if math.isfinite(losses[-1]) else math.inf


@torch.no_grad()
def error(model, images, labels):
    """Share of photographs that are misread, in test mode."""
    return (model.eval()(images).argmax(1) != labels).float().mean().item()


def run(arm, rate, seed):
    """One network to the plateau: its rows."""
    images, labels = photographs("train", TRAIN, seed)
    model = network(arm, seed, images[:500])
    rows = [{"arm": arm, "rate": rate, "seed": seed, **row}
            for row in epochs(model, images, labels, rate, seed)]  # fmt: skip
    rows[-1]["train_error"] = error(model, images, labels)
    rows[-1]["test_error"] = error(model, *photographs("test", TEST, 0))
    return rows


def kept(folder, name, make):
    """What a file of the folder holds, or what `make` returns, kept there for the next time."""
    file = folder / name if folder else None
    if file and file.is_file():
        return json.loads(file.read_text())
    made = make()
    if file:
        file.write_text(json.dumps(made))
    return made


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    tuned, rows = {}, []
    for arm in ARMS:
        tuned[arm] = kept(folder, f"{arm}.json", lambda: rates.best(partial(short, arm), RATES))  # noqa: B023  called here
    for seed in SEEDS:
        for arm, rate in tuned.items():
            rows += kept(folder, f"{arm} {seed}.json", lambda: run(arm, rate, seed))  # noqa: B023
            print(rows[-1], flush=True)
    evidence.save("degradation", pd.DataFrame(rows).round(5))
