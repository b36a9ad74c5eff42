"""The building blocks do what their papers say, and images that do not fit are refused."""

from functools import cache

import pytest
import torch
from torch import nn

from coursecnn.models import MODELS, CifarResNet, Inception, build
from coursecnn.models.blocks import conv_block
from coursecnn.models.resnet import BasicBlock
from coursecnn.models.resnet_cifar import ThinnedShortcut

# Channels and the smallest height and width that each model reads; the last four have one size.
SMALLEST = {
    "alexnet": 63, "zfnet": 47, "googlenet": 15, "resnet9": 16, "threeconv": 8,
    **{name: 32 for name in MODELS if name.startswith("vgg")},
    "tinyvgg": 32, "mlp": 32, "lenet5": 32, "lenet5_1998": 32,
}  # fmt: skip
GREY = {"lenet5", "lenet5_1998"}
DEEPER = {  # the code of others in this list, and the counts of test_counts: for `make test-all`
    "vgg11", "vgg13", "vgg19", "vgg11_bn", "vgg13_bn", "vgg19_bn", "resnet34", "resnet101",
    "resnet152", "resnet32", "resnet44", "resnet56", "resnet110",
}  # fmt: skip
CLASSIFIERS = [
    pytest.param(name, marks=pytest.mark.thorough if name in DEEPER else ())
    for name in MODELS if not name.startswith("dcgan")
]  # fmt: skip


@cache
def blank(name, **options):
    with torch.device("meta"):
        return build(name, **options).eval()


def images(*shape):
    return torch.zeros(shape, device="meta")


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_the_smallest_image_is_read_and_a_smaller_one_refused(name):
    size, channels = SMALLEST.get(name, 1), 1 if name in GREY else 3
    assert blank(name)(images(2, channels, size, size)).shape[0] == 2
    for shape in ((2, channels, size - 1, size), (2, channels, size, size - 1)):
        with pytest.raises(ValueError, match=r"`x` must be .*pixels"):
            blank(name)(images(*shape))


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_the_limit_is_that_of_torch(name, monkeypatch):
    """Without our look at the door, torch itself fails one pixel below the limit."""
    if SMALLEST.get(name, 1) == 1:
        return
    size, channels = SMALLEST[name], 1 if name in GREY else 3
    model = blank(name)
    module = __import__(type(model).__module__, fromlist=["check_images"])
    monkeypatch.setattr(module, "check_images", lambda *args, **options: None)
    with pytest.raises(RuntimeError):
        model(images(1, channels, size - 1, size - 1))


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_wrong_channels_are_refused_with_the_remedy(name):
    channels = 3 if name in GREY else 1
    with pytest.raises(ValueError, match=rf"`x` must be .*\(2, {channels}, 64, 64\).*convert"):
        blank(name)(images(2, channels, 64, 64))


@pytest.mark.parametrize("name", [n for n in CLASSIFIERS if n.values != ("lenet5_1998",)])
def test_the_channels_of_the_images_are_an_argument(name):
    size = SMALLEST.get(name, 1)
    model = blank(name, in_channels=5)
    assert model(images(2, 5, size, size)).shape[0] == 2


def test_an_image_without_a_batch_is_refused_with_the_remedy():
    with pytest.raises(ValueError, match=r"received \(3, 64, 64\); add the axis .* x\[None\]"):
        blank("resnet18")(images(3, 64, 64))
    with pytest.raises(ValueError, match=r"received \(64,\); put images into a batch"):
        blank("resnet18")(images(64))


def test_inception_puts_its_branches_side_by_side():
    torch.manual_seed(0)
    block = Inception(3, 2, (4, 5), (6, 7), 8, conv=conv_block, wide_kernel=5).eval()
    x = torch.rand(2, 3, 9, 11)
    y = block(x)
    assert y.shape == (2, 2 + 5 + 7 + 8, 9, 11)
    pooled = nn.functional.max_pool2d(x, 3, stride=1, padding=1)
    torch.testing.assert_close(y[:, :2], block.branch1(x))
    torch.testing.assert_close(y[:, 2:7], block.branch2[1](block.branch2[0](x)))
    torch.testing.assert_close(y[:, -8:], block.branch4[1](pooled))


def test_a_block_whose_layers_give_zero_passes_its_input_on():
    block = BasicBlock(4, 4, 1, nn.Identity()).eval()
    nn.init.zeros_(block.bn2.weight)
    x = torch.rand(2, 4, 5, 7)  # not negative, so the last ReLU changes nothing
    torch.testing.assert_close(block(x), x)


def test_a_plain_block_does_not():
    block = BasicBlock(4, 4, 1, None).eval()
    nn.init.zeros_(block.bn2.weight)
    assert not block(torch.rand(2, 4, 5, 7)).any()


def test_the_thinned_shortcut_by_hand():
    x = torch.arange(8.0).reshape(1, 1, 2, 4)
    thinned = ThinnedShortcut(1)(x)
    assert thinned.tolist() == [[[[0, 2]], [[0, 0]]]]


def test_a_cifar_resnet_halves_its_maps_twice():
    model = blank("resnet20")
    x = model.layer1(images(1, 16, 32, 32))
    sizes = [tuple(x.shape[1:])]
    for stage in (model.layer2, model.layer3):
        x = stage(x)
        sizes.append(tuple(x.shape[1:]))
    assert sizes == [(16, 32, 32), (32, 16, 16), (64, 8, 8)]


def test_the_depth_counts_convolutions_and_the_dense_layer():
    for depth in (20, 56):
        layers = CifarResNet(depth).modules()
        assert sum(isinstance(layer, nn.Conv2d | nn.Linear) for layer in layers) == depth


def test_plain_and_residual_nets_have_the_same_weights():
    plain, residual = build("resnet20", residual=False), build("resnet20")
    plain.load_state_dict(residual.state_dict(), strict=True)
    x = torch.rand(2, 3, 32, 32)
    assert not torch.allclose(plain.eval()(x), residual.eval()(x))


@pytest.mark.parametrize("name", ["threeconv", "resnet9"])
def test_the_small_nets_read_oblong_images_and_learn(name):
    torch.manual_seed(0)
    model = build(name, num_classes=2, width=4)
    x, labels = torch.rand(16, 3, 24, 32), torch.arange(16) % 2
    x[labels == 1, :, :12] += 0.5  # class 1 is brighter above
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    losses = []
    for _ in range(20):
        loss = nn.functional.cross_entropy(model(x), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 5


def test_zfnets_maps_have_the_sizes_of_its_figure():
    x, sizes = images(1, 3, 224, 224), []
    for layer in blank("zfnet").features:
        x = layer(x)
        if isinstance(layer, nn.Conv2d | nn.MaxPool2d):
            sizes.append(x.shape[-1])
    assert sizes == [110, 55, 26, 13, 13, 13, 13, 6]


def test_alexnets_towers_do_not_see_each_other_in_the_second_convolution():
    model = build("alexnet", towers=2, num_classes=2).eval()
    first = torch.rand(1, 96, 5, 5)
    changed = first.clone()
    changed[:, 48:] += 1  # the other tower
    convolution = [layer for layer in model.features if isinstance(layer, nn.Conv2d)][1]
    one, other = convolution(first), convolution(changed)
    torch.testing.assert_close(one[:, :128], other[:, :128])
    assert not torch.allclose(one[:, 128:], other[:, 128:])


def test_response_normalisation_is_that_of_the_paper_by_hand():
    layers = blank("alexnet", towers=2).features
    normalise = next(layer for layer in layers if isinstance(layer, nn.LocalResponseNorm))
    x = torch.tensor([1.0, 2, 3, 4]).reshape(1, 4, 1, 1)
    # n = 5 neighbouring maps around map 1: maps −1 to 3, of which 0 to 3 exist
    expected = 2 / (2 + 1e-4 * (1**2 + 2**2 + 3**2 + 4**2)) ** 0.75
    assert float(normalise(x)[0, 1]) == pytest.approx(expected, rel=1e-6)
