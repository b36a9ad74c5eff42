"""Networks that differ in one thing, and training that goes on until it no longer helps.

Every network of the chapter on dense networks is trained by the same rule. AdamW goes on with a
constant learning rate until the loss on validation images has not become smaller for `PATIENCE`
epochs. Then it goes back to the best epoch, and does the same once more with a tenth of the rate.
So each network takes as many epochs as it needs, and their number is a result like the accuracy.
"""

import time

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import models, training

PATIENCE, MOST = 8, 500  # epochs


class Unshared(nn.Module):
    """A 3×3 layer with the windows of a convolution, but other weights at each place.

    Parameters
    ----------
    in_channels, out_channels : int
        Maps that come in and go out.
    size : int
        Height and width of the maps.
    """

    def __init__(self, in_channels, out_channels, size):
        super().__init__()
        self.size = size
        weight = torch.empty(size * size, in_channels * 9, out_channels)
        bound = 1 / (in_channels * 9) ** 0.5  # as nn.Conv2d draws them
        self.weight = nn.Parameter(weight.uniform_(-bound, bound))

    def forward(self, x):
        """Maps (N, in_channels, size, size) to (N, out_channels, size, size)."""
        windows = F.unfold(x, 3, padding=1).permute(2, 0, 1)  # (places, N, in_channels · 9)
        return (windows @ self.weight).permute(1, 2, 0).unflatten(2, (self.size, self.size))


def three_layers(in_channels, size, *, shared=True, pooled=True, width=8):
    """The CNN of the chapter, or the same without one of its two ideas.

    Parameters
    ----------
    in_channels, size : int
        Channels of the images, and their height and width, a multiple of 8.
    shared : bool, default True
        Whether all places use the same weights.
    pooled : bool, default True
        Whether the dense layer at the end reads the mean of each map, or every place of it.
    width : int, default 8
        Maps of the first layer; the others have two and four times as many.

    Returns
    -------
    nn.Sequential
        Maps images, shape (N, in_channels, size, size), to logits, shape (N, 10).
    """
    layers, channels, side = [], in_channels, size
    for out in (width, 2 * width, 4 * width):
        convolution = nn.Conv2d(channels, out, 3, padding=1, bias=False)
        layers += [convolution if shared else Unshared(channels, out, side)]
        layers += [nn.BatchNorm2d(out), nn.ReLU(), nn.MaxPool2d(2)]
        channels, side = out, side // 2
    places = 1 if pooled else side**2
    means = [nn.AdaptiveAvgPool2d(1)] if pooled else []
    return nn.Sequential(*layers, *means, nn.Flatten(), nn.Linear(channels * places, 10))


def mlp(in_channels, size, hidden):
    """A dense network with one hidden layer, normalised as the convolutions are."""
    return models.build(
        "mlp", in_channels=in_channels, image_size=size, hidden=hidden, batch_norm=True
    )


def fit(model, train, val, seed, lr, augment=None):
    """Train to the plateau.

    Parameters
    ----------
    model : nn.Module
        Changed in place; it ends with the weights of the best epoch at the lower rate.
    train, val : ImageSet
        What to learn from, and what decides when it is enough.
    seed : int
        Decides the order of the images and their augmentation.
    lr : float
        Learning rate.
    augment : callable, optional
        As `training.fit` takes it.

    Returns
    -------
    dict
        `epochs` of which it is the result, and the `train_seconds` of the CPU that these took.
    """
    epochs = seconds = 0
    for step, rate in enumerate((lr, lr / 10)):
        start = time.process_time()
        history = training.fit(
            model, train, val, epochs=MOST, lr=rate, schedule="constant", patience=PATIENCE,
            seed=2 * seed + step, augment=augment, device="cpu", channels_last=True,
        )  # fmt: skip
        losses = history["val_loss"]
        best = losses.index(min(losses)) + 1
        epochs += best
        seconds += (time.process_time() - start) * best / len(losses)
    return {"epochs": epochs, "train_seconds": round(seconds, 1)}
