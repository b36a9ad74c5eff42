"""Predictions do not depend on how they are batched, nor change the model."""

import numpy as np
import torch
from torch import nn

from coursecnn import training
from coursecnn.data import ImageSet
from coursecnn.training import to_input


def images(n=7):
    pixels = np.random.default_rng(0).integers(0, 256, (n, 1, 4, 5), dtype=np.uint8)
    return ImageSet(pixels, np.arange(n) % 3, ("a", "b", "c"), "test", "noise")


def model():
    torch.manual_seed(0)
    return nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(20, 3))


def test_black_is_minus_one_and_white_is_one():
    assert to_input(np.array([0, 255], np.uint8)).tolist() == [-1.0, 1.0]


def test_probabilities_are_a_softmax_of_the_logits_in_evaluation_mode():
    net, test = model(), images()
    expected = net.eval()(torch.as_tensor(test.images) / 127.5 - 1).softmax(1)
    net.train()
    np.testing.assert_allclose(training.predict(net, test), expected.detach(), rtol=1e-4)
    assert net.training


def test_the_batch_size_does_not_matter():
    net, test = model(), images()
    whole = training.predict(net, test)
    np.testing.assert_allclose(training.predict(net, test, batch_size=2), whole, rtol=1e-5)
    np.testing.assert_allclose(training.predict(net, test.images), whole, rtol=1e-5)


def test_accuracy_is_the_share_of_right_answers():
    net, test = model(), images()
    right = training.predict(net, test).argmax(1) == test.labels
    assert training.accuracy(net, test) == right.sum() / 7


def test_seeds_run_in_order_and_decide_the_weights():
    table = training.seeds([4, 5, 4], lambda seed: {"first": torch.rand(1).item()})
    assert table["seed"].tolist() == [4, 5, 4]
    assert table["first"][0] == table["first"][2] != table["first"][1]
    assert (table["cpu_seconds"] >= 0).all()
