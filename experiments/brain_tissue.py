"""The tissue in the middle of a patch of a brain scan, with and without ImageNet behind it.

The scan is `data.mni152`, seen from the front: patches of 33×33 voxels (66 mm) of coronal slices.
The class is the tissue at the centre, one that makes up 80 % of the voxel at least: grey matter,
white matter, or neither, which is mostly fluid. The classes are equally frequent.

In the scan as it is, the brightness of the centre answers the question (`one number, as scanned`).
So noise of 30 levels is added, where grey and white matter differ by 53, and each patch gets mean
128 and deviation 40, as levels of a scanner mean nothing by themselves. `one number` is the
brightness of the centre after that, `four numbers` that and blurs of it by 1, 2 and 4 voxels: what
somebody writes down who knows what is asked.

*What is learned from and what is tested lie apart.* Slices of 2 mm follow one another from front to
back in two rounds of 16 to learn from, 6 to choose settings by, and 8 to test on; between these 5
are left out. So no voxel of a test patch was learned from. The right half of this brain is a copy
of the left one, and centres lie in the left half. `copied` answers with the tissue at the same
place of the nearest slice learned from, without looking at the patch: what neighbourhood alone
gives away. All of it is one brain, averaged over 152 people: another one was not tried, and noise
of a scanner is not the only thing that its smooth folds lack.

*Arms.* Networks and heads see each patch in its four mirror images.

- `pixels + linear`: logistic regression.
- `small CNN`: three convolutions with pooling; its dense layer reads every place of the last maps.
- `frozen, block B`: EfficientNet-Lite0 from ImageNet sees the patch at 64×64 pixels; the mean of
  each map of a block and its value in the middle go to logistic regression. `random, block B`: the
  same with random weights, other ones for each seed. Its batch norms take their means and variances
  from the 500 patches of the draw, without labels; without that, the signal vanishes on its way.
  `renewed, block B`: the weights from ImageNet with such means and variances, so that from `random`
  it differs in nothing but the weights, and from `frozen` in nothing but these numbers.
- `early part, fine-tuned` and `early part, random start`: the network up to block 3, and a dense
  layer on the same numbers, all of it learning.
- `whole, fine-tuned` and `whole, random start`: the whole network with its own head.
- The arms `…, longer` see twice as many images.

Batch norms of EfficientNet-Lite0 are given a momentum of 0.1 where they learn; with its own 0.01
they would not have forgotten photographs, or the start, after so few steps.

*Settings.* Every arm chooses on the same 600 validation patches, with a sixth draw of patches, and
for each number of labels by itself (the whole network at 100 only, as it is slow): first the
learning rate, or C, from three of them that grow by a constant factor, and up to two more beyond
the best if it is the outermost one, all with crops of 17×17 voxels; then, at that rate, whether 9×9
or 33×33 are better. (Arms of few numbers have no crop.) These runs are the rows with split "val".
Validation patches decide nothing else.
"""

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import torch
from scipy.ndimage import gaussian_filter
from torch import nn

from coursecnn import augment, data, evidence, models, training, transfer

SIDE, CROPS, SIZE = 33, (17, 9, 33), 64
SURE, NOISE = 0.8, 30
LABELS, SEEDS, TUNING = (20, 100, 500), range(5), 5
PARTS = {"train": range(16), "val": range(21, 27), "test": range(32, 40)}  # of each 45 slices
CLASSES = ("grey", "white", "neither")
COUNTS = {"val": 600, "test": 1500}
BLOCKS = {3: "block 3", 9: "block 9", 19: "last block"}
BLURS = (0, 1, 2, 4)
FLIPS = augment.compose(augment.random_flip(), augment.random_flip(vertical=True))
BRAIN = data.mni152()


def shares():
    """How much of each class is in each voxel, shape (3, D, H, W); 0 outside the brain."""
    grey, white = BRAIN.grey / 255, BRAIN.white / 255
    return np.stack([grey, white, 1 - grey - white]) * (BRAIN.t1 > 0)


SHARES = shares()


def centres(part, rng):
    """Voxels of a part, in random order: an array of shape (N, 3) for each class."""
    slices = np.arange(90)
    allowed = np.zeros(BRAIN.t1.shape, bool)
    allowed[:, slices[np.isin(slices % 45, PARTS[part])], : BRAIN.origin[2] + 1] = True
    return [rng.permutation(np.argwhere((share >= SURE) & allowed)) for share in SHARES]


def cut(places, noise, rng):
    """Levels of the patches around some voxels, ndarray of float, shape (N, 33, 33)."""
    reach = SIDE // 2
    padded = np.pad(BRAIN.t1, ((reach, reach), (0, 0), (reach, reach))).astype(float)
    levels = np.stack([padded[d : d + SIDE, h, w : w + SIDE] for d, h, w in places])
    return levels + noise * rng.normal(size=levels.shape)


def patches(part, places, rng):
    """The same as an image set: noisy, mean 128, deviation 40; classes take turns."""
    levels = cut(places, NOISE, rng)
    levels -= levels.mean((1, 2), keepdims=True)
    levels *= 40 / levels.std((1, 2), keepdims=True)
    images = np.clip(levels + 128, 0, 255).round().astype(np.uint8)
    labels = np.arange(len(places)) % 3
    return data.ImageSet(images[:, None], labels, CLASSES, part, BRAIN.provenance)


def in_turn(by_class, start, n):
    """Places from `start` on, a class after the other."""
    return np.stack([by_class[k % 3][start + k // 3] for k in range(n)])


def draws():
    """Image sets and centres: six to learn from that share no centre, and the two others."""
    most, rng = max(LABELS), np.random.default_rng(0)
    by_class, sets = centres("train", rng), []
    for k in (*SEEDS, TUNING):
        places = in_turn(by_class, k * (most // 3 + 1), most)
        sets.append((patches("train", places, rng), places))
    for part, n in COUNTS.items():
        places = in_turn(centres(part, rng), 0, n)
        sets.append((patches(part, places, rng), places))
    return sets


def crop(images, side):
    """The middle of each patch."""
    rim = (SIDE - side) // 2
    inner = images.images[:, :, rim : SIDE - rim, rim : SIDE - rim]
    return replace(images, images=np.ascontiguousarray(inner))


def mirrored(images):
    """Each patch in its four mirror images, one after the other."""
    four = [images.images[:, :, ::a, ::b] for a in (1, -1) for b in (1, -1)]
    return replace(
        images,
        images=np.stack(four, 1).reshape(-1, *images.images.shape[1:]),
        labels=np.repeat(images.labels, 4),
    )


def large(images, side):
    """As EfficientNet-Lite0 sees them: cut, enlarged, three equal channels."""
    seen = transfer.resize(crop(images, side), SIZE)
    return replace(seen, images=seen.images.repeat(3, 1))


class Described(nn.Module):
    """The mean of each map, and beside it the mean of the four values in its middle."""

    def forward(self, maps):
        """Maps (N, C, H, W) to (N, 2C); of maps of 2×2 both are the same, and (N, C) is enough."""
        half = maps.shape[2] // 2
        means = [maps.mean((2, 3))]
        if half > 1:
            means.append(maps[:, :, half - 1 : half + 1, half - 1 : half + 1].mean((2, 3)))
        return torch.cat(means, 1)


def lite(pretrained, seed):
    """EfficientNet-Lite0 for three classes, whose batch norms follow the last ten batches."""
    torch.manual_seed(seed)
    model = models.build("efficientnet_lite0", pretrained=pretrained, num_classes=len(CLASSES))
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = 0.1
    return model


def early(pretrained, seed):
    """The same up to block 3, and a dense layer."""
    model = lite(pretrained, seed)
    return nn.Sequential(*model.features[:4], Described(), nn.Linear(2 * 24, len(CLASSES)))


def small(side, seed):
    """Three convolutions; the dense layer reads every place."""
    torch.manual_seed(seed)
    layers, channels = [], 1
    for out in (16, 32, 64):
        layers += [nn.Conv2d(channels, out, 3, padding=1, bias=False), nn.BatchNorm2d(out)]
        layers += [nn.ReLU(), nn.MaxPool2d(2, ceil_mode=True)]
        channels, side = out, -(-side // 2)
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels * side**2, len(CLASSES)))


@torch.no_grad()
def know(model, images):
    """Let batch norms take the means and variances of these images, and of no others."""
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.reset_running_stats()
            module.momentum = None  # the plain mean over batches
    model.train()
    for start in range(0, len(images), 100):
        model(training.to_input(images.images[start : start + 100]))


class Network:
    """What the blocks of a frozen network say, computed once for each set and crop."""

    def __init__(self, pretrained, renewed=True):
        self.pretrained, self.renewed, self.known = pretrained, renewed, {}

    def features(self, name, images, side, seed, learned):
        """Rows for each of `BLOCKS`, and the CPU seconds of an image.

        `name` stands for `images`; what is not as ImageNet left it depends on the `seed` and on the
        patches `learned`.
        """
        key = (name, side, seed if self.renewed else None)
        if key not in self.known:
            model = lite(self.pretrained, seed)
            if self.renewed:
                know(model, large(learned, side))
            start = time.process_time()
            found = self._run(model, large(images, side))
            self.known[key] = found, (time.process_time() - start) / len(images)
        return self.known[key]

    @staticmethod
    @torch.no_grad()
    def _run(model, images):
        model.eval()
        rows, describe = {block: [] for block in BLOCKS}, Described()
        for start in range(0, len(images), 100):
            x = training.to_input(
                torch.from_numpy(images.images[start : start + 100]),
                memory_format=torch.channels_last,
            )
            for number, block in enumerate(model.features):
                x = block(x)
                if number in BLOCKS:
                    rows[number].append(describe(x).numpy())
        return {block: np.concatenate(parts) for block, parts in rows.items()}


class Arm:
    """A way to learn: `rates` to choose from, and `run`, which learns once.

    `run(rate, side, n, seed, asked)` learns from the first n patches of the draw of a seed and
    returns the accuracy on the set called `asked`, that on what it has learned from, and seconds.
    """

    crops = CROPS

    def __init__(self, sets):
        self.sets = sets  # by name: 0 to 5, "val" and "test"


class Numbers(Arm):
    """Logistic regression on a few numbers of a patch."""

    rates, word, crops = (0.01, 0.1, 1.0), "C", (SIDE,)

    def __init__(self, sets, blurs):
        super().__init__(sets)
        self.values = {}
        for name, images in sets.items():
            maps = images.images[:, 0].astype(np.float32)
            middles = [
                (gaussian_filter(maps, (0, s, s)) if s else maps)[:, SIDE // 2, SIDE // 2]
                for s in blurs
            ]
            self.values[name] = np.stack(middles, 1)

    def rows(self, name, side, seed):
        """Numbers and labels of a set, and what an image costs."""
        return self.values[name], self.sets[name].labels, 0.0

    def run(self, rate, side, n, seed, asked):
        """One head."""
        values, labels, _ = self.rows(seed, side, seed)
        n = n * len(labels) // max(LABELS)
        few = transfer.Features(values[:n], labels[:n], CLASSES)
        asked_values, asked_labels, cost = self.rows(asked, side, seed)
        start = time.process_time()
        head = transfer.linear_head(few, C=rate)
        seconds = time.process_time() - start + n * cost
        test = transfer.Features(asked_values, asked_labels, CLASSES)
        return head.accuracy(test), head.accuracy(few), seconds


class Pixels(Numbers):
    """The same on all pixels of the crop."""

    rates, crops = (0.0001, 0.001, 0.01), CROPS

    def __init__(self, sets):
        Arm.__init__(self, sets)

    def rows(self, name, side, seed):
        """Numbers and labels of a set, mirrored if it is learned from."""
        images = self.sets[name] if name in COUNTS else mirrored(self.sets[name])
        pixels = crop(images, side).images
        return pixels.reshape(len(pixels), -1).astype(np.float32), images.labels, 0.0


class Frozen(Numbers):
    """The same on what a block of a network says."""

    rates, crops = (0.001, 0.01, 0.1), CROPS

    def __init__(self, sets, network, block):
        Arm.__init__(self, sets)
        self.network, self.block = network, block

    def rows(self, name, side, seed):
        """Numbers and labels of a set, mirrored if it is learned from, and what an image costs."""
        images = self.sets[name] if name in COUNTS else mirrored(self.sets[name])
        found, cost = self.network.features(name, images, side, seed, self.sets[seed])
        return found[self.block], images.labels, cost


class Trained(Arm):
    """A network that learns: `make(side, seed)` builds it, `seen` says how many images it sees."""

    word = "rate"

    def __init__(self, sets, make, seen, rates, enlarged=True, head_rate=1):
        super().__init__(sets)
        self.make, self.seen, self.rates = make, seen, rates
        self.enlarged, self.head_rate = enlarged, head_rate

    def run(self, rate, side, n, seed, asked):
        """One network."""
        prepare = large if self.enlarged else crop
        few = prepare(self.sets[seed].take(np.arange(n)), side)
        start = time.process_time()
        model = self.make(side, seed)
        last = [name for name, m in model.named_modules() if isinstance(m, nn.Linear)][-1]
        training.fit(
            model, few, epochs=max(1, round(self.seen[n] / n)), batch_size=20, lr=rate,
            module_lr={last: rate * self.head_rate}, seed=seed, augment=FLIPS, device="cpu",
            channels_last=True,
        )  # fmt: skip
        seconds = time.process_time() - start
        test = prepare(self.sets[asked], side)
        return training.accuracy(model, test), training.accuracy(model, few), seconds


def arms(sets):
    """All of them, by name."""
    networks = {
        "frozen": Network(True, renewed=False), "renewed": Network(True), "random": Network(False)
    }  # fmt: skip
    some, whole = dict.fromkeys(LABELS, 4000), {20: 400, 100: 800, 500: 1200}
    part = dict.fromkeys(LABELS, 2000)
    found = {
        "one number": Numbers(sets, BLURS[:1]),
        "four numbers": Numbers(sets, BLURS),
        "pixels + linear": Pixels(sets),
        "small CNN": Trained(sets, small, some, (0.001, 0.003, 0.009), enlarged=False),
    }
    for block, name in BLOCKS.items():
        for kind, network in networks.items():
            found[f"{kind}, {name}"] = Frozen(sets, network, block)
    tuned, begun = (0.0003, 0.001, 0.003), (0.001, 0.003, 0.009)
    for name, make, seen in (("early part", early, part), ("whole", lite, whole)):
        found[f"{name}, fine-tuned"] = Trained(
            sets, lambda side, seed, m=make: m(True, seed), seen, tuned, head_rate=10
        )
        found[f"{name}, random start"] = Trained(
            sets, lambda side, seed, m=make: m(False, seed), seen, begun
        )
    return found


def row(name, arm, setting, n, seed, split):
    """One run, as a row of the table."""
    rate, side = setting
    accuracy, train_accuracy, seconds = arm.run(rate, side, n, seed, split)
    found = {
        "target": "tissue", "arm": name, "labels": n, "seed": seed, "accuracy": round(accuracy, 4),
        "train_seconds": round(seconds, 2), "setting": f"{arm.word}={rate:.3g}, crop={side}",
        "split": split, "train_accuracy": round(train_accuracy, 4),
    }  # fmt: skip
    print(",".join(map(str, found.values())), f"[{time.process_time():.0f} s]", flush=True)
    return found


def chosen(name, arm, n):
    """The best setting, and the rows of all that were tried."""
    rows, tried = [], {}

    def ask(rate, side):
        rows.append(row(name, arm, (rate, side), n, TUNING, "val"))
        tried[rate, side] = rows[-1]["accuracy"]

    side = arm.crops[0]
    for rate in arm.rates:
        ask(rate, side)
    factor = arm.rates[1] / arm.rates[0]
    for _ in range(2):
        rates = sorted(rate for rate, _ in tried)
        best = max(rates, key=lambda rate: tried[rate, side])
        if best not in (rates[0], rates[-1]):
            break
        ask(best / factor if best == rates[0] else best * factor, side)
    best, _ = max(tried, key=tried.get)
    for other in arm.crops[1:]:
        ask(best, other)
    return max(tried, key=tried.get), rows


def as_scanned(places):
    """Rows of the arm that reads the centre in the scan itself, by logistic regression."""
    rows = []
    values = {
        name: BRAIN.t1[tuple(where.T)][:, None].astype(np.float32) for name, where in places.items()
    }
    for n in LABELS:
        for seed in SEEDS:
            few = transfer.Features(values[seed][:n], np.arange(n) % 3, CLASSES)
            asked = values["test"]
            test = transfer.Features(asked, np.arange(len(asked)) % 3, CLASSES)
            head = transfer.linear_head(few, C=1.0)
            rows.append({
                "target": "tissue", "arm": "one number, as scanned", "labels": n, "seed": seed,
                "accuracy": round(head.accuracy(test), 4), "train_seconds": 0.0, "setting": "C=1",
                "split": "test", "train_accuracy": round(head.accuracy(few), 4),
            })  # fmt: skip
    return rows


def copied(places):
    """A row: the class that prevails at the same place of the nearest slice learned from."""
    slices = np.flatnonzero(np.isin(np.arange(90) % 45, PARTS["train"]))
    down, back, right = places.T
    nearest = slices[np.abs(slices - back[:, None]).argmin(1)]
    found = SHARES[:, down, nearest, right]
    right_ones = (found.argmax(0) == np.arange(len(places)) % 3) & (found.max(0) > 0)
    return {
        "target": "tissue", "arm": "copied", "labels": 0, "seed": 0,
        "accuracy": round(right_ones.mean(), 4), "split": "control",
    }  # fmt: skip


def main():
    """Tune, run and save."""
    torch.set_num_threads(1)
    names = (*SEEDS, TUNING, *COUNTS)
    drawn = dict(zip(names, draws(), strict=True))
    sets = {name: images for name, (images, _) in drawn.items()}
    places = {name: where for name, (_, where) in drawn.items()}
    results, sweeps, settings = as_scanned(places), [copied(places["test"])], {}
    ways = arms(sets)
    for name, arm in ways.items():
        for n in LABELS:
            if name.startswith("whole") and n != 100:
                continue
            settings[name, n], tried = chosen(name, arm, n)
            sweeps += tried
        for n in LABELS:
            setting = settings.get((name, n), settings[name, 100])
            results += [row(name, arm, setting, n, seed, "test") for seed in SEEDS]
    for name in [name for name, arm in ways.items() if isinstance(arm, Trained)]:
        arm, n = ways[name], 100
        arm.seen = {count: 2 * seen for count, seen in arm.seen.items()}
        results += [row(f"{name}, longer", arm, settings[name, n], n, s, "test") for s in SEEDS]
    evidence.save("brain_tissue", pd.DataFrame(results + sweeps))


if __name__ == "__main__":
    main()
