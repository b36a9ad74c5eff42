"""Layers and networks of NumPy: the same numbers as torch's, forward and backward."""

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal
from oracles import assert_agrees_with_differences
from torch import nn

from coursecnn import numpy_net
from coursecnn.models import LeNet5
from coursecnn.numpy_net import (
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Dropout,
    Flatten,
    GlobalAvgPool2d,
    Layer,
    Linear,
    MaxPool2d,
    ReLU,
    Sequential,
    Sigmoid,
    Tanh,
    lenet5,
)


def torch_state(net):
    """The arrays of a network, as torch takes them."""
    return {name: torch.tensor(array) for name, array in net.state().items()}


def twins(rng):
    """One network, in NumPy and in torch, with every kind of layer that has a twin."""
    ours = Sequential(
        Conv2d(2, 4, (3, 2), padding=1, groups=2, rng=rng), BatchNorm2d(4), ReLU(), MaxPool2d(2),
        Conv2d(4, 3, 2, stride=(1, 2), bias=False, rng=rng), Tanh(), AvgPool2d(2, stride=1),
        Flatten(), Linear(12, 5, rng=rng), Sigmoid(), Linear(5, 3, bias=False, rng=rng),
    )  # fmt: skip
    theirs = nn.Sequential(
        nn.Conv2d(2, 4, (3, 2), padding=1, groups=2), nn.BatchNorm2d(4), nn.ReLU(),
        nn.MaxPool2d(2), nn.Conv2d(4, 3, 2, stride=(1, 2), bias=False), nn.Tanh(),
        nn.AvgPool2d(2, stride=1), nn.Flatten(), nn.Linear(12, 5), nn.Sigmoid(),
        nn.Linear(5, 3, bias=False),
    )  # fmt: skip
    theirs.load_state_dict(torch_state(ours))
    return ours, theirs


def assert_same_step(ours, theirs, rng):
    """One forward and one backward give the same output and the same gradients."""
    x = rng.normal(size=(6, 2, 9, 14)).astype(np.float32)
    tensor = torch.tensor(x, requires_grad=True)
    expected = theirs(tensor)
    grad = rng.normal(size=tuple(expected.shape)).astype(np.float32)
    expected.backward(torch.tensor(grad))
    assert_allclose(ours.forward(x), expected.detach(), rtol=1e-4, atol=1e-5)
    assert_allclose(ours.backward(grad), tensor.grad, rtol=1e-4, atol=1e-5)
    assert list(ours.gradients) == [name for name, _ in theirs.named_parameters()]
    for name, parameter in theirs.named_parameters():
        assert_allclose(ours.gradients[name], parameter.grad, rtol=1e-3, atol=1e-5, err_msg=name)


@pytest.mark.parametrize("training", [True, False])
def test_a_network_and_its_gradients_agree_with_torch(rng, training):
    ours, theirs = twins(rng)
    for _ in range(3):  # so that the remembered statistics differ from the first ones
        x = rng.normal(3, 2, size=(6, 2, 9, 14)).astype(np.float32)
        ours.forward(x), theirs(torch.tensor(x))
    ours.train(training), theirs.train(training)
    assert_same_step(ours, theirs, rng)
    state = theirs.state_dict()
    assert list(ours.state().keys() - state.keys()) == []
    for name, array in ours.state().items():
        assert_allclose(array, state[name], rtol=1e-4, atol=1e-6, err_msg=name)


def test_a_network_takes_what_torch_gives(rng):
    ours, theirs = twins(rng)
    with torch.no_grad():
        for parameter in theirs.parameters():
            parameter += 0.1
    ours.load(theirs.state_dict())
    assert_same_step(ours, theirs, rng)


@pytest.mark.parametrize("activation", ["ReLU", "Tanh"])
@pytest.mark.parametrize("pooling", ["MaxPool2d", "AvgPool2d"])
def test_lenet_is_that_of_torch(rng, activation, pooling):
    names = {"activation": activation, "pooling": pooling}
    ours = lenet5(rng=rng, **{k: getattr(numpy_net, name) for k, name in names.items()})
    theirs = LeNet5(padding=2, **{k: getattr(nn, name) for k, name in names.items()})
    theirs.load_state_dict(torch_state(ours))
    x = rng.normal(size=(2, 1, 28, 28)).astype(np.float32)
    expected = theirs(torch.tensor(x))
    assert_allclose(ours.forward(x), expected.detach(), rtol=1e-4, atol=1e-5)
    expected.backward(torch.ones_like(expected))
    assert ours.backward(np.ones((2, 10), np.float32)) is None  # nobody needs that of the pixels
    for name, parameter in theirs.named_parameters():
        assert_allclose(ours.gradients[name], parameter.grad, rtol=1e-3, atol=1e-4, err_msg=name)
    assert sum(array.size for array in ours.parameters.values()) == 61_706


def test_lenet_reads_the_larger_images_of_the_paper_too(rng):
    net = lenet5(7, padding=0, rng=rng)
    assert net.forward(np.zeros((2, 1, 32, 32), np.float32)).shape == (2, 7)


def test_a_global_mean_replaces_the_dense_layers(rng):
    net = Sequential(Conv2d(1, 3, 3, rng=rng), GlobalAvgPool2d())
    x = rng.normal(size=(2, 1, 5, 6))
    assert_allclose(net.forward(x), net.layers["0"].forward(x).mean(axis=(2, 3)))
    assert_agrees_with_differences(
        lambda x: net.forward(x), lambda g, x: (net.forward(x), net.backward(g))[1:], [x], rng
    )


def test_first_weights_are_spread_as_torch_spreads_them():
    ours = Conv2d(4, 400, (3, 5), rng=np.random.default_rng(1)).parameters
    bound = 1 / np.sqrt(4 * 3 * 5)
    for array in ours.values():
        assert array.dtype == np.float32
        assert 0.97 * bound < array.max() <= bound
        assert -bound <= array.min() < -0.97 * bound
        assert abs(array.mean()) < 0.1 * bound
    theirs = nn.Conv2d(4, 400, (3, 5))
    assert_allclose(ours["weight"].std(), theirs.weight.std().item(), rtol=0.05)


def test_the_same_seed_draws_the_same_network():
    one, two, other = (lenet5(rng=np.random.default_rng(seed)).state() for seed in (1, 1, 2))
    for name in one:
        assert_array_equal(one[name], two[name])
        assert (one[name] != other[name]).any()


def test_dropout_silences_while_training_only(rng):
    layer, x = Dropout(0.5, rng=rng), np.ones((50, 40), np.float32)
    first, second = layer.forward(x), layer.forward(x)
    assert set(np.unique(first)) == {0, 2}
    assert (first != second).any()
    assert_array_equal(layer.backward(x), second)
    layer.train(False)
    assert layer.forward(x) is x
    assert layer.backward(x) is x


def test_a_chain_tells_all_its_layers_whether_they_are_trained(rng):
    net = Sequential(Sequential(Dropout(rng=rng)), ReLU())
    net.train(False)
    assert not net.layers["0"].layers["0"].training
    net.train()
    assert net.layers["0"].layers["0"].training


def test_a_state_is_a_copy(rng):
    net = Sequential(Linear(2, 3, rng=rng))
    state = net.state()
    state["0.weight"][:] = 0
    assert net.parameters["0.weight"].all()
    net.load(state)
    assert not net.layers["0"].parameters["weight"].any()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"1.weight": np.ones(2)}, r"missing are \[\], not known \['1.weight'\]"),
        ({"0.bias": None}, r"missing are \['0.bias'\], not known \[\]"),
        ({"0.weight": np.ones((2, 3))}, r"'0.weight' must have shape \(3, 2\), not \(2, 3\)"),
    ],
)
def test_a_state_that_does_not_fit_is_named_and_changes_nothing(rng, change, message):
    net = Sequential(Linear(2, 3, rng=rng))
    before = net.state()
    state = {name: array + 1 for name, array in before.items()} | change
    with pytest.raises(ValueError, match=message):
        net.load({name: array for name, array in state.items() if array is not None})
    for name, array in net.state().items():
        assert_array_equal(array, before[name])


def test_layers_that_cannot_be_are_named(rng):
    with pytest.raises(ValueError, match=r"`groups` \(=3\) must divide `in_channels` \(=4\)"):
        Conv2d(4, 6, 3, groups=3, rng=rng)
    with pytest.raises(ValueError, match=r"`out_channels` \(=5\)"):
        Conv2d(4, 5, 3, groups=2, rng=rng)
    with pytest.raises(ValueError, match="`kernel_size` must be at least 1, not 0"):
        Conv2d(4, 6, (3, 0), rng=rng)
    with pytest.raises(ValueError, match="`out_features` must be at least 1, not 0"):
        Linear(3, 0, rng=rng)
    with pytest.raises(ValueError, match="`num_features` must be at least 1, not 0"):
        BatchNorm2d(0)
    with pytest.raises(NotImplementedError):
        Layer().forward(1)
    with pytest.raises(NotImplementedError):
        Layer().backward(1)
