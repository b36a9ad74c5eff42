"""Networks made by hand or trained in a moment, and images in which the evidence has a place."""

from functools import cache

import numpy as np
import torch
from torch import nn

from coursecnn import data, training

SIZE, PATCH = 24, 5
CROSS = np.zeros((PATCH, PATCH))
CROSS[2], CROSS[:, 2] = 1, 1
FRAME = np.pad(np.zeros((PATCH - 2, PATCH - 2)), 1, constant_values=1)
SLANTED = np.clip(np.eye(PATCH) + np.eye(PATCH)[::-1], 0, 1)


def places(count, *, apart=1, seed=0):
    """Where patches go: the first row and column of `apart` patches that do not meet."""
    rng = np.random.default_rng(seed)
    found = []
    while len(found) < count:
        corners = rng.integers(0, SIZE - PATCH + 1, (apart, 2))
        gaps = [np.abs(a - b).max() for i, a in enumerate(corners) for b in corners[:i]]
        if min(gaps, default=PATCH + 3) >= PATCH + 3:
            found.append(corners)
    return np.array(found)


def canvas(corners, patches, *, noise=40, seed=0):
    """Bytes of grey noise with patches, shape (N, 1, SIZE, SIZE); corners are (N, patches, 2)."""
    rng = np.random.default_rng(seed)
    images = rng.integers(0, noise, (len(corners), 1, SIZE, SIZE), dtype=np.uint8)
    for image, spots in zip(images, corners, strict=True):
        for (top, left), patch in zip(spots, patches, strict=True):
            window = image[0, top : top + PATCH, left : left + PATCH]
            window[patch > 0] = 255
    return images


def detector():
    """Three classes by hand: nothing, an upright cross, a slanted cross.

    Each pattern has a matched filter with the sum 0, which responds with 1 to the pattern on black;
    what is below a half is cut off, and the mean of the map is the evidence.
    """
    model = nn.Sequential(
        nn.Conv2d(1, 2, PATCH), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2, 3)
    )
    for k, patch in enumerate((CROSS, SLANTED)):
        kernel = patch - patch.mean()
        weight = kernel / (2 * (kernel * patch).sum())  # bytes become −1…1, twice as far apart
        model[0].weight.data[k, 0] = torch.as_tensor(weight)
    model[0].bias.data.fill_(-0.5)
    model[4].weight.data = 400 * torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    model[4].bias.data = torch.tensor([0.2, 0.0, 0.0])
    return model


def examples(n, seed):
    """Noise with an upright (class 0) or a slanted cross (class 1), and a frame to distract.

    Returns the images and where the crosses are.
    """
    corners, labels = places(n, apart=2, seed=seed), np.arange(n) % 2
    images = np.empty((n, 1, SIZE, SIZE), np.uint8)
    for label, cross in enumerate((CROSS, SLANTED)):
        own = labels == label
        images[own] = canvas(corners[own], [cross, FRAME], seed=seed + label)
    return data.ImageSet(images, labels, ("upright", "slanted"), "train", "drawn"), corners[:, 0]


@cache
def trained():
    """A network that has learned to tell upright from slanted crosses; never change it."""
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(),
        nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(16, 2),
    )  # fmt: skip
    options = {"epochs": 12, "lr": 0.03, "batch_size": 32, "device": "cpu"}
    training.fit(model, examples(256, seed=1)[0], **options)
    return model


def circular(seed, *, double=True):
    """A random network that treats every place alike, on a ring: no border, a mean at the end."""
    torch.manual_seed(seed)
    ring = {"padding": "same", "padding_mode": "circular"}
    model = nn.Sequential(
        nn.Conv2d(2, 5, 3, **ring), nn.Tanh(), nn.Conv2d(5, 4, (1, 3), **ring), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3),
    )  # fmt: skip
    return model.double() if double else model


def linear(weight, bias=0.0):
    """Two classes of an image: the score of class 0 is 0, that of class 1 is w · x + b."""
    weight = torch.as_tensor(np.asarray(weight, float))
    model = nn.Sequential(nn.Flatten(), nn.Linear(weight.numel(), 2)).double()
    model[1].weight.data = torch.stack([torch.zeros(weight.numel()), weight.flatten()]).double()
    model[1].bias.data = torch.tensor([0.0, bias]).double()
    return model


def inside(heat, corners, margin=0):
    """For each map, whether its largest value lies in the patch that begins at the corner."""
    flat = heat.reshape(len(heat), -1).argmax(1)
    found = np.stack(np.unravel_index(flat, heat.shape[1:]), 1)
    return ((found >= corners - margin) & (found < corners + PATCH + margin)).all(1)
