"""The summary measures shapes and computes the rest by the book."""

import pytest
import torch
from torch import nn

from coursecnn import shapes
from coursecnn.models import build, count_parameters, summary


def blank(name, **options):
    with torch.device("meta"):
        return build(name, **options)


def test_the_layer_table_of_lenet5():
    table = summary(build("lenet5"), (1, 32, 32)).table.set_index("layer")
    assert table.loc["features.0", "output"] == (6, 28, 28)
    assert table.loc["features.0", "MACs"] == 28 * 28 * 6 * (5 * 5 * 1)
    assert table.loc["features.3", "MACs"] == 10 * 10 * 16 * (5 * 5 * 6)
    assert table.loc["features.5", "output"] == (16, 5, 5)
    assert table.loc["features.5", "receptive field"] == (16, 16)
    assert table.loc["classifier.1", "parameters"] == 400 * 120 + 120
    assert table.loc["classifier.1", "receptive field"] == (32, 32)


def test_totals_are_sums_over_layers():
    books = summary(build("lenet5"), (1, 32, 32))
    assert books.parameters == 61_706
    assert books.macs == 117_600 + 240_000 + 48_000 + 10_080 + 840


def test_memory_is_four_bytes_for_each_number_that_is_kept():
    books = summary(build("lenet5"), (1, 32, 32))
    assert books.parameter_bytes == 4 * 61_706
    # convolution, activation and pooling twice; then two dense layers with activation, and the last
    maps = 2 * 6 * 28**2 + 6 * 14**2 + 2 * 16 * 10**2 + 16 * 5**2
    assert books.activation_bytes == 4 * (maps + 2 * 120 + 2 * 84 + 10)


def test_fields_are_kept_as_large_as_they_are():
    books = summary(blank("resnet50"), (3, 224, 224))
    at = books.table["layer"].tolist().index
    assert books.fields[at("layer4.2.conv3")] == (427, 427)
    assert books.table["receptive field"][at("layer4.2.conv3")] == (224, 224)
    assert books.fields[at("avgpool")] == (None, None)
    assert books.fields[at("fc")] == ()


def test_each_row_keeps_what_its_layer_is_given():
    books = summary(blank("alexnet"), (3, 224, 224))
    assert books.inputs[:4] == [(3, 224, 224), (64, 55, 55), (64, 55, 55), (64, 27, 27)]
    assert books.inputs[-1] == (4096,)


def test_normalisation_across_maps_sees_no_more_of_the_image():
    books = summary(blank("zfnet"), (3, 224, 224))
    at = books.table["layer"].tolist().index("features.14")
    layers = [(7, 2, 1), (3, 2), (5, 2), (3, 2), *[(3, 1, 1)] * 3, (3, 2)]
    assert books.fields[at] == (shapes.receptive_field(layers).size,) * 2 == (171, 171)


def test_half_precision_needs_half_the_memory():
    whole, half = build("lenet5"), build("lenet5").half()
    bytes_of = [summary(model.to("meta"), (1, 32, 32)).activation_bytes for model in (whole, half)]
    assert bytes_of[0] == 2 * bytes_of[1]


def test_what_shares_the_memory_of_its_input_keeps_nothing_more():
    model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(inplace=True), nn.Identity(), nn.Flatten())
    assert summary(model, (1, 5, 5)).table["activation bytes"].tolist() == [4 * 2 * 3 * 3, 0, 0, 0]


# Groups, depthwise convolutions, squeeze and excitation, dense layers for each pixel.
NEWER = {
    "resnext50_32x4d": "4.230", "squeezenet1_1": "0.349", "densenet121": "2.834",
    "mobilenet_v2": "0.301", "mobilenet_v3_small": "0.057", "efficientnet_b0": "0.386",
    "regnet_y_400mf": "0.402", "convnext_tiny": "4.456",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "billions"),
    [("alexnet", "0.714"), ("vgg16", "15.470"), ("googlenet", "1.498"), ("resnet50", "4.089"),
     *NEWER.items()],
)  # fmt: skip
def test_the_cost_of_large_models_is_what_torchvision_states(name, billions):
    import torchvision

    stated = torchvision.models.get_model_weights(name).IMAGENET1K_V1.meta["_ops"]
    macs = summary(blank(name), (3, 224, 224)).macs
    assert f"{macs / 1e9:.3f}" == f"{stated:.3f}" == billions


@pytest.mark.parametrize("name", NEWER)
def test_hooks_on_torchvisions_layers_count_as_many(name):
    import torchvision

    macs = []

    def note(layer, given, result):
        macs.append(result.numel() * layer.weight[0].numel())  # one product for each weight

    reference = getattr(torchvision.models, name)().to("meta")
    for layer in reference.modules():
        if isinstance(layer, nn.Conv2d | nn.Linear):
            layer.register_forward_hook(note)
    reference.eval()(torch.empty(1, 3, 75, 64, device="meta"))
    books = summary(blank(name), (3, 75, 64))
    assert books.macs == sum(macs)
    assert books.parameters == count_parameters(reference)


def test_the_stride_of_the_paper_makes_resnet50_cheaper():
    costs = [summary(blank("resnet50", version=v), (3, 224, 224)).macs for v in ("v1", "v1.5")]
    assert [f"{cost / 1e9:.1f}" for cost in costs] == ["3.9", "4.1"]  # the paper says 3.8


INPUTS = {"lenet5": (1, 32, 32), "lenet5_1998": (1, 32, 32), "tinyvgg": (3, 32, 32)}


@pytest.mark.parametrize(
    "name",
    ["lenet5", "lenet5_1998", "tinyvgg", "alexnet", "zfnet", "vgg11_bn", "googlenet", "resnet18",
     "resnet20", "resnet9", "threeconv", "efficientnet_lite0", "nin"],
)  # fmt: skip
def test_every_kind_of_model_has_a_summary(name):
    model = blank(name)
    books = summary(model, INPUTS.get(name, (3, 224, 224)))
    assert books.parameters == count_parameters(model)
    assert len(books.table["output"].iloc[-1]) == 1
    assert books.macs > 1e5


@pytest.mark.parametrize(("name", "shape"), [("dcgan_generator", (54,)),
                                             ("dcgan_discriminator", (1, 28, 28))])  # fmt: skip
def test_a_label_goes_along(name, shape):
    model = build(name)
    books = summary(model, shape, torch.tensor([3]))
    assert books.parameters == count_parameters(model)
    kinds = books.table.set_index("kind")
    if name == "dcgan_generator":  # each of 64 · 7 · 7 numbers is spread over 32 kernels of 4×4
        assert kinds.loc["ConvTranspose2d", "MACs"].iloc[0] == 64 * 7 * 7 * 32 * 4 * 4
    else:
        assert kinds.loc["Conv2d", "receptive field"].tolist() == [(4, 4), (10, 10)]


def test_a_layer_that_is_called_twice_has_two_rows_and_its_parameters_once():
    layer = nn.Conv2d(1, 1, 3)
    table = summary(nn.Sequential(layer, layer), (1, 9, 9)).table
    assert table["parameters"].tolist() == [10, 0]
    assert table["receptive field"].tolist() == [(3, 3), (5, 5)]


def test_parameters_between_the_layers_are_counted_too():
    class Scaled(nn.Module):
        def __init__(self):
            super().__init__()
            self.scale, self.layer = nn.Parameter(torch.ones(1)), nn.Linear(4, 2)

        def forward(self, x):
            return self.scale * self.layer(x)

    table = summary(Scaled(), (4,)).table
    assert table["parameters"].tolist() == [10, 1]


def test_heads_that_evaluation_does_not_call_stand_at_the_end():
    books = summary(blank("googlenet", aux_logits=True), (3, 224, 224))
    assert books.parameters == 13_004_888
    unused = books.table[books.table["output"].isna()]
    assert set(unused["layer"].str.split(".").str[0]) == {"aux1", "aux2"}
    assert unused["MACs"].sum() == unused["activation bytes"].sum() == 0
    assert "aux1.fc1" in str(books)


def test_a_dense_layer_along_a_sequence_is_applied_at_each_step():
    model = nn.Linear(4, 3)
    assert summary(model, (7, 4)).macs == 7 * 4 * 3


def test_a_receptive_field_is_as_oblong_as_the_kernels_and_no_larger_than_the_image():
    model = nn.Sequential(nn.Conv2d(1, 2, (3, 5)), nn.Conv2d(2, 2, (3, 5), stride=(2, 1)))
    fields = summary(model, (1, 9, 20)).table["receptive field"].tolist()
    assert fields == [(3, 5), (5, 9)]
    assert summary(
        nn.Sequential(nn.Conv2d(1, 1, 3, padding=2), nn.Conv2d(1, 1, 5)), (1, 4, 4)
    ).table["receptive field"].tolist() == [(3, 3), (4, 4)]


def test_it_prints_as_text_and_as_html():
    books = summary(build("lenet5"), (1, 32, 32))
    assert "61,706" in str(books)
    assert "246,824" in str(books)  # bytes of the parameters
    assert "16×10×10" in books._repr_html_()
    assert "<th>activation bytes</th>" in books._repr_html_()
    assert str(books).splitlines()[-1].split() == [
        "total",
        "61,706",
        "416,520",
        "246,824",
        "58,408",
    ]


def test_the_model_keeps_its_modes_and_no_hooks():
    model = build("resnet20")
    model.layer1.eval()  # frozen statistics, as in fine-tuning
    summary(model, (3, 32, 32))
    assert (model.training, model.layer1.training, model.layer2.training) == (True, False, True)
    assert not any(layer._forward_hooks for layer in model.modules())


def test_normalisation_learns_nothing_from_the_blank_image():
    model = build("threeconv")
    summary(model, (3, 32, 32))
    assert model.features[0][1].num_batches_tracked == 0


@pytest.mark.parametrize("shape", [(3, 32, 32), (1, 28, 28), (32, 32), (1, 0, 0)])
def test_an_image_that_does_not_fit_is_refused(shape):
    with pytest.raises(ValueError, match=r"`input_shape` \(.*\) does not fit the model"):
        summary(build("lenet5"), shape)


def test_a_layer_that_fails_is_no_trace_in_the_model():
    model = nn.Sequential(nn.Linear(3, 3), nn.Linear(4, 4))
    with pytest.raises(ValueError, match=r"`input_shape` \(3,\) does not fit the model: .*3.*4"):
        summary(model, (3,))
    assert not any(layer._forward_hooks for layer in model.modules())
