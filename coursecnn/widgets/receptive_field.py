"""The receptive field explorer: choose a unit of a chain, and see what it sees on every level."""

import traitlets

from coursecnn import shapes
from coursecnn.widgets.chain import Chain, unit_counts, units_read
from coursecnn.widgets.figure import Figure, image_of
from coursecnn.widgets.still_chain import chain_of
from coursecnn.widgets.traits import Place, StateError

#: Chains to choose from, by name: layers from the input on, each (kernel_size, stride).
PRESETS = {
    "two layers of 3": ((3, 1), (3, 1)),
    "one layer of 5": ((5, 1),),
    "LeNet-5": ((5, 1), (2, 2), (5, 1), (2, 2)),
    "the stem of ResNet": ((7, 2), (3, 2)),
}


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
        picture = chain_of(levels, self.intervals, units_read(self._below(), self.position[1]),
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


def _stretch(noun, first, last):
    return f"{noun} {first}" if first == last else f"{noun}s {first} to {last}"
