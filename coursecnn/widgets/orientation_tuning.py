"""Orientation tuning: turn and move stripes, and see a simple and a complex cell respond."""

from functools import cache
from math import hypot

import numpy as np

from coursecnn.ops import grating, relu
from coursecnn.widgets.figure import Figure, OneOf, Real
from coursecnn.widgets.still import colour, decimal, drawing_of, image_of, write

WAVE, SCENE = 6, 25  # pixels from one bright stripe to the next, and along each side of the picture
SIZES, ANGLES = (9, 13, 19, 25), tuple(range(0, 180, 15))

# The still picture: three tiles above two charts, in pixels.
TILE, CHART, GAP, TITLE = 125, (320, 160), 40, 24
FIELD = {"left": 30, "top": 8, "width": 278, "height": 104}
LEVELS = 12  # of brightness or weight on each side of 0

GREYS = ("white", "black", "grey")  # bright, dark and what lies between
SIGNED = (colour("gradient"), colour("kernel"), colour("panel"))  # above 0, below 0, and 0


class OrientationTuning(Figure):
    """Turn and move stripes before a simple and a complex cell that prefer the same angle.

    Parameters
    ----------
    angle : float, default 90.0
        Direction of the stripes, in degrees from 0 to 180: 0 lies, 90 stands, 45 rises to the
        right.
    phase : float, default 60.0
        How far the stripes are moved on, in degrees from 0 to 360; 360 are one wave.
    preferred : int, default 90
        The angle that both cells prefer: 0, 15, 30 and so on to 165 degrees.
    size : {9, 13, 19, 25}, default 13
        Rows and columns of the receptive field, which is the same for both cells.

    Raises
    ------
    ValueError
        If a number is none of these.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader. With 13 rows and columns the kernels are those
    of `coursecnn.ops.gabor`, at phases 0 and 90; in the other fields their window fades as much
    faster or slower. Stripes and kernels have waves of 6 pixels.

    References
    ----------
    .. [1] D. H. Hubel and T. N. Wiesel, "Receptive fields, binocular interaction and functional
       architecture in the cat's visual cortex", Journal of Physiology 160(1), 1962.
    .. [2] E. H. Adelson and J. R. Bergen, "Spatiotemporal energy models for the perception of
       motion", Journal of the Optical Society of America A 2(2), 1985.
    """

    tag = "orientation-tuning"

    angle = Real(90.0, least=0, most=180).tag(sync=True)
    phase = Real(60.0, least=0, most=360).tag(sync=True)
    preferred = OneOf(ANGLES, 90).tag(sync=True)
    size = OneOf(SIZES, 13).tag(sync=True)

    @property
    def kernels(self):
        """The even kernel and the odd one, ndarray, shape (2, size, size)."""
        return _kernels(self.preferred, self.size)

    @property
    def sums(self):
        """Stripes times weights, added up: (float, float), for the even kernel and the odd one."""
        return self._sums(self.angle, self.phase)

    @property
    def simple(self):
        """Response of the simple cell, float: the sum of the even kernel if that is positive."""
        return float(relu(self.sums[0]))

    @property
    def complex(self):
        """Response of the complex cell, float: the root of the energy of both sums."""
        return hypot(*self.sums)

    def still(self):
        """Stripes and kernels, and both responses against the angle and against the phase."""
        scene = grating(SCENE, self.angle, wavelength=WAVE, phase=self.phase)
        even, odd = self.kernels
        tiles = [
            _tile("input", "stripes", _mosaic(scene, GREYS) + _border(self.size)),
            _tile("kernel", "even kernel", _mosaic(even, SIGNED)),
            _tile("kernel", "odd kernel", _mosaic(odd, SIGNED)),
        ]
        angles, phases = np.linspace(0, 180, 73).tolist(), np.linspace(0, 360, 73).tolist()
        turned = [self._responses(angle, self.phase) for angle in angles]
        moved = [self._responses(self.angle, phase) for phase in phases]
        here, top = (self.simple, self.complex), 1.1 * self._largest()
        charts = [
            _chart("response against angle, degrees", angles, turned, (self.angle, *here), top),
            _chart("response against phase, degrees", phases, moved, (self.phase, *here), top),
        ]
        y, width = TITLE + TILE + 24, 2 * CHART[0] + GAP
        parts = [
            *_beside([*tiles, _legend(self.simple, self.complex)], TILE + GAP, 0),
            *_beside(charts, CHART[0] + GAP, y),
        ]
        drawing = drawing_of("".join(parts), width, y + CHART[1])
        return image_of(drawing, self._alternative())

    def _sums(self, angle, phase):
        stripes = grating(self.size, angle, wavelength=WAVE, phase=phase)
        return tuple(np.sum(self.kernels * stripes, axis=(1, 2)).tolist())

    def _responses(self, angle, phase):
        even, odd = self._sums(angle, phase)
        return max(even, 0), hypot(even, odd)

    def _largest(self):
        """The largest response of both cells, to stripes of their own angle at phase 0."""
        return self._sums(self.preferred, 0)[0]

    def _alternative(self):
        return (
            f"Stripes of {decimal(self.angle)}° at phase {decimal(self.phase)}°; beside them an "
            f"even and an odd kernel of {self.size}×{self.size} weights for {self.preferred}°. "
            f"Two charts show how a simple cell and a complex cell respond, against the angle and "
            f"against the phase of the stripes. Here the simple cell responds with "
            f"{decimal(self.simple)} and the complex cell with {decimal(self.complex)}."
        )


@cache
def _kernels(preferred, size):
    """What `ops.gabor` computes for a field of 13, in one whose window fades with its size."""
    places = np.arange(size) - (size - 1) / 2
    window = np.exp(-2 * np.add.outer(places**2, places**2) / ((size - 1) / 2) ** 2)
    waves = np.stack([grating(size, preferred, wavelength=WAVE, phase=phase) for phase in (0, 90)])
    kernels = window * (waves - np.sum(window * waves, (1, 2), keepdims=True) / np.sum(window))
    kernels /= np.linalg.norm(kernels, axis=(1, 2), keepdims=True)
    kernels.setflags(write=False)  # one figure's kernels are every figure's
    return kernels


def _mosaic(values, colours):
    """A square picture of numbers: the larger one is, the more it has of its side's colour."""
    above, below, between = colours
    parts = [f'<rect width="{TILE}" height="{TILE}" fill="{between}"/>']
    levels = np.rint(LEVELS * values / np.abs(values).max()).astype(int)
    for level in np.unique(levels[levels != 0]).tolist():
        d = "".join(f"M{j} {i}h1v1h-1z" for i, j in np.argwhere(levels == level))
        fill = f'fill="{above if level > 0 else below}" fill-opacity="{abs(level) / LEVELS:g}"'
        parts.append(f'<path d="{d}" {fill}/>')
    # All pictures have the pixels of the scene, and the smaller ones lie in its middle.
    pixel, rest = TILE / SCENE, (SCENE - len(values)) / 2
    move = f'transform="scale({pixel:g}) translate({rest:g} {rest:g})"'
    return f'{parts[0]}<g {move} shape-rendering="crispEdges">{"".join(parts[1:])}</g>'


def _border(size):
    """The receptive field on the scene."""
    pixel = TILE / SCENE
    corner, side = pixel * (SCENE - size) / 2, pixel * size
    return (
        f'<rect x="{corner:g}" y="{corner:g}" width="{side:g}" height="{side:g}" fill="none" '
        f'stroke="{colour("kernel")}" stroke-width="3" stroke-dasharray="6 4"/>'
    )


def _tile(role, title, picture):
    manner = ' stroke-dasharray="5 4"' if role == "kernel" else ""
    frame = f'<rect width="{TILE}" height="{TILE}" fill="none" stroke="{colour(role)}"{manner}/>'
    heading = write(title, 0, 16, 15, anchor="start", fill=colour(role))
    return f'{heading}<g transform="translate(0 {TITLE})">{picture}{frame}</g>'


def _legend(simple, complex_):
    """The line of each cell, and its response."""
    line = '<path d="M0 {y}h40" stroke="{ink}" stroke-width="2.5" stroke-dasharray="{dashes}"/>'
    texts = f"simple cell {decimal(simple)}", f"complex cell {decimal(complex_)}"
    return "".join([
        write("responses", 0, 16, 15, anchor="start", fill=colour("output")),
        line.format(y=40, ink=colour("output"), dashes="none"), _mark("simple", 20, 40),
        line.format(y=66, ink=colour("text"), dashes="8 5"), _mark("complex", 20, 66),
        *(write(text, 50, y, 15, anchor="start") for text, y in zip(texts, (45, 71), strict=True)),
    ])  # fmt: skip


def _chart(label, places, responses, here, top):
    """Two curves over an axis, and where the reader stands on it: its place and both responses."""
    left, foot = FIELD["left"], FIELD["top"] + FIELD["height"]

    def across(place):
        return left + FIELD["width"] * place / places[-1]

    def up(response):
        return foot - FIELD["height"] * response / top

    def curve(numbers, manner):
        pairs = zip(places, numbers, strict=True)
        d = "L".join(f"{across(place):.1f} {up(number):.1f}" for place, number in pairs)
        return f'<path d="M{d}" fill="none" stroke-width="2.5" {manner}/>'

    simple, complex_ = zip(*responses, strict=True)
    x = across(here[0])
    levels, marked = range(0, int(top) + 1, 5 if top > 8 else 2), np.linspace(0, places[-1], 5)
    return "".join([
        f'<path d="M{left} {FIELD["top"]}V{foot}H{across(places[-1]):g}" fill="none" '
        f'stroke="{colour("quiet")}"/>',
        *(write(str(level), left - 6, up(level) + 4, 13, anchor="end") for level in levels),
        *(write(decimal(place), across(place), foot + 17, 13) for place in marked),
        write(label, left + FIELD["width"] / 2, foot + 36, 13, fill=colour("quiet")),
        curve(complex_, f'stroke="{colour("text")}" stroke-dasharray="8 5"'),
        curve(simple, f'stroke="{colour("output")}"'),
        _mark("complex", x, up(here[2])),
        _mark("simple", x, up(here[1])),
    ])  # fmt: skip


def _mark(cell, x, y):
    """A dot for the simple cell and a diamond for the complex one."""
    if cell == "simple":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{colour("output")}"/>'
    return f'<path d="M{x:.1f} {y - 7:.1f}l7 7-7 7-7-7z" fill="{colour("text")}"/>'


def _beside(parts, step, y):
    return [f'<g transform="translate({i * step} {y})">{part}</g>' for i, part in enumerate(parts)]
