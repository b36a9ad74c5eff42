"""Famous architectures for small images: the same budget, two sizes of images, and they learn."""

import pytest
import torch
from torch import nn

from coursecnn.models import build, summary
from coursecnn.models.blocks import Inception

FAMILY = ["alexnet_small", "nin_small", "vgg_small", "googlenet_small", "densenet_small"]
DENSE_HEADS = ["alexnet_small", "vgg_small"]


def blank(name, size=32, **options):
    if name in DENSE_HEADS:
        options["image_size"] = size
    with torch.device("meta"):
        return build(name, **options)


@pytest.mark.parametrize("name", FAMILY)
def test_all_take_about_as_many_multiplications(name):
    assert 5.6e6 < summary(blank(name), (3, 32, 32)).macs < 6.1e6


@pytest.mark.parametrize("name", FAMILY)
def test_digits_of_28_pixels_are_read_too(name):
    model = blank(name, 28, in_channels=1)
    books = summary(model, (1, 28, 28))
    assert books.table["output"].iloc[-1] == (10,)
    assert 3.4e6 < books.macs < 5e6


@pytest.mark.parametrize("name", ["alexnet_small", "nin_small", "vgg_small", "googlenet_small"])
def test_without_normalisation_only_its_weights_are_missing(name):
    plain, normalised = blank(name, batch_norm=False), blank(name)
    kinds = [[type(layer) for layer in model.modules()] for model in (plain, normalised)]
    assert nn.BatchNorm2d not in kinds[0]
    assert [kind for kind in kinds[1] if kind is not nn.BatchNorm2d] == kinds[0]
    macs = [summary(model, (3, 32, 32)).macs for model in (plain, normalised)]
    assert macs[0] == macs[1]


def test_the_head_holds_about_half_of_the_weights_or_more_where_it_is_dense():
    for name in FAMILY:
        table = summary(blank(name), (3, 32, 32)).table
        head = table["layer"].str.startswith("classifier")
        share = table.loc[head, "parameters"].sum() / table["parameters"].sum()
        assert share > 0.49 if name in DENSE_HEADS else share < 0.02


def test_vgg_has_two_small_kernels_in_each_of_three_stages():
    convolutions = [m for m in blank("vgg_small").modules() if isinstance(m, nn.Conv2d)]
    assert [m.out_channels for m in convolutions] == [12, 12, 24, 24, 48, 48]
    assert {m.kernel_size for m in convolutions} == {(3, 3)}


def test_the_branches_of_the_small_googlenet_are_to_each_other_as_in_the_paper():
    large = next(
        m for m in blank("googlenet_small", width=32).modules() if isinstance(m, Inception)
    )
    row = [m.out_channels for m in large.modules() if isinstance(m, nn.Conv2d)]
    assert row == [64, 96, 128, 16, 32, 32]  # row 3a of table 1


def test_the_small_densenet_grows_by_its_rate_and_halves_between_blocks():
    norms = [m for m in blank("densenet_small").modules() if isinstance(m, nn.BatchNorm2d)]
    read = [m.num_features for m in norms if m.num_features != 4 * 10]  # without the bottlenecks
    assert read == [20, 30, 50, 25, 35, 45, 55, 27, 37, 47, 57]


@pytest.mark.parametrize("name", FAMILY)
def test_each_learns_within_a_few_steps(name):
    torch.manual_seed(0)
    model = build(name, num_classes=2)
    x, labels = torch.rand(8, 3, 32, 32), torch.arange(8) % 2
    x[labels == 1, :, :16] += 0.5  # class 1 is brighter above
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    losses = []
    for _ in range(12):
        loss = nn.functional.cross_entropy(model(x), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 2
