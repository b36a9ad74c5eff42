"""The building blocks do what their papers say, and images that do not fit are refused."""

from functools import cache

import pytest
import torch
from torch import nn

from coursecnn.models import MODELS, CifarResNet, build
from coursecnn.models.blocks import (
    BasicBlock,
    Bottleneck,
    ConvNeXtBlock,
    DenseLayer,
    Fire,
    Inception,
    InvertedBottleneck,
    InvertedResidual,
    LayerNorm2d,
    RegNetBlock,
    SqueezeExcitation,
    ThinnedShortcut,
    conv_block,
    mlpconv,
    projection,
    round_to,
    skip_at_random,
    transition,
)

# The smallest height and width that each model reads; those of the last line have one size.
SMALLEST = {
    "alexnet": 63, "zfnet": 47, "googlenet": 15, "resnet9": 16, "threeconv": 8,
    "squeezenet1_1": 17, "nin": 4, "nin_small": 4, "googlenet_small": 4, "densenet_small": 8,
    **{name: 32 for name in MODELS if name.startswith(("vgg", "convnext"))},
    **dict.fromkeys(("densenet121", "densenet169", "densenet201"), 29),
    **dict.fromkeys(
        ["tinyvgg", "mlp", "lenet5", "lenet5_1998", "alexnet_small", "vgg_small"], 32
    ),
}  # fmt: skip
GREY = {"lenet5", "lenet5_1998"}
DEEPER = {  # the code of others in this list, and the counts of test_counts: for `make test-all`
    "vgg11", "vgg13", "vgg19", "vgg11_bn", "vgg13_bn", "vgg19_bn", "resnet34", "resnet101",
    "resnet152", "resnet32", "resnet44", "resnet56", "resnet110", "resnext50_32x4d",
    "resnext101_32x8d", "densenet169", "densenet201", "regnet_y_800mf",
    "convnext_small", "convnext_base", "convnext_large",
    *(f"efficientnet_b{version}" for version in range(1, 8)),
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
    if SMALLEST.get(name, 1) == 1 or name == "alexnet_small":
        return  # the poolings of the latter leave as much of 31 pixels as of 32
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


def test_every_block_is_told_to_the_reader():
    from coursecnn.models import blocks

    for name in blocks.__all__:
        assert len(getattr(blocks, name).__doc__) > 100


def test_what_comes_out_of_each_block():
    x = images(2, 8, 12, 10)
    with torch.device("meta"):
        made = {
            (6, 6, 5): [
                conv_block(8, 6, stride=2),
                BasicBlock(8, 6, 2, projection(8, 6, 2)),
                RegNetBlock(8, 6, 2, group_width=3, squeezed=2),
                InvertedResidual(8, 6, 2, 3),
                InvertedBottleneck(8, 16, 6, kernel_size=5, stride=2, conv=conv_block),
                transition(8, 6),
            ],
            (24, 6, 5): [Bottleneck(8, 6, 2, projection(8, 24, 2), version="v1.5")],
            (8, 12, 10): [
                SqueezeExcitation(8, 2), ConvNeXtBlock(8), LayerNorm2d(8), projection(8, 8, 1),
                mlpconv(8, (4, 6, 8), 5),
            ],
            (11, 12, 10): [DenseLayer(8, 3)],
            (14, 12, 10): [Fire(8, 3, 7)],
        }  # fmt: skip
    for shape, blocks in made.items():
        for block in blocks:
            assert block(x).shape == (2, *shape), block


def test_squeeze_and_excitation_by_hand():
    block = SqueezeExcitation(2, 1, activation=nn.ReLU, gate=nn.Sigmoid)
    first, second = block.fc1, block.fc2
    with torch.no_grad():
        first.weight.copy_(torch.tensor([3.0, -1.0]).reshape(1, 2, 1, 1))
        first.bias.fill_(0.5)
        second.weight.copy_(torch.tensor([1.0, -2.0]).reshape(2, 1, 1, 1))
        second.bias.copy_(torch.tensor([0.0, 1.0]))
    x = torch.tensor([[[[1.0, 3.0]], [[4.0, 6.0]]]])  # means 2 and 5
    hidden = max(3 * 2 - 1 * 5 + 0.5, 0)
    factors = torch.sigmoid(torch.tensor([1 * hidden + 0, -2 * hidden + 1]))
    torch.testing.assert_close(block(x), x * factors.reshape(1, 2, 1, 1))


def test_a_dense_layer_keeps_what_is_there_and_reads_all_of_it():
    torch.manual_seed(0)
    layer, x = DenseLayer(5, 3).eval(), torch.rand(2, 5, 4, 6)
    torch.testing.assert_close(layer(x)[:, :5], x)
    x.requires_grad_()
    layer(x)[:, 5:].sum().backward()
    assert (x.grad.abs().sum((0, 2, 3)) > 0).all()


def test_a_transition_takes_the_mean_of_each_square():
    block, x = transition(3, 2).eval(), torch.rand(1, 3, 6, 4)
    before = block.conv(block.relu(block.norm(x)))
    torch.testing.assert_close(block(x)[..., 2, 1], before[..., 4:6, 2:4].mean((2, 3)))


def test_the_branches_of_a_fire_module_are_side_by_side():
    torch.manual_seed(0)
    block, x = Fire(4, 2, 3), torch.rand(2, 4, 5, 7)
    few = torch.relu(block.squeeze(x))
    torch.testing.assert_close(block(x)[:, :3], torch.relu(block.expand1x1(few)))
    torch.testing.assert_close(block(x)[:, 3:], torch.relu(block.expand3x3(few)))


def test_groups_of_a_bottleneck_do_not_see_each_other():
    torch.manual_seed(0)
    block = Bottleneck(8, 64, 1, nn.Identity(), version="v1.5", groups=2, group_width=4)
    assert [layer.out_channels for layer in (block.conv1, block.conv2, block.conv3)] == [8, 8, 256]
    x = torch.rand(1, 8, 5, 5)
    changed = x.clone()
    changed[:, 4:] += 1  # the other group
    torch.testing.assert_close(block.conv2(x)[:, :4], block.conv2(changed)[:, :4])
    assert not torch.allclose(block.conv2(x)[:, 4:], block.conv2(changed)[:, 4:])


def test_a_thirty_second_of_the_weights_lets_resnext_be_wider():
    plain = Bottleneck(256, 64, 1, nn.Identity(), version="v1.5")
    grouped = Bottleneck(256, 64, 1, nn.Identity(), version="v1.5", groups=32, group_width=4)
    assert plain.conv2.weight.numel() == 64 * 64 * 9
    assert grouped.conv2.weight.numel() == 128 * (128 // 32) * 9


@pytest.mark.parametrize(
    "block",
    [
        InvertedResidual(4, 4, 1, 2),
        InvertedBottleneck(4, 8, 4, kernel_size=5, stride=1, conv=conv_block),
        RegNetBlock(4, 4, 1, group_width=2, squeezed=1),
        Bottleneck(16, 4, 1, nn.Identity(), version="v1.5"),
        ConvNeXtBlock(4),
    ],
    ids=lambda block: type(block).__name__,
)
def test_what_a_block_adds_is_added_to_its_input(block):
    """Where the last weights are zero nothing is added, and a ReLU behind the sum has no effect."""
    block.eval()
    weights = [w for name, w in block.named_parameters() if not name.startswith("downsample")]
    last = block.layer_scale if isinstance(block, ConvNeXtBlock) else weights[-2]
    nn.init.zeros_(last)  # of the last normalisation, whose bias is zero already
    x = torch.rand(2, 16 if isinstance(block, Bottleneck) else 4, 5, 7)
    torch.testing.assert_close(block(x), x)


@pytest.mark.parametrize(("out_channels", "stride"), [(4, 2), (6, 1)])
def test_without_room_for_a_shortcut_there_is_none(out_channels, stride):
    settings = {"kernel_size": 3, "stride": stride, "conv": conv_block}
    for block in (
        InvertedResidual(4, out_channels, stride, 2),
        InvertedBottleneck(4, 8, out_channels, **settings),
    ):
        assert not block.residual
        layers = block.conv if isinstance(block, InvertedResidual) else block.block
        x = torch.rand(1, 4, 6, 8)
        torch.testing.assert_close(block.eval()(x), layers(x))


def test_a_depthwise_convolution_reads_one_channel_each():
    middle = InvertedResidual(3, 5, 1, 4).conv[1][0]
    assert (middle.groups, middle.weight.shape) == (12, (12, 1, 3, 3))
    unexpanded = InvertedBottleneck(3, 3, 5, kernel_size=5, stride=1, conv=conv_block).block
    assert [tuple(layer[0].weight.shape) for layer in unexpanded] == [(3, 1, 5, 5), (5, 3, 1, 1)]


def test_depthwise_and_pointwise_together_by_hand():
    """What a convolution of 32 to 64 channels costs, and what the pair costs that replaces it."""
    whole = conv_block(32, 64, norm=None)[0].weight.numel()
    pair = [conv_block(32, 32, groups=32)[0], conv_block(32, 64, 1)[0]]
    assert whole == 3 * 3 * 32 * 64
    assert sum(layer.weight.numel() for layer in pair) == 3 * 3 * 32 + 32 * 64


def test_layer_norm_makes_each_pixel_zero_on_average():
    torch.manual_seed(0)
    x = LayerNorm2d(16)(torch.rand(2, 16, 3, 5))
    torch.testing.assert_close(x.mean(1), torch.zeros(2, 3, 5), atol=1e-6, rtol=0)
    torch.testing.assert_close(x.var(1, correction=0), torch.ones(2, 3, 5), atol=1e-4, rtol=0)


def test_convolutions_of_1x1_are_a_dense_network_for_each_pixel():
    torch.manual_seed(0)
    block, x = mlpconv(2, (4, 5, 3), 3), torch.rand(1, 2, 6, 7)
    first = block[0](x)
    dense = [nn.Linear(4, 5), nn.Linear(5, 3)]
    for layer, convolution in zip(dense, (block[1][0], block[2][0]), strict=True):
        layer.load_state_dict({"weight": convolution.weight[:, :, 0, 0], "bias": convolution.bias})
    pixel = torch.relu(dense[1](torch.relu(dense[0](first[:, :, 4, 2]))))
    torch.testing.assert_close(block(x)[:, :, 4, 2], pixel)


def test_without_normalisation_a_convolution_has_a_bias():
    kinds = [[type(layer) for layer in conv_block(1, 1, norm=n)] for n in (nn.BatchNorm2d, None)]
    assert kinds == [[nn.Conv2d, nn.BatchNorm2d, nn.ReLU], [nn.Conv2d, nn.ReLU]]
    assert conv_block(1, 1)[0].bias is None
    assert conv_block(1, 1, norm=None)[0].bias is not None
    assert len(conv_block(1, 1, activation=None)) == 2


def test_a_skipped_image_gets_nothing_and_the_others_more():
    torch.manual_seed(0)
    x = torch.ones(1000, 2, 3, 1)
    skipped = skip_at_random(x, 0.2, training=True)
    per_image = skipped.flatten(1)
    assert (per_image == per_image[:, :1]).all()
    assert set(per_image[:, 0].tolist()) == {0.0, 1 / (1 - 0.2)}
    assert skipped.mean().item() == pytest.approx(1, abs=0.05)


def test_no_block_is_skipped_in_evaluation_or_without_a_share():
    x = torch.rand(4, 2)
    assert skip_at_random(x, 0.9, training=False) is x
    assert skip_at_random(x, 0, training=True) is x


@pytest.mark.parametrize(("name", "last"), [("efficientnet_b0", 0.2), ("convnext_tiny", 0.1)])
def test_later_blocks_are_skipped_by_more_images(name, last):
    shares = [b.skipped for b in blank(name).modules() if hasattr(b, "skipped")]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert last * 0.9 < shares[-1] <= last
    never = [b.skipped for b in blank(name, skipped=0).modules() if hasattr(b, "skipped")]
    assert not any(never)


@pytest.mark.parametrize(
    ("channels", "rounded"), [(3, 8), (12, 16), (11.9, 16), (35.2, 32), (28.8, 32), (36, 40)]
)
def test_channels_are_rounded_to_a_multiple_of_eight(channels, rounded):
    """11.9 would lose more than a tenth at 8; 35.2 loses less at 32."""
    assert round_to(8, channels) == rounded


def test_scaling_makes_an_efficientnet_wider_and_deeper():
    stages = [blank(f"efficientnet_b{version}").features[1:-1] for version in (0, 2)]
    widths = [[stage[0].block[-1][0].out_channels for stage in model] for model in stages]
    depths = [[len(stage) for stage in model] for model in stages]
    assert widths == [[16, 24, 40, 80, 112, 192, 320], [16, 24, 48, 88, 120, 208, 352]]
    assert depths == [[1, 2, 2, 3, 3, 4, 1], [2, 3, 3, 4, 4, 5, 2]]


def test_a_regnet_follows_its_line():
    """As in torchvision, and for the smaller one as in the paper, which rounds 136 / 16 to 8."""
    assert blank("regnet_y_400mf").stages == ((48, 1), (104, 3), (208, 6), (440, 6))
    assert blank("regnet_y_800mf").stages == ((64, 1), (144, 3), (320, 8), (784, 2))


def test_a_densenet_has_as_many_layers_as_its_name_says():
    layers = [isinstance(m, nn.Conv2d | nn.Linear) for m in blank("densenet121").modules()]
    assert sum(layers) == 121
    assert blank("densenet121").features.norm5.num_features == 1024


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
