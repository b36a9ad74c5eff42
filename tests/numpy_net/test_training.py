"""Training without a framework: it learns, repeats itself, and says what is wrong."""

import subprocess
import sys

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from coursecnn import data
from coursecnn.data import ImageSet
from coursecnn.numpy_net import (
    SGD,
    Adam,
    BatchNorm2d,
    Dropout,
    Flatten,
    Linear,
    Sequential,
    evaluate,
    fit,
    lenet5,
    predict,
    to_input,
)


def bars(count, seed=0):
    """Images of 4×6 pixels with a bright left or a bright right half, in noise."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 2
    images = rng.integers(0, 100, (count, 1, 4, 6))
    images[labels == 0, :, :, :3] += 100
    images[labels == 1, :, :, 3:] += 100
    return ImageSet(images.astype(np.uint8), labels, ("left", "right"), "train", "drawn")


def small(seed=0):
    return Sequential(Flatten(), Linear(24, 2, rng=np.random.default_rng(seed)))


def test_bytes_become_numbers_between_minus_one_and_one():
    out = to_input(np.array([[[[0, 255]]]], np.uint8))
    assert (out.tolist(), out.dtype) == ([[[[-1, 1]]]], np.float32)
    assert_allclose(to_input(np.uint8([51])), [2 * 51 / 255 - 1], rtol=1e-6)


def test_a_small_network_learns_to_tell_left_from_right():
    net, train, test = small(), bars(101), bars(50, seed=1)
    before = evaluate(net, test)
    rows = fit(net, train, test, optimizer=SGD(0.02), epochs=5, batch_size=10)
    assert [row["epoch"] for row in rows] == [1, 2, 3, 4, 5]
    losses = [row["train_loss"] for row in rows]
    assert losses == sorted(losses, reverse=True)
    after = evaluate(net, test)
    assert after["accuracy"] == rows[-1]["val_accuracy"] == 1 > before["accuracy"]
    assert after["loss"] == rows[-1]["val_loss"] < before["loss"] / 2


def test_the_loss_of_an_epoch_is_the_mean_over_its_images():
    net, train = small(), bars(23)
    expected = evaluate(net, train)["loss"]
    rows = fit(net, train, optimizer=SGD(0.0), epochs=1, batch_size=5)
    assert_allclose(rows[0]["train_loss"], expected, rtol=1e-6)
    assert list(rows[0]) == ["epoch", "train_loss"]


def test_one_step_of_one_batch_is_one_step_of_gradient_descent():
    net, train = small(), bars(8)
    before = net.state()
    fit(net, train, optimizer=SGD(0.5), epochs=1, batch_size=8)
    for name, grad in net.gradients.items():
        assert_allclose(net.parameters[name], before[name] - 0.5 * grad, rtol=1e-6)
        assert grad.any()


def test_the_same_seed_repeats_itself_and_another_deals_other_batches():
    nets = [small() for _ in range(3)]
    for net, seed in zip(nets, (1, 1, 2), strict=True):
        fit(net, bars(30), optimizer=Adam(0.01), epochs=2, batch_size=8, seed=seed)
    one, two, other = (net.state()["1.weight"] for net in nets)
    assert_array_equal(one, two)
    assert (one != other).any()


def test_every_image_is_seen_once_an_epoch():
    seen = []

    class Spy(Sequential):
        def forward(self, x):
            seen.append(x)
            return super().forward(x)

    train = bars(23)
    net = Spy(Flatten(), Linear(24, 2, rng=np.random.default_rng(0)))
    fit(net, train, optimizer=SGD(), epochs=2, batch_size=5)
    sizes = [len(x) for x in seen]
    assert sizes == [5, 5, 5, 5, 3] * 2
    first, second = np.concatenate(seen[:5]), np.concatenate(seen[5:])
    assert (first != second).any()
    for epoch in (first, second):
        rows = sorted(image.tobytes() for image in epoch)
        assert rows == sorted(image.tobytes() for image in to_input(train.images))


def test_the_schedule_sets_the_rate_of_every_step_and_restores_it():
    rates = []

    class Spy(SGD):
        def step(self, net):
            rates.append(self.lr)
            super().step(net)

    optimizer = Spy(0.1)
    fit(small(), bars(20), optimizer=optimizer, epochs=2, batch_size=10, schedule="cosine")
    assert_allclose(rates, [0.1 * (1 + np.cos(np.pi * p)) / 2 for p in (0, 0.25, 0.5, 0.75)])
    assert optimizer.lr == 0.1


def test_layers_know_whether_they_are_trained_or_tested():
    rng = np.random.default_rng(0)
    net = Sequential(BatchNorm2d(1), Flatten(), Dropout(0.5, rng=rng), Linear(24, 2, rng=rng))
    fit(net, bars(20), bars(6), optimizer=SGD(), epochs=2, batch_size=10)
    assert net.buffers["0.num_batches_tracked"] == 4  # none for those that were only measured on
    assert not net.training
    images = bars(7).images
    assert_allclose(predict(net, images, batch_size=2), predict(net, images), rtol=1e-5)
    assert predict(net, images).shape == (7, 2)


def test_lenet_learns_to_read_digits():
    net, train = lenet5(rng=np.random.default_rng(0)), data.mnist("train").subset(1500)
    fit(net, train, optimizer=Adam(0.01), epochs=3, batch_size=32, schedule="one_cycle")
    assert evaluate(net, data.mnist("test").subset(500))["accuracy"] > 0.93  # chance is 0.1


def test_nothing_of_it_needs_torch():
    code = """
import sys
sys.modules["torch"] = None
import numpy as np
from coursecnn import data
from coursecnn.numpy_net import Adam, fit, lenet5
digits = data.mnist("val").subset(20)
print(fit(lenet5(rng=np.random.default_rng(0)), digits, optimizer=Adam(), epochs=1))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "train_loss" in run.stdout, run.stderr


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"train": bars(0)}, "`train` has no images"),
        ({"epochs": 0}, "`epochs` must be at least 1, not 0"),
        ({"batch_size": 0}, "`batch_size` must be at least 1, not 0"),
        ({"schedule": "steps"}, "`schedule` must be one of constant, cosine, one_cycle, not"),
    ],
)
def test_what_cannot_be_trained_is_named(change, message):
    arguments = {"net": small(), "train": bars(4), "optimizer": SGD()} | change
    with pytest.raises(ValueError, match=message):
        fit(**arguments)


@pytest.mark.filterwarnings("ignore:overflow:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_a_loss_that_explodes_stops_the_training():
    with pytest.raises(FloatingPointError, match="in epoch 1; lower the `lr`"):
        fit(small(), bars(40), optimizer=SGD(1e39), epochs=5, batch_size=10)
