"""Sums over networks and their groups, and bars on both scales, for layers drawn at random."""

from math import ceil, log10

from coursecnn.widgets import networks

EACH = 5  # for each network


def vectors(rng):
    """For every network, itself and some of its layers and groups beside another network."""
    names = networks.names()
    return [_vector(name, names[rng.integers(len(names))], rng) for name in names * EACH]


def _vector(name, other, rng):
    shown = [networks.network(each) for each in (name, other)]
    nodes = shown[0].nodes
    chosen = sorted({int(n) for n in rng.integers(len(nodes), size=6)})
    quantity = networks.QUANTITIES[rng.integers(4)]
    values = [getattr(node, quantity) for each in shown for node in each.nodes]
    most, least = max(*values, 1), min([value for value in values if value > 0], default=1)
    low, high = ceil(log10(least)) - 1, ceil(log10(most))
    logs = [max(log10(value) - low, 0) / (high - low) if value else 0 for value in values]
    kept = [[value / most for value in values], logs]
    return {
        "names": [name, other],
        "quantity": quantity,
        "chosen": chosen,
        "expected": [_told(shown[0].whole), *(_told(nodes[n]) for n in chosen)],
        "ends": [nodes[n].end for n in chosen],
        "bars": [[bars[n] for n in chosen] for bars in kept],
    }


def _told(node):
    sums = [getattr(node, quantity) for quantity in networks.QUANTITIES]
    return [*sums, int(node.gated), *node.given, *node.output]
