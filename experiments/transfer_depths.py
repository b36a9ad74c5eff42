"""At which depth to stop reusing: linear classifiers of frozen maps, and fine-tuning behind them.

Boats and deer with 100 labels, as in `few_labels.py`. EfficientNet-Lite0 is cut behind its stem and
behind each of its stages. `probe`: the maps at the cut, averaged over their places, go to logistic
regression. `fine-tuned` (boats only): everything behind the cut and a new last layer learn on, 40
steps of 20 photographs; with no module frozen and with ten, it is the arm of `few_labels.py`.
`modules` counts the frozen ones of `features`.

`fine-tuned, 160 steps`: with 20, 100 and 200 labels and ten frozen modules, four times the steps of
`few_labels.py`, whose 40 steps read each of 200 photographs four times only.

With `--longer`, only these are measured; all others stay as the table has them.
"""

import functools
import json
import sys

import numpy as np
import pandas as pd
import torch
from common import few
from few_labels import RATES, SIZE, STEPS, STRENGTHS, Tuned

from coursecnn import evidence, models, transfer

CUTS = {"stem": 2, "stage 1": 3, "stage 2": 5, "stage 3": 7, "stage 4": 10, "stage 5": 13}
CUTS |= {"stage 6": 17, "stage 7": 18, "last convolution": 20}
TUNED = ("stage 2", "stage 3", "stage 5", "stage 6", "last convolution")
LABELS, LONGER = (100,), "fine-tuned, 160 steps"


@torch.no_grad()
def maps(images):
    """The means of all maps at each cut."""
    layers = models.build("efficientnet_lite0", pretrained=True).features.eval()
    layers = layers.to(memory_format=torch.channels_last)
    rows = {cut: [] for cut in CUTS}
    for x in few.pixels(images, SIZE).split(100):
        for number, layer in enumerate(layers, 1):
            x = layer(x)
            for cut, end in CUTS.items():
                if end == number:
                    rows[cut].append(x.mean((2, 3)).numpy())
    return {
        cut: transfer.Features(np.concatenate(parts), images.labels, images.class_names)
        for cut, parts in rows.items()
    }


def probe(seen, cut, seed, n, C, split):
    """A row."""
    head = transfer.linear_head(seen[seed][cut].take(np.arange(n)), C=C, scale="one")
    return {"accuracy": head.accuracy(seen[split][cut])}


def rows_of(target, sets):
    """Rows of all cuts."""
    seen = {key: maps(images) for key, images in sets.items()}
    for cut, modules in CUTS.items():
        for row in few.arm("probe", functools.partial(probe, seen, cut), STRENGTHS, LABELS):
            yield {"target": target, "cut": cut, "modules": modules} | row
    for cut in TUNED if target == "boats" else ():
        learner = Tuned(sets, CUTS[cut])
        for row in few.arm("fine-tuned", learner.learn, RATES, LABELS):
            yield {"target": target, "cut": cut, "modules": CUTS[cut]} | row


def longer(sets):
    """Rows of more steps."""
    learner = Tuned(sets, CUTS["stage 4"], steps=4 * STEPS)
    for row in few.arm(LONGER, learner.learn, RATES, (20, 100, 200)):
        yield {"target": "boats", "cut": "stage 4", "modules": CUTS["stage 4"]} | row


def main():
    """Measure, and say each row as soon as it is there."""
    torch.set_num_threads(1)
    boats, deer = few.task("ship"), few.task("deer")
    rows, parts, notes = [], [rows_of("boats", boats), rows_of("deer", deer)], {}
    if "--longer" in sys.argv[1:]:
        table, made = evidence.load("transfer_depths"), evidence.made("transfer_depths")
        notes["all other arms"] = f"{made['date']}, {made['CPU seconds']} CPU seconds"
        notes["measured anew"] = f"{LONGER} (--longer); the seconds above are theirs"
        rows, parts = table[table["arm"] != LONGER].to_dict("records"), []
    for part in (*parts, longer(boats)):
        for row in part:
            rows.append(row)
            print(json.dumps(row, default=float), flush=True)
    columns = ["target", "arm", "cut", "modules", "labels", "seed", "split", "setting"]
    columns += ["accuracy", "train_accuracy", "train_seconds"]
    evidence.save("transfer_depths", pd.DataFrame(rows)[columns].round(few.DIGITS), notes)


if __name__ == "__main__":
    main()
