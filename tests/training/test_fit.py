"""The loop learns what can be learned, repeats itself exactly, and stops when numbers break."""

import numpy as np
import pytest
import torch
from torch import nn

from coursecnn import augment, training
from coursecnn.data import ImageSet
from coursecnn.training.fit import _Batches
from coursecnn.training.optimizers import OPTIMIZERS, SCHEDULES


def bars(n=120, seed=0):
    """Images with a vertical or a horizontal bar: two classes that a small CNN can tell apart."""
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % 2
    images = rng.integers(0, 60, (n, 1, 8, 8), dtype=np.uint8)
    for image, label, place in zip(images, labels, rng.integers(0, 8, n), strict=True):
        image[0].T[place] = 255 if label else image[0].T[place]
        image[0][place] = image[0][place] if label else 255
    return ImageSet(images, labels.astype(np.int64), ("flat", "upright"), "train", "drawn")


def small_cnn(seed=0):
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Conv2d(1, 4, 3), nn.ReLU(), nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(4, 2)
    )


def fit(model, **options):
    return training.fit(model, bars(), **({"epochs": 3, "accelerator": "cpu"} | options))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_optimizer_and_schedule_lowers_the_loss(optimizer, schedule):
    lr = {"sgd": 0.3, "momentum": 0.05}.get(optimizer, 0.02)
    history = fit(small_cnn(), optimizer=optimizer, schedule=schedule, lr=lr, epochs=6)
    assert history["train_loss"][-1] < 0.8 * history["train_loss"][0]


def test_the_bars_are_told_apart_on_images_not_seen():
    model = small_cnn()
    history = training.fit(model, bars(), bars(60, seed=1), epochs=15, lr=0.03, batch_size=16)
    unseen = bars(200, seed=2)
    assert training.accuracy(model, unseen) > 0.9  # chance is 0.5
    assert history["val_accuracy"][-1] > 0.9


def test_the_same_seeds_give_the_same_weights_bit_for_bit():
    first, again, other = small_cnn(), small_cnn(), small_cnn()
    shifts = augment.random_shift(1)
    fit(first, seed=3, augment=shifts)
    fit(again, seed=3, augment=shifts)
    fit(other, seed=4, augment=shifts)
    pairs = zip(first.parameters(), again.parameters(), strict=True)
    assert all(torch.equal(a, b) for a, b in pairs)
    assert not torch.equal(next(first.parameters()), next(other.parameters()))


def test_one_step_of_sgd_is_weights_minus_rate_times_gradient():
    model, twin, images = small_cnn(), small_cnn(), bars(10)
    training.fit(
        model, images, epochs=1, batch_size=10, optimizer="sgd", schedule="constant", lr=0.5,
        weight_decay=0.0, accelerator="cpu",
    )  # fmt: skip
    pixels = torch.as_tensor(images.images) / 127.5 - 1
    nn.functional.cross_entropy(twin(pixels), torch.as_tensor(images.labels)).backward()
    for after, before in zip(model.parameters(), twin.parameters(), strict=True):
        torch.testing.assert_close(after.data, before.data - 0.5 * before.grad)


def test_an_epoch_shows_each_image_once_with_its_own_label():
    images = bars(23)
    batches = list(_Batches(images, 5, None, 0, torch.device("cpu")))
    assert [len(labels) for _, labels in batches] == [5, 5, 5, 5, 3]
    shown = {
        (image.numpy().tobytes(), int(label))
        for b in batches
        for image, label in zip(*b, strict=True)
    }
    assert shown == {
        (i.tobytes(), int(c)) for i, c in zip(images.images, images.labels, strict=True)
    }


def test_a_loss_that_is_not_a_number_stops_the_run_and_says_where():
    model = small_cnn()
    model[0].weight.data.fill_(float("inf"))
    with pytest.raises(FloatingPointError, match=r"epoch 1, batch 1; a smaller `lr`"):
        fit(model)


@pytest.mark.parametrize(("argument", "known"), [("optimizer", "adamw"), ("schedule", "cosine")])
def test_an_unknown_choice_is_refused_with_what_there_is(argument, known):
    with pytest.raises(ValueError, match=rf"`{argument}` must be one of .*{known}.*'fast'"):
        fit(small_cnn(), **{argument: "fast"})


def test_history_is_a_table_indexed_by_epoch():
    table = fit(small_cnn()).to_frame()
    assert table.index.tolist() == [1, 2, 3]
    assert list(table) == ["lr", "train_loss", "train_accuracy"]
