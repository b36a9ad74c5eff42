"""Are the digits of the bundled generator what was asked for? Judges that it never met decide.

The generator learned from the 7,000 training digits. The judges learn from the 1,000 validation and
2,000 test digits, which it has not seen: five LeNet-5s, with other first weights and another order
each, and a support-vector machine on pixels (RBF kernel), a classifier of another kind. Each reads
500 generated digits of every class, from other latents for each seed, and, to see how good it is
itself, the 7,000 training digits, class by class. `density`, `coverage` and `expected` compare the
generated digits with the test digits in the space of pixels; as the judge does not matter there,
they stand in the rows of `LeNet-5`. `z` and `near` say whether they are nearer to training digits
than test digits are, all classes together.
"""

import numpy as np
import pandas as pd
import torch
from sklearn.svm import SVC

from coursecnn import augment, data, evidence, gan, models, training

SEEDS, PER_CLASS = range(5), 500


def together(*sets):
    """Several image sets as one."""
    images, labels = (
        np.concatenate([getattr(s, part) for s in sets]) for part in ("images", "labels")
    )
    return data.ImageSet(images, labels, sets[0].class_names, "val and test", sets[0].provenance)


def lenet(seed, images):
    """A LeNet-5 trained as in its chapter."""
    torch.manual_seed(seed)
    model = models.build("lenet5", padding=2)
    training.fit(model, images, seed=seed, augment=augment.random_shift(2), device="cpu")
    return model


def right(named, labels):
    """The share of each class that is named right."""
    return pd.Series(named == labels).groupby(labels).mean()


def main():
    """Train the judges, and write what they say."""
    torch.set_num_threads(1)
    known, new, test = (
        together(data.mnist("val"), data.mnist("test")),
        data.mnist("train"),
        data.mnist("test"),
    )
    generator, tables = gan.trained_generator(), []
    machine = SVC(C=10, gamma="scale").fit(known.images.reshape(len(known), -1) / 255, known.labels)
    for seed in SEEDS:
        samples = gan.synthesise(generator, 10 * PER_CLASS, seed=seed)
        judge = lenet(seed, known)
        kept = gan.mode_coverage(samples, test, judge)[["density", "coverage", "expected_coverage"]]
        copied = gan.memorisation(samples, new, test)
        for arm, read in (
            ("LeNet-5", lambda s, judge=judge: training.predict(judge, s).argmax(1)),
            ("SVM", lambda s: machine.predict(s.images.reshape(len(s), -1) / 255)),
        ):
            table = pd.DataFrame({
                "arm": arm, "seed": seed, "class": range(10),
                "recognised": right(read(samples), samples.labels),
                "real": right(read(new), new.labels),
            })  # fmt: skip
            if arm == "LeNet-5":
                table = table.assign(**kept.reset_index(drop=True), z=copied.z, near=copied.near)
            tables.append(table)
        print(tables[-2].mean(numeric_only=True), tables[-1].mean(numeric_only=True), flush=True)
    evidence.save("judged_digits", pd.concat(tables).round(4))


if __name__ == "__main__":
    main()
