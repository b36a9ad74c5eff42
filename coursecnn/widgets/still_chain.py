"""A still picture of a chain of layers: a column of units for each, and one unit's field."""

from coursecnn.widgets.still import colour, drawing_of, write

HEIGHT, COLUMN, GUTTER, HEAD = 336, 110, 60, 48
LEAST_PITCH, MOST_PITCH, LARGEST = 4, 24, 20


def chain_of(levels, stretches, read, chosen):
    """The input at the left, layers to its right, and cones from each level to the one below.

    Parameters
    ----------
    levels : list of list of float
        For each level, from the input on, the middles of its units' fields in pixels.
    stretches : list of (int, int)
        First and last unit that the chosen one depends on, from the input up to its own level.
    read : list of set of int
        The units among those that are read.
    chosen : (int, int)
        Level and unit, counted from 0.

    Returns
    -------
    str
        An ``<svg>`` element.
    """
    pixels = len(levels[0])
    pitch = min(MOST_PITCH, max(LEAST_PITCH, HEIGHT / pixels))
    columns = [_Column(level, middles, pitch) for level, middles in enumerate(levels)]
    marked = columns[: len(stretches)]
    edges = [column.edges(*stretch) for column, stretch in zip(marked, stretches, strict=True)]
    cones = [_cone(below, *edges[below : below + 2]) for below in range(len(edges) - 1)]
    units = [
        column.drawing(read[level] if level < len(read) else (), chosen)
        for level, column in enumerate(columns)
    ]
    content = "".join([*cones, _mark(stretches[0], edges[0]), *units])
    return drawing_of(content, GUTTER + COLUMN * len(levels), round(HEAD + pixels * pitch + 4))


class _Column:
    """The units of one level, each at the middle of its field."""

    def __init__(self, level, middles, pitch):
        self.level, self.pitch = level, pitch
        self.ys = [HEAD + (middle + 0.5) * pitch for middle in middles]
        jump = middles[1] - middles[0]
        self.side = min(LARGEST, jump * pitch - 2.5)  # a line of 1.5 lies around it
        self.role = "output" if level > 0 else "input"

    def edges(self, first, last):
        """Upper and lower edge of a stretch of units."""
        return self.ys[first] - self.side / 2, self.ys[last] + self.side / 2

    def drawing(self, read, chosen):
        """Title and units; those in `read` are filled, the chosen one has a ring."""
        x = GUTTER + (self.level + 0.5) * COLUMN
        title = f"Layer {self.level}" if self.level else "Input"
        parts = [write(title, x, 16, 15, fill=colour(self.role)),
                 write(f"0–{len(self.ys) - 1}", x, 34, 13, fill=colour("quiet"))]  # fmt: skip
        for unit, y in enumerate(self.ys):
            is_chosen = (self.level, unit) == tuple(chosen)
            opacity = 1 if is_chosen or self.level == 0 else 0.55
            fill = colour(self.role) if unit in read else colour("panel")
            parts.append(self._unit(x, y, fill, opacity if unit in read else 1))
            if is_chosen:
                parts.append(self._ring(x, y))
        return "".join(parts)

    def _unit(self, x, y, fill, opacity):
        round_corner = self.side * 0.35 if self.level else 0
        return (
            f'<rect x="{x - self.side / 2:g}" y="{y - self.side / 2:g}" width="{self.side:g}" '
            f'height="{self.side:g}" rx="{round_corner:g}" fill="{fill}" fill-opacity="{opacity}" '
            f'stroke="{colour(self.role)}" stroke-width="1.5"/>'
        )

    def _ring(self, x, y):
        side = self.side + 8
        return (
            f'<rect x="{x - side / 2:g}" y="{y - side / 2:g}" width="{side:g}" height="{side:g}" '
            f'rx="{side * 0.35:g}" fill="none" stroke="currentColor" stroke-width="2"/>'
        )


def _cone(below, low, high):
    left, right = (GUTTER + (level + 0.5) * COLUMN for level in (below, below + 1))
    lines = "".join(f"M{left:g} {a:g}L{right:g} {b:g}" for a, b in zip(low, high, strict=True))
    area = f"M{left:g} {low[0]:g}L{right:g} {high[0]:g}V{high[1]:g}L{left:g} {low[1]:g}Z"
    ink = colour("kernel")
    return (
        f'<path d="{area}" fill="{ink}" fill-opacity="0.12"/>'
        f'<path d="{lines}" stroke="{ink}" stroke-width="1.5" stroke-dasharray="5 4"/>'
    )


def _mark(stretch, edges):
    """A bracket with the first and last pixel that are seen."""
    (first, last), (top, bottom) = stretch, edges
    text = f"{first}" if first == last else f"{first}–{last}"
    x, ink = GUTTER + 10, colour("input")
    return (
        f'<path d="M{x - 4} {top:g}h4V{bottom:g}h-4" fill="none" stroke="{ink}" stroke-width="2"/>'
        + write(text, x - 8, (top + bottom) / 2 + 5, 14, anchor="end", fill=ink)
    )
