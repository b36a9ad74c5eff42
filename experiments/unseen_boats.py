"""A source that has never seen a boat: the gain of transfer without any leak of the class.

The source is CIFAR-10 without ships, airplanes and deer. A ResNet-9 of width 8 learns its seven
classes in two passes over 31,500 photographs, another one for each seed. Then the same network
learns two tasks from few labels: *boats* against all other classes, and *boats, all unseen*,
against airplanes and deer. In the first task the source knows seven of the nine other classes, so
that "never seen" would already be half an answer; in the second it knows no class at all.

- `scratch`: from random weights, 200 steps of 20 photographs;
- `frozen + linear`: logistic regression on the 64 pooled maps of the source network;
- `fine-tuned`: all weights of the source network and a new last layer, 200 steps, batch norms in
  evaluation mode.

Photographs have their own size and are not augmented. Each arm has four settings and up to three
more, chosen by validation photographs as in `few_labels.py`. `source` rows say how well the source
network names the test photographs of its own seven classes.
"""

import functools
import json
import time

import numpy as np
import pandas as pd
import torch
from common import few

from coursecnn import augment, data, evidence, models, training, transfer

UNSEEN, WIDTH, EPOCHS, STEPS = ("ship", "airplane", "deer"), 8, 2, 200
TASKS = {"boats": None, "boats, all unseen": UNSEEN[1:]}
LABELS = (20, 100, 200)
SHIFTED = augment.compose(augment.random_flip(), augment.random_crop(4, padding_mode="reflect"))
STRENGTHS, RATES, SCRATCH_RATES = (
    (1e-3, 1e-2, 1e-1, 1),
    (3e-4, 1e-3, 3e-3, 1e-2),
    (1e-3, 3e-3, 1e-2, 3e-2),
)


def known(split):
    """The photographs of the seven classes."""
    whole = data.cifar10(split)
    names = [name for name in whole.class_names if name not in UNSEEN]
    old = np.array([whole.class_names.index(name) for name in names])
    kept = whole.take(np.isin(whole.labels, old))
    labels = np.searchsorted(old, kept.labels)
    return data.ImageSet(kept.images, labels, tuple(names), split, kept.provenance)


@functools.cache
def source(seed):
    """What a network learns without boats, and how well it reads its own classes."""
    torch.manual_seed(seed)
    model = models.build("resnet9", 7, width=WIDTH)
    training.fit(
        model, known("train"), epochs=EPOCHS, lr=0.01, augment=SHIFTED, seed=seed, device="cpu",
        channels_last=True, label_smoothing=0.1,
    )  # fmt: skip
    return model.state_dict(), training.accuracy(model, known("test"))


def network(seed, pretrained):
    """The network with a new last layer for two classes, and this layer."""
    torch.manual_seed(seed)
    model = models.build("resnet9", 7, width=WIDTH)
    if pretrained:
        model.load_state_dict(source(seed)[0])
    name = transfer.replace_head(model, 2, seed=seed)
    return model.to(memory_format=torch.channels_last), model.get_submodule(name)


def trained(sets, pretrained, seed, n, lr, split):
    """A row of a network that learns with all its weights."""
    model, last = network(seed, pretrained)
    few.training_mode(model, norms=not pretrained)
    first, read = sets[seed].take(np.arange(n)), sets[split]
    x, y = few.pixels(first), torch.tensor(first.labels)
    head = last if pretrained else None
    seconds = few.fine_tune(model, x, y, lr, seed, steps=STEPS, head=head)
    row = {"accuracy": few.accuracy(model, few.pixels(read), torch.tensor(read.labels))}
    return row | {"train_accuracy": few.accuracy(model, x, y), "train_seconds": seconds}


def frozen(sets, seed, n, C, split):
    """A row of a linear classifier of frozen features."""
    start = time.process_time()
    model, _ = network(seed, pretrained=True)
    extract = functools.partial(transfer.extract_features, model, "features", pool="max")
    first = extract(sets[seed].take(np.arange(n)))
    head = transfer.linear_head(first, C=C, scale="one")
    seconds = time.process_time() - start
    row = {"accuracy": head.accuracy(extract(sets[split]))}
    return row | {"train_accuracy": head.accuracy(first), "train_seconds": seconds}


def main():
    """Measure, and say each row as soon as it is there."""
    torch.set_num_threads(1)
    rows = []
    for seed in few.SEEDS:
        row = {"target": "its own seven classes", "arm": "source", "seed": seed, "split": "test"}
        rows.append(row | {"accuracy": source(seed)[1]})
        print(json.dumps(rows[-1]), flush=True)
    for target, others in TASKS.items():
        sets = few.task("ship", others)
        arms = {
            "scratch": (functools.partial(trained, sets, False), SCRATCH_RATES),
            "frozen + linear": (functools.partial(frozen, sets), STRENGTHS),
            "fine-tuned": (functools.partial(trained, sets, True), RATES),
        }
        for name, (learn, settings) in arms.items():
            for row in few.arm(name, learn, settings, LABELS):
                rows.append({"target": target} | row)
                print(json.dumps(rows[-1], default=float), flush=True)
    columns = ["target", "arm", "labels", "seed", "split", "setting"]
    columns += ["accuracy", "train_accuracy", "train_seconds"]
    evidence.save("unseen_boats", pd.DataFrame(rows)[columns].round(few.DIGITS))


if __name__ == "__main__":
    main()
