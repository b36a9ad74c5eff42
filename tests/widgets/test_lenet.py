"""The trained network of the figures: what is stored, what it computes, how well it reads."""

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose
from vectors import lenet as with_torch

from coursecnn import data, evidence, training
from coursecnn.widgets import digits, lenet, stored


@pytest.fixture(scope="module")
def test_digits():
    """All test digits."""
    return data.mnist("test")


def test_a_weight_is_its_byte_times_the_scale_of_its_channel():
    kept = stored.read("lenet")
    for name, (weight, bias) in lenet.parameters().items():
        last = kept[f"{name}.weight"].reshape(len(bias), -1)[-1, -1]
        assert weight.reshape(len(bias), -1)[-1, -1] == last * kept[f"{name}.scale"][-1]
        assert np.abs(kept[f"{name}.weight"].reshape(len(bias), -1)).max(axis=1).min() == 127
    assert sum(w.size + b.size for w, b in lenet.parameters().values()) == 61_706


def test_the_stored_files_are_small():
    sizes = {
        name: (stored.FOLDER / f"{name}.stored.js").stat().st_size for name in ("lenet", "digits")
    }
    assert sizes["lenet"] <= 90_000
    assert sizes["digits"] <= 12_000


def test_units_of_an_empty_page_by_hand():
    maps = lenet.forward(np.zeros((28, 28)))
    (kernel,), bias = lenet.parameters()["C1"][0][4].astype(float), lenet.parameters()["C1"][1][4]
    # Ground is −1 and the frame around the image 0: in the corner, 3×3 of the 25 weights count.
    assert_allclose(maps["C1"][4, 9, 9], max(0, -kernel.sum() + bias), atol=1e-12)
    assert_allclose(maps["C1"][4, 0, 0], max(0, -kernel[2:, 2:].sum() + bias), atol=1e-12)
    assert_allclose(maps["C1"][4, 27, 13], max(0, -kernel[:3].sum() + bias), atol=1e-12)
    assert maps["S2"][4, 0, 0] == maps["C1"][4, :2, :2].max()


def test_every_map_equals_that_of_torch(test_digits):
    chosen = test_digits.images[::100]
    maps = lenet.forward(chosen[:, 0])
    inputs = torch.tensor(chosen, dtype=torch.float64) * 2 / 255 - 1
    expected = with_torch.maps_of(with_torch.network().double(), inputs)
    assert list(maps) == list(expected)
    for level, shape in lenet.LEVELS.items():
        assert maps[level].shape == (len(chosen), *shape)
        assert_allclose(maps[level].reshape(len(chosen), -1), expected[level], atol=1e-9)


def test_one_image_gives_what_it_gives_among_others(test_digits):
    chosen = test_digits.images[:3, 0]
    one, several = lenet.forward(chosen[1]), lenet.forward(chosen)
    for level, shape in lenet.LEVELS.items():
        assert one[level].shape == shape
        assert_allclose(one[level], several[level][1], atol=1e-12)
    assert_allclose(lenet.probabilities(several)[1], lenet.probabilities(one), atol=1e-12)
    assert_allclose(lenet.probabilities(several).sum(axis=1), 1)


def test_a_digit_four_pixels_lower_moves_the_late_maps_by_one_cell(test_digits):
    digit = np.zeros((28, 28))
    digit[8:18, 8:18] = test_digits.images[3, 0, 9:19, 9:19]
    late = lenet.forward(digit)["S4"], lenet.forward(np.roll(digit, 4, axis=0))["S4"]
    # A field of 16 pixels that moves by 4: cells 1 to 3 never see the border of 28 pixels.
    assert_allclose(late[1][:, 2:4, 1:4], late[0][:, 1:3, 1:4], atol=1e-12)


@pytest.mark.parametrize(
    ("level", "place", "expected"),
    [
        ("input", (3, 4), [(3, 3), (4, 4)]),
        ("C1", (0, 14), [(0, 2), (14 - 2, 14 + 2)]),
        ("S2", (0, 7), [(0, 1 + 2), (14 - 2, 15 + 2)]),
        ("S4", (1, 4), [(4 - 2, 4 - 2 + 15), (16 - 2, 27)]),
        ("F6", (0, 0), [(0, 27), (0, 27)]),
    ],
)
def test_fields_by_hand(level, place, expected):
    assert lenet.field(level, place) == expected


def test_the_accuracy_that_is_stated_is_that_of_the_stored_weights(test_digits):
    table = evidence.load("lenet_in_the_page").set_index("arm")
    read = np.concatenate([
        lenet.probabilities(lenet.forward(part)).argmax(axis=1)
        for part in np.array_split(test_digits.images[:, 0], 8)
    ])  # fmt: skip
    assert (read == test_digits.labels).mean() == table["test_accuracy"]["bytes"]
    assert abs(table["test_accuracy"]["bytes"] - table["test_accuracy"]["float32"]) <= 0.001
    assert table["same_class"]["bytes"] >= 0.999


def test_the_twenty_digits_are_test_digits_two_of_each_class(test_digits):
    images, labels = digits.digits()
    assert labels.tolist() == [*range(10), *range(10)]
    known = {
        image.tobytes(): label
        for image, label in zip(test_digits.images, test_digits.labels, strict=True)
    }
    assert [known[image.tobytes()] for image in images] == labels.tolist()
    assert len({image.tobytes() for image in images}) == 20
    learned = {image.tobytes() for image in data.mnist("train").images}
    assert not learned & {image.tobytes() for image in images}


def test_the_second_digit_of_a_class_is_the_one_of_the_others_that_is_read_worst(test_digits):
    images, labels = digits.digits()
    truth = lenet.probabilities(lenet.forward(images))[np.arange(20), labels]
    everything = training.predict(with_torch.network(), test_digits)
    for label in range(10):
        own = test_digits.labels == label
        assert_allclose(everything[own][1:, label].min(), truth[10 + label], atol=1e-4)
        assert_allclose(everything[own][0, label], truth[label], atol=1e-4)
