"""A layer as a still picture: inputs on the left, outputs on the right, lines between."""

import numpy as np

from coursecnn.widgets.still import CELL, TITLE, colour, write

# The style of a line tells its letter, here and in the style sheet of the connection explorer.
_DASHES = {"a": "", "b": "7 7", "c": "0.1 6", "d": "11 6 0.1 6", "e": "16 8"}
_UNIT, _LINES = 32, 150
_SIDES = {"output": 0, "input": 1}  # the axes of a weight matrix
# A letter stands near the end where its unit's lines lie apart.
_NEAR = {"output": 0.24, "input": 0.76}


class Network:
    """Units, lines and letters of one layer.

    Parameters
    ----------
    weights : ndarray of str, shape (outputs, inputs)
        Names of the weights; "0" where there is no connection. A line has a style of its own
        where its weight's name is a single letter.
    side : {'output', 'input'}
        Side of the unit whose lines are drawn thick, with their letters.
    unit : int
        Number of that unit, counted from 0.
    """

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
