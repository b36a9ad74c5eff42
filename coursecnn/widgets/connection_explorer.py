"""The connection explorer: who reads whom in a layer, and which of the weights are the same."""

from html import escape

import numpy as np
import traitlets

from coursecnn import ops, shapes
from coursecnn.widgets.figure import Choice, Figure, StateError, Whole
from coursecnn.widgets.still import CELL, TITLE, colour, image_of, panel, row_of, write

KINDS = ("shared", "sparse", "dense")
SIDES = ("output", "input")
GEOMETRY = ("size", "kernel_size", "side")

_LETTERS = "abcdefghij"
# The style of a line tells its letter, here and in `css/connection-explorer.css`.
_DASHES = {"a": "", "b": "7 7", "c": "0.1 6", "d": "11 6 0.1 6", "e": "16 8"}
_UNIT, _LINES = 32, 150
_SIDES = {"output": 0, "input": 1}  # the axes of a weight matrix
# A letter stands near the end where its unit's lines lie apart.
_NEAR = {"output": 0.24, "input": 0.76}


class ConnectionExplorer(Figure):
    """Walk through the units of a layer, and see whom each of them reads and with which weights.

    The layer has one channel, stride 1 and no padding. Dense: every output reads every input.
    Sparse: each output reads a window, with weights of its own. Shared: all outputs read their
    windows with the same weights, which is a convolution.

    Parameters
    ----------
    size : int, default 8
        Inputs of the layer, 5 to 10.
    kernel_size : int, default 3
        Inputs that one window holds, 1 to 5.
    kind : {'shared', 'sparse', 'dense'}, default 'shared'
        Which connections there are, and which weights are the same.
    side : {'output', 'input'}, default 'output'
        Whether the reader stands on an output, and sees whom it reads, or on an input, and sees
        whom it influences.
    unit : int, default 0
        The unit on which the reader stands, counted from 0.

    Raises
    ------
    ValueError
        If a value cannot be shown, or there is no such unit.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader.
    """

    tag = "connection-explorer"

    size = Whole(8, least=5, most=10).tag(sync=True)
    kernel_size = Whole(3, least=1, most=5).tag(sync=True)
    kind = Choice(KINDS).tag(sync=True)
    side = Choice(SIDES).tag(sync=True)
    unit = Whole(0, least=0, most=9).tag(sync=True)

    @property
    def weights(self):
        """The weight matrix in letters, ndarray of str, shape (outputs, size).

        A letter names the place in the window, a number below it the output that the weight
        belongs to alone; "0" stands where there is no connection.
        """
        places = np.arange(1, self.size + 1)
        if self.kind == "dense":
            places = np.tile(places, (self._outputs, 1))
        else:
            places = ops.toeplitz(places[: self.kernel_size], self.size)
        names = np.array(["0", *_LETTERS])[places]
        if self.kind == "shared":
            return names
        owners = [[_below(output + 1)] for output in range(self._outputs)]
        return np.where(places > 0, np.char.add(names, owners), names)

    @property
    def counts(self):
        """Connections and different weights of each kind, dict of str to (int, int)."""
        window, outputs = (self.kernel_size,), self._outputs
        everything = shapes.linear_parameters(self.size, outputs, bias=False)
        windows = shapes.macs(1, 1, window, (outputs,))
        kernel = shapes.conv_parameters(1, 1, window, bias=False)
        return {
            "dense": (everything, everything),
            "sparse": (windows, windows),
            "shared": (windows, kernel),
        }

    def still(self):
        """Network and weight matrix, the reader's unit marked in both, and the costs as text."""
        weights = self.weights
        rows, columns = weights.shape
        frame = (self.unit, 0, 1, columns) if self.side == "output" else (0, self.unit, rows, 1)
        network = _Network(weights, self.side, self.unit)
        title = f"Weight matrix {rows}×{columns}"
        matrix = panel("kernel", title, [weights.tolist()], window=frame)
        picture = image_of(row_of([network.panel(), matrix], " "), self._alternative(network.own))
        return f"{picture}<p>{escape(self._costs())}</p>"

    @property
    def _outputs(self):
        return shapes.output_size(self.size, self.kernel_size)

    @property
    def _units(self):
        """How many units there are on the reader's side."""
        return self._outputs if self.side == "output" else self.size

    def _alternative(self, own):
        verb, row, others = (
            ("reads inputs", "row", [source + 1 for _, source in own])
            if self.side == "output"
            else ("influences outputs", "column", [output + 1 for output, _ in own])
        )
        names = ", ".join(str(self.weights[tuple(pair)]) for pair in own)
        return (
            f"A {self.kind} layer of {self.size} inputs and {self._outputs} outputs, with lines "
            f"for its {self.counts[self.kind][0]} connections, beside its weight matrix. "
            f"{self.side.capitalize()} {self.unit + 1} {verb} {', '.join(map(str, others))} "
            f"with the weights {names}; its {row} of the matrix is framed."
        )

    def _costs(self):
        costs = [
            f"{kind} {connections} connections and {weights} different weights"
            for kind, (connections, weights) in self.counts.items()
        ]
        return f"What each kind of layer needs: {'; '.join(costs)}."

    @traitlets.validate("unit")
    def _check_unit(self, proposal):
        if proposal.value >= self._units:
            raise StateError(
                f"`unit` must be one of the {self._units} {self.side}s, counted from 0; "
                f"received {proposal.value}; choose 0 to {self._units - 1}"
            )
        return proposal.value

    @traitlets.observe(*GEOMETRY)
    def _keep_unit(self, _):
        """Move the reader back into a layer that has become smaller."""
        self.unit = min(self.unit, self._units - 1)


def _below(number):
    """A number in the small digits below the line."""
    return "".join(chr(0x2080 + int(digit)) for digit in str(number))


class _Network:
    """Units, lines and letters of one layer; the lines of the reader's unit are thick and named."""

    def __init__(self, weights, side, unit):
        self.weights, self.side, self.unit = weights, side, unit
        pairs = np.argwhere(weights != "0")
        is_own = pairs[:, _SIDES[side]] == unit
        self.own, self.others = pairs[is_own].tolist(), pairs[~is_own].tolist()

    def panel(self):
        """Drawing, width and height, as `still.panel` returns them."""
        right = _UNIT + _LINES
        parts = [
            write("Inputs", 0, 16, 15, anchor="start", fill=colour("input")),
            write("Outputs", right + _UNIT, 16, 15, anchor="end", fill=colour("output")),
            *(self._line(*pair, "quiet", 1) for pair in self.others),
            *(self._line(*pair, "kernel", 3) for pair in self.own),
            *self._units("input", 0),
            *self._units("output", right),
            *(self._letter(*pair) for pair in self.own),
        ]
        return "".join(parts), right + _UNIT, TITLE + max(self.weights.shape) * CELL

    def _line(self, output, source, role, thickness):
        left, right = self._ends(output, source)
        dashes = _DASHES.get(str(self.weights[output, source]))
        style = f' stroke-dasharray="{dashes}" stroke-linecap="round"' if dashes else ""
        return (
            f'<path d="M{_UNIT} {left:g}L{_UNIT + _LINES} {right:g}" stroke="{colour(role)}" '
            f'stroke-width="{thickness}"{style}/>'
        )

    def _letter(self, output, source):
        left, right = self._ends(output, source)
        share = _NEAR[self.side]
        place = _UNIT + share * _LINES, left + share * (right - left) + 5
        name = write(str(self.weights[output, source]), *place, 15, fill=colour("kernel"))
        halo = f'paint-order="stroke" stroke-width="5" stroke="{colour("page")}"'
        return f'<g font-weight="600" {halo}>{name}</g>'

    def _units(self, side, x):
        linked = {pair[_SIDES[side]] for pair in self.own}
        for unit in range(self.weights.shape[_SIDES[side]]):
            yield self._unit(side, unit, x, unit in linked)

    def _unit(self, side, unit, x, is_linked):
        is_here = side == self.side and unit == self.unit
        y, ink = self._height(side, unit), colour(side if is_linked else "quiet")
        corner = ' rx="8"' if side == "output" else ""
        box = (
            f'<rect x="{x}" y="{y - _UNIT / 2:g}" width="{_UNIT}" height="{_UNIT}"{corner} '
            f'fill="{ink if is_here else "none"}" stroke="{ink}" '
            f'stroke-width="{3 if is_linked else 1}"/>'
        )
        paper = colour("page") if is_here else "currentColor"
        return box + write(str(unit + 1), x + _UNIT / 2, y + 5, 15, fill=paper)

    def _ends(self, output, source):
        return self._height("input", source), self._height("output", output)

    def _height(self, side, unit):
        """Where a unit stands: the outputs beside the middle of the inputs."""
        outputs, inputs = self.weights.shape
        above = (inputs - outputs) / 2 if side == "output" else 0
        return TITLE + (unit + above + 0.5) * CELL
