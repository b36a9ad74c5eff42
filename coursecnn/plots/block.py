"""A block of a network: its steps from top to bottom, branches side by side, shortcuts around."""

from typing import NamedTuple

from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path

from coursecnn.plots._branches import arrange, members, neighbours
from coursecnn.plots._cells import frame
from coursecnn.plots._check import each
from coursecnn.plots._place import NARROW_WIDTH, place, redraw_narrow
from coursecnn.plots._titles import width
from coursecnn.plots._words import counted
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour
from coursecnn.shapes.integers import integer

_COLUMNS = ("name", "kind", "label", "then", "inputs", "output", "parameters", "MACs")
_ENDS = ("input", "output")
_JOINS = {"add": "+", "multiply": "×", "concatenate": "concat"}
_PAGE = 5.8  # inches: as wide as every page has that does not count as narrow
# Everything below is in points, and so are the axes: letters keep their size.
_LETTERS, _SMALL, _TITLE = 9.6, 9.2, 10.5
_LINE = 12.5  # from one line of text to the next
_NARROWER = 0.88  # letters of a page, in widths of those that are measured
_PAD = 4  # between letters and the frame around them
_GAP = 8  # between boxes side by side
_APART = 14  # between graphs side by side, at least
_BELOW = 22  # between a row of graphs and the next
_STEP = 17  # from one box to the next
_TURN = 7  # more of it where a line turns aside
_LANE = 11  # between a box and a line that passes it
_ROUND = 8.5  # radius of a join
_ARROW = 5


def block(graphs, titles=None, *, columns=None, shapes=True, counts=True, ax=None):
    """Draw what a block computes, from its input at the top to its output at the bottom.

    What is learned has a dashed frame, the input a solid square, the output a rounded one. Branches
    stand side by side, and a shortcut is a line round the side. Where lines meet, a circle says
    what is done: + adds, × multiplies, concat puts side by side as channels.

    Parameters
    ----------
    graphs : pandas.DataFrame, or sequence of them
        `coursecnn.models.block_graph(…)` of each block to draw.
    titles : str, or sequence of str, optional
        One above each block.
    columns : int, optional
        Blocks per row; by default as many as there is room for.
    shapes : bool, default True
        Write the shape of a tensor, channels first, beside its line where it changes.
    counts : bool, default True
        Write how many numbers each step learns, and above the block the sum and the MACs.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If a table lacks a column or is empty, or there is not one title per block.

    Notes
    -----
    Blocks of branches that part and meet, one in the other, are drawn without a crossing. Where
    branches read each other, a line may pass over a box.
    """
    tables = [graphs] if hasattr(graphs, "columns") else list(graphs)
    if not tables:
        raise ValueError("`graphs` must hold at least one table of `models.block_graph`.")
    if titles is not None:
        titles = each(
            [titles] if isinstance(titles, str) else titles, "titles", len(tables), "block"
        )
    if columns is not None:
        columns = integer(columns, "columns", minimum=1)
    blocks = [
        _Block(_rows(table), title, shapes, counts)
        for table, title in zip(tables, titles or [""] * len(tables), strict=True)
    ]
    inches = _PAGE if ax is None else ax.get_position().width * ax.get_figure().get_figwidth()
    rows = _flow(blocks, columns, inches)
    ax = place(ax, size=(_wide(rows, inches), _tall(rows)))
    _draw(ax, rows, inches)
    redraw_narrow(ax, lambda narrow: _draw_narrow(narrow, blocks, columns))
    remember(ax, lambda: _words(blocks))
    return ax


def _draw_narrow(ax, blocks, columns):
    rows = _flow(blocks, columns, NARROW_WIDTH)
    ax.get_figure().set_size_inches(_wide(rows, NARROW_WIDTH), _tall(rows))
    _draw(ax, rows, NARROW_WIDTH)


def _rows(table):
    """The steps of a table by their names."""
    missing = [name for name in _COLUMNS if name not in table]
    if missing or not len(table):
        raise ValueError(
            "`graphs` must hold tables of `models.block_graph`, with the columns "
            f"{', '.join(_COLUMNS)}; received {len(table)} rows with "
            f"{', '.join(map(str, table)) or 'no columns'}."
        )
    return {row["name"]: row for row in table.to_dict("records")}


class _Row(NamedTuple):
    """Blocks that stand side by side, as they are laid out."""

    layouts: list
    height: float


def _flow(blocks, columns, inches):
    """Put the blocks into rows for a figure of that width, and lay each out."""
    room = inches * 72 - 8
    columns = min(columns or len(blocks), len(blocks))
    while columns > 1 and any(
        sum(b.width(b.comfortable) for b in row) + _APART * (len(row) - 1) > room
        for row in _cut(blocks, columns)
    ):
        columns -= 1
    rows = []
    for row in _cut(blocks, columns):
        space, less = room - _APART * (len(row) - 1), 0
        layouts = [_Layout(b, b.natural) for b in row]
        while sum(layout.width for layout in layouts) > space and less < max(
            b.natural - b.least for b in row
        ):
            less += 1
            layouts = [_Layout(b, max(b.natural - less, b.least)) for b in row]
        rows.append(_Row(layouts, max(layout.height for layout in layouts) + _BELOW))
    return rows


def _wide(rows, inches):
    """Width of a figure, more than there should be if boxes cannot be narrower."""
    return max(inches, *(sum(layout.width for layout in row.layouts) / 72 + 0.1 for row in rows))


def _tall(rows):
    """Height of a figure, in inches."""
    return (sum(row.height for row in rows) - _BELOW) / 72 + 0.1


def _cut(blocks, columns):
    return [blocks[i : i + columns] for i in range(0, len(blocks), columns)]


def _draw(ax, rows, inches):
    """Each block in its place; the lines of all are one path, and so are the arrows."""
    lines, arrows, y, room = [], [], 0.0, _wide(rows, inches) * 72 - 8
    for layouts, height in rows:
        free = room - sum(layout.width for layout in layouts)
        x = free / (2 * len(layouts))
        for layout in layouts:
            layout.draw(ax, x, y, lines, arrows)
            x += layout.width + free / len(layouts)
        y += height
    ink = colour("quiet")
    _path(ax, lines, facecolor="none", edgecolor=ink, linewidth=1.2)
    _path(ax, arrows, facecolor=ink, edgecolor="none", linewidth=0)
    ax.set(xlim=(-1, room + 1), ylim=(y - _BELOW + 1, -1), aspect="equal")
    ax.set_axis_off()


def _path(ax, lines, **look):
    points = [point for line in lines for point in line]
    codes = [Path.MOVETO if i == 0 else Path.LINETO for line in lines for i in range(len(line))]
    ax.add_patch(PathPatch(Path(points, codes), **look))


class _Block:
    """The steps of a block, how they are arranged, and how wide its boxes may be."""

    def __init__(self, steps, title, shapes, counts):
        self.steps, self.title, self.shapes, self.counts = steps, title, shapes, counts
        self.chain, self.around = arrange({name: step["inputs"] for name, step in steps.items()})
        self.tags = {name: self._tag(name) for name in steps}
        self.columns = _columns(self.chain)
        boxes = [step for step in steps.values() if step["kind"] not in (*_JOINS, *_ENDS)]
        whole = [self._written(step, 1e9) for step in boxes]
        self.natural = self._box([*_ENDS, *(line for lines in whole for line, _ in lines)])
        self.comfortable = self._box(_first(step["label"]) for step in boxes)
        words = [word for lines in whole for line, _ in lines for word in line.split()]
        tags = [line for shape in self.tags.values() for line in _lines(shape)]
        # Half a box is beside the line on which a shape is written.
        self.least = max(self._box(words), 2 * (max(map(_small, tags), default=0) + 1 - _GAP))

    def _box(self, lines):
        return max(map(_long, lines), default=0) + 2 * _PAD

    def written(self, name, box):
        """The lines in a box of that width, each with the role of its colour."""
        return self._written(self.steps[name], box)

    def _written(self, step, box):
        room = box - 2 * _PAD + 2
        lines = [(line, "text") for line in _wrapped(step["label"], room)]
        if step["kind"] in _ENDS and self.shapes:
            lines.append((_times(step["output"]), "quiet"))
        lines += [(line, "quiet") for line in _wrapped(step["then"], room)]
        if self.counts and step["parameters"]:
            lines.append((f"{step['parameters']:,}", "kernel"))
        return lines

    def _tag(self, name):
        """What is written beside the line below a step: its shape, if that is new there."""
        step = self.steps[name]
        before = {tuple(self.steps[other]["output"]) for other in step["inputs"]}
        readers = [s["kind"] for s in self.steps.values() if name in s["inputs"]]
        known = before == {tuple(step["output"])} or readers == ["output"]
        if not self.shapes or known or step["kind"] in _ENDS:
            return ()
        return tuple(step["output"])

    def heading(self):
        """Lines above the block, with size and role."""
        lines = [(self.title, _TITLE, "text")] if self.title else []
        if self.counts:
            parameters = sum(step["parameters"] for step in self.steps.values())
            macs = sum(step["MACs"] for step in self.steps.values())
            for text in (counted(parameters, "parameter"), f"{_rounded(macs)} MACs"):
                lines.append((text, _SMALL, "quiet"))
        return lines

    def width(self, box):
        """How wide the block is with boxes of that width."""
        return _Layout(self, max(box, self.least)).width


def _first(label):
    """The part of a label that reads best in one line."""
    return ", ".join(label.split(", ")[:2])


def _wrapped(text, room):
    """The text in lines that are as wide as `room`, broken behind commas, or between words."""
    lines = []
    for part in text.replace(", ", ",\n").split("\n"):
        for word in [part] if _long(part) <= room else part.split():
            joined = f"{lines[-1]} {word}" if lines else word
            if lines and _long(joined) <= room:
                lines[-1] = joined
            elif word:
                lines.append(word)
    return lines


def _times(shape):
    return "×".join(str(n) for n in shape)


def _lines(shape):
    """A shape in two lines: how many maps, and how large they are."""
    return [line for line in (_times(shape[:1]), _times(shape[1:])) if line]


def _long(line, size=_LETTERS):
    """How long a line of letters is."""
    return width(line) * size * _NARROWER


def _small(line):
    """How far a shape reaches from the line beside which it stands."""
    return _long(line, _SMALL) + 4


def _rounded(macs):
    """A large number in words."""
    if macs >= 1e10:
        return f"{macs / 1e9:,.0f} billion"
    if macs >= 1e9:
        return f"{macs / 1e9:,.1f} billion"
    if macs >= 1e7:
        return f"{macs / 1e6:,.0f} million"
    return f"{macs / 1e6:,.1f} million" if macs >= 1e6 else f"{macs:,}"


def _columns(chain):
    """How many boxes stand side by side at most."""
    return max(
        (1 if isinstance(item, str) else sum(map(_columns, item)) for item in chain), default=1
    )


class _Extent(NamedTuple):
    """How far something reaches to either side of its axis."""

    left: float
    right: float


class _Layout:
    """Where everything is, in points from the upper left corner of the block."""

    def __init__(self, block, box):
        self._block, self._box = block, box
        self._lanes = {}  # of each shortcut: a step on the axis of its chain, and how far right
        self._middle, self._top, self._tall, self._aside = {}, {}, {}, {}
        extent = self._measure(block.chain)
        heading = block.heading()
        head = max((_long(text, size) for text, size, _ in heading), default=0) / 2
        left, right = max(extent.left, head), max(extent.right, head)
        self.width, self._axis = left + right, left
        y = len(heading) * _LINE + (4 if heading else 0)
        self.height = self._place(block.chain, left, y)

    # --- how wide ---

    def _measure(self, chain, before=None, behind=None):
        """The extent of a chain with its shortcuts, whose lanes are chosen here.

        A branch comes from the step `before` it and goes to that `behind`; so may a shortcut.
        """
        inner = list(zip(chain, [before, *chain], [*chain[1:], behind], strict=False))
        extents = [self._extent_of(*item) for item in inner]
        taken = []  # of each lane: first item, last item, distance
        spans = self._spans(inner, before, behind)
        for first, last, pair in sorted(spans, key=lambda span: span[1] - span[0]):
            reach = max(extent.right for extent in extents[max(first, 0) : last + 1]) + _LANE
            for start, end, distance in sorted(taken, key=lambda lane: lane[2]):
                if start < last and first < end and abs(distance - reach) < _LANE:
                    reach = distance + _LANE
            taken.append((first, last, reach))
            self._lanes[pair] = next(item for item in chain if isinstance(item, str)), reach
        return _Extent(
            max(extent.left for extent in extents),
            max([extent.right for extent in extents] + [reach + 1 for *_, reach in taken]),
        )

    def _spans(self, inner, before, behind):
        """The shortcuts of a chain but those of one of its branches: from item to item."""
        at = {name: index for index, (item, *_) in enumerate(inner) for name in members(item)}
        at |= {before: -1, behind: len(inner)}
        theirs = [
            ({*members(branch), start, end}, {start, end})
            for branches, start, end in inner
            if isinstance(branches, list)
            for branch in branches
        ]
        for pair in self._block.around:
            names = {*pair}
            elsewhere = any(names <= within and names != ends for within, ends in theirs)
            if names <= at.keys() and names != {before, behind} and not elsewhere:
                yield at[pair[0]], at[pair[1]], pair

    def _extent_of(self, item, before, behind):
        if isinstance(item, str):
            half = self._half(item)
            return _Extent(max(half, max(map(_small, self._label(item)), default=0)), half)
        return self._side_by_side(item, before, behind)[1]

    def _side_by_side(self, branches, before, behind):
        """Where the axes of branches are, the middle one or two around 0, and their extent."""
        axes, right = [], -_GAP
        for extent in [self._measure(branch, before, behind) for branch in branches]:
            axes.append(right + _GAP + extent.left)
            right = axes[-1] + extent.right
        middle = (axes[(len(axes) - 1) // 2] + axes[len(axes) // 2]) / 2
        return [axis - middle for axis in axes], _Extent(middle, right - middle)

    def _half(self, name):
        """Half the width of a box or a join."""
        kind = self._block.steps[name]["kind"]
        if kind == "concatenate":
            return _long(_JOINS[kind]) / 2 + _PAD + 1
        if kind in _ENDS:  # nothing stands beside them
            lines = [line for line, _ in self._block.written(name, self._box)]
            return max(self._box, max(map(_long, lines)) + 2 * _PAD) / 2
        return _ROUND if kind in _JOINS else self._box / 2

    def _label(self, name):
        """The lines of the shape below a step: one if it is short enough."""
        shape = self._block.tags[name]
        room = 1e9 if name in self._block.chain else self._box / 2 + _GAP - 1
        return [_times(shape)] if shape and _small(_times(shape)) <= room else _lines(shape)

    # --- where ---

    def _place(self, chain, x, y, before=None, behind=None):
        """Put a chain below the height y with its axis at x, and say where it ends."""
        for item, above, below in zip(chain, [before, *chain], [*chain[1:], behind], strict=False):
            place = self._place_step if isinstance(item, str) else self._place_branches
            y = place(item, x, y, above, below)
        return y

    def _place_step(self, name, x, y, before, behind):
        kind = self._block.steps[name]["kind"]
        lines = self._block.written(name, self._box)
        tall = 2 * _ROUND if kind in _JOINS else len(lines) * _LINE + 2 * _PAD - 2
        self._middle[name], self._top[name], self._tall[name] = x, y, tall
        turns = any(name == start for start, _ in self._block.around)
        turns = turns or isinstance(behind, list)
        label = len(self._label(name)) * _LINE
        self._aside[name] = y + tall + label + _TURN
        if behind is None:
            return y + tall
        return y + tall + label + (_STEP if turns or not label else _STEP - _TURN)

    def _place_branches(self, branches, x, y, before, behind):
        """Branches end at the same height, so that their last steps stand in a row."""
        axes = [x + axis for axis in self._side_by_side(branches, before, behind)[0]]
        around = before, behind
        heights = [self._place(b, axis, 0, *around) for b, axis in zip(branches, axes, strict=True)]
        for branch, axis, height in zip(branches, axes, heights, strict=True):
            self._place(branch, axis, y + max(heights) - height, *around)  # now that it is known
        return y + max(heights)

    # --- what is drawn ---

    def draw(self, ax, x, y, lines, arrows):
        """Draw all but the lines, which are collected."""
        heading = self._block.heading()
        for index, (text, size, role) in enumerate(heading):
            _write(ax, x + self._axis, y + (index + 0.5) * _LINE, text, role, size=size)
        for name in self._block.steps:
            self._draw_step(ax, name, x, y)
        collected, heads = [], []
        self._connect(collected, heads)
        self._go_around(collected, heads)
        lines += [[(px + x, py + y) for px, py in line] for line in collected]
        arrows += [[(px + x, py + y) for px, py in head] for head in heads]

    def _draw_step(self, ax, name, x, y):
        step = self._block.steps[name]
        left, top = x + self._middle[name] - self._half(name), y + self._top[name]
        box = (top, left, self._tall[name], 2 * self._half(name))
        if step["kind"] in _JOINS:
            _draw_join(ax, _JOINS[step["kind"]], x + self._middle[name], box)
        else:
            self._draw_box(ax, name, box)
        for index, line in enumerate(self._label(name)):
            below = top + self._tall[name] + (index + 0.5) * _LINE + 2
            ink = {"color": colour("quiet"), "fontsize": _SMALL}
            ax.text(x + self._middle[name] - 4, below, line, ha="right", va="center", **ink)

    def _draw_box(self, ax, name, box):
        step = self._block.steps[name]
        if step["kind"] in _ENDS:
            role, look = step["kind"], {"facecolor": (colour(step["kind"]), 0.12)}
        else:
            role, look = "kernel" if step["parameters"] else "quiet", {"linewidth": 1}
        if role == "output":
            look["mutation_scale"] = 30
        frame(ax, box, role, **look)
        lines = self._block.written(name, self._box)
        for index, (line, ink) in enumerate(lines):
            middle = box[0] + _PAD - 1 + (index + 0.5) * _LINE
            _write(ax, box[1] + box[3] / 2, middle, line, ink)

    def _connect(self, lines, arrows):
        """The lines between neighbours, each from the middle of one step to that of the next."""
        pairs = list(neighbours(self._block.chain))
        for start, end in pairs:
            if start not in self._block.steps[end]["inputs"]:
                continue  # branches that read each other
            x, y = self._middle[start], self._bottom(start)
            goal, top = self._middle[end], self._top[end]
            is_fork = sum(first == start for first, _ in pairs) > 1
            if abs(goal - x) < 1:
                lines.append([(x, y), (x, top - 1)])
            elif is_fork:
                aside = self._aside[start]
                lines.append([(x, y), (x, aside), (goal, aside), (goal, top - 1)])
            elif self._block.steps[end]["kind"] in _JOINS:
                side = -1 if x < goal else 1
                edge, middle = goal + side * self._half(end), top + _ROUND
                lines.append([(x, y), (x, middle), (edge + side, middle)])
                arrows.append(_sideways(edge, middle, side))
                continue
            else:
                middle = top - _STEP / 2
                lines.append([(x, y), (x, middle), (goal, middle), (goal, top - 1)])
            arrows.append(_down(goal, top))

    def _bottom(self, name):
        return self._top[name] + self._tall[name]

    def _go_around(self, lines, arrows):
        """Shortcuts: aside, down along their lane, and back."""
        for (start, end), (on_axis, reach) in self._lanes.items():
            x, aside, lane = self._middle[start], self._aside[start], self._middle[on_axis] + reach
            goal, half = self._middle[end], self._half(end)
            y = self._top[end] + self._tall[end] / 2
            way = [(x, self._bottom(start)), (x, aside), (lane, aside)]
            if abs(lane - goal) <= half + _ARROW:  # of a branch above the join
                goal, top = (goal, self._top[end]) if half <= _ROUND else (lane, self._top[end])
                lines.append(
                    [*way, (lane, top - _ARROW - 2), (goal, top - _ARROW - 2), (goal, top)]
                )
                arrows.append(_down(goal, top))
            else:
                side = 1 if lane > goal else -1
                lines.append([*way, (lane, y), (goal + side * (half + 1), y)])
                arrows.append(_sideways(goal + side * half, y, side))


def _draw_join(ax, sign, x, box):
    """A circle with a sign, as wide as a word needs."""
    look = {"edgecolor": colour("quiet"), "linewidth": 1.2}
    if len(sign) > 1:
        frame(ax, box, "output", mutation_scale=5 * _ROUND, **look)
    else:
        ax.add_patch(Circle((x, box[0] + _ROUND), _ROUND, facecolor="none", **look))
    _write(ax, x, box[0] + _ROUND, sign, "text", size=_LETTERS if len(sign) > 1 else 12)


def _down(x, y):
    """An arrow that ends at a point, from above."""
    return [(x - _ARROW / 2, y - _ARROW), (x + _ARROW / 2, y - _ARROW), (x, y)]


def _sideways(x, y, side):
    """An arrow that ends at a point, from the left (-1) or from the right (1)."""
    back = x + side * _ARROW
    return [(back, y - _ARROW / 2), (back, y + _ARROW / 2), (x, y)]


def _write(ax, x, y, text, role, size=_LETTERS):
    ax.text(x, y, text, ha="center", va="center", color=colour(role), fontsize=size)


def _words(blocks):
    """Alt text: for each block the way from the input to the output."""
    for block in blocks:
        name = f"A block, {block.title}," if block.title else "A block"
        parameters = sum(step["parameters"] for step in block.steps.values())
        numbers = f", {counted(parameters, 'parameter')}" if block.counts else ""
        yield f"{name} as a diagram from top to bottom{numbers}."
        yield f"In order it has {_told(block, block.chain)}."
        for start, end in block.around:
            yield (
                f"A line round the side leads from {_called(block, start)} "
                f"to {_called(block, end)}."
            )


def _told(block, chain):
    parts = []
    for item in chain:
        if isinstance(item, str):
            parts.append(_called(block, item))
        else:
            branches = " beside ".join(f"({_told(block, branch)})" for branch in item)
            parts.append(f"{len(item)} branches, {branches}")
    return "; ".join(parts)


def _called(block, name):
    step = block.steps[name]
    words = step["label"] + (f" with {step['then']}" if step["then"] else "")
    if step["kind"] in (*_ENDS, *_JOINS) and block.shapes:
        return f"{words} {_times(step['output'])}"
    return words
