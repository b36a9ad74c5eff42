"""Names beside points, none over another: each finds its place when the figure is drawn."""

import itertools

import numpy as np
from matplotlib.text import Annotation

from coursecnn.plots._titles import width

_SIZE = 9.4  # points: 12 pixels, and some to spare
_RINGS = (2, 9, 18, 28, 40, 54)  # points between the rim of a circle and its name
_TURNS = np.linspace(0, 2 * np.pi, 16, endpoint=False)  # the first is to the right
_STARTS, _SWEEPS = 16, 12
# What a place costs: a name over another, or beyond the axes, must not be; over the circle of
# another point, or on a line, it should not.
_CLASH, _CIRCLE, _LINE, _FAR = 1e4, 0.6, 0.8, 0.5


def label_points(ax, x, y, names, radii, tints):
    """Write a name beside each point.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where the points are; names also keep off its lines.
    x, y : ndarray, shape (n,)
        Where the points stand.
    names : list of str
        One per point.
    radii : ndarray, shape (n,)
        Half of what each circle measures across, in points.
    tints : list of str
        Colour of each name.
    """
    group = _Group(ax, np.column_stack([x, y]), names, radii)
    for index, (name, tint) in enumerate(zip(names, tints, strict=True)):
        ax.add_artist(_PointLabel(name, (x[index], y[index]), tint, group, index))


class _PointLabel(Annotation):
    """A name that learns from its group where it stands, and has a thread if that is far away."""

    def __init__(self, name, xy, tint, group, index):
        thread = {"arrowstyle": "-", "color": tint, "linewidth": 0.7, "shrinkA": 0,
                  "shrinkB": group.radii[index]}  # fmt: skip
        super().__init__(
            name, xy, xytext=(0, 0), textcoords="offset points", color=tint, fontsize=_SIZE,
            va="center", arrowprops=thread, zorder=4,
        )  # fmt: skip
        self.set_in_layout(False)
        self._group, self._index = group, index

    def update_positions(self, renderer):
        """Stand where the group has found room."""
        (dx, dy), side, far = self._group.find()[self._index]
        self.xyann = dx, dy
        self.set_ha({-1: "right", 1: "left"}.get(side, "center"))
        self.arrow_patch.set_visible(far)
        super().update_positions(renderer)


class _Group:
    """The names of one axes, which are arranged together."""

    def __init__(self, ax, points, names, radii):
        self.ax, self.points, self.radii = ax, points, np.asarray(radii, float)
        self.sizes = np.array([[width(name) * _SIZE, _SIZE] for name in names])
        self._known = None, None

    def find(self):
        """For each name its offset in points, the side on which it stands, and whether far."""
        scale = 72 / self.ax.figure.dpi
        places = self.ax.transData.transform(self.points) * scale
        frame = np.array(self.ax.bbox.extents) * scale
        key = places.tobytes(), frame.tobytes()
        if self._known[0] != key:
            self._known = key, self._arrange(places, frame, scale)
        return self._known[1]

    def _arrange(self, places, frame, scale):
        centres, sides, rings = _candidates(places, self.sizes, self.radii)
        half = self.sizes[:, None] / 2 + [1.5, 1]
        boxes = np.concatenate([centres - half, centres + half], axis=2)
        own = _outside(boxes, frame) * _CLASH + _FAR * rings
        own += _CIRCLE * _over_circles(boxes, places, self.radii)
        for line in self.ax.get_lines():
            path = self.ax.transData.transform(line.get_xydata()) * scale
            own += _LINE * _on_line(boxes, path)
        chosen = _choose(boxes, own)
        found = []
        for index, best in enumerate(chosen):
            side = int(sides[best])
            shift = [side * self.sizes[index, 0] / 2, 0]
            offset = centres[index, best] - shift - places[index]
            found.append((tuple(offset), side, bool(rings[best] > _RINGS[1] / 2)))
        return found


def _candidates(places, sizes, radii):
    """Centres of boxes round each point, shape (n, places, 2), with their sides and distances."""
    turns, rings = (grid.ravel() for grid in np.meshgrid(_TURNS, _RINGS))
    along = np.column_stack([np.cos(turns), np.sin(turns)])
    held = np.round(np.clip(1.5 * along, -1, 1), 6)
    away = along * (radii[:, None, None] + rings[:, None])
    centres = places[:, None] + away + held * sizes[:, None] / 2
    sides = np.where(np.abs(held[:, 0]) == 1, np.sign(held[:, 0]), 0)
    return centres, sides, rings + 0.3 * np.abs(np.sin(turns)) + 0.4 * (np.cos(turns) < 0)


def _outside(boxes, frame):
    """Whether boxes reach beyond the frame."""
    return ((boxes[..., :2] < frame[:2]) | (boxes[..., 2:] > frame[2:])).any(-1)


def _meet(boxes, other):
    """Whether boxes share room with another, or with each of others."""
    low = np.maximum(boxes[..., :2], other[..., :2])
    high = np.minimum(boxes[..., 2:], other[..., 2:])
    return (high > low).all(-1)


def _over_circles(boxes, places, radii):
    """How deep boxes reach into the circles of all points, in points."""
    nearest = np.clip(places, boxes[..., None, :2], boxes[..., None, 2:])
    gaps = np.linalg.norm(nearest - places, axis=-1)
    return np.clip(radii + 1 - gaps, 0, None).sum(-1)


def _on_line(boxes, path):
    """How much of a line boxes cover, in points."""
    if len(path) < 2:
        return np.zeros(boxes.shape[:2])
    steps = np.linspace(0, 1, 40)[:, None]
    dots = np.concatenate([a + steps * (b - a) for a, b in itertools.pairwise(path)])
    lengths = np.repeat(np.linalg.norm(np.diff(path, axis=0), axis=1) / 40, 40)
    inside = (dots >= boxes[..., None, :2]) & (dots <= boxes[..., None, 2:])
    return inside.all(-1) @ lengths


def _choose(boxes, own):
    """One candidate for each name, so that all together cost as little as can be found.

    Name by name, in random order and again and again, the best place is taken as the others stand;
    this ends where no name can gain, and the best of some ends is kept.
    """
    rng, names = np.random.default_rng(0), np.arange(len(boxes))
    best, least = None, np.inf
    for _ in range(_STARTS):
        chosen, free = np.zeros(len(boxes), int), np.ones(len(boxes), bool)
        for _ in range(_SWEEPS):
            before, total = chosen.copy(), 0.0
            for index in rng.permutation(names):
                others = ~free & (names != index)
                taken = boxes[names[others], chosen[others]]
                cost = own[index] + _CLASH * _meet(boxes[index][:, None], taken).sum(1)
                chosen[index], free[index] = cost.argmin(), False
                total += cost.min()
            if (chosen == before).all():
                break
        if total < least:
            best, least = chosen, total
    return best
