"""The receptive field explorer: choose a unit of a chain, and see what it sees on every level."""

import traitlets

from coursecnn import shapes
from coursecnn.widgets.figure import Figure, Place, StateError
from coursecnn.widgets.still import colour, drawing_of, image_of, write

DEEPEST, WIDEST = 5, 80  # layers and pixels for which the picture has room
FEWEST, ROOM = 3, 16  # units of the last layer that are shown at least, and pixels to fill
LARGEST, LONGEST = 11, 4  # kernel and stride that can be chosen
# The picture in pixels: its height, a level's column, room for numbers at the left and above; then
# the distance of neighbouring pixels of the input, and the side of a unit.
HEIGHT, COLUMN, GUTTER, HEAD = 336, 110, 60, 48
LEAST_PITCH, MOST_PITCH, LARGEST_UNIT = 4, 24, 20

#: Chains to choose from, by name: layers from the input on, each (kernel_size, stride).
PRESETS = {
    "two layers of 3": ((3, 1), (3, 1)),
    "one layer of 5": ((5, 1),),
    "LeNet-5": ((5, 1), (2, 2), (5, 1), (2, 2)),
    "the stem of ResNet": ((7, 2), (3, 2)),
}


class Chain(traitlets.TraitType):
    """Layers from the input on, each (kernel_size, stride), as lists that JSON can carry."""

    info_text = "a list of pairs (kernel_size, stride)"

    def make_dynamic_default(self):
        return [list(layer) for layer in self.default_value]

    def validate(self, obj, value):
        try:
            layers = [list(shapes.ntuple(tuple(layer), 2, name=self.name)) for layer in value]
        except (TypeError, ValueError) as error:
            raise StateError(
                f"`{self.name}` must be pairs (kernel_size, stride) of whole numbers; "
                f"received {value!r}"
            ) from error
        if not 1 <= len(layers) <= DEEPEST:
            raise StateError(
                f"`{self.name}` must have 1 to {DEEPEST} layers here; received {len(layers)}"
            )
        for layer in layers:
            self._check_layer(*layer)
        self._check_width(layers)
        return layers

    def _check_layer(self, kernel_size, stride):
        if not (1 <= kernel_size <= LARGEST and 1 <= stride <= LONGEST):
            raise StateError(
                f"each of `{self.name}` must have a kernel size of 1 to {LARGEST} and a stride of "
                f"1 to {LONGEST} here; received ({kernel_size}, {stride})"
            )

    def _check_width(self, layers):
        field = shapes.receptive_field(layers)
        if (width := field.size + (FEWEST - 1) * field.jump) > WIDEST:
            raise StateError(
                f"{FEWEST} neighbouring units of the last of `{self.name}` see {width} pixels but "
                f"the picture has room for {WIDEST}; leave out a layer, or choose smaller kernels "
                f"and strides"
            )


class ReceptiveFieldExplorer(Figure):
    """Choose a unit in a chain of layers, and see its field on every level below.

    Parameters
    ----------
    layers : sequence of (int, int), default ((3, 1), (3, 1))
        Convolutions and poolings without padding from the input on, each (kernel_size, stride):
        1 to 5 layers, kernels of 1 to 11, strides of 1 to 4.
    position : (int, int), optional
        The chosen unit: its layer, counted from 1 as the input is level 0, and its place there,
        counted from 0. Default the middle unit of the last layer.
    presets : dict of str to sequence of (int, int), optional
        Chains to choose from; default two layers of 3, one of 5, LeNet-5 and the stem of ResNet.

    Raises
    ------
    ValueError
        If a value cannot be shown, or fields grow beyond the picture.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader.
    """

    tag = "receptive-field"

    layers = Chain(PRESETS["two layers of 3"]).tag(sync=True)
    position = Place().tag(sync=True)
    presets = traitlets.Dict().tag(sync=True)

    @property
    def field(self):
        """Size, jump and start of the fields in the chosen unit's layer, as `shapes` has them."""
        return shapes.receptive_field(self._below())

    @property
    def intervals(self):
        """First and last unit that the chosen one depends on, from the input up to its level."""
        return shapes.receptive_intervals(self._below(), self.position[1])

    def still(self):
        """The whole chain with the field of the chosen unit."""
        fields = [shapes.receptive_field(self.layers[:n]) for n in range(len(self.layers) + 1)]
        levels = [
            [unit * field.jump + (field.size - 1) / 2 for unit in range(count)]
            for field, count in zip(fields, unit_counts(self.layers), strict=True)
        ]
        picture = _chain_of(levels, self.intervals, units_read(self._below(), self.position[1]),
                           self.position)  # fmt: skip
        return image_of(picture, self._alternative())

    def _below(self):
        return self.layers[: self.position[0]]

    def _alternative(self):
        (level, unit), field = self.position, self.field
        kinds = ", ".join(f"kernel {kernel} and stride {stride}" for kernel, stride in self.layers)
        seen = [_stretch("pixel", *self.intervals[0]) + " of the input"]
        for below, stretch in enumerate(self.intervals[1:-1], 1):
            seen.insert(0, f"{_stretch('unit', *stretch)} of layer {below}")
        return (
            f"{unit_counts(self.layers)[0]} pixels of input and a chain of layers: {kinds}. Unit "
            f"{unit} of layer {level}, counted from 0, sees {', '.join(seen)}: size {field.size}, "
            f"jump {field.jump}, start {unit * field.jump}."
        )

    @traitlets.default("position")
    def _default_position(self):
        return [len(self.layers), (unit_counts(self.layers)[-1] - 1) // 2]

    @traitlets.default("presets")
    def _default_presets(self):
        return {name: [list(layer) for layer in layers] for name, layers in PRESETS.items()}

    @traitlets.validate("presets")
    def _read_presets(self, proposal):
        chain = Chain()
        chain.name = "presets"
        return {name: chain.validate(self, layers) for name, layers in proposal.value.items()}

    @traitlets.validate("position")
    def _check_place(self, proposal):
        (level, unit), counts = proposal.value, unit_counts(self.layers)
        if not (1 <= level < len(counts) and unit < counts[level]):
            there = ", ".join(f"{count} in layer {n}" for n, count in enumerate(counts) if n)
            raise StateError(
                f"`position` must be (layer, unit) of a unit that is drawn: {there}, counted "
                f"from 0; received {tuple(proposal.value)}"
            )
        return proposal.value

    @traitlets.observe("layers")
    def _keep_place(self, _):
        """Keep the chosen unit on the chain when the chain changes."""
        counts = unit_counts(self.layers)
        level = min(max(self.position[0], 1), len(self.layers))
        self.position = [level, min(self.position[1], counts[level] - 1)]


def unit_counts(layers):
    """How many units are drawn on each level, from the input on."""
    field = shapes.receptive_field(layers)
    units = max(FEWEST, (ROOM - field.size) // field.jump + 1)
    counts = [field.size + (units - 1) * field.jump]
    for kernel_size, stride in layers:
        counts.append(shapes.output_size(counts[-1], kernel_size, stride))
    return counts


def units_read(layers, unit):
    """The units that one depends on, level by level: gaps lie between where strides are long."""
    found = [{unit}]
    for kernel_size, stride in reversed(layers):
        found.append({above * stride + tap for above in found[-1] for tap in range(kernel_size)})
    return found[::-1]


def _stretch(noun, first, last):
    return f"{noun} {first}" if first == last else f"{noun}s {first} to {last}"


def _chain_of(levels, stretches, read, chosen):
    """The input at the left, layers to its right, and cones from each level to the one below.

    `levels` holds, from the input on, the middles of the units' fields in pixels; `stretches` the
    first and last unit that the chosen one depends on, up to its own level, and `read` the units
    among those that are read; `chosen` is (level, unit).
    """
    pixels = len(levels[0])
    pitch = min(MOST_PITCH, max(LEAST_PITCH, HEIGHT / pixels))
    columns = [_Column(level, middles, pitch) for level, middles in enumerate(levels)]
    marked = columns[: len(stretches)]
    edges = [column.edges(*stretch) for column, stretch in zip(marked, stretches, strict=True)]
    cones = [_cone(below, *edges[below : below + 2]) for below in range(len(edges) - 1)]
    units = [
        column.drawing(read[level] if level < len(read) else (), chosen)
        for level, column in enumerate(columns)
    ]
    content = "".join([*cones, _mark(stretches[0], edges[0]), *units])
    return drawing_of(content, GUTTER + COLUMN * len(levels), round(HEAD + pixels * pitch + 4))


class _Column:
    """The units of one level, each at the middle of its field."""

    def __init__(self, level, middles, pitch):
        self.level, self.pitch = level, pitch
        self.ys = [HEAD + (middle + 0.5) * pitch for middle in middles]
        jump = middles[1] - middles[0]
        self.side = min(LARGEST_UNIT, jump * pitch - 2.5)  # a line of 1.5 lies around it
        self.role = "output" if level > 0 else "input"

    def edges(self, first, last):
        """Upper and lower edge of a stretch of units."""
        return self.ys[first] - self.side / 2, self.ys[last] + self.side / 2

    def drawing(self, read, chosen):
        """Title and units; those in `read` are filled, the chosen one has a ring."""
        x = GUTTER + (self.level + 0.5) * COLUMN
        title = f"Layer {self.level}" if self.level else "Input"
        parts = [write(title, x, 16, 15, fill=colour(self.role)),
                 write(f"0–{len(self.ys) - 1}", x, 34, 13, fill=colour("quiet"))]  # fmt: skip
        for unit, y in enumerate(self.ys):
            is_chosen = (self.level, unit) == tuple(chosen)
            opacity = 1 if is_chosen or self.level == 0 else 0.55
            fill = colour(self.role) if unit in read else colour("panel")
            parts.append(self._unit(x, y, fill, opacity if unit in read else 1))
            if is_chosen:
                parts.append(self._ring(x, y))
        return "".join(parts)

    def _unit(self, x, y, fill, opacity):
        round_corner = self.side * 0.35 if self.level else 0
        return (
            f'<rect x="{x - self.side / 2:g}" y="{y - self.side / 2:g}" width="{self.side:g}" '
            f'height="{self.side:g}" rx="{round_corner:g}" fill="{fill}" fill-opacity="{opacity}" '
            f'stroke="{colour(self.role)}" stroke-width="1.5"/>'
        )

    def _ring(self, x, y):
        side = self.side + 8
        return (
            f'<rect x="{x - side / 2:g}" y="{y - side / 2:g}" width="{side:g}" height="{side:g}" '
            f'rx="{side * 0.35:g}" fill="none" stroke="currentColor" stroke-width="2"/>'
        )


def _cone(below, low, high):
    left, right = (GUTTER + (level + 0.5) * COLUMN for level in (below, below + 1))
    lines = "".join(f"M{left:g} {a:g}L{right:g} {b:g}" for a, b in zip(low, high, strict=True))
    area = f"M{left:g} {low[0]:g}L{right:g} {high[0]:g}V{high[1]:g}L{left:g} {low[1]:g}Z"
    ink = colour("kernel")
    return (
        f'<path d="{area}" fill="{ink}" fill-opacity="0.12"/>'
        f'<path d="{lines}" stroke="{ink}" stroke-width="1.5" stroke-dasharray="5 4"/>'
    )


def _mark(stretch, edges):
    """A bracket with the first and last pixel that are seen."""
    (first, last), (top, bottom) = stretch, edges
    text = f"{first}" if first == last else f"{first}–{last}"
    x, ink = GUTTER + 10, colour("input")
    return (
        f'<path d="M{x - 4} {top:g}h4V{bottom:g}h-4" fill="none" stroke="{ink}" stroke-width="2"/>'
        + write(text, x - 8, (top + bottom) / 2 + 5, 14, anchor="end", fill=ink)
    )
