"""What explanations of a small CNN tell about the network, and what about the photograph alone.

Six networks with first kernels of 9×9 learn 16,000 photographs of CIFAR-10 each; the last of them
is the one that the chapter looks into, and is not among the seeds. The rate is the best of four on
validation photographs after a shorter training (seed 100): 0.005, 0.01, 0.02 and 0.04. The arms are
states of a network:

- `trained`, and `untrained`: the same before its training.
- `shuffled weights`: the trained one with each tensor in random order, `explain.randomised`.
- `shuffled pixels`: trained on photographs whose pixels are shuffled by one rule.
- `scrambled phases`: the trained kernels with random phases, their spectrum kept; no network.
- `few photographs`: trained on 1,000 of them, 24 times.
- `other seed`: the trained network of the next seed, where maps of two networks are compared.
- `no network`: the steps between neighbouring pixels take the place of a map, or nothing does.

Measures, on test photographs: `gabor`, the share of a first kernel that the best Gabor function
explains. `cat_dog_…` and `cat_ship_…`, how many photographs of two classes are nearer to the mean
of their own class, by the outputs of a layer; the means are those of validation photographs.
`tile_…`, the share of a map that lies in the right quarter of a collage of four photographs.
`alike_…`, the rank correlation of a map with that of the trained network. `drop_…`, what the
probability of the class loses when the quarter of the blocks that rank first is covered.
`fgsm_…`, `random_…` and `transfer_…`, the accuracy after steps of so many grey levels: along the
gradient's signs, random signs, and the signs of the next seed's gradient. `moved_…`, the share of
predictions that change when the photograph moves, cut out or, without borders, rolled round.
`unit_…`, how strongly units respond to an image made for them, in units of the strongest
response to 2,000 photographs. The rest is calibration, before and after a temperature that is
fitted to validation photographs, and the confusion of cats with others.
"""

import hashlib
import io
from copy import deepcopy

import numpy as np
import pandas as pd
import torch
from scipy.optimize import minimize_scalar
from scipy.stats import spearmanr

from coursecnn import _files, augment, data, evidence, explain, training
from coursecnn.data import bundled
from coursecnn.explain.trained import FILE, network

SEEDS, SHOWN = range(5), 5
PHOTOGRAPHS, EPOCHS, RATE, BATCH = 16_000, 3, 0.02, 128
FEW, FEW_EPOCHS = 1000, 24
LAYERS = {"pixels": None, "1": "2", "2": "6", "3": "9", "means": "11"}
CAT, DOG, SHIP = (data.cifar10("val").class_names.index(name) for name in ("cat", "dog", "ship"))
STEPS, SHIFTS = (1, 2, 4, 8), range(1, 9)
COLLAGES, LOOKED_AT, BLOCK, UNITS = 40, 60, 4, 8


def train(photographs, seed, epochs=EPOCHS):
    """A network, and the same before it learned."""
    torch.manual_seed(seed)
    model = network()
    before = deepcopy(model).eval()
    training.fit(
        model, photographs, epochs=epochs, lr=RATE, batch_size=BATCH, seed=seed, device="cpu",
        augment=augment.random_flip(), channels_last=True,
    )  # fmt: skip
    return model.to(memory_format=torch.contiguous_format).eval(), before


def shuffled(photographs, seed):
    """The same photographs, their pixels reordered by one rule."""
    order = np.random.default_rng(seed).permutation(32 * 32)
    flat = photographs.images.reshape(len(photographs), 3, -1)[..., order]
    images = flat.reshape(photographs.images.shape)
    return data.ImageSet(images, photographs.labels, photographs.class_names, photographs.split, "")


def gabor_share(kernels):
    """Mean share that the best Gabor function explains."""
    return explain.gabor_fit(kernels)[2].mean()


def scrambled_phases(images, seed):
    """Patterns with the same spectrum and other phases, those of white noise."""
    noise = np.random.default_rng(seed).normal(size=(len(images), 1, *images.shape[2:]))
    turns = np.exp(1j * np.angle(np.fft.fft2(noise)))
    return np.fft.ifft2(np.fft.fft2(images) * turns).real


def told_apart(model, val, test):
    """Cats from dogs and from ships, by the nearest mean of each layer."""
    row = {}
    for name, other in (("dog", DOG), ("ship", SHIP)):
        pair = [
            each.take(np.flatnonzero(np.isin(each.labels, (CAT, other)))) for each in (val, test)
        ]
        outputs = [
            explain.feature_maps(model, each, [n for n in LAYERS.values() if n]) for each in pair
        ]
        for title, layer in LAYERS.items():
            x, y = (
                (each.images if layer is None else maps[layer]).reshape(len(each), -1).astype(float)
                for each, maps in zip(pair, outputs, strict=True)
            )
            means = [x[pair[0].labels == label].mean(0) for label in (CAT, other)]
            far = np.stack([((y - mean) ** 2).sum(1) for mean in means])
            row[f"cat_{name}_{title}"] = np.mean((far[1] < far[0]) == (pair[1].labels == other))
    return row


def steps_between_pixels(images):
    """A map that needs no network: the size of the brightness gradient, shape (N, H, W)."""
    down, across = np.gradient(images.astype(float).mean(1), axis=(1, 2))
    return np.hypot(down, across)


def maps_of(model, x, labels, size):
    """The four explanations as maps of blocks of `size` pixels, by name."""
    return {
        "saliency": blocks(explain.saliency(model, x, labels), size),
        "times_input": blocks(np.abs(explain.gradient_times_input(model, x, labels)), size),
        "grad_cam": blocks(explain.grad_cam(model, x, "9", labels), size),
        "occlusion": explain.occlusion(model, x, labels, size=size, stride=size).drop,
    }


def blocks(maps, size):
    """Means over blocks."""
    n, height, width = maps.shape
    return maps.reshape(n, height // size, size, width // size, size).mean((2, 4))


def sure_and_right(model, photographs, count):
    """The first photographs that the network names right with a probability above a half."""
    chance = training.predict(model, photographs)
    order = np.random.default_rng(0).permutation(len(photographs))
    right = chance[order, photographs.labels[order]] > 0.5
    return photographs.take(order[right][:count])


def collages(model, photographs):
    """Four photographs of four classes in a square, and the class and place of one of them."""
    pool, rng = sure_and_right(model, photographs, len(photographs)), np.random.default_rng(1)
    images, targets, places = [], [], []
    for _ in range(COLLAGES):
        classes = rng.permutation(np.unique(pool.labels))[:4]
        four = [pool.images[rng.choice(np.flatnonzero(pool.labels == label))] for label in classes]
        top, bottom = np.concatenate(four[:2], 2), np.concatenate(four[2:], 2)
        place = rng.integers(4)
        images.append(np.concatenate([top, bottom], 1))
        targets.append(classes[place])
        places.append(place)
    return np.stack(images), np.array(targets), np.array(places)


def in_tile(maps, places):
    """Share of the positive part of each map that lies in its quarter; the mean."""
    positive = np.maximum(maps, 0)
    half = maps.shape[1] // 2
    quarters = positive.reshape(len(maps), 2, half, 2, half).sum((2, 4)).reshape(len(maps), 4)
    total = quarters.sum(1)
    shares = np.where(total > 0, quarters[np.arange(len(maps)), places] / total.clip(1e-12), 0.25)
    return shares.mean()


def covered(model, x, labels, ranks):
    """Mean loss of probability when the quarter of the blocks with the largest ranks is grey."""
    n, count = len(x), ranks[0].size
    first = np.argsort(-ranks.reshape(n, -1), axis=1, kind="stable")[:, : count // 4]
    mask = np.zeros((n, count), bool)
    np.put_along_axis(mask, first, True, axis=1)
    mask = torch.tensor(mask.reshape(ranks.shape)).repeat_interleave(BLOCK, 1)
    mask = mask.repeat_interleave(BLOCK, 2)[:, None]
    with torch.no_grad():
        before, after = (
            model(images).softmax(1)[torch.arange(n), labels] for images in (x, x * ~mask)
        )
    return (before - after).mean().item()


def alike(one, other):
    """Mean rank correlation of maps; 0 where one is flat."""
    pairs = zip(one.reshape(len(one), -1), other.reshape(len(other), -1), strict=True)
    found = [0.0 if np.ptp(a) == 0 or np.ptp(b) == 0 else spearmanr(a, b)[0] for a, b in pairs]
    return float(np.mean(found))


def explanations(model, other, test, seed):
    """A row for each arm of the maps."""
    random = explain.randomised(model, seed=seed)
    states = {"trained": model, "other seed": other, "shuffled weights": random}
    photographs = sure_and_right(model, test, LOOKED_AT)
    x, labels = training.to_input(torch.tensor(photographs.images)), photographs.labels
    wide, targets, places = collages(model, test)
    canvas = training.to_input(torch.tensor(wide))
    rows = {arm: {} for arm in (*states, "no network")}
    trained = maps_of(model, x, labels, BLOCK)
    for arm, state in states.items():
        for name, maps in maps_of(state, x, labels, BLOCK).items():
            rows[arm][f"alike_{name}"] = alike(trained[name], maps)
            rows[arm][f"drop_{name}"] = covered(model, x, labels, maps)
        for name, maps in maps_of(state, canvas, targets, 8).items():
            rows[arm][f"tile_{name}"] = in_tile(maps, places)
    edges = blocks(steps_between_pixels(photographs.images), BLOCK)
    rng, bare = np.random.default_rng(seed), rows["no network"]
    bare |= {f"alike_{name}": alike(maps, edges) for name, maps in trained.items()}
    bare["drop_edges"] = covered(model, x, labels, edges)
    bare["drop_random"] = covered(model, x, labels, rng.random(edges.shape))
    bare["tile_edges"] = in_tile(blocks(steps_between_pixels(wide), 8), places)
    return rows


def accuracy_at(model, x, labels):
    """Share of images, as the model takes them, that it names right."""
    with torch.no_grad():
        return (model(x).argmax(1).numpy() == labels).mean()


def attacked(model, other, test, seed):
    """Accuracy after small steps."""
    x, labels = training.to_input(torch.tensor(test.images)), test.labels
    signs = torch.randint(2, x.shape, generator=torch.Generator().manual_seed(seed)) * 2.0 - 1
    row = {"fgsm_0": accuracy_at(model, x, labels)}
    for levels in STEPS:
        epsilon = levels * 2 / 255
        for name, source in (("fgsm", model), ("transfer", other)):
            moved = explain.adversarial_step(source, x, labels, epsilon)
            row[f"{name}_{levels}"] = accuracy_at(model, moved, labels)
        row[f"random_{levels}"] = accuracy_at(model, (x + epsilon * signs).clamp(-1, 1), labels)
    return row


def without_borders(model):
    """The same weights, but what leaves a map on one side comes back on the other."""
    model = deepcopy(model)
    for layer in model:
        if isinstance(layer, torch.nn.Conv2d):
            layer.padding_mode = "circular"
    return model


@torch.no_grad()
def moved(model, test):
    """Share of predictions that change when the photograph moves to the left."""
    x, row, ring = training.to_input(torch.tensor(test.images)), {}, without_borders(model)

    def cut(shift):
        return model(x[:, :, 4:28, shift : shift + 24]).argmax(1)

    def rolled(shift):
        return ring(x.roll(-shift, 3)).argmax(1)

    row["circular_accuracy"] = accuracy_at(ring, x, test.labels)
    for shift in SHIFTS:
        row[f"moved_cut_{shift}"] = (cut(shift) != cut(0)).double().mean().item()
        row[f"moved_rolled_{shift}"] = (rolled(shift) != rolled(0)).double().mean().item()
    return row


def made_for_units(model, test, seed):
    """Responses to made images, in units of the strongest to a photograph; medians over units."""
    made, scrambled = [], []
    chosen = np.random.default_rng(seed).permutation(64)[:UNITS]
    for unit in chosen.tolist():
        best = explain.unit_activation(model, test, "8", unit).max()
        image = explain.image_for_unit(model, "8", unit, shape=(3, 32, 32), steps=60, jitter=2)
        other = scrambled_phases(image[None], seed).clip(-1, 1).astype(np.float32)
        response = explain.unit_activation(model, np.stack([image, other[0]]), "8", unit)
        made.append(response[0] / best)
        scrambled.append(response[1] / best)
    return {
        "unit_made": np.median(made),
        "unit_least": min(made),
        "unit_scrambled": np.median(scrambled),
    }


def calibration(model, val, test):
    """How sure the network is, how often it is right, and what a temperature does."""
    logits, fitted = ({}, {})
    for name, each in (("val", val), ("test", test)):
        with torch.no_grad():
            logits[name] = model(training.to_input(torch.tensor(each.images))).double()

    def loss(temperature):
        labels = torch.tensor(val.labels)
        return torch.nn.functional.cross_entropy(logits["val"] / temperature, labels).item()

    temperature = minimize_scalar(loss, bounds=(0.2, 10), method="bounded").x
    for name, divisor in (("", 1.0), ("_scaled", temperature)):
        chance = (logits["test"] / divisor).softmax(1).numpy()
        fitted[f"confidence{name}"] = chance.max(1).mean()
        fitted[f"error{name}"] = explain.calibration_error(chance, test.labels)
    named = logits["test"].argmax(1).numpy()
    cats = named[test.labels == CAT]
    return fitted | {
        "temperature": temperature, "accuracy": (named == test.labels).mean(),
        "cat_as_dog": np.mean(cats == DOG), "cat_as_ship": np.mean(cats == SHIP),
        "dog_as_cat": np.mean(named[test.labels == DOG] == CAT),
    }  # fmt: skip


def store(model):
    """Write the bundled file, and say its checksum."""
    state = {
        name: (value.half() if value.is_floating_point() else value).numpy()
        for name, value in model.state_dict().items()
    }
    file = io.BytesIO()
    np.savez_compressed(file, **state)
    _files.write(bundled.FOLDER / FILE, file.getvalue())
    print(FILE, len(file.getvalue()), hashlib.sha256(file.getvalue()).hexdigest())


def rows_of(seed, models, val, test):
    """The rows of one seed."""
    (model, before), (other, _) = models[seed], models[(seed + 1) % len(SEEDS)]
    rows = explanations(model, other, test, seed)
    kernels = explain.filters(model, "0")
    rows["trained"] |= {
        "gabor": gabor_share(kernels),
        **told_apart(model, val, test), **attacked(model, other, test.subset(500), seed),
        **moved(model, test.subset(1000)), **made_for_units(model, test.subset(2000), seed),
        **calibration(model, val, test),
    }  # fmt: skip
    rows["untrained"] = {"gabor": gabor_share(explain.filters(before, "0"))}
    rows["untrained"] |= told_apart(before, val, test)
    rows["scrambled phases"] = {"gabor": gabor_share(scrambled_phases(kernels, seed))}
    train_set = data.cifar10("train")
    reordered, _ = train(shuffled(train_set.subset(PHOTOGRAPHS, seed=seed), seed), seed)
    rows["shuffled pixels"] = {
        "gabor": gabor_share(explain.filters(reordered, "0")),
        "accuracy": training.accuracy(reordered, shuffled(test, seed)),
    }
    eager, _ = train(train_set.subset(FEW, seed=seed), seed, FEW_EPOCHS)
    rows["few photographs"] = calibration(eager, val, test)
    return [{"seed": seed, "arm": arm, **row} for arm, row in rows.items()]


if __name__ == "__main__":
    torch.set_num_threads(1)
    train_set = data.cifar10("train")
    val, test = data.cifar10("val"), data.cifar10("test").subset(3000)
    models = {
        seed: train(train_set.subset(PHOTOGRAPHS, seed=seed), seed) for seed in (*SEEDS, SHOWN)
    }
    store(models[SHOWN][0])
    rows = []
    for seed in SEEDS:
        rows += rows_of(seed, models, val, test)
        print(
            pd.DataFrame(rows).groupby("arm", sort=False).mean().T.round(3).to_string(), flush=True
        )
    evidence.save("look_inside", pd.DataFrame(rows).round(5))
