"""Every published count of parameters comes out of the models."""

import pytest
import torch
from torch import nn

from coursecnn import shapes
from coursecnn.models import MODELS, build, count_parameters

COUNTS = {
    "lenet5": 61_706, "lenet5_1998": 60_000, "alexnet": 61_100_840, "zfnet": 62_357_608,
    "vgg11": 132_863_336, "vgg13": 133_047_848, "vgg16": 138_357_544, "vgg19": 143_667_240,
    "vgg11_bn": 132_868_840, "vgg13_bn": 133_053_736, "vgg16_bn": 138_365_992,
    "vgg19_bn": 143_678_248, "googlenet": 6_624_904,
    "resnet18": 11_689_512, "resnet34": 21_797_672, "resnet50": 25_557_032,
    "resnet101": 44_549_160, "resnet152": 60_192_808,
    "resnet20": 269_722, "resnet32": 464_154, "resnet44": 658_586, "resnet56": 853_018,
    "resnet110": 1_727_962, "resnet9": 412_954, "threeconv": 24_346, "tinyvgg": 5_520,
    "mlp": 394_634,
    "efficientnet_lite0": 4_652_008, "efficientnet_lite2": 6_092_072,
    "dcgan_generator": 234_177, "dcgan_discriminator": 64_810,
}  # fmt: skip


def blank(name, **options):
    """A model without numbers, which costs neither time nor memory."""
    with torch.device("meta"):
        return build(name, **options)


@pytest.mark.parametrize("name", MODELS)
def test_each_model_has_its_count(name):
    assert count_parameters(blank(name)) == COUNTS[name]


@pytest.mark.parametrize(
    ("name", "options", "count"),
    [
        ("alexnet", {"towers": 2}, 60_965_224),
        ("googlenet", {"wide_kernel": 5, "batch_norm": False}, 6_998_552),
        ("googlenet", {"wide_kernel": 5}, 7_005_832),
        ("googlenet", {"aux_logits": True}, 13_004_888),
        ("resnet50", {"version": "v1"}, 25_557_032),
        ("mlp", {"hidden": 8}, 24_674),
        ("mlp", {"hidden": 8, "batch_norm": True}, 24_674 + 8),
        ("mlp", {"hidden": 5, "image_size": 9, "in_channels": 2}, (162 + 1) * 5 + (5 + 1) * 10),
        ("threeconv", {"width": 32}, 94_762),
        ("threeconv", {"in_channels": 1}, 24_058),
        ("resnet9", {"width": 32}, 1_646_122),
        ("resnet9", {"pool_stem": False}, 412_954),
        ("tinyvgg", {"image_size": 64}, 19_920),
        ("resnet56", {"residual": False}, 853_018),
    ],
    ids=str,
)
def test_options_change_the_count_as_published(name, options, count):
    assert count_parameters(blank(name, **options)) == count


def test_alexnet_in_two_towers_by_hand():
    convolutions = [
        shapes.conv_parameters(*layer[:3], groups=layer[3])
        for layer in [(3, 96, 11, 1), (96, 256, 5, 2), (256, 384, 3, 1), (384, 384, 3, 2),
                      (384, 256, 3, 2)]
    ]  # fmt: skip
    dense = [(256 * 6 * 6 + 1) * 4096, (4096 + 1) * 4096, (4096 + 1) * 1000]
    assert sum(convolutions) + sum(dense) == count_parameters(blank("alexnet", towers=2))


@pytest.mark.parametrize(("towers", "share"), [(1, "96.0"), (2, "96.2")])
def test_most_of_alexnet_is_in_its_dense_layers(towers, share):
    model = blank("alexnet", towers=towers)
    dense = count_parameters(model.classifier)
    assert f"{100 * dense / count_parameters(model):.1f}" == share


def test_vgg16_is_13_convolutions_and_3_dense_layers():
    kinds = [type(layer) for layer in blank("vgg16").modules()]
    assert (kinds.count(nn.Conv2d), kinds.count(nn.Linear)) == (13, 3)


@pytest.mark.parametrize("name", sorted(MODELS.keys() - {"lenet5_1998"}))  # its codes are fixed
def test_the_number_of_classes_is_an_argument_of_every_model(name):
    assert count_parameters(blank(name, num_classes=7)) < COUNTS[name]


def test_shared_weights_count_once():
    layer = nn.Linear(3, 3)
    assert count_parameters(nn.Sequential(layer, layer)) == 3 * 3 + 3


@pytest.mark.parametrize(
    ("name", "hint"), [("lenet6", "'lenet5'"), ("ResNet50", "'resnet50'"), ("vgg17", "'vgg1")]
)
def test_an_unknown_model_is_refused_with_the_names_that_exist(name, hint):
    with pytest.raises(ValueError, match=rf"`name` must be one of lenet5, .*{name}.*mean {hint}"):
        build(name)


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("alexnet", {"towers": 3}, "`towers` must be 1 or 2; received 3"),
        ("googlenet", {"wide_kernel": 7}, "`wide_kernel` must be 3 or 5; received 7"),
        ("resnet50", {"version": "v2"}, '`version` must be "v1" or "v1.5"; received \'v2\''),
        ("mlp", {"hidden": 0}, "`hidden` must be at least 1, not 0"),
        ("tinyvgg", {"image_size": 15}, "`image_size` must be at least 16 pixels; received 15"),
        ("lenet5_1998", {"num_classes": 11}, "`num_classes` must be between 1 and 10"),
        ("resnet18", {"num_classes": 0}, "`num_classes` must be at least 1, not 0"),
        ("dcgan_generator", {"image_size": 30}, "`image_size` must be a multiple of 4"),
        ("dcgan_discriminator", {"image_size": 0}, "`image_size` must be a multiple of 4"),
    ],
    ids=str,
)
def test_an_option_out_of_its_range_is_refused(name, options, message):
    with pytest.raises(ValueError, match=message):
        build(name, **options)


@pytest.mark.parametrize("depth", [17, 21])
def test_a_depth_that_the_paper_lacks_is_refused(depth):
    from coursecnn.models import VGG, CifarResNet, ResNet

    for family in (VGG, ResNet, CifarResNet):
        with pytest.raises(ValueError, match=rf"`depth` must be .*received {depth}"):
            family(depth)


def test_an_option_that_a_model_lacks_is_refused():
    with pytest.raises(TypeError, match="towers"):
        build("vgg16", towers=2)
