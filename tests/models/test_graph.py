"""The graph of a block is what the block computes, in few rows."""

import pytest
import torch
import torchvision
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit
from torchvision.models.densenet import _DenseBlock
from torchvision.models.efficientnet import MBConv, MBConvConfig

from coursecnn.models import MODELS, block_graph, build, count_parameters, summary
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
    transition,
)


def inception():
    return Inception(192, 64, (96, 128), (16, 32), 32, conv=conv_block, wide_kernel=5)


BLOCKS = {
    "basic": lambda: BasicBlock(6, 6, 1, nn.Identity()),
    "projection": lambda: BasicBlock(6, 8, 2, projection(6, 8, 2)),
    "thinned": lambda: BasicBlock(6, 8, 2, ThinnedShortcut(2)),
    "plain": lambda: BasicBlock(6, 6, 1, None),
    "bottleneck": lambda: Bottleneck(6, 64, 2, projection(6, 256, 2), version="v1.5", groups=8),
    "convnext": lambda: ConvNeXtBlock(6, 0.1),
    "layer norm": lambda: LayerNorm2d(6),
    "conv_block": lambda: conv_block(6, 9, 5, stride=2, groups=3),
    "dense": lambda: nn.Sequential(DenseLayer(6, 4), DenseLayer(10, 4), transition(14, 7)),
    "fire": lambda: Fire(6, 2, 5),
    "inverted": lambda: InvertedResidual(6, 6, 1, 4),
    "inverted bottleneck": lambda: InvertedBottleneck(
        6, 12, 6, kernel_size=3, stride=1, conv=conv_block, squeeze=SqueezeExcitation(12, 3)
    ),
    "mlpconv": lambda: mlpconv(6, (5, 4, 3), 5),
    "regnet": lambda: RegNetBlock(6, 8, 2, group_width=4, squeezed=2),
    "squeeze": lambda: SqueezeExcitation(6, 2, gate=nn.Hardsigmoid),
}


def labels(module, shape, **options):
    return block_graph(module, shape, **options)["label"].tolist()


@pytest.mark.parametrize("name", BLOCKS)
def test_a_graph_has_the_parameters_the_macs_and_the_output_of_its_block(name):
    module = BLOCKS[name]()
    table = block_graph(module, (6, 10, 7))
    books = summary(module, (6, 10, 7))
    assert table["parameters"].sum() == count_parameters(module)
    assert table["MACs"].sum() == books.macs
    assert table["output"].iloc[-1] == module.eval()(torch.zeros(1, 6, 10, 7)).shape[1:]
    assert table["name"].is_unique
    for row in table.itertuples():  # each step stands behind those that it reads
        assert {*row.inputs} <= {*table["name"][: row.Index]}


def test_an_inception_module_has_four_branches():
    table = block_graph(inception(), (192, 28, 28)).set_index("name")
    assert table["label"].tolist() == [
        "input", "1×1 conv, 64", "1×1 conv, 96", "3×3 conv, 128", "1×1 conv, 16", "5×5 conv, 32",
        "max 3×3", "1×1 conv, 32", "concat", "output",
    ]  # fmt: skip
    assert {*table["then"]} == {"", "BN, ReLU"}
    ends = table.loc["concatenate", "inputs"]
    assert [table.loc[end, "output"] for end in ends] == [
        (64, 28, 28), (128, 28, 28), (32, 28, 28), (32, 28, 28)
    ]  # fmt: skip
    starts = [name for name, inputs in table["inputs"].items() if inputs == ("input",)]
    assert [table.loc[name, "kind"] for name in starts] == ["conv", "conv", "conv", "pool"]
    three = table.loc["branch2.1.0"]
    assert three["parameters"] == 128 * 96 * 3 * 3 + 2 * 128
    assert three["MACs"] == 28 * 28 * 128 * 96 * 3 * 3


def test_a_shortcut_is_read_by_the_sum_and_its_projection_is_a_branch():
    straight = block_graph(BLOCKS["basic"](), (6, 9, 7)).set_index("name")
    assert straight.loc["add", "inputs"] == ("conv2", "input")
    assert straight.loc["conv2", "then"] == "BN"
    assert straight.loc["output", "inputs"] == ("relu 2",)  # behind the sum, it has its own row
    longer = block_graph(BLOCKS["projection"](), (6, 9, 7)).set_index("name")
    assert longer.loc["add", "inputs"] == ("conv2", "downsample.0")
    assert longer.loc["downsample.0", "label"] == "1×1 conv, 8, stride 2"


@pytest.mark.parametrize(
    ("layer", "label"),
    [
        (nn.Conv2d(6, 4, 3), "3×3 conv, 4"),
        (nn.Conv2d(6, 4, (1, 7), padding=(0, 3), dilation=2), "1×7 conv, 4, dilation 2"),
        (nn.Conv2d(6, 4, 3, stride=(2, 1)), "3×3 conv, 4, stride 2×1"),
        (nn.Conv2d(6, 6, 3, groups=6), "3×3 depthwise, 6"),
        (nn.Conv2d(6, 8, 3, groups=2, padding="same"), "3×3 conv, 8, 2 groups"),
        (nn.Conv2d(6, 4, 3, padding=1, padding_mode="reflect"), "3×3 conv, 4"),
        (nn.ConvTranspose2d(6, 4, 4, stride=2), "4×4 transposed conv, 4, stride 2"),
        (nn.MaxPool2d(3, stride=2), "max 3×3, stride 2"),
        (nn.MaxPool2d(3, 1, 0, 2), "max 3×3, dilation 2"),
        (nn.MaxPool2d(2), "max 2×2, stride 2"),
        (nn.AvgPool2d((2, 3), stride=1), "average 2×3"),
        (nn.AvgPool2d((9, 7)), "global average"),
        (nn.AdaptiveAvgPool2d(1), "global average"),
        (nn.AdaptiveMaxPool2d((3, 2)), "max to 3×2"),
        (nn.Flatten(), "flatten"),
        (nn.BatchNorm2d(6), "BN"),
        (nn.Sequential(nn.BatchNorm2d(6), nn.ReLU6()), "BN, ReLU6"),
        (nn.Hardswish(), "hard swish"),
        (nn.Upsample(scale_factor=2), "enlarge to 18×14"),
        (nn.PixelUnshuffle(1), "pixel unshuffle"),
    ],
)
def test_a_layer_is_labelled_in_short(layer, label):
    assert labels(layer, (6, 9, 7)) == ["input", label, "output"]


@pytest.mark.parametrize("layer", [nn.Identity(), nn.Dropout(0.3), nn.ZeroPad2d(1)])
def test_what_costs_nothing_has_no_row(layer):
    assert labels(layer, (6, 9, 7)) == ["input", "output"]


class Gated(nn.Module):
    """As a reader may write it: functions, own parameters, tensors that are changed in place."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(8, 3, 3, 3))
        self.scale = nn.Parameter(torch.ones(8))
        self.norm = nn.BatchNorm2d(8)
        self.few, self.many = nn.Linear(8, 2), nn.Linear(2, 8)

    def forward(self, x):
        x = F.relu(self.norm(F.conv2d(x, self.weight, stride=2, padding=1)), inplace=True)
        gate = torch.sigmoid(self.many(F.relu(self.few(x.mean((2, 3))))))
        y = x * gate[:, :, None, None]
        y += self.scale.view(-1, 1, 1) * x
        return torch.cat([y, F.max_pool2d(y, 3, 1, 1)], dim=1)


def test_functions_and_parameters_of_a_class_of_ones_own_are_followed():
    module = Gated()
    table = block_graph(module, (3, 12, 10))
    assert list(zip(table["label"], table["then"], strict=True)) == [
        ("input", ""), ("3×3 conv, 8, stride 2", "BN, ReLU"), ("global average", ""),
        ("dense, 2", "ReLU"), ("dense, 8", "sigmoid"), ("×", ""), ("scale, 8", ""), ("+", ""),
        ("max 3×3", ""), ("concat", ""), ("output", ""),
    ]  # fmt: skip
    assert table["parameters"].sum() == count_parameters(module)
    names = dict(zip(table["label"], table["name"], strict=True))
    inputs = table.set_index("label")["inputs"]
    conv, pooled = names["3×3 conv, 8, stride 2"], names["max 3×3"]
    assert inputs["×"] == (conv, names["dense, 8"])
    assert inputs["+"] == (names["×"], names["scale, 8"])
    assert inputs["concat"] == (names["+"], pooled)
    assert inputs["max 3×3"] == (names["+"],)  # what has been added in place is read


def test_dense_layers_that_read_the_channels_of_each_pixel_keep_channels_first():
    table = block_graph(BLOCKS["convnext"](), (6, 10, 7))
    assert table["label"].tolist() == [
        "input", "7×7 depthwise, 6", "dense per pixel, 24", "dense per pixel, 6", "scale, 6", "+",
        "output",
    ]  # fmt: skip
    assert table["then"].tolist()[1:3] == ["LN", "GELU"]
    assert table["output"].tolist()[2] == (24, 10, 7)


def test_a_module_may_be_shown_as_a_whole():
    table = block_graph(
        BLOCKS["inverted bottleneck"](), (6, 10, 7), whole=(SqueezeExcitation,)
    ).set_index("name")
    assert table["label"].tolist() == [
        "input", "1×1 conv, 12", "3×3 depthwise, 12", "squeeze excitation, 12", "1×1 conv, 6", "+",
        "output",
    ]  # fmt: skip
    whole = table.loc["block.2"]
    assert whole["kind"] == "module"
    assert whole["inputs"] == ("block.1.0",)
    assert whole["parameters"] == count_parameters(SqueezeExcitation(12, 3))
    assert whole["MACs"] == 2 * 12 * 3


def test_a_layer_that_is_called_twice_has_two_rows_and_its_parameters_once():
    layer = nn.Conv2d(4, 4, 3, padding=1)
    table = block_graph(nn.Sequential(layer, nn.ReLU(), layer), (4, 5, 6))
    assert table["label"].tolist() == ["input", "3×3 conv, 4", "3×3 conv, 4", "output"]
    assert table["parameters"].tolist() == [0, 4 * 4 * 9 + 4, 0, 0]
    assert table["MACs"].tolist()[1:3] == [5 * 6 * 4 * 4 * 9] * 2


def test_the_module_is_as_before():
    module = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4)).train()
    before = {name: value.clone() for name, value in module.state_dict().items()}
    block_graph(module, (3, 8, 7))
    assert module.training
    for name, value in module.state_dict().items():
        assert torch.equal(before[name], value)
    assert not any(layer._forward_hooks for layer in module.modules())


class Constant(nn.Module):
    def forward(self, x):
        return torch.zeros(1, 2)


@pytest.mark.parametrize(
    ("module", "error", "message"),
    [
        (nn.Conv2d(3, 4, 3), ValueError, r"`input_shape` \(6, 9, 7\) does not fit the module: "),
        (nn.LazyConv2d(4, 3), ValueError, "`module` has layers without a size yet; call it once"),
        (Constant(), ValueError, "the output of `module` does not depend on its input"),
        ([], TypeError, r"`module` must be a module of torch; received \[\]"),
    ],
)
def test_a_graph_says_what_it_cannot_follow(module, error, message):
    with pytest.raises(error, match=message):
        block_graph(module, (6, 9, 7))


THEIRS = {
    "dense block": lambda: (_DenseBlock(3, 8, 4, 4, 0.0), (8, 9, 7)),
    "inverted bottleneck": lambda: (MBConv(MBConvConfig(6, 3, 1, 8, 8, 1), 0, nn.BatchNorm2d),
                                    (8, 9, 7)),
    "convnext": lambda: (torchvision.models.convnext.CNBlock(8, 1e-6, 0.1), (8, 9, 7)),
    "shuffle": lambda: (torchvision.models.shufflenetv2.InvertedResidual(8, 8, 1), (8, 9, 7)),
    "residual": lambda: (torchvision.models.resnet.Bottleneck(16, 4, groups=2), (16, 9, 7)),
}  # fmt: skip


@pytest.mark.parametrize("name", THEIRS)
def test_blocks_of_torchvision_are_followed_too(name):
    module, shape = THEIRS[name]()
    table = block_graph(module, shape)
    assert table["parameters"].sum() == count_parameters(module)
    assert table["MACs"].sum() == summary(module, shape).macs
    assert "other" not in {*table["kind"]}


def test_our_blocks_have_the_graphs_of_those_of_torchvision():
    theirs = torchvision.models.googlenet(init_weights=False, aux_logits=False)
    pairs = [(build("googlenet"), theirs, (3, 64, 64))]
    for name in ("resnet18", "mobilenet_v2", "convnext_tiny"):
        pairs.append((build(name), torchvision.models.get_model(name), (3, 64, 64)))
    for ours, other, shape in pairs:
        tables = [block_graph(model, shape) for model in (ours, other)]
        columns = ["kind", "label", "then", "output", "parameters", "MACs"]
        rows = [sorted(map(tuple, table[columns].values.tolist())) for table in tables]
        assert rows[0] == rows[1]


@pytest.mark.thorough
@pytest.mark.parametrize("name", [name for name in MODELS if not name.startswith("dcgan")])
def test_whole_networks_are_followed(name):
    grey = name.startswith("lenet5")
    shape = (1, 32, 32) if grey or name in ("mlp", "tinyvgg") else (3, 224, 224)
    with torch.device("meta"):
        model = build(name)
    try:
        books = summary(model, shape)
    except ValueError:
        shape = (3, 32, 32)
        books = summary(model, shape)
    table = block_graph(model, shape)
    assert table["parameters"].sum() == books.parameters
    assert table["MACs"].sum() == books.macs
