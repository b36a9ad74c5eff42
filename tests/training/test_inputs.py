"""Images that do not fit the model are told before anything is trained."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from tiny import bars, small_cnn
from torch import nn

from coursecnn import training


def fit(model=None, train=None, val=None, **options):
    return training.fit(model or small_cnn(), train or bars(), val, device="cpu", **options)


def test_labels_need_an_output_each():
    model = nn.Sequential(nn.Flatten(), nn.Linear(56, 1))
    with pytest.raises(ValueError, match=r"labels up to 1, but `model` has 1 outputs.*_classes"):
        fit(model)


@pytest.mark.parametrize("shape", [(10, 3, 8, 7), (10, 1, 2, 2)], ids=["channels", "size"])
@pytest.mark.parametrize("name", ["train", "val"])
def test_images_of_another_shape_are_refused(shape, name):
    images = np.zeros(shape, np.uint8)
    odd = replace(bars(10), images=images)
    told = rf"does not take the images of `{name}`, each {shape[1]}×{shape[2]}×{shape[3]}: "
    with pytest.raises(ValueError, match=told):
        fit(train=odd) if name == "train" else fit(val=odd)


@pytest.mark.parametrize("name", ["train", "val"])
def test_an_empty_set_is_refused(name):
    empty = bars(10).take([])
    with pytest.raises(ValueError, match=f"`{name}` is empty"):
        training.fit(small_cnn(), **({"train": bars()} | {name: empty}))


def test_a_class_that_is_missing_is_told_in_one_line():
    val = bars(40)
    with pytest.warns(UserWarning, match=r"`val` has no image of 1 of its 2 classes \(upright\)"):
        fit(val=val.take(val.labels == 0), epochs=1)


def test_the_classes_of_both_sets_must_be_the_same():
    val = replace(bars(), class_names=("upright", "flat"))
    with pytest.raises(ValueError, match=r"classes of `train`.*received upright, flat and flat,"):
        fit(val=val)


@pytest.mark.parametrize("model", [nn.Conv2d(1, 2, 3), nn.Flatten(0)], ids=["maps", "no weights"])
def test_a_model_that_does_not_classify_is_refused(model):
    with pytest.raises(ValueError, match=r"`model` (must put out logits|has no parameters)"):
        fit(model)


def test_looking_leaves_the_model_as_it_was():
    model = small_cnn(0, nn.BatchNorm2d(4))
    model[1].eval()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    with pytest.raises(ValueError, match="`val` is empty"):
        fit(model, val=bars(10).take([]))
    assert model.training
    assert not model[1].training
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"epochs": 0}, "`epochs` must be a whole number ≥ 1; received 0"),
        ({"batch_size": 2.5}, r"`batch_size` must be a whole number ≥ 1; received 2\.5"),
        ({"accumulate": 0}, "`accumulate` must be a whole number ≥ 1; received 0"),
        ({"patience": 0}, "`patience` must be a whole number ≥ 1, or None; received 0"),
        ({"patience": 1}, "`patience` needs `val`"),
        ({"lr": -1}, "`lr` must be above 0; received -1"),
        ({"weight_decay": -1}, "`weight_decay` must be ≥ 0; received -1"),
        ({"label_smoothing": 1}, "`label_smoothing` must be in 0…1, 1 excluded; received 1"),
        ({"clip_norm": 0}, "`clip_norm` must be above 0"),
        ({"monitor": "loss"}, "`monitor` must be one of val_loss, val_accuracy; received 'loss'"),
        ({"precision": "8"}, "`precision` must be one of 32-true, bf16-mixed, 16-mixed; received"),
        ({"optimizer": "fast"}, "`optimizer` must be one of .*adamw; received 'fast'"),
        ({"schedule": "fast"}, "`schedule` must be one of .*cosine.*; received 'fast'"),
        ({"checkpoint_epochs": 0}, "`checkpoint_epochs` must be a whole number ≥ 1"),
        ({"checkpoint_steps": 0}, "`checkpoint_steps` must be a whole number ≥ 1, or None"),
    ],
    ids=str,
)
def test_senseless_settings_are_refused(options, told):
    with pytest.raises(ValueError, match=told):
        fit(**options)


def test_predictions_of_an_empty_set_are_refused():
    with pytest.raises(ValueError, match="`images` is empty"):
        training.predict(small_cnn(), bars(10).take([]))


def test_accuracy_of_a_set_without_some_class_is_told():
    test = bars(40)
    with pytest.warns(UserWarning, match=r"`image_set` has no image of 1 of its 2 classes"):
        training.accuracy(small_cnn(), test.take(test.labels == 0))
