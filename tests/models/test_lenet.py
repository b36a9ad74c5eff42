"""LeNet-5 has the sizes of its paper."""

import pytest
import torch
from torch import nn

from coursecnn import shapes
from coursecnn.models import LeNet5, build

BY_HAND = (
    (5 * 5 * 1 * 6 + 6)
    + (5 * 5 * 6 * 16 + 16)
    + (400 * 120 + 120)
    + (120 * 84 + 84)
    + (84 * 10 + 10)
)


def parameters(model):
    return sum(weight.numel() for weight in model.parameters())


def test_lenet5_has_61706_parameters_counted_in_three_ways():
    by_shapes = (
        shapes.conv_parameters(1, 6, 5)
        + shapes.conv_parameters(6, 16, 5)
        + sum(shapes.linear_parameters(*sizes) for sizes in [(400, 120), (120, 84), (84, 10)])
    )
    assert BY_HAND == by_shapes == parameters(LeNet5()) == 61_706


@pytest.mark.parametrize(("padding", "size"), [(0, 32), (2, 28)])
def test_both_sizes_of_digits_end_in_the_same_maps(padding, size):
    model = LeNet5(padding=padding)
    assert model.features(torch.zeros(2, 1, size, size)).shape == (2, 16, 5, 5)
    assert model(torch.zeros(2, 1, size, size)).shape == (2, 10)


def test_padding_is_the_same_as_a_larger_image_with_a_frame_of_zeros():
    padded, plain = LeNet5(padding=2), LeNet5()
    plain.load_state_dict(padded.state_dict())
    digit = torch.rand(1, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(padded(digit), plain(nn.functional.pad(digit, (2, 2, 2, 2))))


def test_activation_and_pooling_can_be_those_of_1998():
    model = build("lenet5", activation=nn.Tanh, pooling=nn.AvgPool2d)
    kinds = {type(layer) for layer in model.modules()}
    assert {nn.Tanh, nn.AvgPool2d} < kinds
    assert not {nn.ReLU, nn.MaxPool2d} & kinds
    assert parameters(model) == BY_HAND


def test_the_number_of_classes_changes_the_last_layer_only():
    assert parameters(build("lenet5", num_classes=7)) == BY_HAND - 3 * (84 + 1)
