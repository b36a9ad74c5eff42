"""A block is drawn with every line that it has, and nothing lies on anything else."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from strategies import sparing

from coursecnn import plots
from coursecnn.plots._branches import arrange, neighbours
from coursecnn.plots._place import NARROW_WIDTH
from coursecnn.plots.svg import svg

COLUMNS = ["name", "kind", "label", "then", "inputs", "output", "parameters", "MACs"]
LABELS = ["3×3 conv, 64", "1×1 conv, 128, stride 2", "3×3 depthwise, 9", "1×7 conv, 192, 32 groups"]
SIGNS = {"add": "+", "multiply": "×", "concatenate": "concat"}


class Steps:
    """A table in the making, one step after the other."""

    def __init__(self, shape=(64, 28, 28)):
        self.rows = [("input", "input", "input", "", (), shape, 0, 0)]

    def add(self, kind, label, *inputs, then="", shape=(64, 28, 28), parameters=0):
        name = f"{kind} {len(self.rows)}"
        macs = 784 * parameters
        self.rows.append((name, kind, label, then, inputs, shape, parameters, macs))
        return name

    def table(self, *ends):
        self.rows.append(("output", "output", "output", "", ends, self.rows[-1][5], 0, 0))
        return pd.DataFrame(self.rows, columns=COLUMNS)


def residual():
    """A convolution and its normalisation beside a shortcut."""
    steps = Steps()
    conv = steps.add("conv", "3×3 conv, 64", "input", then="BN, ReLU", parameters=36_992)
    return steps.table(steps.add("add", "+", conv, "input"))


@st.composite
def blocks(draw):
    """Branches that part and meet, one in the other, with shortcuts around some of them."""
    steps = Steps()

    def shape():
        return draw(st.sampled_from([(64, 28, 28), (8, 7, 7), (1024, 112, 112)]))

    def layer(before):
        if draw(st.booleans()):
            return steps.add("pool", "max 3×3", before, shape=shape())
        options = {"then": draw(st.sampled_from(["", "BN, ReLU"])), "shape": shape()}
        label = draw(st.sampled_from(LABELS))
        return steps.add("conv", label, before, parameters=draw(st.integers(1, 10**7)), **options)

    def chain(before, depth):
        for _ in range(draw(st.integers(1, 2))):
            kind = draw(st.sampled_from(["layer", "branches", "shortcut"])) if depth else "layer"
            if kind == "layer":
                before = layer(before)
            elif kind == "branches":
                branches = [chain(before, depth - 1) for _ in range(draw(st.integers(2, 3)))]
                before = steps.add("concatenate", "concat", *branches, shape=shape())
            else:
                sign = draw(st.sampled_from(["add", "multiply"]))
                before = steps.add(sign, SIGNS[sign], chain(before, depth - 1), before)
        return before

    return steps.table(chain("input", 2))


def lines(ax):
    """The corners of each line, and the points of the arrows."""
    ways, arrows = [p for p in ax.patches if type(p) is PathPatch]
    pieces = [np.split(p.get_path().vertices, _starts(p)) for p in (ways, arrows)]
    return [piece for piece in pieces[0] if len(piece)], [p[-1] for p in pieces[1] if len(p)]


def _starts(patch):
    return np.flatnonzero(patch.get_path().codes == patch.get_path().MOVETO)


def boxes(ax):
    """Left, right, top and bottom of boxes and circles, in the order of the steps."""
    for patch in ax.patches:
        if type(patch) is not PathPatch:
            path = patch.get_patch_transform().transform_path(patch.get_path())
            (left, top), (right, bottom) = path.get_extents().get_points()
            yield left, right, top, bottom


def texts(ax):
    """Left, right, top and bottom of letters, which are narrower on a page than here."""
    ax.figure.draw_without_rendering()
    for text in ax.texts:
        box = text.get_window_extent().transformed(ax.transData.inverted())
        (left, right), (top, bottom) = sorted((box.x0, box.x1)), sorted((box.y0, box.y1))
        narrower = 0.12 * (right - left)
        if text.get_ha() == "center":
            left, right = left + narrower / 2, right - narrower / 2
        else:
            left += narrower
        yield text.get_text(), (left, right, top + 2, bottom - 2)


def meet(first, second, by=0.6):
    """Whether two rectangles share more than a hair."""
    (l0, r0, t0, b0), (l1, r1, t1, b1) = first, second
    return min(r0, r1) - max(l0, l1) > by and min(b0, b1) - max(t0, t1) > by


def pieces(way):
    """The straight parts of a line as rectangles, a little wide; its ends may touch a box."""
    for (x0, y0), (x1, y1) in pairwise(way):
        yield min(x0, x1) - 0.5, max(x0, x1) + 0.5, min(y0, y1) - 0.5, max(y0, y1) + 0.5


def check_calm(ax):
    """No box on another, no line through a box, no letters on a line or beyond their frame."""
    ways, _ = lines(ax)
    strokes = [piece for way in ways for piece in pieces(way)]
    frames, written = list(boxes(ax)), list(texts(ax))
    for index, frame in enumerate(frames):
        assert not any(meet(frame, other) for other in frames[:index])
        assert not any(meet(frame, stroke, by=0.8) for stroke in strokes)
    for index, (text, place) in enumerate(written):
        assert not any(meet(place, stroke, by=0) for stroke in strokes), text
        assert not any(meet(place, other) for _, other in written[:index]), text
        for left, right, top, bottom in frames:
            holds = left <= place[0] and place[1] <= right and top <= place[2] <= bottom
            assert holds or not meet(place, (left, right, top, bottom)), text
    assert min(left for left, *_ in frames) >= min(ax.get_xlim())
    assert max(right for _, right, *_ in frames) <= max(ax.get_xlim())


def narrow(ax):
    """The same as it is drawn for a telephone."""
    figure = Figure(figsize=(NARROW_WIDTH, 9), layout="constrained")
    figure.set_dpi(96)
    small = figure.add_subplot()
    ax._coursecnn_narrow(small)
    return small


@sparing
@given(blocks(), st.booleans())
def test_branches_and_shortcuts_are_drawn_without_a_crossing(table, shapes):
    plt.close("all")
    ax = plots.block(table, shapes=shapes)
    check_calm(ax)
    check_calm(narrow(ax))


@sparing
@given(blocks())
def test_every_line_of_a_block_is_drawn(table):
    plt.close("all")
    ax = plots.block(table)
    places = dict(zip(table["name"], boxes(ax), strict=True))
    ways, _ = lines(ax)

    def owner(x, y):
        for name, (left, right, top, bottom) in places.items():
            if left - 2 < x < right + 2 and top - 2 < y < bottom + 2:
                return name
        return None

    drawn = sorted((owner(*way[0]), owner(*way[-1])) for way in ways)
    assert drawn == sorted(
        (name, row.name) for row in table.itertuples(index=False) for name in row.inputs
    )


@sparing
@given(st.data(), st.integers(2, 9))
def test_every_line_of_any_graph_is_between_neighbours_or_goes_around(data, count):
    """Branches may read each other; each step but the first reads an earlier one."""
    inputs = {0: []}
    for step in range(1, count):
        inputs[step] = data.draw(st.lists(st.integers(0, step - 1), min_size=1, unique=True))
    read = {name for names in inputs.values() for name in names}
    inputs[count] = [step for step in inputs if step not in read]
    inputs = {str(name): [str(n) for n in names] for name, names in inputs.items()}
    chain, around = arrange(inputs)
    edges = {(name, reader) for reader, names in inputs.items() for name in names}
    assert {*around} <= edges
    assert edges <= {*around, *neighbours(chain)}
    assert not {*around} & {*neighbours(chain)}
    assert sorted(_names(chain)) == sorted(inputs)


def _names(item):
    return [item] if isinstance(item, str) else [n for part in item for n in _names(part)]


def test_a_step_that_a_branch_leads_to_elsewhere_is_not_joined_to_the_end():
    chain, around = arrange({"x": "", "a": "x", "b": "x", "p": "ab", "q": "ab", "o": "pq"})
    assert chain == ["x", [["a", [["p"], ["q"]]], ["b"]], "o"]
    assert around == [("b", "p"), ("b", "q")]
    rows = [(n, "conv", n, "", tuple(i), (1, 2, 2), 1, 1) for n, i in
            {"x": "", "a": "x", "b": "x", "p": "ab", "q": "ab", "o": "pq"}.items()]  # fmt: skip
    ways, arrows = lines(plots.block(pd.DataFrame(rows, columns=COLUMNS)))
    assert len(ways) == len(arrows) == 8


def test_a_block_says_what_is_learned_what_is_joined_and_how_much_it_costs():
    ax = plots.block(residual(), "residual")
    assert [text.get_text() for text in ax.texts] == [
        "residual", "36,992 parameters", "29 million MACs", "input", "64×28×28", "3×3 conv, 64",
        "BN, ReLU", "36,992", "+", "output", "64×28×28",
    ]  # fmt: skip
    look = {name: (p.get_linestyle(), p.get_edgecolor()[:3]) for name, p in zip(
        ["input", "conv", "add", "output"], ax.patches, strict=False)}  # fmt: skip
    dashed = [name for name, (style, _) in look.items() if style == "--"]
    assert dashed == ["conv"]
    plain = plots.block(residual(), shapes=False, counts=False, ax=plt.figure().gca())
    assert [text.get_text() for text in plain.texts] == [
        "input", "3×3 conv, 64", "BN, ReLU", "+", "output"
    ]  # fmt: skip


def test_a_shape_is_written_where_it_is_new():
    steps = Steps((3, 9, 7))
    one = steps.add("conv", "3×3 conv, 8", "input", shape=(8, 9, 7), parameters=224)
    two = steps.add("conv", "3×3 conv, 8", one, shape=(8, 9, 7), parameters=584)
    three = steps.add("pool", "max 2×2, stride 2", two, shape=(8, 4, 3))
    ax = plots.block(steps.table(steps.add("activation", "ReLU", three, shape=(8, 4, 3))))
    shapes = [text.get_text() for text in ax.texts if "×" in text.get_text()]
    assert [shape for shape in shapes if "conv" not in shape and "max" not in shape] == [
        "3×9×7", "8×9×7", "8×4×3", "8×4×3"
    ]  # fmt: skip


def test_blocks_stand_side_by_side_as_far_as_there_is_room():
    def columns(ax):
        return len({round(left) for left, *_ in list(boxes(ax))[:: len(residual())]})

    eight = plots.block([residual()] * 8)
    check_calm(eight)
    assert 2 <= columns(narrow(eight)) < columns(eight) < 8
    plt.close("all")
    assert columns(plots.block([residual()] * 3, columns=1)) == 1


def test_a_block_is_told_with_its_branches_and_its_shortcuts():
    assert plots.alt_text(plots.block(residual(), "of two")) == (
        "A block, of two, as a diagram from top to bottom, 36,992 parameters. In order it has "
        "input 64×28×28; 3×3 conv, 64 with BN, ReLU; + 64×28×28; output 64×28×28. "
        "A line round the side leads from input 64×28×28 to + 64×28×28."
    )
    steps = Steps()
    branches = [steps.add("pool", word, "input") for word in ("max 3×3", "average 3×3")]
    ax = plots.block(steps.table(steps.add("concatenate", "concat", *branches)), shapes=False)
    assert "input; 2 branches, (max 3×3) beside (average 3×3); concat; output." in plots.alt_text(
        ax
    )


def test_a_drawing_of_four_branches_is_small_and_in_both_themes():
    steps = Steps()
    ends = []
    for size in (1, 3, 5, 7):
        first = steps.add("conv", "1×1 conv, 96", "input", then="BN, ReLU", parameters=18_624)
        label = f"{size}×{size} conv, 128"
        ends.append(steps.add("conv", label, first, then="BN, ReLU", parameters=110_848))
    table = steps.table(steps.add("concatenate", "concat", *ends, shape=(512, 28, 28)))
    written = []
    for theme in ("light", "dark"):
        plots.use_style(theme)
        ax = plots.block(table, ax=plt.figure().gca())
        written.append(svg(ax.figure))
    assert len(written[0]) < 25_000
    assert not any(colour in written[1] for colour in plots.ROLES.values())


@pytest.mark.parametrize(
    ("graphs", "options", "message"),
    [
        (
            pd.DataFrame({"name": ["a"]}),
            {},
            "`graphs` must hold tables .* received 1 rows with name",
        ),
        (pd.DataFrame(columns=COLUMNS), {}, "received 0 rows"),
        ([residual()], {"titles": ["a", "b"]}, "`titles` must hold 1 items, one per block"),
        ([residual()], {"columns": 0}, "`columns`"),
        ([], {}, "`graphs` must hold at least one table"),
    ],
)
def test_a_block_says_what_it_cannot_draw(graphs, options, message):
    with pytest.raises(ValueError, match=message):
        plots.block(graphs, **options)
