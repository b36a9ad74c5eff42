"""LeNet-5 with one thing changed at a time, and dense networks beside it.

Every arm learns from the same 2,000 digits in the same way, but for what its name says. Its
learning rate is tuned alike: short trainings on two seeds of their own, the rate with the smallest
validation loss; while that is the smallest or largest one tried, the grid goes on by another factor
of three.

Kernels of 3×3 without padding leave maps of 5×5, too, so the head stays the same; so does it with a
single convolution of 16 maps, pooled by five. `1998, paper` is the network of the paper, with its
scale of grey, but trained with cross-entropy like the others.

Each network also sees images that are no digits: noise, letters that look like no digit, windows of
photographs, and test digits with their pixels shuffled. `sure_…` is the share with a largest
probability above 0.9. `threshold` refuses 5 % of the validation digits; `kept_…` is the share that
it lets pass, `wrong_kept` the share of errors among the test digits that pass. `wrong` lists the
test digits that were read wrongly.
"""

import math
import sys
import time

import numpy as np
import pandas as pd
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, evidence, models, training

SEEDS, TUNING = range(5), (100, 101)
LEARN = 2000  # digits of the training set
EPOCHS, DENSE_EPOCHS = 8, 32
SHORT = 0.5  # length of the trainings that choose a rate, as a share
BATCH, RATES = 64, (0.003, 0.01, 0.03)
LETTERS = "AEFHKMNPRUVWXY"  # the others are like a digit in some hand
PHOTOS = "astronaut", "brick", "camera", "chelsea", "coffee", "coins", "rocket", "china", "flower"
FOREIGN = 300  # images of each kind
PADDING = {3: 0, 5: 2}  # both leave maps of 5×5


def lenet(
    activation=nn.ReLU, pooling=nn.MaxPool2d, kernel=5, maps=(6, 16), hidden=(120, 84), more=False
):
    """LeNet-5 for 28×28 pixels, with what may be changed as arguments."""
    one, two = maps
    layers = [nn.Conv2d(1, one, kernel, padding=PADDING[kernel]), activation(), pooling(2)]
    layers += [nn.Conv2d(one, two, kernel), activation()]
    if more:
        layers += [nn.Conv2d(two, two, 3, padding=1), activation()]
    return nn.Sequential(*layers, pooling(2), *head(two * 25, hidden, activation))


def head(features, hidden, activation=nn.ReLU):
    """Dense layers, from a vector of features to ten logits."""
    layers = [nn.Flatten()]
    for units in hidden:
        layers += [nn.Linear(features, units), activation()]
        features = units
    return [*layers, nn.Linear(features, 10)]


def one_convolution():
    """A single convolution; pooling by five leaves as many features as in LeNet-5."""
    encoder = nn.Conv2d(1, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(5)
    return nn.Sequential(*encoder, *head(400, (120, 84)))


class EverySecond(nn.Module):
    """Keep one pixel of each 2×2, where pooling would look at all four."""

    def __init__(self, step):
        super().__init__()
        self.step = step

    def forward(self, x):
        """Every `step`-th row and column."""
        return x[..., :: self.step, :: self.step]


class Paper(nn.Module):
    """The network of 1998, for images between −1 and 1 without a border."""

    def __init__(self):
        super().__init__()
        self.network = models.build("lenet5_1998")

    def forward(self, x):
        """Scale the ground to −0.1 and the ink to 1.175, add a border of ground, and read."""
        return self.network(F.pad(0.6375 * x + 0.5375, (2, 2, 2, 2), value=-0.1))


AVERAGE = {"pooling": nn.AvgPool2d}
ARMS = {
    "LeNet": lenet,
    "tanh and average": lambda: lenet(nn.Tanh, **AVERAGE),
    "linear": lambda: nn.Sequential(*head(784, ())),
    "dense, same parameters": lambda: nn.Sequential(*head(784, (77,))),
    "dense, same MACs": lambda: nn.Sequential(*head(784, (524,))),
    "tanh": lambda: lenet(nn.Tanh),
    "average": lambda: lenet(**AVERAGE),
    "every second": lambda: lenet(pooling=EverySecond),
    "kernel 3": lambda: lenet(kernel=3),
    "half the maps": lambda: lenet(maps=(3, 8)),
    "half the maps, same parameters": lambda: lenet(maps=(3, 8), hidden=(211, 84)),
    "one convolution": one_convolution,
    "three convolutions": lambda: lenet(more=True),
    "no hidden layer": lambda: lenet(hidden=()),
    "1998, paper": Paper,
}
UNMOVED = "LeNet", "dense, same parameters"


def foreign():
    """Images that are no digits, by kind; uint8, shape (FOREIGN, 1, 28, 28)."""
    rng = np.random.default_rng(14)
    digits = data.mnist("test").subset(FOREIGN, seed=14).images
    return {
        "noise": rng.integers(256, size=digits.shape).astype(np.uint8),
        "letters": data.glyphs("test", n=FOREIGN, characters=LETTERS, size=28, noise=0).images,
        "photographs": windows(rng),
        "shuffled": rng.permuted(digits.reshape(FOREIGN, -1), axis=1).reshape(digits.shape),
    }


def windows(rng):
    """Square windows of photographs, in grey, shrunk to 28×28."""
    photos = [Image.fromarray(data.photo(name)).convert("L") for name in PHOTOS]
    cut = []
    for n in range(FOREIGN):
        photo = photos[n % len(photos)]
        side = int(rng.integers(28, min(photo.size) + 1))
        left, top = (int(rng.integers(length - side + 1)) for length in photo.size)
        box = left, top, left + side, top + side
        cut.append(np.asarray(photo.resize((28, 28), Image.BOX, box=box)))
    return np.stack(cut)[:, None]


def epochs_of(arm):
    """Dense networks get more epochs: they learn more slowly from moved digits, and cost less."""
    return DENSE_EPOCHS if arm.startswith(("linear", "dense")) else EPOCHS


def train(arm, rate, seed, epochs, moved=True):
    """The loop of the chapter with one-cycle rates: a trained network, and its validation loss."""
    torch.manual_seed(seed)
    model = ARMS[arm]().to(memory_format=torch.channels_last)  # quicker
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(model.parameters(), rate, fused=True)
    steps = epochs * math.ceil(len(LABELS) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, steps)
    for _ in range(epochs):
        order = torch.randperm(len(LABELS), generator=generator)
        places = torch.randint(5, (2, len(LABELS)), generator=generator)
        if not moved:
            places.fill_(2)
        for batch in order.split(BATCH):
            images = training.to_input(
                PLACED[(batch, *places[:, batch])][:, None], memory_format=torch.channels_last
            )
            loss = F.cross_entropy(model(images), LABELS[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    val = data.mnist("val")
    with torch.no_grad():
        logits = model(training.to_input(val.images))
    return model, F.cross_entropy(logits, torch.as_tensor(val.labels)).item()


def placed(images):
    """A view of each image at the 5×5 places up to two pixels away: shape (N, 5, 5, 28, 28)."""
    return F.pad(torch.as_tensor(images[:, 0]), (2, 2, 2, 2)).unfold(1, 28, 1).unfold(2, 28, 1)


def tune(arm, moved=True):
    """Short trainings at one rate after another, as rows, until the best is not at the edge."""
    rows, losses, epochs = [], {}, round(SHORT * epochs_of(arm))
    new = RATES
    while new:
        for rate in new:
            found = [train(arm, rate, seed, epochs, moved)[1] for seed in TUNING]
            losses[rate] = sum(found) / len(found)
            for seed, loss in zip(TUNING, found, strict=True):
                rows.append({"seed": seed, "rate": rate, "epochs": epochs, "val_loss": loss})
        best = min(losses, key=losses.get)
        new = {min(losses): [best / 3], max(losses): [best * 3]}.get(best, [])
    return rows, best


def measure(arm, rate, seed, moved=True):
    """One network, trained in full: what it reads, and what it makes of other images."""
    start = time.process_time()
    model, val_loss = train(arm, rate, seed, epochs_of(arm), moved)
    seconds = time.process_time() - start
    val, test = data.mnist("val"), data.mnist("test")
    read = training.predict(model, test)
    wrong = np.flatnonzero(read.argmax(1) != test.labels)
    surest = {name: training.predict(model, images).max(1) for name, images in FOREIGNERS.items()}
    surest["digits"] = read.max(1)
    threshold = np.quantile(training.predict(model, val).max(1), 0.05)
    kept = surest["digits"] > threshold
    return {
        "seed": seed,
        "rate": rate,
        "epochs": epochs_of(arm),
        "val_loss": val_loss,
        "parameters": models.count_parameters(model),
        "macs": models.summary(model, (1, 28, 28)).macs,
        "cpu_seconds": seconds,
        "test_accuracy": 1 - len(wrong) / len(test),
        **{f"sure_{name}": np.mean(largest > 0.9) for name, largest in surest.items()},
        "threshold": threshold,
        **{f"kept_{name}": np.mean(largest > threshold) for name, largest in surest.items()},
        "wrong_kept": kept[wrong].sum() / kept.sum(),
        "wrong": " ".join(map(str, wrong)),
    }


def report(name, rows, tuned):
    """Rows of one arm, named, and shown as they come."""
    table = pd.DataFrame(rows).assign(arm=name, tuned=tuned)
    table.round(5).to_csv(sys.stdout, index=False)
    sys.stdout.flush()
    return table


if __name__ == "__main__":
    torch.set_num_threads(1)
    digits, FOREIGNERS = data.mnist("train").subset(LEARN, seed=14), foreign()
    PLACED, LABELS = placed(digits.images), torch.as_tensor(digits.labels)
    tables, rates = [], {}
    plain = [(arm, arm, True) for arm in ARMS]
    unmoved = [(f"{arm}, not moved", arm, False) for arm in UNMOVED]
    for name, arm, moved in [*plain, *unmoved]:
        rows, rates[name] = tune(arm, moved)
        tables.append(report(name, rows, False))
        runs = [measure(arm, rates[name], seed, moved=moved) for seed in SEEDS]
        tables.append(report(name, runs, True))
    for name, factor in (("a third of the rate", 1 / 3), ("three times the rate", 3)):
        runs = [measure("LeNet", rates["LeNet"] * factor, seed) for seed in SEEDS]
        tables.append(report(name, runs, True))
    evidence.save("lenet_changes", pd.concat(tables).round(5))
