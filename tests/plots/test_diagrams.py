"""Drawings of layers, fields and activations are true to the arithmetic."""

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.patches import FancyBboxPatch, Rectangle
from numpy.testing import assert_allclose
from strategies import sparing
from torch import nn

from coursecnn import models, ops, plots, shapes


def test_a_network_is_the_chain_of_shapes_that_change():
    table = pd.DataFrame(
        {
            "kind": ["Conv2d", "ReLU", "Conv2d", "MaxPool2d", "Flatten", "Linear", "Linear"],
            "output": [(8, 9, 7), (8, 9, 7), (8, 9, 7), (8, 4, 3), (96,), (10,), (10,)],
        }
    )
    ax = plots.network(table, input_shape=(3, 11, 9))
    assert [text.get_text() for text in ax.texts] == [
        "input", "3\n11×9", "2 conv", "8\n9×7", "pool", "8\n4×3", "flatten", "96", "2 dense", "10"
    ]  # fmt: skip


def test_a_network_shows_every_shape_that_torch_computes():
    model = models.build("lenet5", padding=2)
    ax = plots.network(models.summary(model, (1, 28, 28)).table, input_shape=(1, 28, 28))
    x, seen = torch.zeros(1, 1, 28, 28), {(1, 28, 28)}
    for layer in [m for m in model.modules() if not list(m.children())]:
        x = layer(x)
        seen.add(tuple(x.shape[1:]))
    labels = {text.get_text() for text in ax.texts}
    assert {"\n".join(filter(None, (str(s[0]), "×".join(map(str, s[1:]))))) for s in seen} <= labels


def test_larger_tensors_are_drawn_larger():
    table = pd.DataFrame({"kind": "Conv2d", "output": [(2, 8, 32), (64, 8, 32), (2, 4, 16)]})
    ax = plots.network(table)
    sheets = [[], [], []]
    for patch in ax.patches:
        sheets[round(patch.get_x() + patch.get_width() / 2)].append(patch)
    assert len(sheets[0]) == len(sheets[2]) < len(sheets[1])
    assert sheets[0][0].get_width() > sheets[0][0].get_height()
    assert sheets[0][0].get_height() > sheets[2][0].get_height()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pd.DataFrame({"layer": ["a"]}), "columns kind and output; received 1 rows with layer"),
        (pd.DataFrame({"kind": [], "output": []}), "received 0 rows"),
        (pd.DataFrame({"kind": ["Conv2d"], "output": [(3, 4)]}), r"\(F,\).*received \(3, 4\)"),
        (pd.DataFrame({"kind": ["Conv2d"], "output": ["3×4"]}), "received '3×4'"),
    ],
)
def test_a_network_says_which_table_it_needs(table, message):
    with pytest.raises(ValueError, match=message):
        plots.network(table)


def filled(ax, kind):
    """Middles of the filled squares of a kind, from left to right."""
    patches = [p for p in ax.patches if type(p) is kind and p.get_facecolor()[3] > 0]
    return sorted((p.get_x() + p.get_width() / 2, p.get_y() + p.get_height() / 2) for p in patches)


def test_two_small_kernels_see_five_pixels():
    ax = plots.receptive_field([(3, 1), (3, 1)])
    assert [x for x, _ in filled(ax, Rectangle)] == [0, 1, 2, 3, 4]
    assert [x for x, _ in filled(ax, FancyBboxPatch)] == [1, 2, 2, 3]
    assert len(ax.lines) == 3 * 3 + 3


def test_padding_is_seen_by_nobody():
    """The unit reads unit 0 and a zero beside it; the zero reads no pixel."""
    ax = plots.receptive_field([(2, 1), (3, 2, 2)], unit=0)
    assert [x for x, _ in filled(ax, Rectangle)] == [0, 1]
    assert len(ax.lines) == 3 + 2
    told = plots.alt_text(ax)
    assert "It depends on 1 unit of layer 1. In the input it sees 2 pixels" in told


LAYERS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 2), st.integers(0, 1), st.integers(1, 2)),
    min_size=1, max_size=3,
)  # fmt: skip


@sparing
@given(LAYERS, st.integers(0, 3))
def test_the_pixels_drawn_are_those_with_a_gradient(layers, unit):
    """Weights of 1 let no gradient vanish: where it is not 0, the unit sees."""
    size = 80  # more than three such layers see
    x = torch.zeros(1, 1, size, dtype=torch.float64, requires_grad=True)
    y = x
    for kernel_size, stride, padding, dilation in layers:
        weight = torch.ones(1, 1, kernel_size, dtype=torch.float64)
        y = nn.functional.conv1d(y, weight, None, stride, padding, dilation)
    y[0, 0, unit].backward()
    seen = torch.nonzero(x.grad[0, 0]).ravel().tolist()
    ax = plt.figure().gca()
    if not seen:
        with pytest.raises(ValueError, match="sees nothing but padding"):
            plots.receptive_field(layers, unit=unit, ax=ax)
        return
    plots.receptive_field(layers, unit=unit, ax=ax)
    assert [round(place) for place, _ in filled(ax, Rectangle)] == seen
    plt.close("all")


@sparing
@given(LAYERS)
def test_the_first_unit_without_padding_sees_the_whole_field(layers):
    field = shapes.receptive_field(layers)
    ax = plots.receptive_field(layers, ax=plt.figure().gca())
    places = [round(place) for place, _ in filled(ax, Rectangle)]
    assert places[0] >= 0
    assert places[-1] - places[0] + 1 == field.size
    assert f"in a stretch of {field.size}" in plots.alt_text(ax)
    plt.close("all")


@pytest.mark.parametrize(
    ("layers", "kind", "message"),
    [
        ([], ValueError, r"`layers` must hold layers as \(kernel_size, stride\)"),
        ([3], ValueError, r"received \[3\]"),
        ([(3.5, 1)], TypeError, "kernel_size"),
        ([(65, 1)], ValueError, "`layers` see 65 pixels, of which at most 64"),
    ],
)
def test_a_receptive_field_says_what_it_cannot_draw(layers, kind, message):
    with pytest.raises(kind, match=message):
        plots.receptive_field(layers)


SMOOTH = ["sigmoid", "tanh", "gelu", "elu"]
CORNER = ["relu", "leaky_relu"]


@pytest.mark.parametrize("name", SMOOTH + CORNER)
def test_an_activation_and_its_derivative_are_those_of_torch(name):
    ax = plots.activation(getattr(ops, name), getattr(ops, f"{name}_backward"), x=(-3, 2))
    value, slope = (line.get_xydata() for line in ax.lines[:2])
    slope = slope[np.isfinite(slope[:, 1])]
    x = torch.tensor(value[:, 0], requires_grad=True)
    y = getattr(torch.nn.functional, name)(x)
    y.sum().backward()
    assert_allclose(value[:, 1], y.detach(), atol=1e-12)
    assert_allclose(slope[:, 1], x.grad, atol=1e-12)


@pytest.mark.parametrize("name", SMOOTH + CORNER)
def test_the_derivative_drawn_is_the_slope_of_the_activation_drawn(name):
    ax = plots.activation(getattr(ops, name), getattr(ops, f"{name}_backward"), x=(-3, 2))
    (x, y), slope = ax.lines[0].get_data(), ax.lines[1].get_ydata()
    slope = slope[np.isfinite(slope)]
    measured = np.diff(y) / np.diff(x)
    low, high = np.minimum(slope[1:], slope[:-1]), np.maximum(slope[1:], slope[:-1])
    assert np.all((low - 1e-3 <= measured) & (measured <= high + 1e-3))


def test_a_derivative_that_jumps_has_a_gap_and_two_open_ends():
    ax = plots.activation(ops.relu, ops.relu_backward)
    assert np.isnan(ax.lines[1].get_ydata()).sum() == 1
    assert ax.lines[2].get_ydata().tolist() == [0, 1]
    assert_allclose(ax.lines[2].get_xdata(), 0, atol=1e-12)
    smooth = plots.activation(ops.gelu, ops.gelu_backward, ax=plt.figure().gca())
    assert not np.isnan(smooth.lines[1].get_ydata()).any()
    assert "At 0 it jumps from 0 to 1." in plots.alt_text(ax)


@pytest.mark.parametrize(
    ("arguments", "options", "kind", "message"),
    [
        (("relu", ops.relu_backward), {}, TypeError, "`function` must be a function.*received str"),
        ((ops.relu, None), {}, TypeError, "`backward` must be a function .* received NoneType"),
        ((np.sum, ops.relu_backward), {}, ValueError, r"`function` must return .* received \(\)"),
        ((ops.relu, ops.relu_backward), {"x": (2, 1)}, ValueError, r"`x` must .*ved \(2, 1\)"),
    ],
)  # fmt: skip
def test_an_activation_says_what_it_cannot_draw(arguments, options, kind, message):
    with pytest.raises(kind, match=message):
        plots.activation(*arguments, **options)


GEOMETRY = {
    "size": st.tuples(st.integers(1, 3), st.integers(1, 3)),
    "kernel_size": st.tuples(st.integers(1, 3), st.integers(1, 3)),
    "stride": st.tuples(st.integers(1, 2), st.integers(1, 2)),
    "padding": st.tuples(st.integers(0, 2), st.integers(0, 2)),
    "dilation": st.tuples(st.integers(1, 2), st.integers(1, 2)),
}


def painted(ax, role):
    """Top and left of the cells that are filled in the colour of a role."""
    squares = [p for p in ax.patches if type(p) is Rectangle and p.get_facecolor()[3] > 0]
    return {
        (p.get_y(), p.get_x())
        for p in squares
        if p.get_facecolor()[:3] == mpl.colors.to_rgb(plots.ROLES[role])
    }


@sparing
@given(st.fixed_dictionaries(GEOMETRY), st.booleans(), st.data())
def test_the_cells_that_a_window_reads_are_those_of_the_operation(geometry, transposed, data):
    """Weights of 1 let no gradient vanish: the output reads the cells where it is not 0."""
    plt.close("all")
    name = "conv_transpose2d" if transposed else "conv2d"
    options = {key: geometry[key] for key in ("stride", "padding", "dilation")}
    x = torch.zeros(1, 1, *geometry["size"], requires_grad=True)
    try:
        y = getattr(nn.functional, name)(x, torch.ones(1, 1, *geometry["kernel_size"]), **options)
    except RuntimeError:
        y = torch.empty(1, 1, 0, 0)
    reach = zip(geometry["kernel_size"], geometry["padding"], geometry["dilation"], strict=True)
    cut = transposed and any(padding > d * (k - 1) for k, padding, d in reach)
    if y.numel() == 0 or cut:
        with pytest.raises(ValueError, match=r"padding|kernel|output"):
            plots.geometry(**geometry, transposed=transposed)
        return
    at = tuple(data.draw(st.integers(0, count - 1)) for count in y.shape[2:])
    y[0, 0, at[0], at[1]].backward()

    axes = plots.geometry(**geometry, transposed=transposed, at=at, ax=plt.figure().gca())
    inputs, read = sorted(painted(axes[0], "input")), painted(axes[0], "kernel")
    assert len(inputs) == x.numel()
    assert [place in read for place in inputs] == (x.grad[0, 0] != 0).ravel().tolist()
    assert (axes[1].get_ylim()[0], axes[1].get_xlim()[1]) == pytest.approx(
        [count + 0.1 for count in y.shape[2:]]
    )
    (window,) = [p for p in axes[0].patches if p.get_linestyle() == "--"]
    top, left = window.get_y(), window.get_x()
    inside = [top <= y < top + window.get_height() for y, _ in read]
    inside += [left <= x < left + window.get_width() for _, x in read]
    assert all(inside)


def test_windows_that_lie_two_cells_apart_have_dots_two_cells_apart():
    axes = plots.geometry(7, 3, stride=2)
    dots = [p.get_path().vertices for p in axes[0].patches if p.get_linewidth() == 0]
    middles = {tuple(np.round((dot.min(0) + dot.max(0)) / 2, 6)) for dot in dots if len(dot) > 5}
    every = {(x, y) for x in (1.5, 3.5, 5.5) for y in (1.5, 3.5, 5.5)}
    assert middles == every - {(1.5, 1.5)}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ({"size": 14}, "`size` gives a grid of 14×14 cells .* at most 13"),
        ({"at": (5, 0)}, r"`at` must be a cell of the output of shape \(5, 5\); received \(5, 0\)"),
        ({"padding": 3, "transposed": True}, "`padding` .* at most 2 can be drawn, not 3"),
    ],
)
def test_a_geometry_says_what_it_cannot_draw(call, message):
    with pytest.raises(ValueError, match=message):
        plots.geometry(**({"size": 7, "kernel_size": 3} | call))


FORK = [
    ("x = 2", "6", "input", (0, 0), (1, 0)),
    ("w = 3", "4", "kernel", (0, 1), (1, 0)),
    ("", "", "kernel", (0, 1), (1, 2)),
    ("L = 2", "1", "output", (1, 0), (2, 0)),
]


def test_a_graph_writes_each_number_above_its_line_and_the_derivative_below():
    ax = plots.graph({(1, 0): "×", (1, 2): "+"}, FORK)
    heights = {text.get_text(): text.get_position()[1] for text in ax.texts}
    assert heights.keys() == {"×", "+"} | {
        written for number, slope, *_ in FORK if number for written in (number, f"← {slope}")
    }
    for number, slope, *_ in FORK:
        if number:
            assert heights[number] < heights[f"← {slope}"]
    assert ax.yaxis_inverted()  # rows are counted downwards
    assert "Above a line stands w = 3, below it the derivative 4." in plots.alt_text(ax)


def test_the_lines_of_a_graph_begin_and_end_where_they_are_told():
    ax = plots.graph({(1, 0): "×"}, FORK)
    lines = [line.get_xydata()[[0, -1]] for line in ax.lines if len(line.get_xdata()) > 1]
    assert_allclose(lines, [line[-2:] for line in FORK])


def test_a_graph_needs_a_number():
    with pytest.raises(ValueError, match=r"`numbers` must hold at least one line"):
        plots.graph({(0, 0): "+"}, [])
