"""What an activation costs: CPU time in units of ReLU, alone and behind a convolution.

Ten rounds; in each, all arms run in turn, so that other work on the machine meets them alike, and
the shortest of fifteen repetitions counts. `alone` is the activation of 64 images of 16 maps of
28×28, there and back; `layer` is the same with a 3×3 convolution of 16 channels in front.
"""

import time

import pandas as pd
import torch
from torch import nn

from coursecnn import evidence

ROUNDS, REPEATS = range(10), 15
ARMS = {
    "ReLU": nn.ReLU(),
    "leaky ReLU": nn.LeakyReLU(0.01),
    "tanh": nn.Tanh(),
    "sigmoid": nn.Sigmoid(),
    "ELU": nn.ELU(),
    "GELU": nn.GELU(),
}


def seconds(model, x):
    """CPU seconds of one pass there and back."""
    start = time.process_time()
    model(x).sum().backward()
    return time.process_time() - start


def shortest_of_each(models, x):
    """Shortest time of each model; each repetition goes round all of them, in random order."""
    shortest, models = {}, list(models)
    for _ in range(REPEATS):
        for n in torch.randperm(len(models)).tolist():
            shortest[n] = min(seconds(models[n], x), shortest.get(n, float("inf")))
    return [shortest[n] for n in range(len(models))]


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.manual_seed(0)
    x = torch.randn(64, 16, 28, 28, requires_grad=True)
    layers = [nn.Sequential(nn.Conv2d(16, 16, 3, padding=1), a) for a in ARMS.values()]
    shortest_of_each([*ARMS.values(), *layers], x)  # to warm up
    rows = []
    for seed in ROUNDS:
        alone, layer = shortest_of_each(ARMS.values(), x), shortest_of_each(layers, x)
        for n, arm in enumerate(ARMS):
            figures = {"alone": alone[n] / alone[0], "layer": layer[n] / layer[0]}
            rows.append({"seed": seed, "arm": arm} | figures)
    evidence.save("activation_cost", pd.DataFrame(rows).round(4))
