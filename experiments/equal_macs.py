"""Nine small networks that cost the same, on two thousand photographs: what the plan buys.

Each takes between 1.40 and 1.53 million multiplications for a photograph of 16×16. A plain CNN of
that cost is the baseline. Two arms change nothing but the head of Network in Network, and one
leaves the 1×1 reductions of GoogLeNet out and is made narrower until it costs the same. Every arm
sees its photographs ten times, with a rate that rises and falls to zero; its highest value is the
one that gets most validation photographs right for a seed that is not used again. The loss would
not do: it punishes those that learn their photographs by heart for being sure. Four arms then go
on to thirty passes, at the same rate.
"""

import time
from dataclasses import replace
from functools import cache

import pandas as pd
import torch
from common import rates
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, evidence, models, training
from coursecnn.models.blocks import conv_block, he_initialisation

SEEDS, TUNING_SEED = range(5), 99
RATES = (0.001, 0.003, 0.01)
SIZE, EPOCHS, TRAIN, VAL, TEST = 16, 10, 2000, 2000, 2000
LONG = "threeconv", "nin_small", "nin, dense head", "googlenet_small"
LONGER = 30  # passes
WIDE_HEAD = 128  # units, as the dense heads of the small AlexNet and VGG have


class Unreduced(nn.Module):
    """An Inception module whose larger kernels read all channels."""

    def __init__(self, in_channels, one, three, five, pooled):
        super().__init__()
        self.branches = nn.ModuleList(
            [conv_block(in_channels, one, 1), conv_block(in_channels, three, 3),
             conv_block(in_channels, five, 5),
             nn.Sequential(nn.MaxPool2d(3, 1, padding=1), conv_block(in_channels, pooled, 1))]
        )  # fmt: skip

    def forward(self, x):
        """All branches side by side."""
        return torch.cat([branch(x) for branch in self.branches], 1)


def plain():
    """Three convolutions; their first weights are drawn as those of the other arms are."""
    model = models.build("threeconv", width=24)
    he_initialisation(model)
    return model


def unreduced(width=3.7):
    """`googlenet_small` without its reductions, and narrower so that it costs the same."""
    layers, channels = [conv_block(3, round(4 * width)), nn.MaxPool2d(2)], round(4 * width)
    for w in (width, width, 2 * width, 2 * width):
        sizes = round(2 * w), round(4 * w), round(w), round(w)
        layers.append(Unreduced(channels, *sizes))
        channels = sum(sizes)
    layers.insert(4, nn.MaxPool2d(2))
    model = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10))
    he_initialisation(model)
    return model


def dense_head():
    """`nin_small` that learns a dense layer over all ten maps where it had the mean of one map."""
    model = models.build("nin_small")
    model.classifier = nn.Sequential(nn.Flatten(), nn.Linear(10 * (SIZE // 4) ** 2, 10))
    return model


def wide_head():
    """`nin_small` with the head of the paper's rivals: all maps, a hidden layer, dropout."""
    model = models.build("nin_small")
    model.features[-1] = model.features[-1][:2]
    model.classifier = nn.Sequential(
        nn.Flatten(), nn.Dropout(0.5), nn.Linear(48 * (SIZE // 4) ** 2, WIDE_HEAD), nn.ReLU(),
        nn.Dropout(0.5), nn.Linear(WIDE_HEAD, 10),
    )  # fmt: skip
    return model


ARMS = {
    "threeconv": plain,
    "vgg_small": lambda: models.build("vgg_small", image_size=SIZE),
    "googlenet_small": lambda: models.build("googlenet_small"),
    "nin_small": lambda: models.build("nin_small"),
    "nin, dense head": dense_head,
    "alexnet_small": lambda: models.build("alexnet_small", width=15, image_size=SIZE),
    "googlenet, unreduced": unreduced,
    "nin, wide head": wide_head,
    "densenet_small": lambda: models.build("densenet_small"),
}


@cache
def photographs(split, count, seed):
    """Photographs of 32×32, made smaller by averaging."""
    chosen = data.cifar10(split).subset(count, seed=seed)
    small = F.interpolate(torch.tensor(chosen.images).float(), (SIZE, SIZE), mode="area")
    return replace(chosen, images=small.round().byte().numpy())


def run(arm, seed, rate, epochs=EPOCHS):
    """One network: what it costs, and what it reads."""
    train = photographs("train", TRAIN, seed)
    torch.manual_seed(seed)
    model, start = ARMS[arm](), time.process_time()
    training.fit(model, train, epochs=epochs, lr=rate, seed=seed, device="cpu", channels_last=True)
    seconds = time.process_time() - start
    books = models.summary(model, (3, SIZE, SIZE))
    return {
        "arm": arm, "seed": seed, "rate": rate, "MACs": books.macs, "parameters": books.parameters,
        "activation bytes": books.activation_bytes,
        "train": training.accuracy(model, train),
        "val": training.accuracy(model, photographs("val", VAL, 0)),
        "test": training.accuracy(model, photographs("test", TEST, 0)),
        "train_seconds": round(seconds, 1),
    }  # fmt: skip


def tuned(arm):
    """The rate that gets most validation photographs right."""
    return rates.best(lambda rate: round(1 - run(arm, TUNING_SEED, rate)["val"], 4), RATES)


if __name__ == "__main__":
    torch.set_num_threads(1)
    rows, found = [], {}
    for arm in ARMS:
        found[arm] = tuned(arm)
        rows += [run(arm, seed, found[arm]) for seed in SEEDS]
        print(pd.DataFrame(rows[-5:]).to_string(), flush=True)
    for arm in LONG:
        longer = [run(arm, seed, found[arm], epochs=LONGER) for seed in SEEDS]
        rows += [row | {"arm": f"{arm}, {LONGER} passes"} for row in longer]
        print(pd.DataFrame(rows[-5:]).to_string(), flush=True)
    evidence.save("equal_macs", pd.DataFrame(rows).round(4))
