"""How much of an explanation lies on the right one of two photographs that stand side by side.

EfficientNet-Lite0, trained on ImageNet, names five photographs right. Each pair of them stands
side by side in one image, and a map is asked for the class of each. `…_side` is the share of the
map that lies on the photograph of that class, the mean over its four partners: 0.5 tells nothing.
The arms are the network as it is, and with each tensor in random order. A photograph takes the
place of a seed, for what varies is the photograph.
"""

import itertools

import numpy as np
import pandas as pd
import torch

from coursecnn import data, evidence, explain, models

NAMES = {
    "camera": "tripod", "chelsea": "Egyptian cat", "coffee": "espresso", "rocket": "missile",
    "china": "palace",
}  # fmt: skip


def maps(model, image, target):
    """Each explanation of one class."""
    return {
        "saliency_side": explain.saliency(model, image, target)[0],
        "times_input_side": np.abs(explain.gradient_times_input(model, image, target)[0]),
        "grad_cam_side": explain.grad_cam(model, image, "features", target)[0],
    }


def on_side(one, side):
    """Share of a map in its left or right half; a half where it is 0 everywhere."""
    halves = [half.sum() for half in np.split(one, 2, axis=1)]
    return float(halves[side] / sum(halves)) if sum(halves) else 0.5


if __name__ == "__main__":
    torch.set_num_threads(1)
    network = models.build("efficientnet_lite0", pretrained=True).eval()
    states = {"trained": network, "shuffled weights": explain.randomised(network)}
    photos, classes = data.photos(), models.class_names()
    rows = []
    for left, right in itertools.combinations(NAMES, 2):
        two = [photos.images[photos.class_names.index(name)] for name in (left, right)]
        image = np.concatenate(two, 2)[None]
        for side, name in enumerate((left, right)):
            for arm, state in states.items():
                found = maps(state, image, classes.index(NAMES[name]))
                shares = {kind: on_side(one, side) for kind, one in found.items()}
                rows.append({"photograph": name, "arm": arm, **shares})
    table = pd.DataFrame(rows).groupby(["photograph", "arm"], sort=False).mean().reset_index()
    evidence.save("two_photographs", table.round(4))
