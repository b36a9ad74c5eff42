"""A thousand photographs, changed in several ways while a network learns them.

ResNet-9 with 8 kernels in its first layer learns 1,000 photographs of CIFAR-10, in batches of 100
(AdamW, one-cycle). The arms differ in what happens to a batch before it is learned; all begin with
the same weights and see the same photographs in the same order, seed by seed. Each arm has the rate
with the fewest errors on 1,000 validation photographs for a further seed. The strengths are usual
ones and were not tuned. A seed decides photographs, first weights, order and changes; all networks
read the same 2,000 test photographs, as they are and (`mirrored`) with the mean of the
probabilities of photograph and mirror image.

- `transforms`: all arms, 400 steps, which are 40 epochs.
- `sizes`: two arms with 500 and 2,000 photographs, 400 steps, each with a rate of its own.
- `long`: three arms with 1,000 steps, at the rates of `transforms`: what more training brings.
- `stored copies` learns a pile of ten changed copies of each photograph, made once, with as many
  steps as all others. A fifth of the pile is not learned but kept for validation, as happens where
  the split comes behind the augmentation: `reported` is the accuracy on it. Its control is
  `changed`: the accuracy on one changed copy of each test photograph, of which nothing was learned.

With `--stored`, only `stored copies` is measured, at the rate that the table has; all other arms
stay as they are.
"""

import dataclasses
import sys

import numpy as np
import pandas as pd
import torch
from common import rates

from coursecnn import augment, data, evidence, models, training

SEEDS, TUNING = range(5), 100
PHOTOGRAPHS, STEPS, BATCH, COPIES = 1000, 400, 100, 10
SIZES, SIZED = (500, 2000), ("none", "flip + crop")
LONG = ("none", "flip + crop", "+ mixup")
LONG_STEPS = 1000
RATES = (0.004, 0.01, 0.025)
FLIP, CROP = augment.random_flip(), augment.random_crop(4, padding_mode="reflect")
LIGHT = augment.random_color(brightness=0.4, contrast=0.4, saturation=0.4)
FURTHER = {
    "light": LIGHT,
    "any hue": augment.random_color(hue=0.5),
    "rotation": augment.random_rotate(15),
    "upside down": augment.random_flip(vertical=True),
    "cutout": augment.random_cutout(8),
}
ARMS = {
    "none": {},
    "flip": {"augment": FLIP},
    "crop": {"augment": CROP},
    "flip + crop": {"augment": augment.compose(FLIP, CROP)},
    **{f"+ {name}": {"augment": augment.compose(FLIP, CROP, one)} for name, one in FURTHER.items()},
    "+ mixup": {"augment": augment.compose(FLIP, CROP), "mix": augment.random_mixup(0.2)},
    "stored copies": {},
}


def copies(photographs, seed):
    """The same photographs after a flip and a crop."""
    change, random = ARMS["flip + crop"]["augment"], torch.Generator().manual_seed(seed)
    changed = change(torch.tensor(photographs.images), random).numpy()
    return dataclasses.replace(photographs, images=changed)


def pile(learn, seed):
    """Changed copies of all photographs, split at random: most to learn, a fifth to validate."""
    many = copies(learn.take(np.repeat(np.arange(len(learn)), COPIES)), seed)
    order, kept = np.random.default_rng(seed).permutation(len(many)), len(many) // 5
    return many.take(order[kept:]), many.take(order[:kept])


def trained(arm, photographs, seed, rate, steps=STEPS):
    """A network, the photographs, and the part of the pile that it has not learned."""
    learn = data.cifar10("train").subset(photographs, seed=seed)
    seen, kept = pile(learn, seed) if arm == "stored copies" else (learn, None)
    torch.manual_seed(seed)
    model = models.build("resnet9", width=8)
    training.fit(
        model, seen, epochs=steps * BATCH // len(seen), batch_size=BATCH, lr=rate, seed=seed,
        device="cpu", channels_last=True, **ARMS[arm],
    )  # fmt: skip
    return model, learn, kept


def row(part, arm, photographs, seed, rate, steps, test):
    """A row: accuracy on what was learned and on test photographs, all and class by class."""
    model, learn, kept = trained(arm, photographs, seed, rate, steps)
    plain = training.predict(model, test)
    mirrored = training.predict(model, test.images[..., ::-1].copy())
    right = plain.argmax(1) == test.labels
    found = {"train": training.accuracy(model, learn), "test": np.mean(right)}
    found["mirrored"] = np.mean((plain + mirrored).argmax(1) == test.labels)
    found["reported"] = kept and training.accuracy(model, kept)
    found["changed"] = kept and training.accuracy(model, copies(test, seed))
    for label, name in enumerate(test.class_names):
        found[name] = np.mean(right[test.labels == label])
    name = arm + {"transforms": "", "sizes": f", {photographs}", "long": ", long"}[part]
    setting = {"part": part, "arm": name, "photographs": photographs, "steps": steps}
    return setting | {"seed": seed, "rate": rate} | found


def tuned(arm, photographs, val):
    """The rate with the fewest errors on validation photographs, with the seed to tune on."""
    print(arm, photographs, flush=True)
    return rates.best(
        lambda rate: 1 - training.accuracy(trained(arm, photographs, TUNING, rate)[0], val), RATES
    )


def measured(val, test):
    """All rows, each arm at its best rate."""
    parts = {
        "transforms": [(arm, PHOTOGRAPHS) for arm in ARMS],
        "sizes": [(arm, size) for size in SIZES for arm in SIZED],
        "long": [(arm, PHOTOGRAPHS) for arm in LONG],
    }
    chosen = {}
    for part, cells in parts.items():
        steps = LONG_STEPS if part == "long" else STEPS
        chosen |= {cell: tuned(*cell, val) for cell in cells if cell not in chosen}
        for seed in SEEDS:
            yield from (row(part, *cell, seed, chosen[cell], steps, test) for cell in cells)


def stored_again(test):
    """The rows of the table, with those of the stored copies measured anew."""
    for old in evidence.load("augmented_photographs").to_dict("records"):
        is_stored = old["arm"] == "stored copies"
        again = ("transforms", "stored copies", PHOTOGRAPHS, old["seed"], old["rate"], STEPS, test)
        yield row(*again) if is_stored else old


if __name__ == "__main__":
    torch.set_num_threads(1)
    val, test = data.cifar10("val").subset(1000), data.cifar10("test").subset(2000)
    rows, notes = [], {}
    is_part = "--stored" in sys.argv[1:]
    if is_part:
        made = evidence.made("augmented_photographs")
        notes["all other arms"] = f"{made['date']}, {made['CPU seconds']} CPU seconds"
        notes["measured anew"] = "stored copies (--stored); the seconds above are theirs"
    for one in stored_again(test) if is_part else measured(val, test):
        rows.append(one)
        print(one, flush=True)
    names = ["train", "test", "mirrored", "reported", "changed", *test.class_names]
    columns = ["part", "arm", "photographs", "steps", "seed", "rate", *names]
    evidence.save("augmented_photographs", pd.DataFrame(rows)[columns].round(4), notes)
