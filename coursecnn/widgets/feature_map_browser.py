"""The feature-map browser: two digits, and every map of one layer of a trained LeNet-5 for both."""

import numpy as np
import traitlets

from coursecnn._palette import GREY, SIGNED, VALUES
from coursecnn.widgets import lenet
from coursecnn.widgets.digits import digits
from coursecnn.widgets.figure import Choice, Figure, StateError, Whole
from coursecnn.widgets.still import TITLE, colour, decimal, drawing_of, image_of, pixels, write

LAYERS = tuple(name for name in lenet.LEVELS if name != "input")
CHANGES, ORDERS = ("shift", "turn", "noise"), ("number", "strength", "difference")
MOST, DEGREES, GREYS = 6, 10, 20  # steps of a change; degrees and grey levels of one step
MOST_MAPS = 120

# The still picture in pixels: the side of a number of a digit; then, by the rows of a layer's maps,
# how many pairs of them stand side by side, and the side of one of their numbers.
_DIGIT, _GAP = 4, 24
_SHOWN = {28: (2, 4), 14: (2, 8), 10: (4, 6), 5: (4, 10), 1: (20, 8)}


class FeatureMapBrowser(Figure):
    """Compare what one layer of a trained LeNet-5 computes of two digits, map by map.

    Parameters
    ----------
    left : int, default 3
        The digit at the left, by its number in `digits.digits`, 0 to 19: of each class one, then of
        each class one that is hard to read.
    right : int, default 8
        The one at the right.
    change : {'shift', 'turn', 'noise'}, default 'shift'
        What is done to the right digit: moved to the right, turned clockwise, or noise added.
    amount : int, default 0
        How many steps of it, 0 to 6: pixels, tens of degrees, or a standard deviation of so many
        times 20 grey levels.
    layer : {'C1', 'S2', 'C3', 'S4', 'F5', 'F6', 'output'}, default 'C3'
        The layer whose maps are shown.
    map : int, default 0
        The chosen map, counted from 0.
    order : {'number', 'strength', 'difference'}, default 'number'
        How the maps are ordered: by number, by the largest response, or by how much they differ.

    Raises
    ------
    ValueError
        If a value cannot be shown, or the layer has no such map.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader.

    References
    ----------
    .. [1] J. R. Bray and J. T. Curtis, "An ordination of the upland forest communities of southern
       Wisconsin", Ecological Monographs 27(4), 1957: the measure of `differences`.
    """

    tag = "feature-map-browser"

    left = Whole(3, least=0, most=19).tag(sync=True)
    right = Whole(8, least=0, most=19).tag(sync=True)
    change = Choice(CHANGES).tag(sync=True)
    amount = Whole(0, least=0, most=MOST).tag(sync=True)
    layer = Choice(LAYERS).tag(sync=True)
    map = Whole(0, least=0, most=MOST_MAPS - 1).tag(sync=True)
    order = Choice(ORDERS).tag(sync=True)

    @property
    def images(self):
        """Both digits as the network gets them, ndarray of float, shape (2, 28, 28), 0 to 255."""
        images = digits()[0].astype(float)
        return np.stack([images[self.left], changed(images[self.right], self.change, self.amount)])

    @property
    def maps(self):
        """What the layer computes of both, ndarray of float, shape (2, maps, rows, columns)."""
        return lenet.forward(self.images)[self.layer]

    @property
    def strengths(self):
        """The largest response of each map to either digit, ndarray, shape (maps,)."""
        return self.maps.max(axis=(0, 2, 3))

    @property
    def differences(self):
        """How much the two differ on each map, ndarray, shape (maps,).

        It is ``Σ|a − b| / Σ(|a| + |b|)`` over the places of a map.
        """
        left, right = self.maps.reshape(2, lenet.LEVELS[self.layer][0], -1)
        return difference(left, right)

    @property
    def layer_difference(self):
        """The same over all maps of the layer together, float."""
        left, right = self.maps.reshape(2, -1)
        return float(difference(left, right))

    @property
    def ordered(self):
        """The maps in the chosen order, list of int; equal ones by their numbers."""
        numbers = np.arange(lenet.LEVELS[self.layer][0])
        keys = {"number": -numbers, "strength": self.strengths, "difference": self.differences}
        return np.argsort(-keys[self.order], kind="stable").tolist()

    @property
    def peaks(self):
        """Where the chosen map responds most to either digit, list of (row, column), from 0."""
        *_, columns = lenet.LEVELS[self.layer]
        return [divmod(int(each.argmax()), columns) for each in self.maps[:, self.map]]

    @property
    def exciting(self):
        """The stored digits with the largest response of the chosen map, list of (digit, float)."""
        responses = lenet.forward(digits()[0])[self.layer][:, self.map].max(axis=(1, 2))
        return [(int(n), float(responses[n])) for n in np.argsort(-responses, kind="stable")]

    def still(self):
        """Both digits with the fields of the largest responses, and all maps of the layer."""
        inputs = [
            _digit(image, field) for image, field in zip(self.images, self._fields(), strict=True)
        ]
        maps, width, height = self._pairs()
        left = lenet.SIZE * _DIGIT
        top = TITLE + 2 * left + _GAP
        parts = [
            _title("Left", 0, 16, "input"), _at(inputs[0], 0, TITLE),
            _title("Right", 0, TITLE + left + 18, "input"), _at(inputs[1], 0, 2 * TITLE + left),
            _title(f"{self.layer}: left | right", left + _GAP, 16, "output"),
            _at(maps, left + _GAP, TITLE),
        ]  # fmt: skip
        drawing = drawing_of("".join(parts), left + _GAP + width, max(top, TITLE + height) + 8)
        return image_of(drawing, self._alternative())

    def _fields(self):
        return [lenet.field(self.layer, place) for place in self.peaks]

    def _pairs(self):
        """All maps, those of both digits side by side, and a frame around the chosen pair."""
        maps, (count, rows, columns) = self.maps, lenet.LEVELS[self.layer]
        across, side = _SHOWN[rows]
        gap = 2 if rows > 1 else 1
        tall, wide = rows + gap, 2 * columns + gap
        tiles = np.full((-(-count // across) * tall, min(across, count) * wide), np.nan)
        is_signed = self.layer == "output"
        most = np.abs(maps).max() or 1
        shares = (maps / most + 1) / 2 if is_signed else maps / most
        for at, number in enumerate(self.ordered):
            top, start = at // across * tall, at % across * wide
            tiles[top : top + rows, start : start + 2 * columns] = np.concatenate(
                [shares[0, number], shares[1, number]], axis=1
            )
        picture, width, height = pixels(tiles, SIGNED if is_signed else VALUES, side)
        row, column = divmod(self.ordered.index(self.map), across)
        frame = (
            f'<rect x="{column * wide * side - 2}" y="{row * tall * side - 2}" '
            f'width="{2 * columns * side + 4}" height="{rows * side + 4}" fill="none" '
            f'stroke="currentColor" stroke-width="3"/>'
        )
        return picture + frame, width + 4, height + 4

    def _alternative(self):
        labels, chosen = digits()[1], difference(*self.maps[:, self.map].reshape(2, -1))
        shape = lenet.LEVELS[self.layer]
        largest = [decimal(float(each.max())) for each in self.maps[:, self.map]]
        both = " and ".join(_a(labels[n]) for n in (self.left, self.right))
        return (
            f"Two handwritten digits, {both}{_words(self.change, self.amount)}, and what layer "
            f"{self.layer} of a trained LeNet-5 computes of them side by side: {shape[0]} maps of "
            f"{shape[1]}×{shape[2]}. Number {self.map + 1} is framed: its largest value is "
            f"{largest[0]} for the left digit and {largest[1]} for the right one, and the two "
            f"differ by {100 * chosen:.0f} %."
        )

    @traitlets.default("layer")
    def _default_layer(self):
        return "C3"

    @traitlets.validate("map")
    def _check_map(self, proposal):
        count = lenet.LEVELS[self.layer][0]
        if proposal.value >= count:
            raise StateError(
                f"`map` must be one of the {count} maps of {self.layer}, counted from 0; "
                f"received {proposal.value}"
            )
        return proposal.value

    @traitlets.observe("layer")
    def _keep_map(self, _):
        """Choose the last map where the new layer has fewer."""
        self.map = min(self.map, lenet.LEVELS[self.layer][0] - 1)


def difference(one, other):
    """How much responses differ, from 0 to 1, along the last axis; 0 where there are none."""
    apart, together = np.abs(one - other).sum(-1), (np.abs(one) + np.abs(other)).sum(-1)
    return np.divide(apart, together, out=np.zeros_like(together), where=together > 0)


def changed(image, change, amount):
    """A digit that is moved, turned or noisy; `js/changed.js` has the same.

    Parameters
    ----------
    image : ndarray of float, shape (28, 28)
        From 0, the ground, to 255, the ink.
    change : {'shift', 'turn', 'noise'}
        What is done.
    amount : int
        How many steps of it; none leave the image as it is.

    Returns
    -------
    ndarray of float, shape (28, 28)
        Moved to the right by so many pixels; turned clockwise around its middle by ten times as
        many degrees, with linear interpolation; or with nearly normal noise, always the same, whose
        standard deviation is twenty times as many grey levels, cut to 0 … 255.
    """
    if amount == 0:
        return image
    return {"shift": _shifted, "turn": _turned, "noise": _noisy}[change](image, amount)


def _shifted(image, amount):
    return np.pad(image, ((0, 0), (amount, 0)))[:, :-amount]


def _turned(image, amount):
    """Read each pixel where it was before the turn, between its four neighbours there."""
    angle, middle = np.deg2rad(amount * DEGREES), (lenet.SIZE - 1) / 2
    y, x = np.mgrid[: lenet.SIZE, : lenet.SIZE] - middle
    row, column = (middle + np.cos(angle) * y - np.sin(angle) * x,
                   middle + np.sin(angle) * y + np.cos(angle) * x)  # fmt: skip
    top, left = np.floor(row).astype(int), np.floor(column).astype(int)
    low, right = row - top, column - left
    # A frame of zeros as wide as a corner can leave the image.
    framed, width = np.pad(image, lenet.SIZE), lenet.SIZE

    def at(i, j):
        return framed[i + width, j + width]

    upper = (1 - right) * at(top, left) + right * at(top, left + 1)
    lower = (1 - right) * at(top + 1, left) + right * at(top + 1, left + 1)
    return (1 - low) * upper + low * lower


def _noisy(image, amount):
    """Add sums of twelve uniform numbers, which are nearly normal and equal in both languages.

    References
    ----------
    .. [1] W. Press, S. Teukolsky, W. Vetterling and B. Flannery, "Numerical Recipes in C", 2nd
       edition, 1992, section 7.1: the quick generator of uniform numbers.
    """
    state, uniform = 1, np.empty(12 * image.size)
    for n in range(uniform.size):
        state = (1664525 * state + 1013904223) % 2**32
        uniform[n] = state / 2**32
    normal = uniform.reshape(*image.shape, 12).sum(-1) - 6
    return np.clip(image + amount * GREYS * normal, 0, 255)


# --- the still picture ---


def _a(label):
    return f"an {label}" if label == 8 else f"a {label}"


def _words(change, amount):
    """What was done to a digit, after its name."""
    if amount == 0:
        return ""
    said = {"shift": f"moved right by {amount} pixel{'s' * (amount > 1)}",
            "turn": f"turned clockwise by {amount * DEGREES}°",
            "noise": f"with noise of standard deviation {amount * GREYS}"}  # fmt: skip
    return f", {said[change]}"


def _digit(image, field):
    (top, bottom), (left, right) = field
    frame = (
        f'<rect x="{left * _DIGIT}" y="{top * _DIGIT}" width="{(right - left + 1) * _DIGIT}" '
        f'height="{(bottom - top + 1) * _DIGIT}" fill="none" stroke="{colour("kernel")}" '
        f'stroke-width="3" stroke-dasharray="5 4"/>'
    )
    return pixels(image / 255, GREY, _DIGIT)[0] + frame


def _title(text, x, y, role):
    return write(text, x, y, 15, anchor="start", fill=colour(role))


def _at(drawing, x, y):
    return f'<g transform="translate({x} {y})">{drawing}</g>'
