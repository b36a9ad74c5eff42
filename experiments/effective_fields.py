"""How wide the gradient of one output is, in networks with random weights.

Layers of 3×3 without padding, 16 maps, ReLU, weights as He draws them. The image is as large as the
field of the one output. `width` is the standard deviation of the squared gradient along an axis of
the image, in pixels; its mean over images and maps is taken first.
"""

import pandas as pd
import torch
from torch import nn

from coursecnn import evidence, explain

SEEDS, DEPTHS, MAPS, IMAGES = range(10), (1, 2, 3, 5, 7, 10, 14, 20), 16, 16


def network(depth):
    """Layers of 3×3 with He's weights, with an activation between two."""
    layers, channels = [], 1
    for _ in range(depth):
        convolution = nn.Conv2d(channels, MAPS, 3)
        nn.init.kaiming_normal_(convolution.weight, nonlinearity="relu")
        nn.init.zeros_(convolution.bias)
        layers, channels = [*layers, convolution, nn.ReLU()], MAPS
    return nn.Sequential(*layers[:-1])


def measure(depth, seed):
    """One row: the width, as the mean over both axes."""
    torch.manual_seed(1000 * depth + seed)
    size = 2 * depth + 1
    shares = explain.effective_receptive_field(network(depth), torch.randn(IMAGES, 1, size, size))
    width = sum(explain.spread(shares)) / 2
    return {"seed": seed, "arm": f"depth {depth}", "depth": depth, "width": width}


if __name__ == "__main__":
    torch.set_num_threads(1)
    table = pd.DataFrame(measure(depth, seed) for seed in SEEDS for depth in DEPTHS)
    evidence.save("effective_fields", table.round(4))
