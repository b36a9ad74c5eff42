"""What all plots have in common: they draw where they are told, and need no torch."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from coursecnn import ops, plots

TABLE = pd.DataFrame({"kind": ["Conv2d", "Linear"], "output": [(4, 6, 5), (3,)]})
HISTORY = pd.DataFrame({"train_loss": [2.0, 1.0], "val_loss": [2.5, 1.5]}, index=[1, 2])
RELIABLE = pd.DataFrame({"confidence": [0.3, 0.8], "accuracy": [0.2, 0.7], "count": [4, 9]})

STEPS = pd.DataFrame(
    [
        ("input", "input", "input", "", (), (2, 5, 4), 0, 0),
        ("a", "conv", "3×3 conv, 2", "BN, ReLU", ("input",), (2, 5, 4), 40, 720),
        ("add", "add", "+", "", ("a", "input"), (2, 5, 4), 0, 0),
        ("output", "output", "output", "", ("add",), (2, 5, 4), 0, 0),
    ],
    columns=["name", "kind", "label", "then", "inputs", "output", "parameters", "MACs"],
)

DRAW = {
    "activation": lambda ax: plots.activation(ops.relu, ops.relu_backward, ax=ax),
    "arms": lambda ax: plots.arms({"a": [1, 2]}, ax=ax),
    "block": lambda ax: plots.block(STEPS, ax=ax),
    "confusion": lambda ax: plots.confusion([0, 1], [0, 0], "ab", ax=ax),
    "curves": lambda ax: plots.curves({"a": [1, 2]}, ax=ax),
    "geometry": lambda ax: plots.geometry(5, 3, stride=2, ax=ax),
    "graph": lambda ax: plots.graph({(1, 0): "×"}, [("x", "3", "input", (0, 0), (1, 0))], ax=ax),
    "history": lambda ax: plots.history(HISTORY, ax=ax),
    "matrix": lambda ax: plots.matrix([[1, 2]], ax=ax),
    "network": lambda ax: plots.network(TABLE, ax=ax),
    "receptive_field": lambda ax: plots.receptive_field([(3, 1)], ax=ax),
    "reliability": lambda ax: plots.reliability({"a": RELIABLE}, ax=ax),
    "feature_maps": lambda ax: plots.feature_maps(np.ones((3, 4, 5)), ax=ax),
    "flattening": lambda ax: plots.flattening(np.ones((3, 4, 5)), (1, 2, 2, 2), ax=ax),
    "image_grid": lambda ax: plots.image_grid(np.ones((3, 4, 5)), list("abc"), ax=ax),
    "kernels": lambda ax: plots.kernels(np.ones((3, 1, 4, 5)), ax=ax),
    "operation": lambda ax: plots.operation([[1, 2]], [[3]], [[3, 6]], ax=ax),
    "overlays": lambda ax: plots.overlays(np.ones((4, 5)), np.ones((2, 4, 5)), ax=ax),
    "plane": lambda ax: plots.plane(
        np.zeros((2, 4, 4)), np.eye(2), [0, 1], list("ab"), reach=2, ax=ax
    ),
    "predictions": lambda ax: plots.predictions(np.ones((3, 4, 5)), [0, 1, 2], [0, 1, 1], ax=ax),
    "scatter": lambda ax: plots.scatter([1, 2], [1, 3], "ab", ax=ax),
}
NO_PICTURES = {"ROLES", "alt_text", "by_arm", "use_style"}


def test_every_plot_is_in_the_list_above():
    assert {*plots.__all__} == {*DRAW} | NO_PICTURES


@pytest.mark.parametrize("name", DRAW)
def test_a_plot_stays_in_the_place_that_it_is_given(name):
    figure, (left, right) = plt.subplots(1, 2)
    drawn = np.ravel(DRAW[name](right))
    figure.draw_without_rendering()
    assert plt.get_fignums() == [figure.number]
    assert not left.has_data()
    for ax in drawn:
        assert ax.figure is figure
        assert ax.get_position().x0 > left.get_position().x1


@pytest.mark.parametrize("name", DRAW)
def test_a_plot_without_a_place_makes_a_figure_not_wider_than_a_page(name):
    axes = np.ravel(DRAW[name](None))
    assert len(plt.get_fignums()) == 1
    assert axes[0].figure.get_figwidth() * 96 <= 686


def test_a_place_that_cannot_be_divided_is_refused():
    ax = plt.figure().add_axes((0, 0, 1, 1))
    with pytest.raises(ValueError, match=r"`ax` has no place .* plt.subplots"):
        plots.operation([[1]], [[1]], [[1]], ax=ax)


def test_drawing_needs_no_torch():
    code = "import sys; from coursecnn import plots; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
