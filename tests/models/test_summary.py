"""The summary measures shapes and computes the rest by the book."""

import pytest
import torch
from torch import nn

from coursecnn.models import build, summary


def test_the_layer_table_of_lenet5():
    table = summary(build("lenet5"), (1, 32, 32)).table.set_index("layer")
    assert table.loc["features.0", "output"] == (6, 28, 28)
    assert table.loc["features.0", "MACs"] == 28 * 28 * 6 * (5 * 5 * 1)
    assert table.loc["features.3", "MACs"] == 10 * 10 * 16 * (5 * 5 * 6)
    assert table.loc["features.5", "output"] == (16, 5, 5)
    assert table.loc["features.5", "receptive field"] == (16, 16)
    assert table.loc["classifier.1", "parameters"] == 400 * 120 + 120


def test_totals_are_sums_over_layers():
    books = summary(build("lenet5"), (1, 32, 32))
    assert books.parameters == 61_706
    assert books.macs == 117_600 + 240_000 + 48_000 + 10_080 + 840


def test_a_receptive_field_is_as_oblong_as_the_kernels_and_no_larger_than_the_image():
    model = nn.Sequential(nn.Conv2d(1, 2, (3, 5)), nn.Conv2d(2, 2, (3, 5), stride=(2, 1)))
    fields = summary(model, (1, 9, 20)).table["receptive field"].tolist()
    assert fields == [(3, 5), (5, 9)]
    assert summary(
        nn.Sequential(nn.Conv2d(1, 1, 3, padding=2), nn.Conv2d(1, 1, 5)), (1, 4, 4)
    ).table["receptive field"].tolist() == [(3, 3), (4, 4)]


def test_the_receptive_field_is_where_the_gradient_is_not_zero():
    model = nn.Sequential(nn.Conv2d(1, 1, 3), nn.AvgPool2d(2), nn.Conv2d(1, 1, 3, dilation=2))
    for layer in model.parameters():
        nn.init.ones_(layer)
    image = torch.zeros(1, 1, 30, 30, requires_grad=True)
    model(image)[0, 0, 3, 3].backward()
    rows, columns = image.grad[0, 0].nonzero(as_tuple=True)
    seen = (int(rows.max() - rows.min()) + 1, int(columns.max() - columns.min()) + 1)
    assert summary(model, (1, 30, 30)).table["receptive field"].iloc[-1] == seen


def test_it_prints_as_text_and_as_html():
    books = summary(build("lenet5"), (1, 32, 32))
    assert "61,706" in str(books)
    assert "16×10×10" in books._repr_html_()


def test_the_model_keeps_its_mode():
    model = build("lenet5")
    summary(model, (1, 32, 32))
    assert model.training


def test_an_image_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"`input_shape` \(3, 32, 32\) does not fit the model"):
        summary(build("lenet5"), (3, 32, 32))
