"""What every layer of the course's classifiers costs, stored in `js/networks.stored.js`.

`book/explored_networks.py` computes it with `models.summary`; `js/networks.js` is the twin of this
module in the browser.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from coursecnn.widgets import stored

MOST_OFTEN = 100  # below, a stored memory counts how often it holds the output; above, bytes
QUANTITIES = ("parameters", "macs", "memory", "field")


@dataclass(frozen=True)
class Node:
    """A layer, or a group of layers, of a network.

    Attributes
    ----------
    name : str
        What it is called, such as ``"conv2"`` or ``"stage 3"``.
    level : int
        Groups around it.
    end : int
        Where the next node stands that is not inside, in the list of all nodes.
    what, beside : str
        A layer in words, and what belongs to it: ``"norm + ReLU"``; of groups nothing.
    given, output : (int, int)
        Channels and side of the maps, of 0 where it is a list of numbers.
    parameters, macs, memory : int
        Sums over all inside; memory is that of the outputs for one image, in bytes.
    field : int
        Receptive field in pixels and padding, 0 where it is the whole image; of a group that of its
        last maps of more than one place.
    gated : bool
        Whether the field is so small only if gates of squeeze and excitation are left out.
    """

    name: str
    level: int
    end: int
    what: str
    beside: str
    given: tuple[int, int]
    output: tuple[int, int]
    parameters: int
    macs: int
    memory: int
    field: int
    gated: bool


@dataclass(frozen=True)
class Network:
    """A network and its nodes in the order of its layers, each group before what is inside.

    Attributes
    ----------
    title : str
        How it is written.
    image : (int, int)
        Channels and side of its images.
    nodes : tuple of Node
        Layers and groups.
    whole : Node
        All of it as one group.
    """

    title: str
    image: tuple[int, int]
    nodes: Sequence[Node]
    whole: Node

    def top(self):
        """The nodes that are in no group."""
        return [node for node in self.nodes if node.level == 0]


@cache
def _kept():
    return stored.read("networks")["networks"]


def names():
    """Names of all networks, in the order of their families."""
    return tuple(name for family in _kept()["families"].values() for name in family)


@cache
def network(name):
    """A network by its name.

    Parameters
    ----------
    name : str
        One of `names`.

    Returns
    -------
    Network
        Its layers and groups.
    """
    title, channels, side, tree = _kept()["networks"][name]
    nodes = []
    _append(tree, 0, nodes, 1)
    leaves = [node for node in nodes if node.what]
    groups = [_summed(node, index, nodes, leaves) for index, node in enumerate(nodes)]
    whole = _group("", 0, len(nodes), leaves, leaves[-1].output)
    return Network(title, (channels, side), tuple(groups), whole)


def _append(tree, level, nodes, field):
    """Append layers as they are, and groups with nothing but their name and their end.

    `field` is that of the layer before; the last one is returned. The script that stores the
    networks says what each number is.
    """
    words, rows, groups = (_kept()[name] for name in ("words", "rows", "groups"))
    for entry in tree:
        index = len(nodes)
        if isinstance(entry[0], str):
            nodes.append(None)
            field = _append(groups[entry[1]], level + 1, nodes, field)
            nodes[index] = Node(entry[0], level, len(nodes), "", "", (), (), 0, 0, 0, 0, False)
        else:
            name, row, step, *gate = entry
            what, beside, *sizes, weights, others, memory = rows[row]
            channels, side = sizes[2:]
            numbers = channels * max(side, 1) ** 2
            field += step or 0
            nodes.append(
                Node(words[name], level, index + 1, words[what], words[beside], tuple(sizes[:2]),
                     (channels, side), weights * channels + others, weights * numbers,
                     memory if memory >= MOST_OFTEN else 4 * numbers * memory,
                     0 if step is None else field, bool(gate))
            )  # fmt: skip
    return field


def _summed(node, index, nodes, leaves):
    """A layer as it is; a group with the sums over its layers."""
    if node.what:
        return node
    inside = [each for each in nodes[index : node.end] if each.what]
    # Branches are joined behind the last layer of a block: the next layer says what is given on.
    behind = [each.given for each in nodes[node.end :] if each.what]
    output = behind[0] if behind and behind[0][1] else inside[-1].output
    return _group(node.name, node.level, node.end, inside, output)


def _group(name, level, end, inside, output):
    sums = [sum(getattr(layer, quantity) for layer in inside) for quantity in QUANTITIES[:3]]
    field = max((layer.field for layer in inside if layer.output[1] > 1), default=0)
    gated = any(layer.gated for layer in inside)
    return Node(name, level, end, "", "", inside[0].given, output, *sums, field, gated)
