"""Store what the architecture explorer shows: `python book/explored_networks.py` (a minute).

Every network is built without numbers, `models.summary` keeps its books, and what belongs together
becomes one layer: a convolution with the normalisation and the activation around it. Layers of a
block, and blocks of a stage, stand in groups.
"""

import re
from collections import Counter
from functools import cache
from unittest import mock

import torch
from torch import nn

from coursecnn import evidence, models
from coursecnn.models import blocks
from coursecnn.models.blocks.squeeze_excitation import SqueezeExcitation
from coursecnn.models.lenet_1998 import Codes, PartialConv2d, Subsampling
from coursecnn.models.resnet9 import _Residual
from coursecnn.widgets import stored
from coursecnn.widgets.networks import MOST_OFTEN

#: Networks in the order of the lists of choices.
FAMILIES = {
    "LeNet": ["lenet5_1998", "lenet5"],
    "Before residuals": [
        "alexnet", "zfnet", "nin", "vgg11", "vgg13", "vgg16", "vgg19", "vgg11_bn", "vgg13_bn",
        "vgg16_bn", "vgg19_bn", "googlenet",
    ],
    "Residual and dense": [
        "resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "resnext50_32x4d",
        "resnext101_32x8d", "densenet121", "densenet169", "densenet201",
    ],
    "Small and scaled": [
        "squeezenet1_1", "mobilenet_v2", "mobilenet_v3_small",
        *(f"efficientnet_b{version}" for version in range(8)), "efficientnet_lite0",
        "efficientnet_lite2", "regnet_y_400mf", "regnet_y_800mf", "convnext_tiny",
        "convnext_small", "convnext_base", "convnext_large",
    ],
    "For images of 32 pixels": [
        "resnet20", "resnet32", "resnet44", "resnet56", "resnet110", "resnet9", "mlp", "threeconv",
        "tinyvgg", "alexnet_small", "nin_small", "vgg_small", "googlenet_small", "densenet_small",
    ],
}  # fmt: skip

#: Names that the chapters give to the layers of two networks.
OWN_NAMES = {
    "lenet5": ["C1", "S2", "C3", "S4", "F5", "F6", "output"],
    "lenet5_1998": ["C1", "S2", "reads 3 maps", "reads 4 maps", "reads 6 maps", "S4", "C5", "F6",
                    "output"],
}  # fmt: skip

_POOLING = (
    nn.MaxPool2d, nn.AvgPool2d, nn.AdaptiveAvgPool2d, nn.AdaptiveMaxPool2d, Subsampling,
)  # fmt: skip
_MAIN = (nn.Conv2d, nn.Linear, Codes, *_POOLING)
_BLOCKS = {
    blocks.BasicBlock: "block", blocks.Bottleneck: "block", blocks.RegNetBlock: "block",
    blocks.InvertedResidual: "block", blocks.InvertedBottleneck: "block",
    blocks.ConvNeXtBlock: "block", blocks.DenseLayer: "layer", blocks.Inception: "inception",
    blocks.Fire: "fire", _Residual: "residual", PartialConv2d: "C",
}  # fmt: skip
_BESIDE = {
    "BatchNorm2d": "norm", "LayerNorm": "norm", "LayerNorm2d": "norm", "LocalResponseNorm": "norm",
    "ReLU": "ReLU", "ReLU6": "ReLU6", "SiLU": "SiLU", "GELU": "GELU", "Hardswish": "hard swish",
    "Hardsigmoid": "hard sigmoid", "Sigmoid": "sigmoid", "ScaledTanh": "tanh",
    "SamePad2d": "padding", "ThinnedShortcut": "thinned shortcut", "ConvNeXtBlock": "scale",
}  # fmt: skip
_SILENT = {"Dropout", "Flatten", "Identity", "Permute"}  # they learn nothing and keep nothing


def names():
    """Names of all networks that are shown."""
    return [name for family in FAMILIES.values() for name in family]


@cache
def ledger():
    """Titles and images of all networks, as the table of them has both."""
    return evidence.load("architectures").set_index("name")


def network(name):
    """Everything about a network: its title, its image, and its layers in groups.

    Parameters
    ----------
    name : str
        A key of `models.MODELS`.

    Returns
    -------
    dict
        ``tree`` is a list of layers (dict) and of groups, (label, list of the same).
    """
    with torch.device("meta"):
        model = models.build(name)
    channels, side = map(int, ledger().loc[name, ["channels", "image"]])
    shape = (channels, side, side)
    books = models.summary(model, shape)
    ungated = _fields_without_gates(model, shape)
    layers = _layers(model, books, ungated)
    is_vgg = isinstance(model, models.VGG)
    tree = _between_poolings(layers) if is_vgg else _grouped(model, layers)
    _name(tree, iter(OWN_NAMES.get(name, ())))
    return {"title": ledger().loc[name, "title"], "image": shape[:2], "tree": tree, "books": books}


def _fields_without_gates(model, shape):
    """Receptive fields by layer when no gate lets a unit depend on the whole image."""
    if not any(isinstance(module, SqueezeExcitation) for module in model.modules()):
        return None
    with mock.patch.object(SqueezeExcitation, "forward", lambda self, x: x):
        books = models.summary(model, shape)
    return dict(zip(books.table["layer"], books.fields, strict=True))


def _layers(model, books, ungated):
    """The layers in the order of their calls; each row of the books belongs to one of them."""
    modules = dict(model.named_modules())
    layers, waiting = [], []
    rows = books.table.to_dict("records")
    for row, given, field in zip(rows, books.inputs, books.fields, strict=True):
        path, module = row["layer"], modules[row["layer"]]
        home = _home(modules, path)
        if isinstance(module, _MAIN):
            if isinstance(module, _POOLING) and row["output"][1:] == (1, 1):
                field = None  # pooling over all that there is
            gated = ungated is not None and _whole(field) and not _whole(ungated[path])
            layer = {
                "path": path, "home": home, "module": module,
                "what": _what(module, len(given)), "given": _size(given, module),
                "output": _size(row["output"], module),
                "field": _pixels(ungated[path] if gated else field), "gated": gated,
                "beside": [], "parameters": 0, "macs": 0, "memory": 0,
            }  # fmt: skip
            layers.append(layer)
            for each in [*waiting, row]:
                _add(layer, each)
            waiting = []
        elif (owner := _owner(layers, path, home)) is None:
            waiting.append(row)
        else:
            _add(owner, row)
    for each in waiting:
        _add(layers[-1], each)
    return layers


def _whole(field):
    return not field or None in field


def _pixels(field):
    """The side of a field, 0 where it is the whole image."""
    if _whole(field):
        return 0
    (side,) = set(field)
    return side


def _add(layer, row):
    """Count what stands in a row to a layer, and say what it is if it stands beside the layer."""
    layer["parameters"] += row["parameters"]
    layer["macs"] += row["MACs"]
    layer["memory"] += row["activation bytes"]
    if row["kind"] in _BESIDE:
        word = _BESIDE[row["kind"]]
        if word not in layer["beside"]:
            layer["beside"].append(word)
    elif row["kind"] not in _SILENT and row["layer"] != layer["path"]:
        raise ValueError(f"a layer of the kind {row['kind']} has no name here")


def _owner(layers, path, home):
    """The layer that something beside it belongs to; None if that is still to come."""
    near = [layer for layer in layers if layer["home"] == home]
    if home != "" and not near:
        return None
    if home == "" and layers and layers[-1]["home"] != "":
        return None  # behind a group, it leads on
    parent = path.rpartition(".")[0]
    beside = [layer for layer in near if layer["path"].rpartition(".")[0] == parent]
    return (beside or near or [None])[-1]


def _home(modules, path):
    """The path of the block that a layer is in, or nothing."""
    parts = path.split(".")
    for count in range(1, len(parts) + 1):
        if _noun(modules, ".".join(parts[:count])):
            return ".".join(parts[:count])
    return ""


def _noun(modules, path):
    """What a block is called, or None for other modules."""
    module = modules[path]
    if noun := next((noun for kind, noun in _BLOCKS.items() if isinstance(module, kind)), None):
        return noun
    if isinstance(module, nn.Sequential) and path.count("."):
        inner = dict(module.named_children())
        if {"norm", "conv", "pool"} <= set(inner):
            return "transition"
        if len(inner) > 1 and all(type(each) is nn.Sequential for each in inner.values()):
            return "mlpconv"
    return None


def _size(shape, module):
    """Channels and side; side 0 for a list of numbers."""
    if len(shape) == 1:
        return shape[0], 0
    channels, side, other = shape if isinstance(module, (nn.Conv2d, *_POOLING)) else shape[::-1]
    if side != other:
        raise ValueError(f"maps must be squares; received {shape}")
    return channels, side


def _what(module, axes):
    """A layer in words; what it is given has so many axes."""
    if isinstance(module, nn.Linear):
        return "dense layer" if axes == 1 else "dense layer for each pixel"
    if isinstance(module, Codes):
        return "distances to codes"
    if isinstance(module, Subsampling):
        return "2×2 trained average, stride 2"
    if isinstance(module, nn.AdaptiveAvgPool2d | nn.AdaptiveMaxPool2d):
        kind = "average" if isinstance(module, nn.AdaptiveAvgPool2d) else "maximum"
        sides = module.output_size
        sides = (sides, sides) if isinstance(sides, int) else sides
        return f"global {kind}" if sides == (1, 1) else f"{kind} to {sides[0]}×{sides[1]}"
    kernel, stride = (_side(each) for each in (module.kernel_size, module.stride))
    if not isinstance(module, nn.Conv2d):
        kind = "maximum" if isinstance(module, nn.MaxPool2d) else "average"
    elif module.groups == 1:
        kind = "convolution"
    elif module.groups == module.in_channels:
        kind = "depthwise convolution"
    else:
        kind = f"convolution in {module.groups} groups"
    return f"{kernel}×{kernel} {kind}" + (f", stride {stride}" if stride > 1 else "")


def _side(value):
    (side,) = {value} if isinstance(value, int) else set(value)
    return side


def _grouped(model, layers):
    """Layers in groups: (label, contents) for a block, and around it for its stage."""
    modules = dict(model.named_modules())
    tree, counts, before = [], Counter(), (None, None)
    for layer in layers:
        home = layer["home"]
        stage = _stage(modules, home)
        noun = _noun(modules, home)
        if stage and stage != before[0]:
            counts["block"] = counts["layer"] = 0
            counts["stage"] += 1
            label = "dense block" if noun == "layer" else "stage"
            tree.append((f"{label} {counts['stage']}", []))
        level = tree[-1][1] if stage else tree
        if home and home != before[1]:
            counts[noun] += 1
            level.append((_label(noun, counts[noun], home), []))
        (level[-1][1] if home else level).append(layer)
        before = stage, home
    return tree


def _stage(modules, home):
    """The path of the stage around a block, whose children are all blocks; or nothing."""
    stage = home.rpartition(".")[0]
    if stage in ("", "features"):
        return ""
    inside = [f"{stage}.{name}" for name, _ in modules[stage].named_children()]
    return stage if all(_noun(modules, path) for path in inside) else ""


def _label(noun, number, path):
    if match := re.fullmatch(r"inception(\w+)", path):
        return f"inception {match[1]}"
    if noun == "fire":
        return f"fire {number + 1}"  # the paper counts the first convolution
    return "C3" if noun == "C" else f"{noun} {number}"


def _between_poolings(layers):
    """The same for VGG: convolutions up to a pooling are a stage."""
    tree, stage = [], []
    for layer in layers:
        if isinstance(layer["module"], nn.Conv2d | nn.MaxPool2d):
            stage.append(layer)
            if isinstance(layer["module"], nn.MaxPool2d):
                tree.append((f"stage {len(tree) + 1}", stage))
                stage = []
        else:
            tree.append(layer)
    return tree


def _name(tree, own):
    """Give each layer the next of its own names, or one that no other in its group has."""
    kinds = [_kind(each) for each in tree if isinstance(each, dict)]
    often, counts = Counter(kinds), Counter()
    for each in tree:
        if isinstance(each, dict):
            kind = _kind(each)
            counts[kind] += 1
            number = str(counts[kind]) if often[kind] > 1 else ""
            each["name"] = next(own, None) or f"{kind}{number}"
        else:
            _name(each[1], own)


def _kind(layer):
    """What a layer is called, without its number."""
    parts, module = layer["path"].split("."), layer["module"]
    if {"downsample", "proj"} & set(parts):
        return "shortcut"
    if isinstance(module, nn.Linear):
        return "dense"
    if isinstance(module, _POOLING):
        return "pool"
    if parts[-1] in ("fc1", "fc2"):
        return {"fc1": "squeeze", "fc2": "excite"}[parts[-1]]
    if "depthwise" in layer["what"]:
        return "depthwise"
    if parts[-1] in ("squeeze", "output"):
        return parts[-1]
    return "expand" if parts[-1].startswith("expand") else "conv"


# --- what is stored ---


def packed(networks):
    """Networks as JSON keeps them: what many of them share is written once.

    A layer is [name, row, step] and, if its gates see the whole image, a 1; a group is [label,
    contents]. Names, rows and contents are places in the lists ``words``, ``rows`` and ``groups``.
    The step is what the field grows by since the last layer that had one, None for the whole image.
    Of a layer's numbers a row has [what, what is beside it, channels and side of its input and of
    its output, weights for each number of the output, what else it learns, and how often its memory
    holds the output, or its bytes where these are no multiple].
    """
    words, rows, groups = {}, {}, {}

    def at(table, value):
        return table.setdefault(value, len(table))

    def pack(tree, field):
        entries = []
        for each in tree:
            if isinstance(each, dict):
                entry, field = pack_layer(each, field)
            else:
                inside, field = pack(each[1], field)
                entry = each[0], at(groups, inside)
            entries.append(entry)
        return tuple(entries), field

    def pack_layer(layer, before):
        field = layer["field"] or before
        step = field - before if layer["field"] else None
        gate = (1,) if layer["gated"] else ()
        row = (
            at(words, layer["what"]), at(words, " + ".join(layer["beside"])),
            *layer["given"], *layer["output"], *_short(layer),
        )  # fmt: skip
        return (at(words, layer["name"]), at(rows, row), step, *gate), field

    kept = {
        name: [each["title"], *each["image"], pack(each["tree"], 1)[0]]
        for name, each in networks.items()
    }
    return {
        "families": FAMILIES, "networks": kept, "words": list(words), "rows": list(rows),
        "groups": list(groups),
    }  # fmt: skip


def _short(layer):
    """The numbers of a layer in few digits: weights per output, other parameters, memory."""
    channels, side = layer["output"]
    numbers = channels * max(side, 1) ** 2
    weights, rest = divmod(layer["macs"], numbers)
    if rest:
        raise ValueError(f"each output of {layer['path']} must have as many weights")
    often, rest = divmod(layer["memory"], 4 * numbers)
    memory = layer["memory"] if rest or often >= MOST_OFTEN else often
    return weights, layer["parameters"] - weights * channels, memory


if __name__ == "__main__":
    torch.set_num_threads(1)
    kept = packed({name: network(name) for name in names()})
    stored.write("networks", "book/explored_networks.py", networks=kept)
