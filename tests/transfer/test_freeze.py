"""What is frozen stays as it is, to the last bit, and the rest learns as if it stood alone."""

from copy import deepcopy

import pytest
import torch
from tiny import bars, small_cnn
from torch import nn

from coursecnn import models, training
from coursecnn.training import CheckpointError
from coursecnn.transfer import WeightCounts, freeze, unfreeze


def cnn():
    """Convolution and batch norm, twice, and a dense layer."""
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU()),
        nn.Sequential(nn.Conv2d(4, 3, 3), nn.BatchNorm2d(3), nn.ReLU()),
        nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(3, 2),
    )  # fmt: skip


FIRST = 4 * 9 + 4 + 4 + 4  # weights and biases of the kernels, scales and shifts of the norm
SECOND = 3 * 4 * 9 + 3 + 3 + 3
DENSE = 2 * 3 + 2


@pytest.mark.parametrize(
    ("until", "frozen"),
    [("0", FIRST), ("0.0", 4 * 9 + 4), ("1.0", FIRST + 3 * 4 * 9 + 3), ("1", FIRST + SECOND),
     ("3", FIRST + SECOND), ("4", FIRST + SECOND + DENSE), (None, FIRST + SECOND + DENSE)],
)  # fmt: skip
def test_the_counts_are_those_of_the_layers(until, frozen):
    total = FIRST + SECOND + DENSE
    assert freeze(cnn(), until) == WeightCounts(frozen, total - frozen)


def fit(model, **options):
    settings = {"epochs": 2, "batch_size": 20, "lr": 0.05, "weight_decay": 0.1, "device": "cpu"}
    return training.fit(model, bars(60), bars(20, 1), **settings | options)


def same(first, second, part):
    """Which weights and statistics below a name are equal, bit for bit."""
    one, other = first.state_dict(), second.state_dict()
    return [torch.equal(one[name], other[name]) for name in one if name.startswith(f"{part}.")]


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam", "adamw"])
def test_training_moves_nothing_that_is_frozen(optimizer):
    model, before = cnn(), cnn()
    freeze(model, until="0")
    fit(model, optimizer=optimizer)
    assert all(same(model, before, "0"))
    assert not any(same(model, before, "1"))
    assert not any(same(model, before, "4"))


def test_without_it_the_statistics_of_batch_norm_move_though_the_weights_cannot():
    model, before = cnn(), cnn()
    model[0].requires_grad_(False)
    fit(model)
    moved = {
        name for name in before.state_dict() if not torch.equal(before.state_dict()[name],
                                                                model.state_dict()[name])
        and name.startswith("0.")
    }  # fmt: skip
    assert moved == {"0.1.running_mean", "0.1.running_var", "0.1.num_batches_tracked"}


def test_frozen_layers_put_out_the_same_in_both_modes():
    model, images = cnn(), torch.rand(5, 1, 8, 7)
    model[0][1].running_mean.data += 0.1
    freeze(model, until="0")
    assert torch.equal(model.train()[0](images), model.eval()[0](images))
    assert not torch.equal(model.train()[1](model[0](images)), model.eval()[1](model[0](images)))


def test_the_gradients_of_the_rest_are_those_of_autograd_without_freezing():
    frozen, whole, images = cnn(), cnn(), torch.rand(6, 1, 8, 7)
    freeze(frozen, until="0")
    whole[0].eval()
    for model in (frozen.train(), whole):
        model(images).square().sum().backward()
    for name, weight in whole.named_parameters():
        found = frozen.get_parameter(name).grad
        assert found is None if name.startswith("0.") else torch.equal(found, weight.grad)


def test_a_module_may_stand_for_its_name_and_freezing_twice_is_freezing_once():
    model = cnn()
    once = freeze(model, model[1][0])
    assert freeze(model, "1.0") == once
    assert len(model[0][1]._forward_pre_hooks) == 1


def test_freezing_adds_up_and_unfreezing_ends_it():
    model, before = cnn(), cnn()
    freeze(model, "1")
    freeze(model, "0")
    assert not any(weight.requires_grad for weight in model[1].parameters())
    assert unfreeze(model) == WeightCounts(0, FIRST + SECOND + DENSE)
    fit(model)
    assert not any(same(model, before, "0"))


def test_after_unfreezing_batch_norm_has_the_mode_of_the_model():
    model = cnn()
    freeze(model)
    model.train()(torch.rand(2, 1, 8, 7))
    assert not model[0][1].training
    unfreeze(model)
    assert model[0][1].training


def test_a_copy_is_frozen_too_and_lets_its_original_alone():
    model = cnn()
    freeze(model, "0")
    copy = deepcopy(model)
    unfreeze(model)
    fit(copy)
    assert all(same(copy, cnn(), "0"))
    assert model[0][0].weight.requires_grad


def test_gradients_of_before_are_forgotten():
    model = cnn()
    model(torch.rand(2, 1, 8, 7)).sum().backward()
    freeze(model, "0")
    assert model[0][0].weight.grad is None
    assert model[4].weight.grad is not None


def test_a_run_goes_on_only_with_the_same_layers_frozen(tmp_path):
    whole, resumed, other = (cnn() for _ in range(3))
    for model in (whole, resumed):
        freeze(model, "0")
    fit(whole, epochs=3)

    def stop(row):
        if row["epoch"] == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit(resumed, epochs=3, checkpoint=tmp_path / "run.pt", on_epoch=stop)
    with pytest.raises(CheckpointError, match=r"another run: `frozen` was \['0.0.weight'.* None"):
        fit(other, epochs=3, checkpoint=tmp_path / "run.pt")
    fit(resumed, epochs=3, checkpoint=tmp_path / "run.pt")
    assert all(same(whole, resumed, "0") + same(whole, resumed, "1") + same(whole, resumed, "4"))


def test_where_all_is_frozen_there_is_nothing_to_train():
    model = small_cnn()
    freeze(model)
    with pytest.raises(ValueError, match=r"`model` has no weight that is free.*transfer\.unfreeze"):
        fit(model)


def test_an_unknown_module_is_refused():
    with pytest.raises(ValueError, match=r"`until` must name a part of `model`; received '0.3'"):
        freeze(cnn(), "0.3")


def test_a_block_of_a_pretrained_network_is_frozen_with_all_that_is_inside_it():
    model = models.build("efficientnet_lite0")
    counts = freeze(model, until="features.17")  # the last bottleneck
    rest = [*model.features[18:].parameters(), *model.classifier.parameters()]
    assert counts.free == sum(weight.numel() for weight in rest) == 320 * 1280 + 2 * 1280 + 1281_000
    assert sum(counts) == models.count_parameters(model)
