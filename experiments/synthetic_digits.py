"""Do images from a GAN help a classifier that has few labelled digits? What else would?

For each draw of 100 or 500 labelled MNIST digits, LeNet-5 learns in 500 steps of 32 images, with a
one-cycle rate, and reads 2,000 test digits. A seed decides the draw, the first weights and the
latents, the same for all arms.

- `real`: the labelled digits alone.
- `gan`: in every batch a share of the images comes from a conditional DCGAN that was trained on
  *these* labelled digits and on no others (2,000 images, 200 of each class).
- `augmented`: the labelled digits, rotated, moved, scaled and sheared at random.
- `both`: as `gan`, and all images are augmented as in `augmented`.
- `pre-trained`: half of the steps on images from that GAN alone, then half on the labelled digits.
- `7,000 seen`: as `gan`, but the images come from the bundled generator, which was trained on all
  7,000 training digits. What it adds are digits that the other arms do not have. There is one such
  generator; the seed decides its latents only.
- `7,000 real`: the training digits themselves; it does not depend on the draw.

Every arm chooses among twelve settings, four rates times three of its own: weight decay for `real`,
the augmentation of `augmented`, for the GANs how long they were trained, the share of their images,
or the second rate of `pre-trained`; then among three weight decays, those of `real`. It does so on
a further draw, by what it reads of 1,000 validation digits; of equals the one with the lower loss.
`both` augments as `augmented` does. The rows of this sweep are not `tuned`. The arms `…, twice`
learn for twice as many steps with the settings found, and show whether the length of training
matters. Rows of the arm `images` describe those of the GANs: the share that a LeNet-5 of the
7,000 real digits reads as asked, their diversity and coverage, and whether they are nearer to the
labelled digits (`distance`) than test digits are (`distance_test`), and than they are to as many
digits of another draw (`distance_other`), which the GAN did not see.
"""

import functools

import numpy as np
import pandas as pd
import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import augment, data, evidence, gan, models, training

COUNTS, SEEDS, TUNING = (100, 500), range(6), 100
STEPS, BATCH, RATES = 500, 32, (0.001, 0.003, 0.01, 0.03)
STAGES, PER_CLASS, DECAYS = (400, 1000), 200, (0.01, 0.1, 1.0)
CHANGES = {
    "affine 10": augment.random_affine(10, max_shift=2, scale=(0.9, 1.1), max_shear=10),
    "affine 20": augment.random_affine(20, max_shift=3, scale=(0.8, 1.2), max_shear=20),
    "affine 30": augment.random_affine(30, max_shift=4, scale=(0.7, 1.3), max_shear=30),
}
MIXES = [(400, 0.5), (1000, 0.25), (1000, 0.5)]
SECONDS = [(400, 1.0), (1000, 1.0), (1000, 0.3)]
OWN = {  # the three settings of an arm's own
    "real": [{"decay": decay} for decay in DECAYS],
    "augmented": [{"change": name} for name in CHANGES],
    "gan": [{"stage": stage, "share": share} for stage, share in MIXES],
    "both": [{"stage": stage, "share": share} for stage, share in MIXES],
    "pre-trained": [{"stage": s, "second": second} for s, second in SECONDS],
    "7,000 seen": [{"share": share} for share in (0.125, 0.25, 0.5)],
    "7,000 real": [{"decay": decay} for decay in DECAYS],
}


class Draw:
    """The labelled digits of one seed, and what was generated for it."""

    def __init__(self, count, seed, judge):
        self.seed, self.everything = seed, data.mnist("train")
        self.real = self.everything.subset(count, seed=seed)
        other = self.everything.subset(count, seed=seed + 1000)
        labels = np.arange(10 * PER_CLASS) % 10
        self.synthetic, self.rows = {}, []
        torch.manual_seed(seed)
        generator = models.build("dcgan_generator")
        latents = gan.draw_latents(len(labels), generator.latent_size, seed=seed)
        history = gan.train(
            generator, models.build("dcgan_discriminator"), self.real, steps=STAGES[-1],
            batch_size=25, seed=seed, device="cpu", snapshots=STAGES, latents=latents,
            labels=labels,
        )  # fmt: skip
        names, test = self.real.class_names, data.mnist("test")
        for stage in STAGES:
            images = data.ImageSet(history.snapshots[stage], labels, names, "synthetic", "")
            self.synthetic[stage] = images
            table = gan.mode_coverage(images, test, judge).mean()
            copied = gan.memorisation(images, self.real, test)
            unseen = gan.memorisation(images, other, test)
            self.rows.append({
                "tuned": True, "count": count, "arm": "images", "seed": seed, "stage": stage,
                **table[["recognised", "diversity", "density", "coverage"]],
                "z": copied.z, "near": copied.near,
                "distance": np.median(copied.samples), "distance_test": np.median(copied.held_out),
                "distance_other": np.median(unseen.samples),
            })  # fmt: skip
        self.synthetic["seen"] = gan.synthesise(gan.trained_generator(), len(labels), seed=seed)


def batches(images, size, generator):
    """Endless batches of an image set, in a new order each time."""
    pixels, labels = torch.tensor(images.images), torch.tensor(images.labels)
    order = torch.empty(0, dtype=torch.int64)
    while True:
        while len(order) < size:
            order = torch.cat([order, torch.randperm(len(labels), generator=generator)])
        chosen, order = order[:size], order[size:]
        yield pixels[chosen], labels[chosen]


def learn(model, sources, rate, *, seed, steps, decay, change=None):
    """Train in place; `sources` are pairs of an image set and its images in a batch of 32."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=decay)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    generator = torch.Generator().manual_seed(seed)
    drawn = [batches(images, size, generator) for images, size in sources if size]
    for _ in range(steps):
        parts = [next(part) for part in drawn]
        pixels, labels = (torch.cat(same) for same in zip(*parts, strict=True))
        if change is not None:
            pixels = change(pixels, generator)
        loss = F.cross_entropy(model(training.to_input(pixels)), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        cycle.step()


def run(arm, draw, rate, own, change, steps=STEPS):
    """A LeNet-5 trained as an arm says."""
    torch.manual_seed(draw.seed)
    model, seed = models.build("lenet5", padding=2), draw.seed
    learned = functools.partial(learn, model, seed=seed, decay=own.get("decay", DECAYS[0]))
    if arm in ("real", "7,000 real"):
        images = draw.real if arm == "real" else draw.everything
        learned([(images, BATCH)], rate, steps=steps)
    elif arm == "augmented":
        learned([(draw.real, BATCH)], rate, steps=steps, change=CHANGES[own["change"]])
    elif arm == "pre-trained":
        learned([(draw.synthetic[own["stage"]], BATCH)], rate, steps=steps // 2)
        learned([(draw.real, BATCH)], rate * own["second"], steps=steps // 2)
    else:
        generated = draw.synthetic[own.get("stage", "seen")]
        size = round(own["share"] * BATCH)
        change = CHANGES[change] if arm == "both" else None
        sources = [(draw.real, BATCH - size), (generated, size)]
        learned(sources, rate, steps=steps, change=change)
    return model.eval()


def measured(model, images):
    """Accuracy and loss."""
    chances = training.predict(model, images)
    right = chances[np.arange(len(images)), images.labels]
    accuracy = (chances.argmax(1) == images.labels).mean()
    return accuracy, -np.log(right.clip(1e-12)).mean()


def tune(count, arms, draw):
    """The settings of each arm, and the rows of the sweep."""
    val, chosen, rows = data.mnist("val"), {}, []
    for arm in arms:
        found, settings = [], [(rate, own) for rate in RATES for own in OWN[arm]]
        while settings:
            rate, own = settings.pop(0)
            change = chosen["augmented"][1]["change"] if arm == "both" else None
            accuracy, loss = measured(run(arm, draw, rate, own, change), val)
            found.append((-accuracy, loss, len(found), rate, own))
            rows.append({
                "tuned": False, "count": count, "arm": arm, "seed": draw.seed, "rate": rate,
                **own, "accuracy": accuracy, "loss": loss,
            })  # fmt: skip
            *_, rate, own = min(found)
            if not settings and "decay" not in own and "decay" not in found[-1][-1]:
                settings = [(rate, own | {"decay": decay}) for decay in DECAYS[1:]]
        *_, rate, own = min(found)
        if arm == "both":
            own = own | {"change": chosen["augmented"][1]["change"]}
        chosen[arm] = rate, own
        model = run(arm, draw, rate, own, own.get("change"), 2 * STEPS)
        accuracy, loss = measured(model, val)
        rows.append({
            "tuned": False, "count": count, "arm": f"{arm}, twice", "seed": draw.seed,
            "rate": rate, **own, "accuracy": accuracy, "loss": loss,
        })  # fmt: skip
        print(count, arm, rate, own, -min(found)[0], "twice:", accuracy, flush=True)
    return chosen, rows


def main():
    """Tune with one draw, run all others, and write the table after each."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    judge, test = models.build("lenet5", padding=2), data.mnist("test")
    training.fit(judge, data.mnist("train"), seed=0, augment=augment.random_shift(2), device="cpu")
    chosen, rows = {}, []
    for count in COUNTS:
        draw = Draw(count, TUNING, judge)
        arms = [arm for arm in OWN if arm != "7,000 real" or count == COUNTS[0]]
        chosen[count], more = tune(count, arms, draw)
        rows += draw.rows + more
    for seed in SEEDS:
        for count in COUNTS:
            draw = Draw(count, seed, judge)
            rows += draw.rows
            for arm, (rate, own) in chosen[count].items():
                accuracy, loss = measured(run(arm, draw, rate, own, own.get("change")), test)
                rows.append({
                    "tuned": True, "count": count, "arm": arm, "seed": seed, "rate": rate, **own,
                    "accuracy": accuracy, "loss": loss,
                })  # fmt: skip
                print(count, seed, arm, accuracy, flush=True)
        evidence.save("synthetic_digits", pd.DataFrame(rows).round(4))


if __name__ == "__main__":
    main()
