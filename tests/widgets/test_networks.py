"""What is stored of every network is what `models.summary` and torchvision say of it."""

import importlib.util
from math import isnan

import pytest

from coursecnn import evidence
from coursecnn.models import MODELS
from coursecnn.widgets import bundle, networks

SCRIPT = bundle.FOLDER.parents[2] / "book" / "explored_networks.py"
#: Further networks of the same code, which take long.
LARGER = {
    *(f"vgg{depth}{norm}" for depth in (11, 13, 19) for norm in ("", "_bn")),
    "vgg16_bn", "resnext50_32x4d", "mobilenet_v3_small",
    *(f"resnet{depth}" for depth in (34, 50, 101, 152, 32, 44, 56, 110)),
    "resnext101_32x8d", "densenet169", "densenet201", "regnet_y_800mf", "efficientnet_lite2",
    *(f"efficientnet_b{version}" for version in range(1, 8)),
    *(f"convnext_{size}" for size in ("small", "base", "large")),
}  # fmt: skip


@pytest.fixture(scope="module")
def script():
    """The script that stores them."""
    spec = importlib.util.spec_from_file_location("explored_networks", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def layers_of(tree):
    """The layers of a tree without its groups."""
    for each in tree:
        if isinstance(each, dict):
            yield each
        else:
            yield from layers_of(each[1])


def labels_of(tree, level=0):
    """Names and levels of all that is in a tree, layers and groups."""
    for each in tree:
        if isinstance(each, dict):
            yield each["name"], level
        else:
            yield each[0], level
            yield from labels_of(each[1], level + 1)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.thorough if name in LARGER else ())
        for name in networks.names()
    ],
)
def test_what_is_stored_is_what_the_summary_says(script, name):
    kept, made = networks.network(name), script.network(name)
    books = made["books"]
    assert kept.whole.parameters == books.parameters
    assert kept.whole.macs == books.macs
    assert kept.whole.memory == books.activation_bytes
    counted = books.table[books.table["MACs"] > 0]
    assert [node.macs for node in kept.nodes if node.what and node.macs] == counted["MACs"].tolist()
    layers = [node for node in kept.nodes if node.what]
    for node, layer in zip(layers, layers_of(made["tree"]), strict=True):
        told = {name: layer[name] for name in ("name", "what", "parameters", "macs", "memory",
                                               "field", "gated", "given", "output")}  # fmt: skip
        assert {name: getattr(node, name) for name in told} == told
        assert node.beside == " + ".join(layer["beside"])
    assert [(node.name, node.level) for node in kept.nodes] == list(labels_of(made["tree"]))
    assert (kept.title, kept.image) == (made["title"], made["image"])


def test_every_classifier_is_there():
    assert set(networks.names()) == {name for name in MODELS if not name.startswith("dcgan")}


def test_totals_are_those_that_torchvision_states():
    import torchvision

    known = set(torchvision.models.list_models()) & set(networks.names())
    assert len(known) == 37
    for name in known:
        stated = torchvision.models.get_model_weights(name).IMAGENET1K_V1.meta
        whole = networks.network(name).whole
        assert whole.parameters == stated["num_params"]
        assert f"{whole.macs / 1e9:.3f}" == f"{stated['_ops']:.3f}"


@pytest.mark.parametrize("name", networks.names())
def test_the_table_of_networks_says_the_same(name):
    kept, told = networks.network(name), evidence.load("architectures").set_index("name").loc[name]
    whole = kept.whole
    assert (kept.title, *kept.image) == (told["title"], told["channels"], told["image"])
    assert (whole.parameters, whole.macs) == (told["parameters"], told["macs"])
    assert (whole.memory, whole.gated) == (told["activation_bytes"], told["gated"])
    assert whole.field == (0 if isnan(told["field"]) else told["field"])


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("alexnet", 195),
        ("vgg16", 212),
        ("resnet50", 427),
        ("resnet152", 1451),
        ("lenet5", 16),
        ("lenet5_1998", 16),
        ("mlp", 0),
    ],
)
def test_fields_are_those_of_the_last_maps_and_larger_than_the_image_if_need_be(name, field):
    whole = networks.network(name).whole
    assert (whole.field, whole.gated) == (field, False)


def test_gates_are_told_apart():
    whole = networks.network("efficientnet_b0").whole
    assert (whole.field, whole.gated) == (851, True)
    first, *_, squeeze, excite, conv = networks.network("efficientnet_b0").nodes[2:8]
    assert (first.name, first.level) == ("block 1", 1)
    assert [node.name for node in (squeeze, excite, conv)] == ["squeeze", "excite", "conv"]
    assert [(node.field, node.gated) for node in (excite, conv)] == [(0, False), (7, True)]


@pytest.mark.parametrize("name", ["alexnet", "googlenet", "densenet121", "resnet50"])
def test_a_group_takes_and_gives_what_its_neighbours_do(name):
    nodes = networks.network(name).nodes
    layers = [node for node in nodes if node.what]
    for index, node in enumerate(nodes):
        inside = [each for each in nodes[index : node.end] if each.what]
        assert node.parameters == sum(each.parameters for each in inside)
        assert node.given == inside[0].given
        if not node.what:
            assert node.output == layers[layers.index(inside[-1]) + 1].given


def test_stages_and_blocks_are_those_of_the_papers():
    def names(network, level):
        return [node.name for node in networks.network(network).nodes if node.level == level]

    assert names("vgg16", 0) == [*(f"stage {n}" for n in range(1, 6)), "pool", "dense1", "dense2",
                                 "dense3"]  # fmt: skip
    assert names("resnet50", 1).count("block 3") == 4
    assert len([name for name in names("resnet50", 1) if name.startswith("block")]) == 3 + 4 + 6 + 3
    assert [name for name in names("googlenet", 0) if "inception" in name] == [
        f"inception {label}" for label in ("3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b")
    ]
    assert len([name for name in names("densenet121", 1) if "layer" in name]) == 6 + 12 + 24 + 16
    assert names("lenet5", 0) == ["C1", "S2", "C3", "S4", "F5", "F6", "output"]


def test_they_weigh_little():
    assert (bundle.FOLDER / "networks.stored.js").stat().st_size < 130_000
