"""The LeNet-5 that runs in the pages: trained, rounded to bytes, measured and stored.

It learns from the bundled training digits. Whenever one is shown, it is moved, turned, sheared,
resized, and drawn with a thicker or thinner pen, as readers' drawings differ in these ways. Nothing
was chosen by the test digits. The script writes `lenet.stored.js` and twenty digits,
`digits.stored.js`, beside the scripts of the figures; the CSV has the accuracy before and after
rounding. On one core it takes about a minute and a half.
"""

from statistics import NormalDist

import numpy as np
import pandas as pd
import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import augment, data, evidence, models, training
from coursecnn.widgets import lenet, stored

SEED, EPOCHS = 0, 60
MADE_BY = "experiments/lenet_in_the_page.py"
LAYERS = dict(
    zip(lenet.TRAINED, ("features.0", "features.3", "classifier.1", "classifier.3", "classifier.5"),
        strict=True)
)  # fmt: skip
BOX = 20  # rows and columns that hold the ink of an MNIST digit


def random_thickness(most):
    """An augmentation that thickens or thins strokes.

    Parameters
    ----------
    most : float
        How far, at most, on the way to the largest or smallest of the nine pixels around: 0 to 1.

    Returns
    -------
    callable
        Takes a batch of bytes and a torch.Generator; returns the changed batch.
    """

    def augment_batch(images, generator):
        pixels = images.float()
        share = most * (2 * torch.rand(len(pixels), 1, 1, 1, generator=generator) - 1)
        thick, thin = F.max_pool2d(pixels, 3, 1, 1), -F.max_pool2d(-pixels, 3, 1, 1)
        goal = torch.where(share > 0, thick, thin)
        return (pixels + share.abs() * (goal - pixels)).round().to(torch.uint8)

    return augment_batch


def train():
    """The trained network."""
    torch.manual_seed(SEED)
    model = models.build("lenet5", padding=2)
    moved = augment.random_affine(10, max_shift=2, scale=(0.85, 1.15), max_shear=10)
    drawn = augment.compose(moved, random_thickness(0.6))
    training.fit(model, data.mnist("train"), epochs=EPOCHS, seed=SEED, augment=drawn)
    return model


def rounded(model):
    """Weights as bytes with a scale for each output channel, and biases, by name."""
    arrays = {}
    for name, layer in LAYERS.items():
        weight, bias = (getattr(model.get_submodule(layer), each).detach().numpy()
                        for each in ("weight", "bias"))  # fmt: skip
        scale = np.abs(weight).reshape(len(weight), -1).max(axis=1) / 127
        steps = weight / scale.reshape(-1, *[1] * (weight.ndim - 1))
        arrays[f"{name}.weight"] = steps.round().astype(np.int8)
        arrays[f"{name}.scale"], arrays[f"{name}.bias"] = scale.astype(np.float32), bias
    return arrays


def with_stored_weights():
    """The network with the weights that the pages have."""
    model = models.build("lenet5", padding=2)
    state = {}
    for name, pair in lenet.parameters().items():
        for kind, array in zip(("weight", "bias"), pair, strict=True):
            state[f"{LAYERS[name]}.{kind}"] = torch.tensor(array)
    model.load_state_dict(state)
    return model


def wilson(right, n, confidence=0.95):
    """Interval of a share, by Wilson's formula [1].

    References
    ----------
    .. [1] E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
       Journal of the American Statistical Association 22(158), 1927.
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, widening = right / n, z**2 / n
    middle = (share + widening / 2) / (1 + widening)
    half = z * np.sqrt(share * (1 - share) / n + widening / (4 * n)) / (1 + widening)
    return middle - half, middle + half


def measured(arm, model):
    """Accuracy on the validation and the test digits, with the interval of the latter."""
    test = data.mnist("test")
    right = int((training.predict(model, test).argmax(1) == test.labels).sum())
    low, high = wilson(right, len(test))
    return {"arm": arm, "val_accuracy": training.accuracy(model, data.mnist("val")),
            "test_accuracy": right / len(test), "low": low, "high": high}  # fmt: skip


def twenty_digits(model):
    """For each class the first of its test digits, then that of the others which is read worst."""
    test = data.mnist("test")
    truth = training.predict(model, test)[np.arange(len(test)), test.labels]
    members = [np.flatnonzero(test.labels == label) for label in range(10)]
    chosen = [own[0] for own in members] + [own[1:][truth[own[1:]].argmin()] for own in members]
    boxes = [_box(test.images[index, 0]) for index in chosen]
    return {
        "pixels": np.stack([box for box, _ in boxes]),
        "corner": np.array([corner for _, corner in boxes], np.uint8),
        "label": test.labels[chosen].astype(np.uint8),
    }


def _box(digit):
    """The part of a digit that holds its ink, shape (BOX, BOX), and the place of its corner."""
    corner = [min(np.flatnonzero(digit.any(axis))[0], len(digit) - BOX) for axis in (1, 0)]
    box = digit[corner[0] : corner[0] + BOX, corner[1] : corner[1] + BOX]
    assert box.sum() == digit.sum(), "ink outside the box"
    return box, corner


def _largest_change(before, after):
    return (before - after).abs().max().item()


if __name__ == "__main__":
    torch.set_num_threads(1)
    trained = train()
    stored.write("lenet", MADE_BY, **rounded(trained))
    in_the_page = with_stored_weights()
    stored.write("digits", MADE_BY, **twenty_digits(in_the_page))
    rows = [measured("float32", trained), measured("bytes", in_the_page)]
    with torch.no_grad():
        images = training.to_input(data.mnist("test").images)
        logits = [model(images) for model in (trained, in_the_page)]
    rows[1] |= {
        "logit_change": _largest_change(*logits),
        "probability_change": _largest_change(*(each.softmax(1) for each in logits)),
        "same_class": (logits[0].argmax(1) == logits[1].argmax(1)).double().mean().item(),
    }
    evidence.save("lenet_in_the_page", pd.DataFrame(rows).round(6))
