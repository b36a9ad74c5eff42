"""AlexNet for small photographs with one of its ingredients changed at a time, and LeNet-5.

Each arm makes 700 steps on 1,500 photographs of CIFAR-10 (one of them on four times as
many), with a rate that rises and falls to zero; its highest value is the one with the lowest
validation loss for a seed that is not used again. A lower loss need not mean a higher accuracy, so
arms for which another rate was chosen than for the small AlexNet learn once more with its rate:
`…, same rate`. The augmentation is that of the paper without its change of colours: a window of
24×24 at a random place, half of the time mirrored. Validation and test see the window in the
middle. Dropout of 50 %, before both hidden layers (behind them in the paper), is an arm and not in
the others: in so few steps it costs more than all the rest.

What replaces an ingredient leaves the sizes of all maps as they are. Each activation starts with
weights that suit it: a spread of √(2 / inputs) for ReLU, of √(1 / inputs) for tanh. `two
convolutions` has the first two layers only, but about as many multiplications and parameters: more
maps, fewer hidden units, and no third pooling. `LeNet-5` is the network of 1998 as it is usually
built, with tanh and average pooling, trained without augmentation, as then, and with it.
"""

import time

import pandas as pd
import torch
from common import rates
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, evidence, models, training

SEEDS, TUNING_SEED = range(5), 99
RATES = (0.001, 0.003, 0.01)
STEPS, BATCH = 700, 32
LEARN, VAL, TEST = 1500, 1000, 2000
WINDOW, ROOM = 24, 9  # 9×9 places for a window of 24×24 in 32×32 pixels
WIDTH, HIDDEN = 8, 128

ARMS = {
    "small AlexNet": {},
    "dropout": {"dropout": 0.5},
    "no augmentation": {"augmented": False},
    "dropout, no augmentation": {"dropout": 0.5, "augmented": False},
    "tanh": {"activation": nn.Tanh},
    "average pooling": {"pooling": nn.AvgPool2d},
    "no overlap": {"overlap": False},
    "two convolutions": {"convolutions": 2},
    "LeNet-5": {"lenet": True, "augmented": False},
    "LeNet-5, augmented": {"lenet": True},
    "four times the data": {"learn": 4 * LEARN},
}


class Apart(nn.Module):
    """Maxima of 2×2 windows that do not overlap; maps as large as those of 3×3 with stride 2."""

    def forward(self, x):
        """Leave out the last row and column where the number is even, and pool."""
        height, width = ((length - 1) // 2 * 2 + 1 for length in x.shape[2:])
        return F.max_pool2d(x[..., :height, :width], 2)


def network(
    *,
    activation=nn.ReLU,
    pooling=nn.MaxPool2d,
    overlap=True,
    dropout=0,
    convolutions=5,
    lenet=False,
):
    """One of the arms, with its first weights."""
    if lenet:
        model = models.build("lenet5", in_channels=3, activation=nn.Tanh, pooling=nn.AvgPool2d)
        model = nn.Sequential(*model.features, *model.classifier)
        model[7] = nn.Linear(16 * 3 * 3, 120)  # for windows of 24×24
        return start(model, nn.Tanh)
    w, hidden = (WIDTH, HIDDEN) if convolutions == 5 else (11, 80)
    sizes = [(w, 5), (2 * w, 5), (4 * w, 3), (4 * w, 3), (3 * w, 3)][:convolutions]
    layers, channels = [], 3
    for number, (maps, kernel) in enumerate(sizes, 1):
        layers += [nn.Conv2d(channels, maps, kernel, padding=kernel // 2), activation()]
        if number in (1, 2, 5):
            layers += [pooling(3, 2) if overlap else Apart()]
        channels = maps
    inputs = channels * (4 if convolutions == 5 else 25)
    layers += [nn.Flatten(), nn.Dropout(dropout), nn.Linear(inputs, hidden), activation()]
    layers += [nn.Dropout(dropout), nn.Linear(hidden, hidden), activation()]
    return start(nn.Sequential(*layers, nn.Linear(hidden, 10)), activation)


def start(model, activation):
    """Weights with a spread that keeps that of the maps, and biases of zero."""
    gain = "relu" if activation is nn.ReLU else "linear"
    for layer in model:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(layer.weight, nonlinearity=gain)
            nn.init.zeros_(layer.bias)
    return model


def windows(split, count, seed):
    """A view of each photograph through every window, (N, 3, 9, 9, 24, 24), and the labels."""
    chosen = data.cifar10(split).subset(count, seed=seed)
    pixels = torch.tensor(chosen.images)
    return pixels.unfold(2, WINDOW, 1).unfold(3, WINDOW, 1), torch.tensor(chosen.labels)


def middle(split, count, seed):
    """Photographs through the window in the middle, as the network takes them, and the labels."""
    views, labels = windows(split, count, seed)
    return training.to_input(views[:, :, ROOM // 2, ROOM // 2]), labels


def train(seed, rate, *, augmented=True, learn=LEARN, **changes):
    """One network, in evaluation mode."""
    views, labels = windows("train", learn, seed)
    torch.manual_seed(seed)
    model = network(**changes).to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(model.parameters(), rate, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, STEPS)
    batches = []
    for _ in range(STEPS):
        if not batches:
            batches = [b for b in torch.randperm(learn).split(BATCH) if len(b) == BATCH]
        batch = batches.pop()
        down, across = torch.randint(ROOM, (2, BATCH)) if augmented else (ROOM // 2, ROOM // 2)
        images = views[batch, :, down, across]
        if augmented:
            mirrored = torch.rand(BATCH) < 0.5
            images[mirrored] = images[mirrored].flip(3)
        images = training.to_input(images, memory_format=torch.channels_last)
        optimizer.zero_grad()
        F.cross_entropy(model(images), labels[batch]).backward()
        optimizer.step()
        schedule.step()
    return model.eval()


@torch.no_grad()
def measured(model, images, labels):
    """Cross-entropy and accuracy."""
    logits = model(images)
    loss = F.cross_entropy(logits, labels).item()
    return loss, (logits.argmax(1) == labels).float().mean().item()


def run(arm, seed, rate):
    """One network: what it costs, and what it reads."""
    begun, model = time.process_time(), train(seed, rate, **ARMS[arm])
    seconds = time.process_time() - begun
    books = models.summary(model, (3, WINDOW, WINDOW))
    learn = ARMS[arm].get("learn", LEARN)
    train_loss, train_accuracy = measured(model, *middle("train", learn, seed))
    val_loss, _ = measured(model, *middle("val", VAL, 0))
    test_loss, test = measured(model, *middle("test", TEST, 0))
    return {
        "arm": arm, "seed": seed, "rate": rate, "MACs": books.macs, "parameters": books.parameters,
        "train_loss": train_loss, "train": train_accuracy, "val_loss": val_loss,
        "test_loss": test_loss, "test": test, "train_seconds": round(seconds, 1),
    }  # fmt: skip


def tuned(arm):
    """The rate with the lowest validation loss at the end."""
    return rates.best(lambda rate: run(arm, TUNING_SEED, rate)["val_loss"], RATES)


if __name__ == "__main__":
    torch.set_num_threads(1)
    rows, first = [], None
    for arm in ARMS:
        rate = tuned(arm)
        rows += [run(arm, seed, rate) for seed in SEEDS]
        first = first or rate
        if rate != first:
            rows += [run(arm, s, first) | {"arm": f"{arm}, same rate"} for s in SEEDS]
        print(pd.DataFrame(rows[-len(SEEDS) :]).to_string(), flush=True)
    evidence.save("small_alexnet", pd.DataFrame(rows).round(4))
