"""With torchvision's weights our networks are torchvision's networks."""

import pytest
import torch
import torchvision
from torch.utils._python_dispatch import TorchDispatchMode

from coursecnn.models import build

NAMES = [
    "alexnet", *(f"vgg{depth}{bn}" for depth in (11, 13, 16, 19) for bn in ("", "_bn")),
    *(f"resnet{depth}" for depth in (18, 34, 50, 101, 152)),
    "resnext50_32x4d", "resnext101_32x8d", "squeezenet1_1",
    *(f"densenet{depth}" for depth in (121, 169, 201)), "mobilenet_v2", "mobilenet_v3_small",
    *(f"efficientnet_b{version}" for version in range(8)), "regnet_y_400mf", "regnet_y_800mf",
    *(f"convnext_{size}" for size in ("tiny", "small", "base", "large")),
]  # fmt: skip
# One of each kind of block.
WITH_NUMBERS = [
    "alexnet", "vgg11_bn", "resnet18", "resnet50", "resnext50_32x4d", "squeezenet1_1",
    "densenet121", "mobilenet_v2", "mobilenet_v3_small", "efficientnet_b0", "regnet_y_400mf",
    "convnext_tiny",
]  # fmt: skip
# Their scores are compared, or they have the blocks of those: test_counts knows how many.
COVERED = {"resnet101", "resnet152", *NAMES[NAMES.index("resnext50_32x4d") :]}


def matrix(shape):
    """Weights that let signals neither vanish nor explode; to draw all of a VGG takes seconds."""
    bound, count = (3 / shape[1:].numel()) ** 0.5, shape.numel()
    generator = torch.Generator().manual_seed(sum(shape))
    drawn = torch.empty(min(count, 1_000_003)).uniform_(-bound, bound, generator=generator)
    return drawn.repeat(-(-count // len(drawn)))[:count].reshape(shape)


def randomised(name, tensor):
    """Numbers for one entry of a state dict that has none yet."""
    if tensor.ndim > 1:
        return matrix(tensor.shape)
    if name.endswith("num_batches_tracked"):
        return torch.zeros_like(tensor, device="cpu")
    generator = torch.Generator().manual_seed(len(name))
    return torch.empty(tensor.shape).uniform_(0.5, 1.5, generator=generator)


def blank(name, ours=None, theirs=None):
    """Our network and torchvision's without numbers."""
    with torch.device("meta"):
        model = build(name, **(ours or {}))
    # torchvision computes the widths of a RegNet with tensors, which need numbers.
    with torch.device("cpu" if name.startswith("regnet") else "meta"):
        reference = getattr(torchvision.models, name)(**(theirs or {})).to("meta")
    return model, reference


def pair(name, ours=None, theirs=None):
    """Our network and torchvision's, with the same tensors as weights."""
    model, reference = blank(name, ours, theirs)
    state = {name: randomised(name, tensor) for name, tensor in reference.state_dict().items()}
    for network in (reference, model):  # statistics of its own for each, weights for both
        own = {name: value if value.ndim > 1 else value.clone() for name, value in state.items()}
        network.load_state_dict(own, strict=True, assign=True)
    return model, reference


class Steps(TorchDispatchMode):
    """Writes down every operation with the shapes and the numbers that go into it."""

    # Maps are put side by side at once or one after the other, and lie in memory in any order.
    LAYOUT = "aten::cat", "aten::as_strided"

    def __init__(self):
        super().__init__()
        self.made = []

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        told = [value.shape if isinstance(value, torch.Tensor) else value for value in args]
        name = function._schema.name.rstrip("_")  # in place or not is one step
        if name not in self.LAYOUT:
            self.made.append((name, told))
        return function(*args, **(kwargs or {}))


def steps(model):
    """What a model without numbers does to two images while it is trained, step by step."""
    with torch.no_grad(), Steps() as recorded:
        model.train()(torch.empty(2, 3, 64, 72, device="meta"))
    return recorded.made


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.thorough) if n in COVERED else n for n in NAMES]
)
def test_the_same_entries_take_part_in_the_same_steps(name):
    model, reference = blank(name)
    entries = [{key: value.shape for key, value in net.state_dict().items()}
               for net in (model, reference)]  # fmt: skip
    assert entries[0] == entries[1]
    assert steps(model) == steps(reference)


@pytest.mark.parametrize("name", WITH_NUMBERS)
def test_the_same_weights_give_the_same_scores(name):
    model, reference = pair(name)
    x = torch.rand(2, 3, 64, 72, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        expected = reference.eval()(x)
        assert expected.std() > 1e-3  # the comparison means something
        torch.testing.assert_close(model.eval()(x), expected, atol=1e-5, rtol=1e-5)
        torch.manual_seed(3)
        expected = reference.train()(x)
        torch.manual_seed(3)  # the same features are dropped
        torch.testing.assert_close(model.train()(x), expected, atol=1e-5, rtol=1e-4)
    for name, value in reference.state_dict().items():
        if "running" in name:  # the momentum of batch normalisation
            torch.testing.assert_close(model.state_dict()[name], value, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("heads", [False, True])
def test_googlenet_with_and_without_heads_is_torchvisions(heads):
    options = {"aux_logits": heads}
    model, reference = pair("googlenet", options, {**options, "init_weights": False})
    x = torch.rand(2, 3, 80, 96, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        expected = reference.eval()(x)
        torch.testing.assert_close(model.eval()(x), expected, atol=1e-5, rtol=1e-5)
        torch.manual_seed(3)
        expected = reference.train()(x)
        torch.manual_seed(3)
        found = model.train()(x)
    if heads:
        assert found._fields == expected._fields == ("logits", "aux_logits2", "aux_logits1")
    torch.testing.assert_close(tuple(found), tuple(expected), atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("name", ["resnet18", "efficientnet_b0"])
def test_gradients_are_the_same_too(name):
    model, reference = pair(name)
    x = torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    gradients = []
    for network in (model, reference):
        image = x.clone().requires_grad_()
        network.eval()(image).square().mean().backward()
        gradients.append(image.grad)
    torch.testing.assert_close(*gradients, atol=1e-6, rtol=1e-4)


def test_weights_of_another_model_are_refused():
    with torch.device("meta"):
        reference = torchvision.models.resnet34()
    with pytest.raises(RuntimeError, match="Unexpected key"):
        build("resnet18").load_state_dict(reference.state_dict(), strict=True)


def test_the_paper_and_torchvision_differ_in_the_stride_only():
    paper, reference = pair("resnet50", {"version": "v1"})
    x = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        assert not torch.allclose(paper.eval()(x), reference.eval()(x))
    strides = [
        [block.conv1.stride[0], block.conv2.stride[0]]
        for model in (paper, reference)
        for block in (model.layer1[0], model.layer2[0], model.layer2[1])
    ]
    assert strides == [[1, 1], [2, 1], [1, 1], [1, 1], [1, 2], [1, 1]]


def test_he_initialisation_keeps_the_spread_of_the_gradients():
    torch.manual_seed(0)
    layer = build("resnet20").layer3[1].conv1
    assert layer.weight.std().item() == pytest.approx((2 / (64 * 3 * 3)) ** 0.5, rel=0.02)
