"""Dense layers in a row: sizes, first weights and activations are those that were asked for."""

import pytest
import torch
from torch import nn

from coursecnn.models import count_parameters, deep_mlp


def test_layers_and_activations_take_turns():
    model = deep_mlp((64, 32, 16, 10), nn.Tanh)
    assert [type(layer) for layer in model] == [nn.Linear, nn.Tanh, nn.Linear, nn.Tanh, nn.Linear]
    assert count_parameters(model) == 64 * 32 + 32 + 32 * 16 + 16 + 16 * 10 + 10
    assert model(torch.zeros(3, 64)).shape == (3, 10)


def test_weights_are_filled_by_the_rule_and_biases_begin_at_zero():
    model = deep_mlp((3, 4, 5), init=nn.init.ones_)
    assert all(torch.equal(p, torch.full_like(p, float(p.ndim == 2))) for p in model.parameters())


def test_by_default_the_weights_follow_the_rule_of_he():
    torch.manual_seed(0)
    first = deep_mlp((400, 300, 2))[0]
    assert first.weight.var().item() * 400 == pytest.approx(2, rel=0.03)


def test_a_network_needs_an_input_and_an_output():
    with pytest.raises(ValueError, match="at least 2 sizes; received 1"):
        deep_mlp((8,))
