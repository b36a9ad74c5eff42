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
    "nin": 966_986, "squeezenet1_1": 1_235_496,
    "resnext50_32x4d": 25_028_904, "resnext101_32x8d": 88_791_336,
    "densenet121": 7_978_856, "densenet169": 14_149_480, "densenet201": 20_013_928,
    "mobilenet_v2": 3_504_872, "mobilenet_v3_small": 2_542_856,
    "efficientnet_b0": 5_288_548, "efficientnet_b1": 7_794_184, "efficientnet_b2": 9_109_994,
    "efficientnet_b3": 12_233_232, "efficientnet_b4": 19_341_616, "efficientnet_b5": 30_389_784,
    "efficientnet_b6": 43_040_704, "efficientnet_b7": 66_347_960,
    "regnet_y_400mf": 4_344_144, "regnet_y_800mf": 6_432_512,
    "convnext_tiny": 28_589_128, "convnext_small": 50_223_688, "convnext_base": 88_591_464,
    "convnext_large": 197_767_336,
    "alexnet_small": 127_403, "nin_small": 30_276, "vgg_small": 157_070,
    "googlenet_small": 59_098, "densenet_small": 50_151,
    "efficientnet_lite0": 4_652_008, "efficientnet_lite2": 6_092_072,
    "dcgan_generator": 234_177, "dcgan_discriminator": 64_810,
}  # fmt: skip


# What authors say themselves, in millions; the model has it when it is rounded alike. Not so have
# MobileNetV2 (3.4 in the paper, 3.47 in the authors' repository), MobileNetV3-Small (2.9 in a copy
# of the paper and in the repository), EfficientNet-B2 (9.2), and RegNetY-800MF (6.3; torchvision
# rounds the widths of its stages in another way).
PAPERS = {
    "vgg11": ("133", "Simonyan and Zisserman 2015, table 2"),
    "vgg13": ("133", "Simonyan and Zisserman 2015, table 2"),
    "vgg16": ("138", "Simonyan and Zisserman 2015, table 2"),
    "vgg19": ("144", "Simonyan and Zisserman 2015, table 2"),
    "resnet20": ("0.27", "He et al. 2016, table 6"),
    "resnet32": ("0.46", "He et al. 2016, table 6"),
    "resnet44": ("0.66", "He et al. 2016, table 6"),
    "resnet56": ("0.85", "He et al. 2016, table 6"),
    "resnet110": ("1.7", "He et al. 2016, table 6"),
    "resnext50_32x4d": ("25", "github.com/facebookresearch/ResNeXt"),
    "efficientnet_b0": ("5.3", "Tan and Le 2019, table 2"),
    "efficientnet_b1": ("7.8", "Tan and Le 2019, table 2"),
    "efficientnet_b3": ("12", "Tan and Le 2019, table 2"),
    "efficientnet_b4": ("19", "Tan and Le 2019, table 2"),
    "efficientnet_b5": ("30", "Tan and Le 2019, table 2"),
    "efficientnet_b6": ("43", "Tan and Le 2019, table 2"),
    "efficientnet_b7": ("66", "Tan and Le 2019, table 2"),
    "regnet_y_400mf": ("4.3", "github.com/facebookresearch/pycls, MODEL_ZOO.md"),
    "convnext_tiny": ("29", "github.com/facebookresearch/ConvNeXt"),
    "convnext_small": ("50", "github.com/facebookresearch/ConvNeXt"),
    "convnext_base": ("89", "github.com/facebookresearch/ConvNeXt"),
    "convnext_large": ("198", "github.com/facebookresearch/ConvNeXt"),
    "efficientnet_lite0": ("4.7", "github.com/tensorflow/tpu, efficientnet/lite"),
    "efficientnet_lite2": ("6.1", "github.com/tensorflow/tpu, efficientnet/lite"),
}  # fmt: skip


def blank(name, **options):
    """A model without numbers, which costs neither time nor memory."""
    with torch.device("meta"):
        return build(name, **options)


@pytest.mark.parametrize("name", MODELS)
def test_each_model_has_its_count(name):
    assert count_parameters(blank(name)) == COUNTS[name]


@pytest.mark.parametrize("name", PAPERS)
def test_the_count_is_that_of_the_paper(name):
    stated = PAPERS[name][0]
    digits = len(stated.partition(".")[2])
    assert f"{COUNTS[name] / 1e6:.{digits}f}" == stated


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
        ("resnet56", {"width": 8}, 214_546),
        ("resnet50", {"groups": 32, "group_width": 4}, 25_028_904),
        ("resnet50", {"group_width": 128}, 68_883_240),  # torchvision's wide_resnet50_2
        ("alexnet_small", {"image_size": 28}, 102_443),
        ("vgg_small", {"image_size": 28}, 114_062),
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


LARGER = {f"efficientnet_b{version}" for version in range(1, 8)}  # the code of B0


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.thorough if name in LARGER else ())
        for name in sorted(MODELS.keys() - {"lenet5_1998"})  # its codes are fixed
    ],
)
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
        ("alexnet_small", {"image_size": 14}, "`image_size` must be at least 15 pixels; received"),
        ("vgg_small", {"image_size": 7}, "`image_size` must be at least 8 pixels; received 7"),
        ("vgg_small", {"hidden": 0}, "`hidden` must be at least 1, not 0"),
        ("alexnet_small", {"width": 0}, "`width` must be at least 1, not 0"),
        ("nin_small", {"width": 1}, "`width` must be at least 2, not 1"),
        ("googlenet_small", {"width": 1}, "`width` must be at least 2, not 1"),
        ("densenet_small", {"growth": 0}, "`growth` must be at least 1, not 0"),
        ("densenet_small", {"layers": 0}, "`layers` must be at least 1, not 0"),
        ("resnet18", {"groups": 2}, "`groups` and `group_width` must be 1 and 64 .* 18.* 2 and 64"),
        ("resnet34", {"group_width": 4}, "received 1 and 4; take a `depth` of 50 or more"),
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
    from coursecnn.models import VGG, CifarResNet, DenseNet, ResNet

    for family in (VGG, ResNet, CifarResNet, DenseNet):
        with pytest.raises(ValueError, match=rf"`depth` must be .*received {depth}"):
            family(depth)


def test_a_version_that_a_family_lacks_is_refused():
    from coursecnn.models import ConvNeXt, EfficientNet, RegNetY

    with pytest.raises(ValueError, match="`version` must be between 0 and 7; received 8"):
        EfficientNet(8)
    with pytest.raises(ValueError, match='`version` must be "400mf" or "800mf"; received 400'):
        RegNetY(400)
    with pytest.raises(ValueError, match=r"`size` must be one of \"tiny\", .*received 'nano'"):
        ConvNeXt("nano")


def test_an_option_that_a_model_lacks_is_refused():
    with pytest.raises(TypeError, match="towers"):
        build("vgg16", towers=2)
