"""The digit pad: draw a digit, and see every map of a trained LeNet-5 on the way to ten bars."""

import numpy as np
import traitlets

from coursecnn._palette import GREY, VALUES
from coursecnn.widgets import lenet
from coursecnn.widgets.digits import digits
from coursecnn.widgets.figure import Figure, StateError, Switch
from coursecnn.widgets.still import TITLE, colour, drawing_of, image_of, pixels, write

BOX, MIDDLE = 20, 14  # pixels of the longer side of an MNIST digit, and where its ink is centred
LAYERS = tuple(lenet.LEVELS)[1:]
_FIRST = 3  # the test digit that the figure starts with

# The still picture in pixels: how many maps stand side by side, and the side of one number.
_DIGIT, _GAP = 4, 14
_SHOWN = {"C1": (2, 2), "S2": (2, 3), "C3": (4, 4), "S4": (4, 6), "F5": (10, 8), "F6": (7, 8)}
_BARS, _BAR, _LONGEST = 150, 17, 84


class Ink(traitlets.TraitType):
    """A drawing of 28×28 bytes, kept as rows that JSON can carry."""

    info_text = "an array of whole numbers from 0 to 255, shape (28, 28)"

    def make_dynamic_default(self):
        return [list(row) for row in self.default_value]

    def validate(self, obj, value):
        try:
            array = np.asarray(value)
        except ValueError as error:
            raise StateError(
                f"`{self.name}` must have 28 rows of 28; received {value!r}"
            ) from error
        if array.shape != (lenet.SIZE, lenet.SIZE) or array.dtype.kind not in "iu":
            raise StateError(
                f"`{self.name}` must be whole numbers of shape (28, 28); received an array of "
                f"{array.dtype}, shape {array.shape}"
            )
        if array.min() < 0 or array.max() > 255:
            raise StateError(
                f"`{self.name}` must be 0, the ground, to 255, the ink; received numbers from "
                f"{array.min()} to {array.max()}"
            )
        return array.tolist()


class Unit(traitlets.TraitType):
    """A unit of the network, [layer, map, row, column]; all but the layer are counted from 0."""

    info_text = "(layer, map, row, column)"
    default_value = ("C3", 4, 6, 4)

    def validate(self, obj, value):
        layer, *places = value if isinstance(value, tuple | list) and value else [None]
        if layer not in LAYERS:
            raise StateError(
                f"`{self.name}` must begin with one of {', '.join(LAYERS)}; received {value!r}"
            )
        shape = lenet.LEVELS[layer]
        whole = all(isinstance(n, int | np.integer) and not isinstance(n, bool) for n in places)
        if (
            not whole
            or len(places) != 3
            or not all(0 <= n < size for n, size in zip(places, shape, strict=True))
        ):
            raise StateError(
                f"`{self.name}` must be (layer, map, row, column) of one of the {shape[0]} maps of "
                f"{shape[1]}×{shape[2]} of {layer}, counted from 0; received {value!r}"
            )
        return [layer, *map(int, places)]


class DigitPad(Figure):
    """Draw a digit, and watch a trained LeNet-5 read it.

    The network learned from the training digits of `data.mnist` and runs in the page. Each number
    of its maps can be chosen: the figure shows on which part of the digit it depends, and the sum
    behind it.

    Parameters
    ----------
    pixels : array_like of int, shape (28, 28), optional
        What is drawn, from 0, the ground, to 255, the ink. Default a test digit of MNIST.
    normalise : bool, default True
        Whether the drawing is put into the form of MNIST before the network sees it: resized to
        20 pixels, with the centre of its ink in the middle [1]_.
    unit : (str, int, int, int), optional
        The chosen number: its layer ("C1", "S2", "C3", "S4", "F5", "F6" or "output"), its map, row
        and column there, counted from 0.

    Raises
    ------
    ValueError
        If a value cannot be shown, or there is no such unit.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader: `pixels` is what was drawn.

    References
    ----------
    .. [1] Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to
       document recognition", Proc. IEEE 86(11), 1998, section III.A.
    """

    tag = "digit-pad"

    pixels = Ink().tag(sync=True)
    normalise = Switch(True).tag(sync=True)
    unit = Unit().tag(sync=True)

    @property
    def seen(self):
        """What the network sees, ndarray of float, shape (28, 28), from 0 to 255."""
        drawn = np.asarray(self.pixels, float)
        return normalised(drawn) if self.normalise else drawn

    @property
    def maps(self):
        """All maps of the network by layer, as `lenet.forward` returns them."""
        return lenet.forward(self.seen)

    @property
    def probabilities(self):
        """What the network makes of the ten classes, ndarray, shape (10,)."""
        return lenet.probabilities(self.maps)

    def still(self):
        """The digit on its way through the network, with the field of the chosen unit."""
        x, parts, maps = _DIGIT * lenet.SIZE + _GAP, [_digit(self.seen, self._field())], self.maps
        for layer, (columns, side) in _SHOWN.items():
            drawing, width = _layer(layer, maps[layer], columns, side)
            parts.append(f'<g transform="translate({x} 0)">{drawing}</g>')
            x += width + _GAP
        parts.append(f'<g transform="translate({x} 0)">{_bars(self.probabilities)}</g>')
        return image_of(drawing_of("".join(parts), x + _BARS, 2 * TITLE + 180), self._alternative())

    def _field(self):
        layer, _, *place = self.unit
        return lenet.field(layer, place)

    def _alternative(self):
        first, second = np.argsort(-self.probabilities, kind="stable")[:2]
        shares = [percent(share) for share in self.probabilities[[first, second]]]
        (top, bottom), (left, right) = self._field()
        layer, number, row, column = self.unit
        return (
            "A handwritten digit on its way through a trained LeNet-5: six maps of 28×28 numbers, "
            "pooled to 14×14, sixteen of 10×10, pooled to 5×5, then 120, 84 and ten numbers. The "
            f"network reads {first} ({shares[0]}), then {second} ({shares[1]}). The number in map "
            f"{number + 1}, row {row + 1}, column {column + 1} of {layer} depends on rows "
            f"{top + 1} to {bottom + 1} and columns {left + 1} to {right + 1} of the digit."
        )

    @traitlets.default("pixels")
    def _default_pixels(self):
        return digits()[0][_FIRST].tolist()


def normalised(pixels):
    """A drawing in the form of MNIST; `js/handwriting.js` has the same.

    Parameters
    ----------
    pixels : ndarray, shape (28, 28)
        Ink is positive, the ground 0.

    Returns
    -------
    ndarray of float, shape (28, 28)
        The box around the ink, resized until its longer side has 20 pixels and moved by whole
        pixels until the centre of the ink lies at row and column 14. An image that has this form
        already, or has no ink, stays as it is.
    """
    pixels = np.asarray(pixels, float)
    if not pixels.any():
        return pixels
    inked = [np.flatnonzero(pixels.any(axis)) for axis in (1, 0)]
    stretches = [(places[0], places[-1] - places[0] + 1) for places in inked]
    scale = BOX / max(length for _, length in stretches)
    down, across = (_resizing(*stretch, scale) for stretch in stretches)
    box = down @ pixels @ across.T
    # A little more than a half, so that rounding errors decide nothing.
    centre = [
        box.sum(axis) @ np.arange(size) / box.sum()
        for axis, size in zip((1, 0), box.shape, strict=True)
    ]
    start = np.floor(MIDDLE + 0.5 + 1e-6 - np.array(centre)).astype(int)
    top, left = np.clip(start, 0, lenet.SIZE - np.array(box.shape))
    image = np.zeros_like(pixels)
    image[top : top + box.shape[0], left : left + box.shape[1]] = box
    return image


def _resizing(first, length, scale):
    """Matrix that resizes a stretch, shape (resized length, 28): a tent around each point."""
    count = max(1, int(np.floor(length * scale + 0.5)))
    points = first + (length - 1) / 2 + (np.arange(count) - (count - 1) / 2) / scale
    away = np.abs(np.arange(lenet.SIZE) - points[:, np.newaxis])
    shares = np.maximum(0, 1 - away / max(1, 1 / scale))
    return shares / shares.sum(axis=1, keepdims=True)


def percent(share):
    """A probability as readers see it, without a 0 or a 100 that is none."""
    if share < 0.005:
        return "<\u00a01\u00a0%"
    return ">\u00a099\u00a0%" if share >= 0.995 else f"{int(100 * share + 0.5)}\u00a0%"


# --- the still picture ---


def _digit(seen, field):
    (top, bottom), (left, right) = field
    frame = (
        f'<rect x="{left * _DIGIT}" y="{top * _DIGIT}" '
        f'width="{(right - left + 1) * _DIGIT}" height="{(bottom - top + 1) * _DIGIT}" fill="none" '
        f'stroke="{colour("kernel")}" stroke-width="3" stroke-dasharray="5 4"/>'
    )
    picture, _, _ = pixels(seen / 255, GREY, _DIGIT)
    return _titled("Digit", "input", picture + frame)


def _layer(name, maps, columns, side):
    """The maps of a layer side by side, with a line between them, and the width of them all."""
    gap = 1 if maps.shape[1] > 1 else 0
    rows, (tall, wide) = -(-len(maps) // columns), (size + gap for size in maps.shape[1:])
    tiles = np.full((rows * tall - gap, columns * wide - gap), np.nan)
    most = maps.max() or 1
    for index, each in enumerate(maps):
        top, left = index // columns * tall, index % columns * wide
        tiles[top : top + each.shape[0], left : left + each.shape[1]] = each / most
    picture, width, _ = pixels(tiles, VALUES, side)
    return _titled(name, "output", picture), width


def _titled(title, role, drawing):
    title = write(title, 0, 16, 15, anchor="start", fill=colour(role))
    return f'{title}<g transform="translate(0 {TITLE})">{drawing}</g>'


def _bars(probabilities):
    """The ten classes; the bar of the largest is filled, and its number stands in bold."""
    parts = [write("Output", 0, 16, 15, anchor="start", fill=colour("output"))]
    for label, share in enumerate(probabilities):
        y, best = TITLE + label * _BAR, share == probabilities.max()
        fill = colour("output") if best else "none"
        bar = (
            f'<rect x="16" y="{y + 2}" width="{max(_LONGEST * share, 1):.1f}" height="{_BAR - 5}" '
            f'rx="2" fill="{fill}" stroke="{colour("output")}"/>'
        )
        texts = write(str(label), 0, y + 13, 14, anchor="start")
        texts += write(percent(share), 20 + _LONGEST * share, y + 13, 12, anchor="start")
        parts.append(bar + (f'<g font-weight="700">{texts}</g>' if best else texts))
    return "".join(parts)
