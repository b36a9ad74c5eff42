"""Features are what a layer puts out, for each image one row, and looking changes nothing."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal
from tiny import bars, small_cnn
from torch import nn

from coursecnn import data, models, training, transfer
from coursecnn.data import ImageSet, VideoSet
from coursecnn.transfer import Features, extract_features, resize


def two_images():
    """Two images of 2×3 in which every pixel is −1 or 1 for the network."""
    images = np.uint8([[[[255, 0, 0], [0, 0, 0]]], [[[255, 255, 0], [255, 255, 0]]]])
    return ImageSet(images, np.array([1, 0]), ("even", "odd"), "train", "by hand")


def two_layers():
    """Two maps, x ↦ 2x + 1 and x ↦ −3x, and two dense units that read their six pixels."""
    model = nn.Sequential(nn.Conv2d(1, 2, 1), nn.Flatten(), nn.Linear(12, 2, bias=False))
    model[0].weight.data = torch.tensor([2.0, -3.0]).reshape(2, 1, 1, 1)
    model[0].bias.data = torch.tensor([1.0, 0.0])
    model[2].weight.data = torch.tensor([[1.0] * 6 + [0.0] * 6, [0.0] * 6 + [1.0] * 6])
    return model


@pytest.mark.parametrize(
    ("pool", "expected"),
    [
        ("mean", [[2 * (1 - 5) / 6 + 1, -3 * (1 - 5) / 6], [2 * (4 - 2) / 6 + 1, -3 * 2 / 6]]),
        ("max", [[2 * 1 + 1, -3 * -1], [2 * 1 + 1, -3 * -1]]),
        (None, [[3, -1, -1, -1, -1, -1, -3, 3, 3, 3, 3, 3],
                [3, 3, -1, 3, 3, -1, -3, -3, 3, -3, -3, 3]]),
    ],
)  # fmt: skip
def test_two_known_maps_are_pooled_or_laid_out_as_by_hand(pool, expected):
    features = extract_features(two_layers(), "0", two_images(), pool=pool)
    assert_allclose(features.values, expected, rtol=1e-6)
    assert features.values.dtype == np.float32
    assert_array_equal(features.labels, [1, 0])
    assert features.class_names == ("even", "odd")


def test_what_a_dense_layer_puts_out_is_taken_as_it_is():
    features = extract_features(two_layers(), "2", two_images())
    assert_allclose(features.values, [[2 * -4 + 6 * 1, -3 * -4], [2 * 2 + 6 * 1, -3 * 2]])


@pytest.fixture(scope="module")
def lenet():
    torch.manual_seed(3)
    return models.build("lenet5", padding=2).eval()


@pytest.mark.parametrize(
    ("layer", "pool", "by_hand"),
    [
        ("features", None, lambda net, x: net.features(x).flatten(1)),
        ("features", "mean", lambda net, x: net.features(x).mean((2, 3))),
        ("features", "max", lambda net, x: net.features(x).amax((2, 3))),
        ("classifier.1", "mean", lambda net, x: net.classifier[1](net.features(x).flatten(1))),
        ("classifier", "mean", lambda net, x: net(x)),
    ],
)
def test_features_are_those_of_a_forward_pass_written_out(lenet, layer, pool, by_hand):
    digits = data.mnist("test").subset(30)
    with torch.no_grad():
        expected = by_hand(lenet, training.to_input(digits.images)).numpy()
    found = extract_features(lenet, layer, digits, pool=pool, batch_size=7)
    assert_allclose(found.values, expected, rtol=1e-5, atol=1e-6)


def test_the_layer_itself_will_do_for_its_name(lenet):
    digits = data.mnist("test").subset(5)
    by_name, itself = (
        extract_features(lenet, layer, digits) for layer in ("classifier.3", lenet.classifier[3])
    )
    assert_array_equal(by_name.values, itself.values)


@pytest.mark.parametrize("batch_size", [1, 4, 11, 100])
def test_the_batches_do_not_change_the_features(lenet, batch_size):
    digits = data.mnist("test").subset(11)
    whole = extract_features(lenet, "features", digits, batch_size=11)
    parts = extract_features(lenet, "features", digits, batch_size=batch_size)
    assert_allclose(parts.values, whole.values, rtol=1e-5, atol=1e-6)


def noisy_cnn():
    """A network that gives other numbers in training mode, some of its parts being in the other."""
    model = small_cnn(0, nn.BatchNorm2d(4), nn.Dropout(0.5)).train()
    model[1].eval()
    return model


def test_looking_leaves_no_trace_in_the_model():
    model = noisy_cnn()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    modes = [module.training for module in model.modules()]
    once, again = (extract_features(model, "5", bars(20)) for _ in range(2))
    assert_array_equal(once.values, again.values)  # no dropout
    assert [module.training for module in model.modules()] == modes
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert all(weight.grad is None for weight in model.parameters())
    assert not any(module._forward_hooks for module in model.modules())


def test_after_a_failure_the_model_is_as_before_too():
    model = noisy_cnn()
    with pytest.raises(ValueError, match="`model` does not take images of 2×8×7: "):
        extract_features(model, "5", replace(bars(4), images=np.zeros((4, 2, 8, 7), np.uint8)))
    assert model.training
    assert not model[1].training
    assert not any(module._forward_hooks for module in model.modules())


def test_nothing_behind_the_layer_is_computed():
    model, called = small_cnn(), []
    for name, module in model.named_children():
        module.register_forward_pre_hook(lambda *_, name=name: called.append(name))
    extract_features(model, "1", bars(6), batch_size=6)
    assert called == ["0", "1"]


def test_of_a_layer_that_is_called_twice_the_first_output_counts():
    relu = nn.ReLU()
    model = nn.Sequential(two_layers()[0], relu, nn.Conv2d(2, 3, 1), relu)
    assert extract_features(model, relu, two_images()).values.shape == (2, 2)


def test_images_get_the_size_of_the_model_unless_another_is_asked_for():
    model = nn.Sequential(nn.Conv2d(1, 1, 1), nn.ReLU())
    shapes = [extract_features(model, "0", bars(2), pool=None).values.shape[1]]
    model.image_size = 5
    shapes += [extract_features(model, "0", bars(2), pool=None).values.shape[1]]
    shapes += [extract_features(model, "0", bars(2), pool=None, size=9).values.shape[1]]
    assert shapes == [8 * 7, 5 * 5, 9 * 9]


def test_to_resize_beforehand_is_the_same():
    model, images = small_cnn(), bars(7)
    beforehand = extract_features(model, "0", resize(images, 13), pool=None)
    meanwhile = extract_features(model, "0", images, pool=None, size=13, batch_size=3)
    assert_allclose(beforehand.values, meanwhile.values, rtol=1e-5, atol=1e-6)


def one(photo):
    """A photograph as a set of one image."""
    pixels = np.ascontiguousarray(photo.transpose(2, 0, 1)[None])
    return ImageSet(pixels, np.array([0]), ("photograph",), "test", "a photograph")


@pytest.mark.parametrize("size", [50, 224, 450])
def test_a_photograph_is_prepared_as_for_its_guess_but_for_the_rounding(size):
    photo = data.photo("coffee")  # 400×600
    assert photo.shape[0] != photo.shape[1]
    expected = models.prepare(photo, size).numpy()
    found = training.to_input(resize(one(photo), size).images).numpy()
    assert np.abs(found - expected).max() <= 0.5 / 127.5 + 1e-5


def test_resizing_to_the_size_there_is_changes_nothing_and_a_plain_image_stays_plain():
    square = replace(bars(3), images=bars(3).images[:, :, :7, :7])
    assert_array_equal(resize(square, 7).images, square.images)
    plain = replace(bars(3), images=np.full((3, 1, 8, 7), 201, np.uint8))
    assert set(resize(plain, 31).images.ravel()) == {201}
    assert_array_equal(resize(plain, 31).labels, plain.labels)


def test_what_has_more_than_pixels_is_not_resized():
    images = np.zeros((2, 1, 3, 8, 8), np.uint8)
    video = VideoSet(images, np.array([0, 1]), ("a", "b"), "train", "drawn")
    with pytest.raises(ValueError, match=r"plain images.*received a VideoSet of shape \(2, 1, 3"):
        resize(video, 16)
    with pytest.raises(ValueError, match=r"received a MaskedSet"):
        resize(data.geometric_shapes("test", n=2), 16)
    with pytest.raises(TypeError, match="`size` must be"):
        resize(bars(2), 16.5)


@pytest.mark.parametrize(
    ("layer", "told"),
    [
        (
            "features.9",
            r"received 'features.9'. There are features\.",
        ),
        ("clasifier.1", r"received 'clasifier.1'. There are classifier.1"),
        ("zzz", r"received 'zzz'. There are features, features.0"),
    ],
)
def test_an_unknown_layer_is_refused_with_the_nearest_names(lenet, layer, told):
    with pytest.raises(ValueError, match=told):
        extract_features(lenet, layer, data.mnist("test"))


def test_a_module_of_another_model_is_refused(lenet):
    with pytest.raises(
        ValueError, match=r"`layer` must be a part of `model`; received another Conv2d\(1, 4"
    ):
        extract_features(lenet, small_cnn()[0], data.mnist("test"))


class Odd(nn.Module):
    """A layer that is never called, and one that gives a pair."""

    def __init__(self):
        super().__init__()
        self.idle, self.pair, self.body = nn.Linear(2, 2), Pair(), small_cnn()

    def forward(self, x):
        return self.body(self.pair(x)[0])


class Pair(nn.Module):
    def forward(self, x):
        return x, x


@pytest.mark.parametrize(
    ("layer", "told"),
    [
        ("idle", "`layer`='idle' is never called when `model` sees an image"),
        ("pair", r"`layer`='pair' must put out maps, .*; it gave tuple"),
    ],
)
def test_a_layer_without_an_output_of_its_own_is_refused(layer, told):
    with pytest.raises(ValueError, match=told):
        extract_features(Odd(), layer, bars(3))


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"pool": "min"}, ValueError, "`pool` must be one of 'mean', 'max', None; received 'min'"),
        ({"batch_size": 0}, ValueError, "`batch_size`"),
        ({"batch_size": 2.5}, TypeError, "`batch_size`"),
        ({"size": 0}, ValueError, "`size`"),
        ({"images": bars(4).take([])}, ValueError, "`images` is empty"),
    ],
    ids=str,
)
def test_senseless_arguments_are_refused(options, error, told):
    images = options.pop("images", bars(4))
    with pytest.raises(error, match=told):
        extract_features(small_cnn(), "0", images, **options)


def test_features_are_drawn_as_their_images_are():
    digits = data.mnist("val")
    pixels = Features(digits.images[:, 0, 14].astype(np.float32), digits.labels, digits.class_names)
    few = digits.subset(23, seed=4)
    assert_array_equal(pixels.subset(23, seed=4).values, few.images[:, 0, 14])
    assert_array_equal(pixels.take(pixels.labels == 3).labels, [3] * (digits.labels == 3).sum())
    assert repr(few_of := pixels.take([1, 0])) == "Features(2 vectors of 28 numbers, 10 classes)"
    assert len(few_of) == 2
    with pytest.raises(ValueError, match=r"`n` must lie in 1…1000"):
        pixels.subset(2000)


@pytest.mark.parametrize(
    ("values", "labels", "told"),
    [
        (np.zeros(4, np.float32), np.zeros(4, int), r"`values` must have shape \(N, D\)"),
        (np.zeros((4, 2), np.float32), np.zeros(3, int), r"`labels` must have shape \(4,\)"),
    ],
)
def test_features_of_shapes_that_disagree_are_refused(values, labels, told):
    with pytest.raises(ValueError, match=told):
        transfer.Features(values, labels, ("a",))


@pytest.mark.parametrize(("number", "size"), [(0, 64), (2, 64)])
def test_of_the_pretrained_networks_the_pooled_maps_are_what_their_last_layer_reads(number, size):
    model = models.build(f"efficientnet_lite{number}", pretrained=True).eval()
    images = one(data.photo("chelsea"))
    pooled = extract_features(model, "features", images, size=size)
    scores = extract_features(model, "classifier", images, size=size)
    assert pooled.values.shape == (1, 1280)
    with torch.no_grad():
        again = model.classifier[3](torch.from_numpy(pooled.values))
    assert_allclose(scores.values, again, rtol=1e-4, atol=1e-4)
