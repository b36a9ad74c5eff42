"""Filters are the weights, and feature maps are what the layers really put out."""

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal
from torch import nn

from coursecnn import data, models, ops
from coursecnn.explain import feature_maps, filters
from coursecnn.training import to_input


def test_filters_are_a_copy_of_the_weights():
    model = models.LeNet5()
    found = filters(model, "features.3")
    assert_array_equal(found, model.features[3].weight.detach())
    found[:] = 0
    assert model.features[3].weight.abs().sum() > 0
    assert_array_equal(filters(model, model.features[0]), model.features[0].weight.detach())


@pytest.mark.parametrize("layer", ["features.1", "classifier.1", "features"])
def test_a_layer_without_kernels_has_no_filters(layer):
    with pytest.raises(ValueError, match=r"`layer` must be a convolution.*\(K, C, kH, kW\); rec"):
        filters(models.LeNet5(), layer)


def test_the_maps_of_lenet_are_those_of_the_reference():
    """Layer by layer with the NumPy reference, from the bytes to the scores."""
    torch.manual_seed(0)
    model, images = models.LeNet5(padding=2).double(), data.mnist("test").images[:3]
    maps = feature_maps(model, images)
    weights = {name: value.detach().numpy() for name, value in model.named_parameters()}
    x = images / 127.5 - 1
    for name, step in {
        "features.0": lambda x: ops.conv2d(
            x, weights["features.0.weight"], weights["features.0.bias"], padding=2
        ),
        "features.1": ops.relu,
        "features.2": lambda x: ops.max_pool2d(x, 2),
        "features.3": lambda x: ops.conv2d(
            x, weights["features.3.weight"], weights["features.3.bias"]
        ),
        "features.4": ops.relu,
        "features.5": lambda x: ops.max_pool2d(x, 2),
        "classifier.0": lambda x: x.reshape(3, 400),
    }.items():
        x = step(x)
        assert_allclose(maps[name], x, rtol=1e-5, atol=1e-6, err_msg=name)  # bytes as float32
    assert_array_equal(maps["classifier.5"], model(to_input(images).double()).detach())
    names = [f"features.{k}" for k in range(6)] + [f"classifier.{k}" for k in range(6)]
    assert list(maps) == names


class Twice(nn.Module):
    """One activation for two places, one layer that is never called, and one in place."""

    def __init__(self):
        super().__init__()
        self.conv, self.relu, self.spare = nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Conv2d(2, 2, 1)
        self.in_place = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.in_place(self.conv(self.relu(x))) - 1)


def test_a_layer_that_is_called_again_and_one_that_works_in_place():
    torch.manual_seed(0)
    model, x = Twice(), torch.randn(1, 1, 5, 4)
    maps = feature_maps(model, x)
    assert list(maps) == ["relu", "conv", "in_place", "relu (2)"]
    assert_allclose(maps["relu"], x.relu())
    assert maps["conv"].min() < 0  # as it was before the activation overwrote it
    assert_array_equal(maps["in_place"], np.maximum(maps["conv"], 0))
    assert_array_equal(maps["relu (2)"], np.maximum(maps["in_place"] - 1, 0))


def test_layers_come_in_the_order_of_the_calls_and_inner_ones_may_be_asked_for():
    model, x = models.ResNet9(width=4), torch.zeros(1, 3, 16, 16)
    maps = feature_maps(model, x, ["classifier.2", "features.4"])  # the second holds others
    assert [*maps] == ["features.4", "classifier.2"]
    assert maps["features.4"].shape == (1, 8, 4, 4)


def test_a_single_name_is_a_layer_and_no_sequence_of_letters():
    x = torch.zeros(1, 1, 5, 4)
    assert [*feature_maps(Twice(), x, "conv")] == ["conv"]
    with pytest.raises(ValueError, match=r"`layers` must name a part of `model`; received 'con'"):
        feature_maps(Twice(), x, "con")


def test_what_the_model_does_not_call_is_told():
    with pytest.raises(ValueError, match="the model does not call spare in evaluation mode"):
        feature_maps(Twice(), torch.zeros(1, 1, 5, 4), ["conv", "spare"])
