"""The parameter explosion: the weights of a dense layer and of a convolution, drawn to scale."""

from math import log10

import traitlets

from coursecnn import shapes
from coursecnn.widgets.figure import Figure, StateError, Whole
from coursecnn.widgets.still import colour, drawing_of, image_of, write

#: Networks and a laptop to compare with, by their weights. GPT-3: T. Brown et al., "Language models
#: are few-shot learners", NeurIPS 2020, table 2.1.
REFERENCES = {
    "LeNet-5": 61_706,
    "AlexNet": 61_100_840,
    "laptop, 16 GB": 16 * 10**9 // 4,
    "GPT-3": 175 * 10**9,
}
LAYERS = ("convolution", "units", "maps")
BYTES = 4  # of a weight in float32
DECADES = 18
#: Sides of the frames in millimetres, each a hundredth of the next.
FRAMES = {"1 cm": 10, "1 m": 10**3, "100 m": 10**5, "10 km": 10**7, "1,000 km": 10**9}

WIDTH, INSET, ROW, SIDE, GAP, HATCH = 660, 12, 50, 112, 25, 6


class ParameterExplosion(Figure):
    """Let an image grow, and see what a dense layer and a convolution need for it.

    Three layers are compared, biases aside: a convolution that keeps the size of the image, a dense
    layer with some units, and a dense layer with as many outputs as the convolution.

    Parameters
    ----------
    height : int, default 3000
        Rows of the image, 8 to 4,000.
    width : int, default 4000
        Its columns, 8 to 4,000.
    in_channels : int, default 1
        1 for a grey image, 3 for one in colour.
    out_features : int, default 10,000
        Units of the first dense layer, 1 to 100,000.
    kernel_size : int, default 3
        Rows and columns of a kernel, 1 to 11.
    out_channels : int, default 1
        Kernels of the convolution, and values for each pixel in the second dense layer, 1 to 512.

    Raises
    ------
    ValueError
        If a number is out of the range that can be drawn.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader.
    """

    tag = "parameter-explosion"

    height = Whole(3000, least=8, most=4000).tag(sync=True)
    width = Whole(4000, least=8, most=4000).tag(sync=True)
    in_channels = Whole(1, least=1, most=3).tag(sync=True)
    out_features = Whole(10_000, least=1, most=100_000).tag(sync=True)
    kernel_size = Whole(3, least=1, most=11).tag(sync=True)
    out_channels = Whole(1, least=1, most=512).tag(sync=True)

    @property
    def weights(self):
        """Weights of the layers, dict of str to int: ``convolution``, ``units`` and ``maps``."""
        pixels = self.height * self.width
        inputs, kernels = pixels * self.in_channels, self.out_channels
        convolution = shapes.conv_parameters(
            self.in_channels, kernels, self.kernel_size, bias=False
        )
        units = shapes.linear_parameters(inputs, self.out_features, bias=False)
        maps = shapes.linear_parameters(inputs, pixels * kernels, bias=False)
        return {"convolution": convolution, "units": units, "maps": maps}

    def still(self):
        """The layers on one axis in powers of ten, and as squares in frames to scale."""
        rows = [self._row(layer, index * ROW) for index, layer in enumerate(LAYERS)]
        top = len(LAYERS) * ROW
        frames = _frames(self.weights, top + 112)
        content = f'<g transform="translate(2 0)">{"".join(rows)}{_axis(top)}{frames}</g>'
        return image_of(drawing_of(content, WIDTH + 4, top + SIDE + 142), self._alternative())

    def _row(self, layer, y):
        """What a layer is called, its weights and its memory, over its place on the axis."""
        count = self.weights[layer]
        x, line = _across(count), y + 37
        ticks = "".join(f"M{_across(known):g} {line - 6}v12" for known in REFERENCES.values())
        parts = [
            _shape(layer, 0, y + 5, 13),
            write(self._name(layer), 22, y + 17, 15, anchor="start"),
            write(f"{count:,} weights, {memory(count)}", WIDTH, y + 17, 15, anchor="end"),
            f'<path d="M{INSET} {line}H{WIDTH - INSET}" stroke="{colour("line")}"/>',
            f'<path d="{ticks}" stroke="{colour("quiet")}" stroke-dasharray="2 2"/>',
            f'<path d="M{INSET} {line}H{x:g}" stroke="{colour("quiet")}" stroke-width="2"/>',
            _shape(layer, x - 7, line - 7, 14),
        ]
        return "".join(parts)

    def _name(self, layer):
        kernels, size = self.out_channels, self.kernel_size
        return {
            "convolution": f"Convolution, {_several(kernels, 'kernel')} of {size}×{size}",
            "units": f"Dense, {_several(self.out_features, 'unit')}",
            "maps": f"Dense, {_several(kernels, 'value')} for each pixel",
        }[layer]

    def _alternative(self):
        weights = self.weights
        rows = [
            f"{self._name(layer)}: {_several(count, 'weight')}, {memory(count)}"
            for layer, count in weights.items()
        ]
        among = ", ".join(f"{name} {count:,}" for name, count in REFERENCES.items())
        first, second, third = map(_length, weights.values())
        return (
            f"A scale in powers of ten for an image of {self.height}×{self.width} pixels. "
            f"{'. '.join(rows)}. To compare: {among}. As squares with one weight per square "
            f"millimetre they are {first}, {second} and {third} wide."
        )

    @traitlets.validate("in_channels")
    def _check_channels(self, proposal):
        if proposal.value not in (1, 3):
            raise StateError(f"`in_channels` must be 1 or 3 here; received {proposal.value}")
        return proposal.value


def memory(count):
    """The memory of so many weights in float32, in three digits; ≈ when they are rounded.

    Parameters
    ----------
    count : int
        Weights.

    Returns
    -------
    str
        A number and its unit, in powers of 1,000.

    Examples
    --------
    >>> memory(12_000_000 * 10_000), memory(61_706)
    ('480 GB', '≈ 247 kB')
    """
    size, units = BYTES * count, ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"]
    while size >= 999.5 and len(units) > 1:
        size /= 1000
        del units[0]
    short = float(f"{size:.3g}") if size < 1000 else round(size)
    return f"{'' if short == size else '≈ '}{short:,g} {units[0]}"


def _length(count):
    """The side of a square with a weight on each square millimetre, in three digits."""
    side, units = count**0.5, {"km": 10**6, "m": 10**3, "cm": 10, "mm": 1}
    name = next((name for name, length in units.items() if side >= length), "mm")
    return f"{float(f'{side / units[name]:.3g}'):g} {name}"


def _several(number, noun):
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# --- the picture ---


def _across(count):
    return INSET + (WIDTH - 2 * INSET) * log10(count) / DECADES


def _shape(layer, x, y, side):
    """A square in the manner of a layer: dashed, grey or hatched; dotted for the laptop."""
    role, opacity, dashes = {
        "convolution": ("kernel", 0.25, "4 3"),
        "units": ("text", 0.5, "none"),
        "maps": ("text", 0, "none"),
        "laptop": ("text", 0, "2 3"),
    }[layer]
    place = f'x="{x:.4g}" y="{y:.4g}" width="{side:.4g}" height="{side:.4g}"'
    ground = f'<rect {place} fill="{colour("panel")}"/>' if layer != "laptop" else ""
    lines = _hatching(x, y, side) if layer == "maps" else ""
    return (
        f'{ground}<rect {place} fill="{colour(role)}" fill-opacity="{opacity}" '
        f'stroke="{colour(role)}" stroke-width="1.5" stroke-dasharray="{dashes}"/>{lines}'
    )


def _hatching(x, y, side):
    """Slanting lines in a square."""
    step = min(HATCH, side / 3)
    lines = []
    for index in range(1, int(2 * side / step)):
        over = max(0, index * step - side)
        run = index * step - 2 * over
        lines.append(f"M{x + over:.4g} {y + side - run - over:.4g}l{run:.4g} {run:.4g}")
    return f'<path d="{"".join(lines)}" stroke="{colour("quiet")}"/>'


def _axis(y):
    """What to compare with, then powers of ten and the memory that so many weights take."""
    foot = y + 40
    parts = [f'<path d="M{INSET} {foot}H{WIDTH - INSET}" stroke="{colour("quiet")}"/>']
    for index, (name, count) in enumerate(REFERENCES.items()):
        parts.append(write(name, _across(count), y + 12 + 17 * (index == 2), 13))
    for power in range(0, DECADES + 1, 3):
        anchor = "start" if power == 0 else "end" if power == DECADES else "middle"
        x = {"start": 0, "end": WIDTH, "middle": _across(10**power)}[anchor]
        parts.append(write(_power(power), x, foot + 17, 13, anchor=anchor, fill=colour("quiet")))
        kept = memory(10**power)
        parts.append(write(kept, x, foot + 33, 13, anchor=anchor, fill=colour("quiet")))
    parts.append(write("To scale, one weight per mm²:", 0, foot + 64, 14,
                       anchor="start", fill=colour("quiet")))  # fmt: skip
    return "".join(parts)


def _power(exponent):
    raised = str(exponent).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"10{raised}" if exponent else "1"


def _frames(weights, y):
    """Frames from small to large with the squares that fit; each lies in the next one's corner."""
    parts = []
    for index, (name, length) in enumerate(FRAMES.items()):
        x = index * (SIDE + GAP)
        counts = {**weights, "laptop": REFERENCES["laptop, 16 GB"]}
        sides = {layer: SIDE * count**0.5 / length for layer, count in counts.items()}
        for layer, side in sorted(sides.items(), key=lambda item: -item[1]):
            if side >= SIDE / 100 and not (layer == "laptop" and side > SIDE):
                shown = min(side, SIDE)
                parts.append(_shape(layer, x, y + SIDE - shown, shown))
        lens = f"M{x - GAP} {y}L{x} {y + SIDE * 0.99:g}M{x - GAP} {y + SIDE}H{x}" if index else ""
        parts.append(f'<path d="{lens}M{x} {y}h{SIDE}v{SIDE}h-{SIDE}z" fill="none" '
                     f'stroke="{colour("line")}"/>')  # fmt: skip
        parts.append(write(name, x + SIDE / 2, y + SIDE + 18, 13, fill=colour("quiet")))
    return "".join(parts)
