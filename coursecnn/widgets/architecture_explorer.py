"""The architecture explorer: two networks layer by layer, and what each layer costs."""

import traitlets

from coursecnn.widgets import networks
from coursecnn.widgets.figure import Choice, Figure, Place, StateError
from coursecnn.widgets.still import colour, drawing_of, image_of, write

NONE = "none"
SCALES = ("linear", "logarithmic")

# The still picture in pixels: names, two columns of bars with a number behind each, and rows.
_NAME, _BAR, _NUMBER, _GAP, _ROW, _HEAD = 150, 150, 78, 24, 20, 50
_WORDS = {
    "parameters": ("parameters", "kernel"),
    "macs": ("MACs", "text"),
    "memory": ("memory of outputs", "output"),
    "field": ("receptive field", "input"),
}


class ArchitectureExplorer(Figure):
    """Choose two networks, and compare what their layers learn, compute, keep and see.

    Parameters
    ----------
    first : str, default 'alexnet'
        A key of `models.MODELS` that classifies images.
    second : str, default 'vgg16'
        Another one, or ``'none'``.
    quantity : {'parameters', 'macs', 'memory', 'field'}, default 'parameters'
        What the bars show: what a layer learns, its multiply-accumulate operations, the memory of
        its output, or its receptive field. Each is for one image of the size that the network is
        for, in float32.
    scale : {'linear', 'logarithmic'}, default 'linear'
        Of the bars.
    position : (int, int), default (0, 0)
        The chosen layer or group: 0 for the first network or 1 for the second, and its place in
        the list of all that there are, each group before what is inside, counted from 0.

    Raises
    ------
    ValueError
        If a network, a quantity or a layer does not exist.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader. The numbers are stored: the figure needs no
    torch.
    """

    tag = "architecture-explorer"

    first = Choice(dict.fromkeys(("alexnet", *networks.names()))).tag(sync=True)
    second = Choice(dict.fromkeys(("vgg16", *networks.names(), NONE))).tag(sync=True)
    quantity = Choice(networks.QUANTITIES).tag(sync=True)
    scale = Choice(SCALES).tag(sync=True)
    position = Place().tag(sync=True)

    @property
    def networks(self):
        """The networks that are shown, list of `networks.Network`."""
        return [networks.network(name) for name in (self.first, self.second) if name != NONE]

    @property
    def chosen(self):
        """The chosen layer or group, `networks.Node`."""
        side, place = self.position
        return self.networks[side].nodes[place]

    def still(self):
        """Both networks with a bar for each layer or group: what is asked for, and the MACs."""
        shown = self.networks
        quantities = ["parameters", "macs"]
        if self.quantity not in quantities:
            quantities[0] = self.quantity
        most = {name: max(_most(each, name) for each in shown) for name in quantities}
        parts, y = [], 0
        for each in shown:
            drawing, height = _network(each, quantities, most)
            parts.append(f'<g transform="translate(0 {y})">{drawing}</g>')
            y += height + _GAP
        width = _NAME + 2 * (_BAR + _NUMBER)
        return image_of(drawing_of("".join(parts), width, y - _GAP), self._alternative())

    def _alternative(self):
        texts = []
        for each in self.networks:
            whole = each.whole
            largest = {
                name: max(each.top(), key=lambda node, name=name: getattr(node, name))
                for name in ("parameters", "macs")
            }
            texts.append(
                f"{each.title}: {whole.parameters:,} parameters, most of them, "
                f"{_percent(largest['parameters'].parameters, whole.parameters)}, in "
                f"{largest['parameters'].name}; {_short(whole.macs)} MACs, most of them, "
                f"{_percent(largest['macs'].macs, whole.macs)}, in {largest['macs'].name}; "
                f"{_bytes(whole.memory)} of outputs."
            )
        return f"Bars for each layer or group of layers. {' '.join(texts)}"

    @traitlets.validate("position")
    def _check_place(self, proposal):
        side, place = proposal.value
        if side >= len(self.networks) or place >= len(self.networks[side].nodes):
            there = " and ".join(f"{len(each.nodes)} in {each.title}" for each in self.networks)
            raise StateError(
                f"`position` must be (network, layer) of {there}, counted from 0; "
                f"received {tuple(proposal.value)}"
            )
        return proposal.value

    @traitlets.observe("first", "second")
    def _keep_place(self, _):
        """Choose the first layer where the networks have none at the place."""
        side, place = self.position
        side = min(side, len(self.networks) - 1)
        if place >= len(self.networks[side].nodes):
            place = 0
        self.position = [side, place]


def _network(network, quantities, most):
    """Title, totals and rows of a network, and their height."""
    side = network.image[1]
    title = f"{network.title}, images of {side}×{side}"
    parts = [write(title, 0, 16, 15, anchor="start")]
    for column, name in enumerate(quantities):
        word, role = _WORDS[name]
        text = word if name == "field" else f"{_value(network.whole, name)} {word}"
        parts.append(write(text, _across(column), 38, 14, anchor="start", fill=colour(role)))
    for row, node in enumerate(network.top()):
        y = _HEAD + row * _ROW
        parts.append(write(node.name, 0, y + 12, 14, anchor="start"))
        for column, name in enumerate(quantities):
            parts.append(_bar(node, name, most[name], _across(column), y))
    return "".join(parts), _HEAD + _ROW * len(network.top())


def _across(column):
    return _NAME + column * (_BAR + _NUMBER)


def _most(network, name):
    return max(getattr(node, name) for node in network.nodes)


def _bar(node, name, most, x, y):
    role = _WORDS[name][1]
    length = _BAR * (getattr(node, name) / most if most else 0)
    ink = colour("quiet")
    number = write(_value(node, name), x + length + 6, y + 12, 13, anchor="start", fill=ink)
    return (
        f'<rect x="{x}" y="{y + 1}" width="{max(length, 1):.4g}" height="{_ROW - 6}" '
        f'fill="{colour(role)}"/>{number}'
    )


def _value(node, name):
    if name == "field":
        return str(node.field) if node.field else "whole image"
    return (_bytes if name == "memory" else _short)(getattr(node, name))


def _short(number):
    units = ["", " k", " M", " G", " T"]
    while number >= 999.5 and len(units) > 1:
        number /= 1000
        del units[0]
    return f"{float(f'{number:.3g}'):g}{units[0]}"


def _bytes(number):
    text = _short(number)
    return f"{text} bytes" if number < 999.5 else f"{text}B"


def _percent(part, whole):
    share = 100 * part / whole if whole else 0
    return f"{share:.1f} %" if share < 9.95 else f"{share:.0f} %"
