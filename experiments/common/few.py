"""A class against the rest, learned from few photographs, by arms that are tuned alike.

Every task is balanced: half of the photographs show the class, half come from the other classes at
random, so that guessing is right half the time. A draw is 200 photographs that no other draw has,
class and others in turn: its first ten are the task with ten labels, its first twenty that with
twenty. Draws 0 to 4 are learned from and read the test photographs; on the two draws `TUNING`,
every setting is tried, and read the validation photographs.
"""

import time
from dataclasses import replace

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, training, transfer

LABELS, SEEDS, TUNING = (10, 20, 50, 100, 200), range(5), (5, 6)
TUNED_AT = {10: 20, 20: 20, 50: 100, 100: 100, 200: 100}  # where the setting of a size is chosen
HELD_OUT = {"val": 500, "test": 1000}
MORE = 3  # how many more settings may be tried where the best lies at an end
DIGITS = {"accuracy": 4, "train_accuracy": 4, "train_seconds": 4}  # of a table; settings keep all


def task(name, others=None):
    """The photographs of one task.

    Parameters
    ----------
    name : str
        The class of CIFAR-10 that is told from others.
    others : tuple of str, optional
        Which classes the others are; by default all nine.

    Returns
    -------
    dict of int or str to ImageSet
        The draws, by their numbers, and "val" and "test"; label 1 is the class.
    """
    train, rng = data.cifar10("train"), np.random.default_rng(21)
    order = _in_turn(train, name, others, rng)
    parts = {k: order[k * LABELS[-1] : (k + 1) * LABELS[-1]] for k in (*SEEDS, *TUNING)}
    sets = {k: _two_classes(train, part, name) for k, part in parts.items()}
    for split, count in HELD_OUT.items():
        whole = data.cifar10(split)
        order = _in_turn(whole, name, others, np.random.default_rng(22))
        sets[split] = _two_classes(whole, order[:count], name)
    return sets


def _in_turn(photographs, name, others, rng):
    """Positions: one of the class, one of the others, and so on."""
    label = photographs.class_names.index(name)
    rest = [photographs.class_names.index(other) for other in others or photographs.class_names]
    is_other = np.isin(photographs.labels, [other for other in rest if other != label])
    inside = rng.permutation(np.flatnonzero(photographs.labels == label))
    outside = rng.permutation(np.flatnonzero(is_other))[: len(inside)]
    return np.stack([inside, outside], 1).ravel()


def _two_classes(photographs, order, name):
    taken = photographs.take(order)
    labels = (taken.labels == photographs.class_names.index(name)).astype(np.int64)
    return replace(taken, labels=labels, class_names=("other", name))


def permuted(sets):
    """The same photographs with their pixels in another order, one for all of them."""
    order = np.random.default_rng(23).permutation(32 * 32)
    return {
        key: replace(s, images=s.images.reshape(len(s), 3, -1)[..., order].reshape(s.images.shape))
        for key, s in sets.items()
    }


def chosen(accuracy, settings):
    """The setting that reads validation photographs best, the middle one of equally good ones.

    Parameters
    ----------
    accuracy : callable
        Takes a setting, returns a share of right answers.
    settings : sequence of float
        Four settings, ascending by a constant factor; more are tried where the best lies at an end.

    Returns
    -------
    float
    """
    tried, factor = {setting: accuracy(setting) for setting in settings}, settings[1] / settings[0]
    for _ in range(MORE + 1):
        order = sorted(tried)
        good = [setting for setting in order if tried[setting] == max(tried.values())]
        best = good[(len(good) - 1) // 2]
        if order[0] < best < order[-1] or len(tried) == len(settings) + MORE:
            break
        further = float(f"{best / factor if best == order[0] else best * factor:.3g}")
        tried[further] = accuracy(further)
    return best


def arm(name, learn, settings, labels, *, seeds=SEEDS):
    """Rows of one arm: what was tried on validation photographs, then every seed on the test's.

    Parameters
    ----------
    name : str
        The arm.
    learn : callable
        Takes the number of a draw, how many photographs of it, a setting and what to read, "val" or
        "test"; returns a row with `accuracy`.
    settings : sequence of float
        What is tried.
    labels : sequence of int
        How many photographs are learned from.
    seeds : sequence of int, default SEEDS
        The draws.

    Yields
    ------
    dict
    """
    best = {}
    for size in dict.fromkeys(TUNED_AT[n] for n in labels):
        tried = {}

        def mean_accuracy(setting, size=size, tried=tried):
            tried[setting] = [learn(k, size, setting, "val")["accuracy"] for k in TUNING]
            return float(np.mean(tried[setting]))

        best[size] = chosen(mean_accuracy, settings)
        for setting in sorted(tried):
            for seed, accuracy in zip(TUNING, tried[setting], strict=True):
                row = {"arm": name, "labels": size, "seed": seed, "split": "val"}
                yield row | {"setting": setting, "accuracy": accuracy}
    for n in labels:
        setting = best[TUNED_AT[n]]
        for seed in seeds:
            row = {"arm": name, "labels": n, "seed": seed, "split": "test", "setting": setting}
            yield row | learn(seed, n, setting, "test")


def pixels(images, size=None):
    """What networks take: floats from −1 to 1, channels last, enlarged to `size` if it is given."""
    images = images if size is None else transfer.resize(images, size)
    return training.to_input(images.images, torch.device("cpu"), torch.channels_last)


def fine_tune(model, x, y, lr, seed, *, steps, batch_size=20, augment=None, head=None):
    """AdamW on a rising and falling rate; batch norms that are in evaluation mode stay there.

    Parameters
    ----------
    model : nn.Module
        Changed in place.
    x, y : Tensor
        Inputs of the model, or bytes if there is `augment`, and labels.
    lr : float
        Highest rate.
    seed : int
        Decides the order.
    steps, batch_size : int
        How many steps, and of how many photographs.
    augment : callable, optional
        Changes a batch of bytes.
    head : nn.Module, optional
        A layer that learns at ten times the rate.

    Returns
    -------
    float
        CPU seconds.
    """
    start, generator = time.process_time(), torch.Generator().manual_seed(seed)
    fast = {id(weight) for weight in head.parameters()} if head is not None else set()
    groups = [
        {"params": [w for w in model.parameters() if (id(w) in fast) == is_fast], "lr": rate}
        for is_fast, rate in ((False, lr), (True, 10 * lr))
    ]
    groups = [group for group in groups if group["params"]]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    highest = [group["lr"] for group in groups]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, highest, total_steps=steps)
    order = torch.empty(0, dtype=torch.int64)
    size = min(batch_size, len(x))
    for _ in range(steps):
        if len(order) < size:
            order = torch.randperm(len(x), generator=generator)
        batch, order = order[:size], order[size:]
        images = x[batch]
        if augment is not None:
            images = training.to_input(
                augment(images, generator), memory_format=torch.channels_last
            )
        loss = F.cross_entropy(model(images), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return time.process_time() - start


@torch.no_grad()
def accuracy(model, x, y):
    """Share of right answers, in evaluation mode."""
    model.eval()
    logits = torch.cat([model(part) for part in x.split(100)])
    return (logits.argmax(1) == y).float().mean().item()


def training_mode(model, norms):
    """Training mode, in which batch norms learn only if `norms` is true."""
    model.train()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.train(norms)
