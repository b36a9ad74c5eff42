"""Fine-tuning is training with a fresh last layer, and a rate of its own for that layer."""

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest
import torch
from tiny import bars, same_weights, small_cnn
from torch import nn

from coursecnn import models, training
from coursecnn.training import to_input
from coursecnn.transfer import extract_features, fine_tune, freeze, replace_head

ONE_STEP = {
    "epochs": 1, "batch_size": 10, "optimizer": "sgd", "schedule": "constant",
    "weight_decay": 0.0, "device": "cpu",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "head"),
    [("resnet18", "fc"), ("resnet9", "classifier.2"), ("lenet5", "classifier.5"),
     ("efficientnet_lite0", "classifier.3")],
)  # fmt: skip
def test_the_last_dense_layer_is_replaced_and_no_other(name, head):
    model = models.build(name)
    before = {n: tuple(w.shape) for n, w in model.named_parameters()}
    assert replace_head(model, 7) == head
    after = {n: tuple(w.shape) for n, w in model.named_parameters()}
    changed = {n for n in before if before[n] != after[n]}
    assert changed == {f"{head}.weight", f"{head}.bias"}
    assert after[f"{head}.weight"] == (7, before[f"{head}.weight"][1])


def test_the_seed_decides_the_new_weights_and_leaves_the_chance_of_others_alone():
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    first, again, other = (small_cnn() for _ in range(3))
    torch.manual_seed(5)
    replace_head(first, 4, seed=1)
    assert torch.equal(torch.rand(3), expected)
    replace_head(again, 4, seed=1)
    replace_head(other, 4, seed=2)
    assert torch.equal(first[-1].weight, again[-1].weight)
    assert not torch.equal(first[-1].weight, other[-1].weight)
    bound = 1 / 4**0.5  # as nn.Linear draws them, from four inputs
    assert bound / 2 < first[-1].weight.abs().max() <= bound


def test_the_new_layer_is_like_the_old_one_and_free():
    model = nn.Sequential(nn.Flatten(), nn.Linear(56, 2, bias=False)).double().eval()
    freeze(model)
    replace_head(model, 3)
    assert model[1].bias is None
    assert model[1].weight.dtype == torch.float64
    assert not model[1].training
    assert model[1].weight.requires_grad


@pytest.mark.parametrize("model", [nn.Sequential(nn.Conv2d(1, 2, 3)), nn.Linear(2, 2)], ids=str)
def test_a_model_without_a_dense_layer_inside_is_refused(model):
    with pytest.raises(ValueError, match=r"`model` must have a dense layer.*has none"):
        replace_head(model, 3)


@pytest.mark.parametrize(("count", "error"), [(0, ValueError), (2.5, TypeError)])
def test_a_senseless_number_of_classes_is_refused(count, error):
    with pytest.raises(error, match="`num_classes`"):
        replace_head(small_cnn(), count)


def after_one_step(**options):
    """A network after one step of plain descent, and before it, with its gradients."""
    model, twin, images = small_cnn(), small_cnn(), bars(10)
    fine_tune(model, images, seed=3, **ONE_STEP | options)
    replace_head(twin, 2, seed=3)
    loss = nn.functional.cross_entropy(
        twin(training.to_input(images.images)), torch.as_tensor(images.labels)
    )
    loss.backward()
    return model, twin


def test_one_step_moves_body_and_head_by_their_own_rates_times_the_gradient():
    model, twin = after_one_step(lr=0.01, head_lr=0.5)
    for layer, rate in ((0, 0.01), (4, 0.5)):
        for after, before in zip(model[layer].parameters(), twin[layer].parameters(), strict=True):
            assert before.grad.abs().max() > 0
            torch.testing.assert_close(after.data, before.data - rate * before.grad)


def with_norm():
    """Conv, norm, ReLU, means, dense: the norm knows means of 1 and variances of 4."""
    model = nn.Sequential(
        nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
        nn.Linear(4, 2),
    )  # fmt: skip
    nn.init.ones_(model[1].running_mean)
    nn.init.constant_(model[1].running_var, 4.0)
    return model


@pytest.mark.parametrize(("norms", "training"), [("keep", False), ("learn", True)])
def test_a_step_goes_through_the_norms_that_are_kept_or_through_those_of_the_batch(norms, training):
    torch.manual_seed(0)
    model = with_norm()
    twin, images = deepcopy(model).train(training), bars(10)
    fine_tune(model, images, new_head=False, norms=norms, lr=0.1, head_lr=0.1, **ONE_STEP)
    logits = twin(to_input(images.images))
    nn.functional.cross_entropy(logits, torch.as_tensor(images.labels)).backward()
    for after, before in zip(model.parameters(), twin.parameters(), strict=True):
        torch.testing.assert_close(after.data, before.data - 0.1 * before.grad)
    torch.testing.assert_close(model[1].running_mean, twin[1].running_mean)
    assert (model[1].running_mean == 1).all() != training


def test_another_way_with_batch_norms_is_refused():
    with pytest.raises(ValueError, match="`norms` must be 'keep' or 'learn'; received 'eval'"):
        fine_tune(small_cnn(), bars(10), norms="eval")


def test_until_freezes_what_comes_before():
    model, twin = after_one_step(until="0", head_lr=0.5)
    assert torch.equal(model[0].weight, twin[0].weight)
    torch.testing.assert_close(model[4].weight.data, twin[4].weight - 0.5 * twin[4].weight.grad)


def test_without_a_new_head_the_old_one_goes_on():
    model = small_cnn()
    before = model[4].weight.clone()
    fine_tune(model, bars(10), new_head=False, head_lr=1e-6, lr=1e-6, **ONE_STEP)
    torch.testing.assert_close(model[4].weight.data, before, atol=1e-4, rtol=0)
    assert not torch.equal(model[4].weight, before)


def test_at_equal_rates_it_is_plain_training():
    first, second = small_cnn(), small_cnn()
    options = {"epochs": 2, "batch_size": 20, "device": "cpu", "seed": 1}
    fine_tune(first, bars(60), bars(20, 1), new_head=False, lr=0.01, head_lr=0.01, **options)
    training.fit(second, bars(60), bars(20, 1), lr=0.01, **options)
    for one, other in zip(first.parameters(), second.parameters(), strict=True):
        torch.testing.assert_close(one, other)


@pytest.fixture(scope="module")
def trained():
    """What a network has learned that tells upright bars from flat ones."""
    model = small_cnn()
    training.fit(model, bars(), epochs=15, lr=0.03, batch_size=16, device="cpu")
    assert training.accuracy(model, bars(200, seed=2)) > 0.9
    return model.state_dict()


def four_kinds(n, seed):
    """The same bars in two shades, of which the network was told nothing: four classes."""
    images = bars(n, seed)
    dim = np.arange(n) // 2 % 2
    pixels = np.where(dim[:, None, None, None] == 1, images.images // 2, images.images)
    names = ("flat", "upright", "flat, dim", "upright, dim")
    return replace(images, images=pixels, labels=images.labels + 2 * dim, class_names=names)


def test_few_images_of_a_new_task_are_enough_after_the_old_one(trained):
    model = small_cnn()
    model.load_state_dict(trained)
    history = fine_tune(
        model, four_kinds(24, 7), lr=0.003, head_lr=0.03, epochs=60, batch_size=8, device="cpu"
    )
    assert len(history.rows) == 60
    assert model[-1].out_features == 4
    assert training.accuracy(model, four_kinds(200, 8)) > 0.7  # chance is a quarter


def test_with_a_frozen_body_the_features_are_those_of_before(trained):
    model = small_cnn()
    model.load_state_dict(trained)
    before = extract_features(model, "2", four_kinds(20, 1)).values
    fine_tune(model, four_kinds(40, 2), until="3", epochs=2, device="cpu")
    assert np.array_equal(extract_features(model, "2", four_kinds(20, 1)).values, before)


def test_a_killed_run_goes_on_as_if_nothing_had_happened(tmp_path):
    def stop(row):
        if row["epoch"] == 2:
            raise KeyboardInterrupt

    whole, resumed = small_cnn(), small_cnn()
    fine_tune(whole, bars(60), epochs=4, device="cpu")
    kept = {"checkpoint": tmp_path / "run.pt", "epochs": 4, "device": "cpu"}
    with pytest.raises(KeyboardInterrupt):
        fine_tune(resumed, bars(60), on_epoch=stop, **kept)
    fine_tune(resumed, bars(60), **kept)
    assert same_weights(whole, resumed)
