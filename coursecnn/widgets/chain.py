"""A chain of layers as a figure can draw it: its trait, and how many units there are."""

import traitlets

from coursecnn import shapes
from coursecnn.widgets.traits import StateError

DEEPEST, WIDEST = 5, 80  # layers and pixels for which the picture has room
FEWEST, ROOM = 3, 16  # units of the last layer that are shown at least, and pixels to fill
LARGEST, LONGEST = 11, 4  # kernel and stride that can be chosen


class Chain(traitlets.TraitType):
    """Layers from the input on, each (kernel_size, stride), as lists that JSON can carry."""

    info_text = "a list of pairs (kernel_size, stride)"

    def make_dynamic_default(self):
        """A fresh list, so that no two figures share theirs."""
        return [list(layer) for layer in self.default_value]

    def validate(self, obj, value):
        """The value as a list of lists of two ints."""
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
