"""Boats from ten to two hundred labels: trained from scratch, frozen features, and fine-tuning.

Three tasks, each a class of CIFAR-10 against the others. *Boats*: its ships, in place of those of
ARGOS. *Deer*: not among the thousand classes, though relatives are. *Boats, pixels permuted*: the
same, with the pixels of all photographs in one other order; it was chosen before anything was run,
as the domain in which pretraining is not expected to help.

The pretrained network is EfficientNet-Lite0; it sees the photographs enlarged to 96 pixels. Arms:

- `frozen + …`: its 1,280 pooled maps go to a linear classifier, a linear or Gaussian support vector
  machine, or a network with one hidden layer of 64, shifted to mean 0 and divided by one number,
  the mean of their deviations; `each scaled` divides each by its own deviation; `flattened` and
  `logits` take the maps before pooling and the scores of the dense layer, and `own choice` has its
  C from cross-validation on the labels, without validation photographs;
- `fine-tuned, last part`: with a new last layer, the second half of the network learns on, from its
  ninth bottleneck; `fine-tuned, all`: the whole network. 40 steps of 20 photographs, the new layer
  at ten times the rate, batch norms in evaluation mode; with `norms learn`, in training mode;
- `random start, all`: the same network, also all weights, but from random ones; its batch norms are
  in training mode, as its weights are not made for any means and variances;
- `random + linear`: the frozen features of such a network; its batch norms have seen the
  photographs of the draw, as without that its signals vanish on their way;
- `scratch`: a small CNN of three convolutions, 200 steps of 20 photographs in their own size;
  `scratch, augmented`: with mirrored and shifted photographs, which no other arm gets; `scratch,
  longer`: 800 steps; `scratch, ResNet-9`: a deeper network;
- `pixels + linear` and `colour + linear`: logistic regression on pixels, and on mean and deviation
  of the three colours.

Every arm has four settings (its rate, or how strongly it is regularised), and up to three more
where the best lies at an end. They are tried on two further draws, with 20 labels for up to 20 and
with 100 for more, and read 500 validation photographs. These are more labels than the arms have:
the choice is the same for all, but better than anyone with 20 labels could make it; `own choice`
says what that is worth.

`train_seconds` are of one training, features of the photographs included, without the search.

With `--rest`, only the dear arms are measured; all others stay as the table has them.
"""

import functools
import json
import sys
import time

import numpy as np
import pandas as pd
import torch
from common import few
from torch import nn

from coursecnn import augment, evidence, models, transfer

SIZE, TRUNK = 96, 10  # pixels; modules of `features` that the last part does not have
PERMUTED = "boats, pixels permuted"
TASKS = ("boats", "deer", PERMUTED)
SHIFTED = augment.compose(augment.random_flip(), augment.random_crop(4, padding_mode="reflect"))
STRENGTHS, RATES = (1e-4, 1e-3, 1e-2, 1e-1), (3e-5, 1e-4, 3e-4, 1e-3)
SCRATCH_RATES, STEPS, SCRATCH_STEPS = (1e-3, 3e-3, 1e-2, 3e-2), 40, 200


def photographs(name):
    """The photographs of a task, in their own size."""
    if name == PERMUTED:
        return few.permuted(few.task("ship"))
    return few.task({"boats": "ship", "deer": "deer"}[name])


class Frozen:
    """Heads that learn from features; every image goes through the network once."""

    def __init__(self, sets, extract):
        start = time.process_time()
        self.features = {key: extract(images) for key, images in sets.items()}
        count = sum(map(len, sets.values()))
        self.seconds = (time.process_time() - start) / count

    def learn(self, head, seed, n, setting, split):
        """A row."""
        start = time.process_time()
        first = self.features[seed].take(np.arange(n))
        found = head(first, setting, seed)
        seconds = time.process_time() - start + n * self.seconds
        row = {"accuracy": found.accuracy(self.features[split]), "train_seconds": seconds}
        return row | {"train_accuracy": found.accuracy(first)}

    def part(self, change):
        """The same, with other values for each image."""
        other = object.__new__(Frozen)
        other.seconds = self.seconds
        other.features = {
            key: transfer.Features(change(f.values), f.labels, f.class_names)
            for key, f in self.features.items()
        }
        return other


SCALED = {"scale": "one"}
HEADS = {
    "linear": (lambda f, C, seed: transfer.linear_head(f, C=C, **SCALED), STRENGTHS),
    "linear, each scaled": (lambda f, C, seed: transfer.linear_head(f, C=C), STRENGTHS),
    "SVM": (lambda f, C, seed: transfer.svm_head(f, C=C, **SCALED), STRENGTHS),
    "SVM, Gaussian": (
        lambda f, C, seed: transfer.svm_head(f, kernel="rbf", C=C, **SCALED), (0.1, 1, 10, 100),
    ),
    "MLP": (
        lambda f, alpha, seed: transfer.mlp_head(f, alpha=alpha, seed=seed, **SCALED),
        (0.1, 1, 10, 100),
    ),
}  # fmt: skip


def frozen(prefix, features, heads, labels=few.LABELS):
    """Rows of heads on features."""
    for head in heads:
        learner, settings = HEADS[head]
        learn = functools.partial(features.learn, learner)
        yield from few.arm(f"{prefix} + {head}", learn, settings, labels)


def own_choice(features):
    """Rows of linear heads that choose C from their own labels."""
    for n in few.LABELS:
        for seed in few.SEEDS:
            row = {"arm": "frozen + linear, own choice", "labels": n, "seed": seed, "split": "test"}
            head = functools.partial(
                lambda f, setting, seed: transfer.linear_head(f, seed=seed, **SCALED)
            )
            yield row | features.learn(head, seed, n, None, "test")


def pretrained_maps(images):
    """All numbers of the last maps."""
    model = models.build("efficientnet_lite0", pretrained=True)
    return transfer.extract_features(model, "features", images, pool=None, size=SIZE)


def pooled(values):
    """The mean of each of 1,280 maps."""
    return values.reshape(len(values), 1280, -1).mean(2)


def logits(values):
    """What the last layer, of a thousand classes, makes of them."""
    last = models.build("efficientnet_lite0", pretrained=True).classifier[-1]
    with torch.no_grad():
        return last(torch.from_numpy(pooled(values))).numpy()


def colours(values):
    """Mean and deviation of the three colours."""
    maps = values.reshape(len(values), 3, -1)
    return np.concatenate([maps.mean(2), maps.std(2)], 1)


def as_pixels(images):
    """Pixels in a row."""
    return transfer.Features(
        images.images.reshape(len(images), -1).astype(np.float32) / 255,
        images.labels, images.class_names,
    )  # fmt: skip


class Random:
    """Frozen features of networks with random weights, another one for each draw."""

    def __init__(self, sets):
        self.sets = sets
        self.of = functools.cache(self._of)

    def _of(self, seed, split):
        torch.manual_seed(seed)
        model = models.build("efficientnet_lite0")
        for module in model.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.momentum = None  # the plain mean over batches
        model.train()
        with torch.no_grad():
            for part in few.pixels(self.sets[seed], SIZE).split(100):
                model(part)
        return {
            key: transfer.extract_features(model, "features", self.sets[key], size=SIZE)
            for key in (seed, split)
        }

    def learn(self, seed, n, setting, split):
        """A row."""
        features = self.of(seed, split)
        first = features[seed].take(np.arange(n))
        head = transfer.linear_head(first, C=setting, **SCALED)
        row = {"accuracy": head.accuracy(features[split])}
        return row | {"train_accuracy": head.accuracy(first)}


class Tuned:
    """EfficientNet-Lite0 with a new last layer; what its first modules put out is kept."""

    def __init__(self, sets, first=0, *, pretrained=True, norms=False, steps=STEPS):
        self.sets, self.first, self.pretrained, self.norms = sets, first, pretrained, norms
        self.steps = steps
        self.seconds = 0.0
        self.inputs = functools.cache(self._inputs)

    def _whole(self, seed):
        torch.manual_seed(seed)
        model = models.build("efficientnet_lite0", pretrained=self.pretrained)
        name = transfer.replace_head(model, 2, seed=seed)
        return model.to(memory_format=torch.channels_last), model.get_submodule(name)

    @torch.no_grad()
    def _inputs(self, key):
        images, (model, _) = self.sets[key], self._whole(0)
        x, y = few.pixels(images, SIZE), torch.tensor(images.labels)
        if not self.first:
            return x, y
        trunk, start = model.features[: self.first].eval(), time.process_time()
        maps = torch.cat([trunk(part) for part in x.split(100)])
        self.seconds = (time.process_time() - start) / len(x)
        return maps, y

    def learn(self, seed, n, lr, split):
        """A row."""
        model, last = self._whole(seed)
        tail = nn.Sequential(model.features[self.first :], model.classifier)
        few.training_mode(tail, self.norms)
        x, y = self.inputs(seed)
        seconds = few.fine_tune(tail, x[:n], y[:n], lr, seed, steps=self.steps, head=last)
        row = {"accuracy": few.accuracy(tail, *self.inputs(split))}
        row["train_seconds"] = seconds + n * self.seconds
        return row | {"train_accuracy": few.accuracy(tail, x[:n], y[:n])}


class Scratch:
    """Small networks that see these photographs only."""

    def __init__(self, sets, network, *, steps=SCRATCH_STEPS, augmented=False):
        self.sets, self.network, self.steps, self.augmented = sets, network, steps, augmented

    def learn(self, seed, n, lr, split):
        """A row."""
        name, width = self.network
        torch.manual_seed(seed)
        model = models.build(name, 2, width=width).to(memory_format=torch.channels_last).train()
        first = self.sets[seed].take(np.arange(n))
        x, y = few.pixels(first), torch.tensor(first.labels)
        given = torch.from_numpy(first.images) if self.augmented else x
        change = SHIFTED if self.augmented else None
        seconds = few.fine_tune(model, given, y, lr, seed, steps=self.steps, augment=change)
        read = self.sets[split]
        row = {"accuracy": few.accuracy(model, few.pixels(read), torch.tensor(read.labels))}
        return row | {"train_seconds": seconds, "train_accuracy": few.accuracy(model, x, y)}


def rows_of(name):
    """All arms of a task, the cheap ones first."""
    sets = photographs(name)
    small, natural = ("threeconv", 16), name != PERMUTED
    plain = Frozen(sets, as_pixels)
    yield from frozen("pixels", plain, ["linear"])
    yield from frozen("colour", plain.part(colours), ["linear"])
    maps = Frozen(sets, pretrained_maps)
    means = maps.part(pooled)
    yield from frozen("frozen", means, HEADS)
    yield from own_choice(means)
    if natural:
        yield from frozen("frozen, logits", maps.part(logits), ["linear"])
        yield from frozen("frozen, flattened", maps, ["linear"])
    del maps, means
    arms = {"scratch": Scratch(sets, small)}
    if natural:
        arms["scratch, augmented"] = Scratch(sets, small, augmented=True)
    for arm, learner in arms.items():
        yield from few.arm(arm, learner.learn, SCRATCH_RATES, few.LABELS)
    last = Tuned(sets, TRUNK)
    yield from few.arm("fine-tuned, last part", last.learn, RATES, few.LABELS)
    del last


def dear_rows(name):
    """Arms that take long, or that only some sizes need."""
    sets = photographs(name)
    if name == "boats":
        yield from few.arm("random + linear", Random(sets).learn, STRENGTHS, (20, 100))
        longer = Scratch(sets, ("threeconv", 16), steps=4 * SCRATCH_STEPS)
        yield from few.arm("scratch, longer", longer.learn, SCRATCH_RATES, (100,))
        deeper = Scratch(sets, ("resnet9", 8))
        yield from few.arm("scratch, ResNet-9", deeper.learn, SCRATCH_RATES, (20, 100))
        norms = Tuned(sets, TRUNK, norms=True)
        yield from few.arm("fine-tuned, last part, norms learn", norms.learn, RATES, (20, 100))
    sizes = {"boats": few.LABELS, "deer": (100,), PERMUTED: (100,)}[name]
    yield from few.arm("fine-tuned, all", Tuned(sets).learn, RATES, sizes)
    if name == "boats":
        start = Tuned(sets, pretrained=False, norms=True)
        yield from few.arm("random start, all", start.learn, RATES, (200,))


def main():
    """Measure, and say each row as soon as it is there."""
    torch.set_num_threads(1)
    rows, parts, notes = [], (rows_of, dear_rows), {}
    if "--rest" in sys.argv[1:]:
        rows, parts = evidence.load("few_labels").to_dict("records"), (dear_rows,)
        dear = {"scratch, longer", "scratch, ResNet-9", "random start, all", "fine-tuned, all"}
        dear |= {"random + linear", "fine-tuned, last part, norms learn"}
        rows = [row for row in rows if row["arm"] not in dear]
        notes["measured anew"] = "the dear arms (--rest); the seconds above are theirs"
    for part in parts:
        for name in TASKS:
            for row in part(name):
                rows.append({"target": name} | row)
                print(json.dumps(rows[-1], default=float), flush=True)
    columns = ["target", "arm", "labels", "seed", "split", "setting"]
    columns += ["accuracy", "train_accuracy", "train_seconds"]
    evidence.save("few_labels", pd.DataFrame(rows)[columns].round(few.DIGITS), notes)


if __name__ == "__main__":
    main()
