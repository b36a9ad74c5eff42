"""What ImageNet already knows of the tasks: its own classes, and their rows as a start.

- `named …`: the share of 100 test photographs of each class of CIFAR-10 for which the likeliest of
  the thousand classes is one of 15 kinds of ships and boats, or one of nine horned relatives of the
  deer.
- `no labels`: the probabilities of these classes, added up, tell the target from the rest. The
  threshold is their median over the validation photographs, whose labels are not used: it takes for
  granted that half of them show the class.
- `random rows`, `source rows`: a last layer for two classes on frozen features, trained by 100
  steps of up to 20 photographs. It starts from random numbers, or from ImageNet's own rows: for the
  class the mean of those of its kinds, for the rest the mean of all other rows. Each has four rates
  and up to three more, chosen by validation photographs as in `few_labels.py`.
- `near copies`: the share of a task's test photographs for which the training draws (1,000
  photographs) hold one whose pixels correlate with it above 0.95.
"""

import json

import numpy as np
import pandas as pd
import torch
from common import few
from few_labels import SIZE
from torch import nn

from coursecnn import data, evidence, models, transfer

KINDS = {
    "boats": (
        "aircraft carrier", "canoe", "catamaran", "container ship", "fireboat", "gondola",
        "lifeboat", "liner", "pirate", "schooner", "speedboat", "submarine", "trimaran", "wreck",
        "yawl",
    ),
    "deer": (
        "ox", "water buffalo", "bison", "ram", "bighorn", "ibex", "hartebeest", "impala", "gazelle",
    ),
}  # fmt: skip
CLASSES = {"boats": "ship", "deer": "deer"}
RATES, STEPS, COPY = (1e-4, 1e-3, 1e-2, 1e-1), 100, 0.95


def numbers(kinds):
    """Where classes stand among the thousand."""
    names = models.class_names()
    return [names.index(kind) for kind in kinds]


def features(images):
    """Pooled maps."""
    model = models.build("efficientnet_lite0", pretrained=True)
    return transfer.extract_features(model, "features", images, size=SIZE)


def thousand():
    """The last layer of the pretrained network."""
    return models.build("efficientnet_lite0", pretrained=True).classifier[-1]


@torch.no_grad()
def named():
    """Rows: how often a kind is the likeliest class."""
    photographs = data.cifar10("test").subset(1000)
    likeliest = thousand()(torch.from_numpy(features(photographs).values)).argmax(1).numpy()
    for target, kinds in KINDS.items():
        is_kind = np.isin(likeliest, numbers(kinds))
        for label, name in enumerate(photographs.class_names):
            share = is_kind[photographs.labels == label].mean()
            yield {"target": target, "arm": f"named {target}", "class": name, "accuracy": share}


@torch.no_grad()
def without_labels(target, seen):
    """A row."""
    log = {
        split: thousand()(torch.from_numpy(seen[split].values)).log_softmax(1)
        for split in ("val", "test")
    }
    scores = {split: each[:, numbers(KINDS[target])].logsumexp(1) for split, each in log.items()}
    said = (scores["test"] > scores["val"].median()).numpy()
    accuracy = (said == (seen["test"].labels == 1)).mean()
    return {
        "target": target,
        "arm": "no labels",
        "labels": 0,
        "split": "test",
        "accuracy": accuracy,
    }


def head(target, start, seed):
    """A last layer for two classes."""
    torch.manual_seed(seed)
    layer, old = nn.Linear(1280, 2), thousand()
    if start == "source rows":
        inside = numbers(KINDS[target])
        outside = np.setdiff1d(np.arange(1000), inside)
        with torch.no_grad():
            for row, of in ((0, outside), (1, inside)):
                layer.weight[row], layer.bias[row] = old.weight[of].mean(0), old.bias[of].mean()
    return layer


def rows_of(target):
    """Rows of both starts."""
    sets = few.task(CLASSES[target])
    seen = {key: features(images) for key, images in sets.items()}
    yield without_labels(target, seen)
    yield {"target": target, "arm": "near copies", "accuracy": copies(sets)}

    def learn(start, seed, n, lr, split):
        layer, first = head(target, start, seed), seen[seed].take(np.arange(n))
        x, y = torch.from_numpy(first.values), torch.from_numpy(first.labels)
        few.fine_tune(layer, x, y, lr, seed, steps=STEPS)
        read = seen[split]
        right = few.accuracy(layer, torch.from_numpy(read.values), torch.from_numpy(read.labels))
        return {"accuracy": right, "train_accuracy": few.accuracy(layer, x, y)}

    for start in ("random rows", "source rows"):
        arm = few.arm(start, lambda *given, s=start: learn(s, *given), RATES, few.LABELS)
        for row in arm:
            yield {"target": target} | row


def copies(sets):
    """Share of the test photographs that a training photograph resembles."""

    def standard(images):
        pixels = images.images.reshape(len(images), -1).astype(np.float32)
        pixels -= pixels.mean(1, keepdims=True)
        return pixels / np.linalg.norm(pixels, axis=1, keepdims=True)

    learned = np.concatenate([standard(sets[k]) for k in few.SEEDS])
    return float(((standard(sets["test"]) @ learned.T).max(1) > COPY).mean())


def main():
    """Measure, and say each row as soon as it is there."""
    torch.set_num_threads(1)
    rows = []
    for row in (*named(), *rows_of("boats"), *rows_of("deer")):
        rows.append(row)
        print(json.dumps(row, default=float), flush=True)
    columns = ["target", "arm", "class", "labels", "seed", "split", "setting"]
    columns += ["accuracy", "train_accuracy"]
    table = pd.DataFrame(rows)[columns].astype({"labels": "Int64", "seed": "Int64"})
    evidence.save("known_boats", table.round(4))


if __name__ == "__main__":
    main()
