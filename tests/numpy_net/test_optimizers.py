"""Optimizers and schedules: by hand, and step by step beside torch's."""

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose

from coursecnn.numpy_net import SGD, Adam, Layer, Momentum
from coursecnn.numpy_net.schedules import SCHEDULES

PAIRS = [
    (SGD, {"lr": 0.1}, torch.optim.SGD, {}),
    (SGD, {}, torch.optim.SGD, {"lr": 0.01}),
    (Momentum, {"lr": 0.1, "momentum": 0.8}, torch.optim.SGD, {}),
    (Momentum, {}, torch.optim.SGD, {"lr": 0.01, "momentum": 0.9}),
    (Adam, {"lr": 0.1, "betas": (0.7, 0.9)}, torch.optim.Adam, {}),
    (Adam, {"lr": 0.1, "eps": 0.5}, torch.optim.Adam, {}),
    (Adam, {}, torch.optim.Adam, {}),
]


class Point(Layer):
    """Two parameters and their gradients."""

    def __init__(self, a, b):
        super().__init__()
        self.parameters = {"a": a, "b": b}


def point(a, b):
    return Point(np.array([a]), np.array([b]))


def test_two_steps_by_hand():
    net = point(5.0, 7.0)
    momentum = Momentum(0.1, momentum=0.5)
    for grad in (2.0, 4.0):
        net.gradients = {"a": np.array([grad]), "b": np.array([0.0])}
        momentum.step(net)
    assert_allclose(net.parameters["a"], 5 - 0.1 * 2 - 0.1 * (0.5 * 2 + 4))
    assert net.parameters["b"] == 7


def test_the_first_step_of_adam_is_the_learning_rate_whatever_the_gradient():
    net = point(5.0, 7.0)
    net.gradients = {"a": np.array([1e-3]), "b": np.array([-1e3])}
    Adam(0.1).step(net)
    assert_allclose([net.parameters["a"], net.parameters["b"]], [[5 - 0.1], [7 + 0.1]], rtol=1e-5)


@pytest.mark.parametrize(("ours", "options", "theirs", "defaults"), PAIRS)
def test_five_steps_agree_with_torch(rng, ours, options, theirs, defaults):
    net = Point(rng.normal(size=(3, 4)), rng.normal(size=5))
    tensors = {name: torch.tensor(array) for name, array in net.parameters.items()}
    rule, optimizer = ours(**options), theirs(tensors.values(), **options | defaults)
    kept = dict(net.parameters)
    for _ in range(5):
        net.gradients = {name: rng.normal(size=a.shape) for name, a in net.parameters.items()}
        for name, tensor in tensors.items():
            tensor.grad = torch.tensor(net.gradients[name])
        rule.step(net)
        optimizer.step()
        for name, tensor in tensors.items():
            assert_allclose(net.parameters[name], tensor, rtol=1e-10)
    assert all(net.parameters[name] is array for name, array in kept.items())  # in place


def test_float32_parameters_stay_float32():
    net = Point(np.ones(2, np.float32), np.ones(2, np.float32))
    net.gradients = {name: np.ones(2, np.float32) for name in "ab"}
    for optimizer in (SGD(), Momentum(), Adam()):
        optimizer.step(net)
        assert optimizer.direction("a", net.gradients["a"]).dtype == np.float32


def test_schedules_run_from_their_start_over_their_peak_to_their_end():
    rates = {name: [f(p) for p in (0, 0.15, 0.3, 0.65, 1)] for name, f in SCHEDULES.items()}
    assert rates["constant"] == [1] * 5
    assert_allclose([SCHEDULES["cosine"](p) for p in (0, 1 / 3, 1 / 2, 1)], [1, 3 / 4, 1 / 2, 0])
    assert_allclose(rates["one_cycle"], [1 / 25, (1 + 1 / 25) / 2, 1, 1 / 2, 0], atol=1e-15)


def test_one_cycle_agrees_with_torch():
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    steps = 101
    theirs = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=1.0, total_steps=steps)
    for step in range(steps - 1):
        expected = optimizer.param_groups[0]["lr"]
        # torch peaks one step early, and ends a little above zero
        assert_allclose(SCHEDULES["one_cycle"](step / steps), expected, atol=0.04)
        optimizer.step()
        theirs.step()
