"""Is it 47 or 74? Two digits at a distance, read by networks that differ in their receptive field.

Every image holds one 4 and one 7 on an even ground, some empty columns apart; which of the two
comes first is the class. Images and convolutions are closed to a ring (circular padding), so that
no border says where a digit stands, and the maximum of each map goes to a linear layer. Then
a network whose field never holds ink of both digits computes the same for 47 and for 74.

Three layers of 3×3 with eight maps differ only in their dilation; `wide` has more maps, `deep` has
layers of 1×1 in between, both with the smallest field; `seven layers` reach the largest one without
dilation. Each arm is trained to a plateau; its rate is the better one on the validation images of a
seed of its own. `across` and `down` say how wide the squared gradient of a unit of the last map is,
as its standard deviation in pixels, before and after training.
"""

import copy
import sys
import time

import numpy as np
import pandas as pd
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, evidence, explain

SEEDS = range(5)
RATES, TUNING = (0.01, 0.03), 100  # learning rates, and the seed that chooses among them
HEIGHT, WIDTH, GAPS = 9, 44, range(15)
IMAGES, VAL, TEST = 1000, 400, 40  # to learn from, to validate, pairs to test at each gap
PATIENCE, MOST = 5, 120  # epochs


def stack(dilations, maps=8, pointwise=False):
    """Layers of 3×3 with those dilations, the maximum of each map, and a linear layer."""
    layers, channels = [], 1
    for d in dilations:
        layers += [nn.Conv2d(channels, maps, 3, padding=d, dilation=d, padding_mode="circular")]
        layers += [nn.BatchNorm2d(maps), nn.ReLU()]
        channels = maps
        if pointwise:
            layers += [nn.Conv2d(maps, maps, 1), nn.BatchNorm2d(maps), nn.ReLU()]
    return nn.Sequential(*layers, nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(maps, 2))


ARMS = {
    "field 7": lambda: stack((1, 1, 1)),
    "field 11": lambda: stack((1, 2, 2)),
    "field 15": lambda: stack((1, 2, 4)),
    "wide": lambda: stack((1, 1, 1), maps=16),
    "deep": lambda: stack((1, 1, 1), pointwise=True),
    "seven layers": lambda: stack((1,) * 7),
}


def inked(split, digit):
    """The images of a digit, cut to the columns with ink."""
    digits = data.digits(split)
    images = digits.images[digits.labels == digit][:, 0] / np.float32(255)
    return [image[:, image.max(axis=0) > 0] for image in images]


def pairs(split, count, gap, rng):
    """`count` pictures of 47, and the same digits as 74, each pair at one place.

    Returns
    -------
    (47, 74) : two Tensors, shape (count, 1, HEIGHT, WIDTH)
    """
    fours, sevens = inked(split, 4), inked(split, 7)
    pictures = np.zeros((2, count, 1, HEIGHT, WIDTH), np.float32)
    for n in range(count):
        chosen = fours[rng.integers(len(fours))], sevens[rng.integers(len(sevens))]
        empty = rng.integers(gap.start, gap.stop) if isinstance(gap, range) else gap
        places = rng.integers(HEIGHT), rng.integers(WIDTH)
        for order in (0, 1):
            first, second = chosen[::-1] if order else chosen
            word = np.hstack([first, np.zeros((8, empty), np.float32), second])
            picture = pictures[order, n, 0]
            picture[:8, : word.shape[1]] = word
            picture[:] = np.roll(picture, places, axis=(0, 1))
    return tuple(torch.from_numpy(each) for each in pictures)


def examples(split, count, seed):
    """Images and classes, half of them 47 (class 0), half 74, with any gap."""
    images = torch.cat(pairs(split, count // 2, GAPS, np.random.default_rng(seed)))
    return images, torch.arange(2).repeat_interleave(count // 2)


def fit(model, train, val, seed, lr):
    """Train with Adam until the validation loss stops falling, then at a tenth of the rate."""
    order, epochs = torch.Generator().manual_seed(seed), 0
    for rate in (lr, lr / 10):
        adam = torch.optim.Adam(model.parameters(), rate)
        best, kept, since = loss(model, *val), copy.deepcopy(model.state_dict()), 0
        while since < PATIENCE and epochs < MOST:
            model.train()
            for batch in torch.randperm(len(train[0]), generator=order).split(50):
                adam.zero_grad()
                F.cross_entropy(model(train[0][batch]), train[1][batch]).backward()
                adam.step()
            epochs, since, now = epochs + 1, since + 1, loss(model, *val)
            if now < best:
                best, kept, since = now, copy.deepcopy(model.state_dict()), 0
        model.load_state_dict(kept)
    return best, epochs


@torch.no_grad()
def loss(model, images, classes):
    """Mean cross-entropy in evaluation mode."""
    model.eval()
    return F.cross_entropy(model(images), classes).item()


@torch.no_grad()
def right(model, split, gap, seed):
    """Share of right classes among pairs with that gap, and the largest difference in a pair."""
    model.eval()
    rng = np.random.default_rng(1000 * seed + gap)
    first, second = (model(each) for each in pairs(split, TEST, gap, rng))
    hits = torch.cat([first[:, 0] > first[:, 1], second[:, 1] >= second[:, 0]])
    return hits.float().mean().item(), (first - second).abs().max().item()


def spread(model, seed):
    """Width of the squared gradient down and across, over test pictures of both classes."""
    model.eval()
    maps = model[:-3]  # without the maximum and the dense layer
    images = torch.cat(pairs("test", 32, GAPS, np.random.default_rng(seed)))
    ring = images.tile(1, 1, 3, 1)  # on a ring, three are as one
    return explain.spread(explain.effective_receptive_field(maps, ring))


def chosen_rate(arm):
    """The rate with the smaller loss on validation images."""
    return min(RATES, key=lambda rate: measure(arm, rate, TUNING)["validation"])


def measure(arm, rate, seed):
    """One row: validation loss, epochs, and the accuracy at each gap."""
    torch.manual_seed(seed)
    model = ARMS[arm]()
    before = spread(model, seed)
    train, val = examples("train", IMAGES, seed), examples("val", VAL, 100 + seed)
    start = time.process_time()
    validation, epochs = fit(model, train, val, seed, rate)
    row = {"seed": seed, "arm": arm, "rate": rate, "validation": validation, "epochs": epochs}
    row["parameters"] = sum(weight.numel() for weight in model.parameters())
    row |= {"down_before": before[0], "across_before": before[1]}
    row["down_after"], row["across_after"] = spread(model, seed)
    found = {gap: right(model, "test", gap, seed) for gap in GAPS}
    row |= {f"gap_{gap}": hits for gap, (hits, _) in found.items()}
    row |= {f"apart_{gap}": apart for gap, (_, apart) in found.items()}
    print(arm, rate, seed, epochs, f"{validation:.3f}", f"{time.process_time() - start:.1f} s",
          [round(found[g][0], 2) for g in GAPS], file=sys.stderr)  # fmt: skip
    return row


if __name__ == "__main__":
    torch.set_num_threads(1)
    rates = {arm: chosen_rate(arm) for arm in ARMS}
    table = pd.DataFrame(measure(arm, rates[arm], seed) for seed in SEEDS for arm in ARMS)
    evidence.save("two_digits", table.round(6))
