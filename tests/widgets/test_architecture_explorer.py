"""The architecture explorer as a Python object: its networks, its errors, its picture."""

import pytest
from bs4 import BeautifulSoup

from coursecnn.models import MODELS
from coursecnn.widgets import ArchitectureExplorer


def test_it_begins_with_alexnet_and_vgg():
    explorer = ArchitectureExplorer()
    assert [network.title for network in explorer.networks] == ["AlexNet", "VGG-16"]
    assert explorer.chosen.name == "conv1"


@pytest.mark.parametrize("name", [name for name in MODELS if not name.startswith("dcgan")])
def test_every_classifier_can_be_chosen_on_either_side(name):
    explorer = ArchitectureExplorer(first=name, second=name)
    assert explorer.networks[0] is explorer.networks[1]


def test_the_chosen_layer_is_one_of_the_network():
    explorer = ArchitectureExplorer(second="resnet50", position=(1, 4))
    assert explorer.chosen.what == "1×1 convolution"
    explorer.second = "lenet5"
    assert explorer.chosen.name == "F5"
    explorer.second = "mlp"  # has no fifth
    assert explorer.chosen.name == "dense1"
    explorer.second = "none"
    assert explorer.position == [0, 0]


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"first": "dcgan_generator"}, "`first` must be one of alexnet, lenet5_1998, .*received"),
        ({"first": "none"}, "`first` must be one of .*; received 'none'"),
        ({"second": "resnet5"}, "`second` must be one of vgg16, .*none; received 'resnet5'"),
        ({"quantity": "MACs"}, "`quantity` must be one of parameters, macs, memory, field"),
        ({"scale": "log"}, "`scale` must be one of linear, logarithmic; received 'log'"),
        ({"position": (0, 12)}, r"\(network, layer\) of 12 in AlexNet and 27 in VGG-16, counted "),
        ({"second": "none", "position": (1, 0)}, "of 12 in AlexNet, counted from 0; received"),
    ],
)
def test_what_cannot_be_shown_is_refused(state, message):
    with pytest.raises(ValueError, match=message):
        ArchitectureExplorer(**state)


def picture(**state):
    return BeautifulSoup(ArchitectureExplorer(**state).still(), "html.parser").svg


def test_the_picture_compares_parameters_and_macs_on_one_scale():
    svg = picture()
    texts = [text.string for text in svg.select("text")]
    assert {"61.1 M parameters", "714 M MACs", "138 M parameters", "15.5 G MACs"} <= set(texts)
    bars = [float(bar["width"]) for bar in svg.select("rect")]
    assert len(bars) == 2 * (12 + 9)
    parameters, macs = bars[::2], bars[1::2]
    assert max(parameters) == max(macs) == 150
    assert parameters[9] == pytest.approx(150 * 37_752_832 / 102_764_544, rel=1e-3)


def test_the_picture_shows_what_is_asked_for():
    texts = [text.string for text in picture(quantity="field", second="none").select("text")]
    assert texts.count("whole image") == 3
    assert {"receptive field", "195", "714 M MACs"} <= set(texts)
    texts = [text.string for text in picture(quantity="memory", second="none").select("text")]
    assert "4.34 MB memory of outputs" in texts


def test_who_cannot_see_it_hears_where_most_is():
    label = picture()["aria-label"]
    assert "AlexNet: 61,100,840 parameters, most of them, 62 %, in dense1; 714 M MACs" in label
    assert label.endswith("15.5 G MACs, most of them, 30 %, in stage 3; 115 MB of outputs.")


def test_a_network_without_a_second_is_alone():
    explorer = ArchitectureExplorer(first="mlp", second="none")
    assert [network.title for network in explorer.networks] == ["MLP"]
    assert len(picture(first="mlp", second="none").select("rect")) == 2 * 2
