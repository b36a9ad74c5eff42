"""Receptive fields are those of the published table, and those where the gradient is not zero."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from coursecnn import shapes
from coursecnn.models import Inception, build, summary
from coursecnn.models.blocks import (
    ConvNeXtBlock,
    DenseLayer,
    InvertedBottleneck,
    InvertedResidual,
    conv_block,
    transition,
)
from coursecnn.models.fields import Fields


def field_of_last_maps(model, size):
    table = summary(model, (3, size, size)).table
    maps = table[table["output"].map(lambda output: len(output) == 3 and output[1] > 1)]
    return maps["receptive field"].iloc[-1]


@pytest.mark.parametrize(
    ("name", "options", "size"),
    [
        ("alexnet", {}, 195),
        ("vgg16", {}, 212),
        ("resnet50", {"version": "v1"}, 483),
        ("resnet50", {}, 427),
        # the blocks of resnet50 once more
        pytest.param("resnet152", {"version": "v1"}, 1507, marks=pytest.mark.thorough),
        pytest.param("resnet152", {}, 1451, marks=pytest.mark.thorough),
    ],
    ids=str,
)
def test_published_receptive_fields(name, options, size):
    with torch.device("meta"):
        model = build(name, **options)
    image = size // 32 * 32 + 200  # large enough to hold one field
    part = model.features if hasattr(model, "features") else model
    assert field_of_last_maps(part, image) == (size, size)


def test_the_same_fields_come_out_of_the_arithmetic():
    vgg16 = [layer for count in (2, 2, 3, 3, 3) for layer in [(3, 1, 1)] * count + [(2, 2)]]
    alexnet = [(11, 4, 2), (3, 2), (5, 1, 2), (3, 2), *[(3, 1, 1)] * 3, (3, 2)]
    assert shapes.receptive_field(vgg16).size == 212
    assert shapes.receptive_field(alexnet).size == 195
    for strides, size in [((2, 1), 483), ((1, 2), 427)]:  # first 1×1 and 3×3 of each stage
        resnet50 = [(7, 2, 3), (3, 2, 1)]
        for stage, count in enumerate((3, 4, 6, 3)):
            for block in range(count):
                first, second = strides if stage and not block else (1, 1)
                resnet50 += [(1, first), (3, second, 1), (1, 1)]
        assert shapes.receptive_field(resnet50).size == size


def follow(function, *shape):
    """Fields of what `function` makes of an image, sizes along each axis."""
    image = torch.zeros(shape, dtype=torch.float64)
    fields = Fields(image)
    with torch.no_grad(), fields:
        return fields.sizes(function(image))


def seen(function, *shape):
    """The same by gradients: how far the pixels lie apart that change the middle of the output."""
    image = torch.ones(shape, dtype=torch.float64, requires_grad=True)
    output = function(image)
    middle = (0, slice(None), *(size // 2 for size in output.shape[2:]))
    output[middle].sum().backward()
    pixels = image.grad[0].sum(0).nonzero()
    return tuple((pixels.max(0).values - pixels.min(0).values + 1).tolist())


def positive(model):
    """All weights positive and pooling by averages, so that no gradient cancels."""
    for layer in model.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.constant_(layer.weight, 1 / layer.weight[0].numel())
        for name, child in layer.named_children():
            if isinstance(child, nn.MaxPool2d):
                geometry = child.kernel_size, child.stride, child.padding, child.ceil_mode
                setattr(layer, name, nn.AvgPool2d(*geometry))
    return model.double().eval()


def inception():
    options = {"conv": conv_block, "wide_kernel": 5}
    return nn.Sequential(
        nn.Conv2d(1, 2, 3, stride=2),
        Inception(2, 1, (1, 1), (1, 1), 1, **options),
        Inception(4, 1, (1, 1), (1, 1), 1, **options),
        nn.MaxPool2d(3, stride=2, ceil_mode=True),
    )


def convnext():
    return nn.Sequential(nn.Conv2d(3, 2, 4, stride=4), ConvNeXtBlock(2), ConvNeXtBlock(2)).double()


def inverted():
    return nn.Sequential(
        InvertedResidual(3, 2, 2, 2), InvertedResidual(2, 2, 1, 3),
        InvertedBottleneck(2, 4, 3, kernel_size=5, stride=2, conv=conv_block),
    )  # fmt: skip


def chain(model, *, start=0, stop):
    """The layers of a model up to its last maps."""
    return nn.Sequential(*list(model.children())[start:stop])


@pytest.mark.parametrize(
    ("model", "shape"),
    [
        (inception(), (1, 1, 60, 72)),
        (chain(build("resnet20"), stop=-2), (1, 3, 128, 144)),
        (chain(build("resnet18"), stop=6), (1, 3, 128, 144)),
        (chain(build("resnet50", version="v1"), start=4, stop=6), (1, 64, 32, 48)),
        (build("resnet9", width=2).features, (1, 3, 160, 192)),
        (convnext(), (1, 3, 64, 72)),
        (nn.Sequential(DenseLayer(2, 3), transition(5, 2), DenseLayer(2, 3)), (1, 2, 20, 24)),
        (inverted(), (1, 3, 40, 48)),
    ],
    ids=[
        "inception",
        "resnet20",
        "resnet18",
        "bottlenecks",
        "resnet9",
        "convnext",
        "dense",
        "inverted",
    ],
)
def test_branches_and_shortcuts_see_what_their_gradients_reach(model, shape):
    measured = seen(positive(model), *shape)
    assert all(size < side for size, side in zip(measured, shape[2:], strict=True))
    assert summary(model, shape[1:]).table["receptive field"].iloc[-1] == measured


def ones(*shape):
    return torch.ones(shape, dtype=torch.float64)


OPERATIONS = {
    "convolution, oblong": lambda x: functional.conv2d(x, ones(1, 1, 3, 5)),
    "convolution, dilated": lambda x: functional.conv2d(x, ones(1, 1, 3, 2), None, 1, 0, 3),
    "two with stride": lambda x: functional.avg_pool2d(functional.avg_pool2d(x, 3, (2, 1)), (2, 4)),
    "padding, then pooling": lambda x: functional.avg_pool2d(functional.pad(x, (1, 0, 2, 3)), 3),
    "slices": lambda x: functional.avg_pool2d(x[:, :, ::2, 1::3], 2),
    "a sum of unequal branches": lambda x: functional.avg_pool2d(x, (3, 1), 1, (1, 0))
    + functional.avg_pool2d(x, (1, 5), 1, (0, 2)),
    "branches side by side": lambda x: torch.cat(
        [x, functional.pad(functional.avg_pool2d(x, 2, 1), (0, 1, 1, 0))], 1
    ).sum(1, keepdim=True),
    "branches that look to different sides": lambda x: functional.pad(
        functional.avg_pool2d(x, (1, 3), 1), (2, 0)
    )
    + functional.pad(functional.avg_pool2d(x, (1, 3), 1), (0, 2)),
    "enlarged": lambda x: functional.avg_pool2d(
        functional.conv_transpose2d(functional.avg_pool2d(x, 2), ones(1, 1, 2, 2), None, 2),
        3, 1,
    ),
    "adaptive pooling that divides": lambda x: functional.adaptive_avg_pool2d(x, (4, 3)),
    "pixel by pixel": lambda x: torch.relu(x * 2 + 1),
    "dense layers that read each pixel's channels": lambda x: functional.avg_pool2d(
        functional.linear(
            functional.linear(functional.avg_pool2d(x, (3, 2), 1).permute(0, 2, 3, 1), ones(4, 1)),
            ones(2, 4), ones(2),
        ).permute(0, 3, 1, 2),
        (1, 4), 1,
    ),
    "a shortcut around them": lambda x: x
    + functional.pad(functional.avg_pool2d(x, 3, 1), (1, 1, 1, 1)).permute(0, 2, 3, 1).relu()
    .permute(0, 3, 1, 2),
    "normalised across maps": lambda x: functional.avg_pool2d(
        functional.local_response_norm(functional.avg_pool2d(x.repeat(1, 4, 1, 1), (3, 2), 1), 3),
        (1, 4), 1,
    ),
    "turned, then pooled": lambda x: functional.avg_pool2d(x.permute(0, 1, 3, 2), (2, 5), 1)
    .permute(0, 1, 3, 2),
    "axes exchanged and put back": lambda x: functional.avg_pool2d(
        functional.avg_pool2d(x, (2, 5), 1).permute(0, -1, 2, 1).permute(0, -1, 2, 1), 2, 1
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OPERATIONS)
def test_functions_are_followed_as_gradients_are(name):
    shape = 1, 1, 24, 24
    assert follow(OPERATIONS[name], *shape) == seen(OPERATIONS[name], *shape)


@pytest.mark.parametrize(
    ("function", "sizes"),
    [
        (lambda x: x.mean((2, 3), keepdim=True), (None, None)),
        (lambda x: x.mean(2, keepdim=True), (None, 1)),
        (lambda x: functional.adaptive_max_pool2d(x, 1), (8, 6)),
        (lambda x: x * functional.adaptive_avg_pool2d(x, 1), (None, None)),
        (lambda x: x / x.mean(), (None, None)),
        (lambda x: x.flatten(1), ()),
        (lambda x: x.flatten(1) @ ones(96, 5), ()),
        (lambda x: x.reshape(2, 2, 6, 8), (None, None)),
        (lambda x: functional.avg_pool2d(x.permute(0, 2, 3, 1), 2, 1), (None, None)),
        (lambda x: x.permute(0, 2, 3, 1).reshape(-1, 2).relu().reshape(2, 8, 6, 2), (None, None)),
        (lambda x: x.permute(0, 2, 3, 1).reshape(-1, 2) @ ones(2, 3), (1, 1)),  # pixel by pixel
        (lambda x: x.permute(0, 2, 3, 1).mean(1, keepdim=True), (None, 1)),
        (lambda x: x + x.permute(0, 2, 3, 1).reshape(2, 2, 8, 6), (None, None)),
        (lambda x: x[:, :, :6] + x[:, :, :6].permute(0, 1, 3, 2), (None, None)),
        (lambda x: functional.max_pool2d(x, 3, stride=2, padding=1, dilation=2), (5, 5)),
        (lambda x: functional.interpolate(x, scale_factor=2), (1, 1)),
    ],
)
def test_what_sees_everything_by_hand(function, sizes):
    assert follow(function, 2, 2, 8, 6) == sizes


def test_one_axis_and_three_axes():
    line = nn.Sequential(nn.Conv1d(1, 1, 5), nn.MaxPool1d(2), nn.AvgPool1d(3, stride=1))
    assert follow(line.double(), 1, 1, 40) == (5 + (2 - 1) + (3 - 1) * 2,)
    cube = nn.Sequential(nn.Conv3d(1, 1, (1, 2, 3)), nn.MaxPool3d(2))
    assert follow(cube.double(), 1, 1, 8, 8, 8) == (1 + 1, 2 + 1, 3 + 1)


def test_what_does_not_come_from_the_image_has_no_field():
    assert follow(lambda x: torch.zeros(1, 1, 3, 3), 1, 1, 4, 4) is None
