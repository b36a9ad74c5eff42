"""LeNet-5 of 1998, layer by layer as the paper counts it."""

import pytest
import torch
from torch import nn

from coursecnn import data
from coursecnn.models import LeNet5Of1998, build, count_parameters
from coursecnn.models.lenet_1998 import TABLE, PartialConv2d, ScaledTanh, Subsampling


@pytest.mark.parametrize(
    ("layer", "count"),
    [
        ("c1", 6 * (25 + 1)),
        ("s2", 6 * 2),
        ("c3", 6 * (3 * 25 + 1) + 9 * (4 * 25 + 1) + (6 * 25 + 1)),
        ("s4", 16 * 2),
        ("c5", 120 * (400 + 1)),
        ("f6", 84 * (120 + 1)),
        ("output", 0),
    ],
)
def test_each_layer_has_the_parameters_of_the_paper(layer, count):
    assert count_parameters(getattr(LeNet5Of1998(), layer)) == count


def test_the_table_of_connections():
    assert [len(row) for row in TABLE] == [3] * 6 + [4] * 9 + [6]
    assert len(set(map(frozenset, TABLE))) == 16  # no two maps read the same
    readers = [sum(source in row for row in TABLE) for source in range(6)]
    assert readers == [10] * 6  # a column of table I has 10 crosses


def test_a_partial_convolution_is_a_full_one_with_zeros_where_nothing_is_read():
    torch.manual_seed(0)
    table = ((0, 1), (2, 0), (0, 1, 2))
    partial = PartialConv2d(table, 3)
    full = torch.zeros(3, 3, 3, 3)
    kernels = [kernel for conv in partial.convs for kernel in conv.weight]
    for row, (reads, kernel) in enumerate(zip(table, kernels, strict=True)):
        full[row, list(reads)] = kernel
    bias = torch.cat([conv.bias for conv in partial.convs])
    x = torch.rand(2, 3, 6, 7)
    torch.testing.assert_close(partial(x), nn.functional.conv2d(x, full, bias))


def test_subsampling_by_hand():
    layer = Subsampling(2)
    with torch.no_grad():
        layer.weight[:] = torch.tensor([0.5, 2.0]).reshape(2, 1, 1)
        layer.bias[:] = torch.tensor([10.0, 20.0]).reshape(2, 1, 1)
    x = torch.tensor([[1.0, 2], [3, 4]]).expand(1, 2, 2, 2)
    expected = [0.5 * (1 + 2 + 3 + 4) + 10, 2 * (1 + 2 + 3 + 4) + 20]
    assert layer(x).flatten().tolist() == expected


def test_fresh_subsampling_is_average_pooling():
    x = torch.rand(2, 3, 4, 6)
    torch.testing.assert_close(Subsampling(3)(x), nn.functional.avg_pool2d(x, 2))


def test_the_squashing_function_maps_one_to_one_and_is_odd():
    squash = ScaledTanh()
    x = torch.linspace(-3, 3, 13)
    assert squash(torch.tensor(1.0)).item() == pytest.approx(1, abs=1e-4)
    torch.testing.assert_close(squash(-x), -squash(x))
    assert squash(torch.tensor(100.0)).item() == pytest.approx(1.7159)


def test_the_codes_differ_and_each_is_recognised():
    model = build("lenet5_1998")
    codes = model.output.codes
    assert codes.shape == (10, 84)
    assert set(codes.unique().tolist()) == {-1, 1}
    scores = model.output(codes)
    assert scores.argmax(1).tolist() == list(range(10))
    assert scores.diagonal().tolist() == [0] * 10
    by_hand = -4.0 * (codes[3] != codes[8]).sum()  # each different mark costs (1 − (−1))² = 4
    assert scores[3, 8] == by_hand < -4 * 5


def test_fewer_digits_leave_the_other_codes_out():
    model = build("lenet5_1998", num_classes=3)
    assert model(torch.zeros(2, 1, 32, 32)).shape == (2, 3)


def test_it_learns_digits():
    digits = data.mnist("train")
    images = torch.from_numpy(digits.images[::20]).reshape(-1, 1, 28, 28).float()
    labels = torch.from_numpy(digits.labels[::20]).long()
    images = nn.functional.pad(images / 255 * 1.275 - 0.1, (2, 2, 2, 2), value=-0.1)
    torch.manual_seed(0)
    model = build("lenet5_1998")
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    for step in range(30):
        batch = torch.arange(step * 50, step * 50 + 50) * 37 % len(images)
        loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        accuracy = (model(images).argmax(1) == labels).float().mean().item()
    assert accuracy > 0.8
