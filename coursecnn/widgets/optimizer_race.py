"""The optimizer race: SGD, momentum and Adam walk down one surface, each with its own rate."""

from math import log10, sqrt
from types import SimpleNamespace

import numpy as np

from coursecnn.numpy_net import SGD, Adam, Momentum
from coursecnn.widgets.figure import Choice, Figure, OneOf, Point, Real, Whole
from coursecnn.widgets.still import colour, drawing_of, image_of, write

NAMES = {"sgd": "SGD", "momentum": "momentum", "adam": "Adam"}
FORMULAS = {"sgd": "2/λ", "momentum": "2(1+β)/λ"}
SURFACES = ("bowl", "turned bowl", "valley")
CONDITIONS, BETAS = (1, 2, 5, 10, 20, 50), (0.0, 0.5, 0.8, 0.9, 0.99)
STEPS, REACH = 100, (2, 1)
LEAST, MOST = 0.001, 10  # rates
BOUND = 1e6  # a loss above it ends a path

# The still picture, in pixels: the surface, at its right the losses, and the rates below.
UNIT, CHART, GAP = 100, (190, 160), 56
LOWEST, HIGHEST = -12, 6  # powers of ten of the losses in the chart
HIGH = 20  # times the loss at the start: so far a path that diverges is drawn
LEVELS = tuple(0.02 * 3**power for power in range(9))
LINES = {
    "sgd": (colour("input"), "none"),
    "momentum": (colour("kernel"), "7 4"),
    "adam": (colour("gradient"), "2 4"),
}


class OptimizerRace(Figure):
    """Choose a rate for each of three optimizers, and see where it leads them on a surface.

    Parameters
    ----------
    surface : {'bowl', 'turned bowl', 'valley'}, default 'bowl'
        A bowl with the curvatures 1 and `condition`, along the axes or turned by 45°; or a valley
        with a curved floor, whose walls have the curvature `condition`.
    condition : {1, 2, 5, 10, 20, 50}, default 20
        How many times as steep the surface is across as along.
    start : (float, float), default (-1.7, 0.5)
        Where the race begins, x from -2 to 2 and y from -1 to 1.
    sgd_rate : float, default 0.091
        Learning rate of SGD, 0.001 to 10.
    momentum_rate : float, default 0.12
        Learning rate of momentum, 0.001 to 10.
    adam_rate : float, default 0.2
        Learning rate of Adam, 0.001 to 10.
    beta : {0, 0.5, 0.8, 0.9, 0.99}, default 0.5
        What momentum keeps of its running sum at each step.
    position : int, default 30
        Steps that are shown, 0 to 100.

    Raises
    ------
    ValueError
        If a value is none of these.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader. On a bowl the distance from the minimum, along
    an axis of curvature λ, is multiplied by 1 − ηλ at each step of SGD with the rate η: it grows if
    η > 2/λ. Momentum with the factor β obeys z² − (1 + β − ηλ)z + β = 0; both roots lie within the
    unit circle as long as η < 2(1 + β)/λ [1]_, [2]_. For Adam no limit has this form.

    References
    ----------
    .. [1] B. Polyak, "Some methods of speeding up the convergence of iteration methods", USSR
       Computational Mathematics and Mathematical Physics 4(5), 1964.
    .. [2] G. Goh, "Why momentum really works", Distill, 2017.
    """

    tag = "optimizer-race"

    surface = Choice(SURFACES).tag(sync=True)
    condition = OneOf(CONDITIONS, 20).tag(sync=True)
    start = Point((-1.7, 0.5), reach=REACH).tag(sync=True)
    sgd_rate = Real(0.091, least=LEAST, most=MOST).tag(sync=True)
    momentum_rate = Real(0.12, least=LEAST, most=MOST).tag(sync=True)
    adam_rate = Real(0.2, least=LEAST, most=MOST).tag(sync=True)
    beta = OneOf(BETAS, 0.5).tag(sync=True)
    position = Whole(30, least=0, most=STEPS).tag(sync=True)

    @property
    def curvature(self):
        """The largest curvature at the minimum, float."""
        k = self.condition
        return (1 + 2 * k + sqrt(1 + 4 * k**2)) / 2 if self.surface == "valley" else float(k)

    @property
    def limits(self):
        """Rates above which the minimum does not hold SGD or momentum, dict of str to float."""
        return {"sgd": 2 / self.curvature, "momentum": 2 * (1 + self.beta) / self.curvature}

    @property
    def paths(self):
        """The points of each path, dict of str to ndarray, shape (n, 2); those that diverge end."""
        return {name: self.path(name) for name in NAMES}

    def path(self, name, steps=STEPS):
        """Walk down the surface with one of the optimizers of `coursecnn.numpy_net`.

        Parameters
        ----------
        name : {'sgd', 'momentum', 'adam'}
            Which of them.
        steps : int, default 100
            How many steps at most; a path ends where the loss exceeds a million.

        Returns
        -------
        ndarray, shape (n, 2)
            The points of the path, from the start on.
        """
        optimizer = self._optimizer(name)
        point = np.array(self.start)
        net = SimpleNamespace(parameters={"point": point}, gradients={})
        path = [point.copy()]
        while len(path) <= steps and self.loss(point) <= BOUND:
            net.gradients["point"] = self.gradient(point)
            optimizer.step(net)
            path.append(point.copy())
        return np.stack(path)

    def loss(self, point):
        """The height of the surface.

        Parameters
        ----------
        point : array_like, shape (2,)

        Returns
        -------
        float
        """
        (x, y), k = point, self.condition
        if self.surface == "bowl":
            return (x**2 + k * y**2) / 2
        if self.surface == "turned bowl":
            return (1 + k) * (x**2 + y**2) / 4 + (1 - k) * x * y / 2
        return ((1 - x) ** 2 + k * (y + 0.5 - x**2 / 2) ** 2) / 2

    def gradient(self, point):
        """The direction in which the surface rises most.

        Parameters
        ----------
        point : array_like, shape (2,)

        Returns
        -------
        ndarray, shape (2,)
        """
        (x, y), k = point, self.condition
        if self.surface == "bowl":
            return np.array([x, k * y])
        if self.surface == "turned bowl":
            return np.array([((1 + k) * x + (1 - k) * y) / 2, ((1 - k) * x + (1 + k) * y) / 2])
        height = k * (y + 0.5 - x**2 / 2)
        return np.array([x - 1 - height * x, height])

    def contour(self, level, count=96):
        """The line on which the loss has one value: an ellipse, bent where the valley is.

        Parameters
        ----------
        level : float
            The loss, above 0.
        count : int, default 96
            How many points.

        Returns
        -------
        ndarray, shape (count, 2)
        """
        turn = 2 * np.pi * np.arange(count) / count
        along = sqrt(2 * level) * np.cos(turn)
        across = sqrt(2 * level / self.condition) * np.sin(turn)
        if self.surface == "bowl":
            return np.stack([along, across], axis=1)
        if self.surface == "turned bowl":
            return np.stack([along + across, along - across], axis=1) / sqrt(2)
        x = 1 - along
        return np.stack([x, x**2 / 2 - 0.5 + across], axis=1)

    def still(self):
        """The surface with the three paths on it, and their losses step by step."""
        width, height = (2 * UNIT * reach for reach in REACH)
        parts = [
            self._map(width, height),
            f'<g transform="translate({width + GAP} 10)">{self._chart()}</g>',
            f'<g transform="translate(0 {height + 28})">{self._legend()}</g>',
        ]
        drawing = drawing_of("".join(parts), width + GAP + CHART[0] + 24, height + 100)
        return image_of(drawing, self._alternative())

    def _map(self, width, height):
        """The surface from above, cut off at its edges, with the paths on it."""

        def pixels(points):
            return np.stack([width / 2 + UNIT * points[:, 0], height / 2 - UNIT * points[:, 1]], 1)

        end = self.position + 1
        walked = {name: pixels(self._seen(path)[:end]) for name, path in self.paths.items()}
        rings = [_line(pixels(self.contour(level))) + "Z" for level in reversed(LEVELS)]
        ground = f'fill="{colour("quiet")}" fill-opacity=".05" stroke="{colour("quiet")}"'
        parts = [
            *(f'<path d="{ring}" {ground} stroke-opacity=".5"/>' for ring in rings),
            *(_path(name, points) for name, points in walked.items()),
            *(_mark(name, *points[-1]) for name, points in walked.items()),
        ]
        (x, y), *_ = pixels(np.array([self.start]))
        parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="11" fill="none" stroke="{colour("text")}" '
            f'stroke-width="3"/>'
        )
        where = "at the minimum" if self.surface == "valley" else "across"
        steepest = f"λ = {self.curvature:.3g} {where}"
        parts.append(write(steepest, width - 10, height - 12, 15, anchor="end"))
        size = f'width="{width}" height="{height}"'
        frame = f'<rect {size} fill="none" stroke="{colour("line")}" stroke-width="2"/>'
        return f'<svg {size} viewBox="0 0 {width} {height}">{"".join(parts)}{frame}</svg>'

    def _seen(self, points):
        """The points that are drawn: one that diverges would fill the picture in the end."""
        losses = np.array([self.loss(point) for point in points])
        if losses[-1] <= BOUND:
            return points
        return points[: np.argmax(losses > HIGH * losses[0]) + 1]

    def _chart(self):
        """The loss of each path, step by step, on a scale of powers of ten."""
        width, height = CHART
        parts = [
            f'<path d="M0 0V{height}H{width}" fill="none" stroke="{colour("quiet")}"/>',
            write("loss", width, 12, 13, anchor="end", fill=colour("quiet")),
            *(write(str(step), width * step / STEPS, height + 18, 13) for step in (0, 50)),
            write(f"step {STEPS}", width, height + 18, 13, anchor="end"),
        ]
        for power, text in ((LOWEST, "10⁻¹²"), (-6, "10⁻⁶"), (0, "1"), (HIGHEST, "10⁶")):
            y = height * (HIGHEST - power) / (HIGHEST - LOWEST)
            parts.append(write(text, -6, y + 4, 13, anchor="end"))
        inside, marks = [], []
        for name, points in self.paths.items():
            losses = [max(self.loss(point), 1e-30) for point in points[: self.position + 1]]
            up = [height * (HIGHEST - log10(loss)) / (HIGHEST - LOWEST) for loss in losses]
            line = np.stack([width * np.arange(len(up)) / STEPS, up], axis=1)
            inside.append(_path(name, line))
            marks.append(_mark(name, line[-1, 0], np.clip(up[-1], 0, height)))
        size = f'width="{width + 8}" height="{height}"'
        cut = f'<svg {size} viewBox="0 0 {width + 8} {height}">{"".join(inside)}</svg>'
        return "".join([*parts, cut, *marks])

    def _legend(self):
        """Each optimizer with its line, its rate and its limit."""
        parts = []
        for row, (name, title) in enumerate(NAMES.items()):
            y, limit = 24 * row, self.limits.get(name)
            line = _path(name, np.array([[0, y], [44, y]])) + _mark(name, 22, y)
            bound = (
                "no limit of this form"
                if limit is None
                else f"limit {FORMULAS[name]} = {limit:.3g}"
            )
            text = f"{title}: rate {self._rate(name):.3g}; {bound}"
            parts.append(line + write(text, 54, y + 5, 15, anchor="start"))
        return "".join(parts)

    def _alternative(self):
        rates = ", ".join(f"{title} {self._rate(name):.3g}" for name, title in NAMES.items())
        limits = " and ".join(f"{NAMES[name]} {limit:.3g}" for name, limit in self.limits.items())
        losses = ", ".join(
            f"{NAMES[name]} {self.loss(path[self.position]):.2g}"
            if self.position < len(path)
            else f"{NAMES[name]} above a million at step {len(path) - 1}"
            for name, path in self.paths.items()
        )
        return (
            f"A {self.surface} from above, {self.condition} times as steep across as along, with "
            f"three paths on it from one start, and a chart of their losses. Rates: {rates}. "
            f"Limits of stability: {limits}. Losses after {self.position} steps: {losses}."
        )

    def _rate(self, name):
        return getattr(self, f"{name}_rate")

    def _optimizer(self, name):
        if name == "momentum":
            return Momentum(self.momentum_rate, momentum=self.beta)
        return SGD(self.sgd_rate) if name == "sgd" else Adam(self.adam_rate)


def _line(pixels):
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in np.clip(pixels, -1e4, 1e4))


def _path(name, pixels):
    ink, dashes = LINES[name]
    manner = f'stroke="{ink}" stroke-width="2.5" stroke-dasharray="{dashes}"'
    return f'<path d="{_line(pixels)}" fill="none" {manner}/>'


def _mark(name, x, y):
    """A dot for SGD, a square for momentum, a triangle for Adam."""
    ink, _ = LINES[name]
    if name == "sgd":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{ink}"/>'
    shape = "m-6-6h12v12h-12z" if name == "momentum" else "m0-7l7 13h-14z"
    return f'<path d="M{x:.1f} {y:.1f}{shape}" fill="{ink}"/>'
