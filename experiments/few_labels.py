"""Fifty labels per class: features of a network that has seen ImageNet, and networks that have not.

Five draws of 500 photographs from CIFAR-10, none of which is in two draws, and a sixth to tune on.
All arms read the same 1,000 test photographs.

- `pretrained`: EfficientNet-Lite0 as it comes from ImageNet, frozen, sees the photographs enlarged
  to 96, 128 or 160 pixels; its 1,280 pooled maps go to a linear head, whose regularisation
  is chosen by cross-validation on the draw.
- `random`: the same at 96 pixels with weights drawn at random, other ones for each draw. Its batch
  norms take their means and variances from the photographs of the draw; without that, the signal
  vanishes on its way. What it lacks against `pretrained` is what was learned from ImageNet.
  Whether the maps of an earlier layer would keep more of the photographs was not tried.
- `scratch`: the network that reads validation photographs best after it was trained on the sixth
  draw, of two kinds, two widths and three learning rates. It learns from the photographs in their
  own size, shifted and mirrored, until the loss on 500 validation photographs has stopped falling:
  these labels the other arms do not have.

Fixed before the run: the gain of `pretrained, 160 px` over `scratch` is at least twenty points, if
the lower 95 % bound of the paired difference is above 0.20.

ImageNet is no stranger to these classes. Among its thousand are dogs, cats, birds, frogs, trucks,
sports cars, airliners, container ships and sorrel horses, and of the deer relatives. So the network
has seen what it is asked for, in other photographs; the gain on a task that is foreign to ImageNet
may be smaller.
"""

import numpy as np
import pandas as pd
import torch
from common import plateau

from coursecnn import augment, data, evidence, models, training, transfer

PER_CLASS, DRAWS, TUNING = 50, range(5), 5
SIZES, CONTROL_SIZE, POOLED = (96, 128, 160), 96, "features"
NETWORKS = [("threeconv", 16), ("threeconv", 32), ("resnet9", 8), ("resnet9", 16)]
RATES = (0.001, 0.003, 0.01)
AUGMENT = augment.compose(augment.random_flip(), augment.random_crop(4, padding_mode="reflect"))


def draws():
    """Six sets of training photographs that share none."""
    train, rng = data.cifar10("train"), np.random.default_rng(0)
    order = [rng.permutation(np.flatnonzero(train.labels == label)) for label in range(10)]
    parts = [slice(k * PER_CLASS, (k + 1) * PER_CLASS) for k in (*DRAWS, TUNING)]
    return [train.take(np.concatenate([places[part] for places in order])) for part in parts]


def read_by_head(arm, seed, few, test):
    """A row: a linear head learns from features of the few, and reads those of the test."""
    head = transfer.linear_head(few, seed=seed)
    return {"arm": arm, "seed": seed, "accuracy": head.accuracy(test), "C": head.setting["C"]}


def pretrained(size, few, test):
    """A row for each draw."""
    model = models.build("efficientnet_lite0", pretrained=True)
    seen, *features = (
        transfer.extract_features(model, POOLED, images, size=size) for images in (test, *few)
    )
    return [read_by_head(f"pretrained, {size} px", k, features[k], seen) for k in DRAWS]


def without_pretraining(seed, few, test):
    """A row: random weights, and batch norms that know the photographs of the draw."""
    torch.manual_seed(seed)
    model = models.build("efficientnet_lite0")
    mixed = few.take(np.random.default_rng(seed).permutation(len(few)))  # not class by class
    know(model, transfer.resize(mixed, CONTROL_SIZE))
    seen = [transfer.extract_features(model, POOLED, s, size=CONTROL_SIZE) for s in (few, test)]
    return read_by_head(f"random, {CONTROL_SIZE} px", seed, *seen)


@torch.no_grad()
def know(model, images):
    """Let batch norms take the means and variances of these images, and of no others."""
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = None  # the plain mean over batches
    model.train()
    for start in range(0, len(images), 100):
        model(training.to_input(images.images[start : start + 100]))


def from_scratch(network, rate, seed, few, val):
    """A network trained on the few alone, and how long it took."""
    name, width = network
    torch.manual_seed(seed)
    model = models.build(name, width=width)
    return model, plateau.fit(model, few, val, seed, rate, AUGMENT)


def tuned(few, val):
    """The network and the rate that read validation photographs best."""
    found = {}
    for network in NETWORKS:
        for rate in RATES:
            model, cost = from_scratch(network, rate, TUNING, few, val)
            found[network, rate] = training.accuracy(model, val)
            print(network, rate, found[network, rate], cost, flush=True)
    return max(found, key=found.get)


def scratch(few, val, test):
    """A row for each draw."""
    network, rate = tuned(few[TUNING], val)
    rows = []
    for k in DRAWS:
        model, cost = from_scratch(network, rate, k, few[k], val)
        row = {"arm": "scratch", "seed": k, "accuracy": training.accuracy(model, test)}
        rows.append(row | {"network": f"{network[0]}, width {network[1]}", "rate": rate, **cost})
    return rows


if __name__ == "__main__":
    torch.set_num_threads(1)
    few, test = draws(), data.cifar10("test").subset(1000)
    rows = scratch(few, data.cifar10("val").subset(500), test)
    rows += [without_pretraining(k, few[k], test) for k in DRAWS]
    for size in SIZES:
        rows += pretrained(size, few[:TUNING], test)
        print(pd.DataFrame(rows).to_string(), flush=True)
    evidence.save("few_labels", pd.DataFrame(rows).round(4))
