"""Figures show what they are given: the tests read it back from the drawing."""

import re
from pathlib import Path
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

mpl.use("agg")
from matplotlib import pyplot as plt

from coursecnn import plots

CSS = Path(__file__).parents[2] / "book" / "_static" / "css" / "roles.css"


@pytest.fixture(autouse=True)
def _style():
    with mpl.rc_context():
        plots.use_style()
        yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_plots_and_pages_share_one_table_of_colours():
    light = CSS.read_text().split("}")[0]
    css = dict(re.findall(r"--cc-(\w+): (#\w{6})", light))
    assert {role: css[role] for role in plots.ROLES} == plots.ROLES


def luminance(colour):
    channels = np.array(mpl.colors.to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("role", plots.ROLES)
def test_every_role_can_be_read_as_text_on_the_page(role):
    page = luminance("#fbfaf7")
    assert (page + 0.05) / (luminance(plots.ROLES[role]) + 0.05) >= 4.5


def test_an_operation_writes_every_number_and_frames_the_window():
    image, kernel = np.arange(20).reshape(4, 5), np.eye(2, dtype=int)
    output = np.arange(100, 112).reshape(3, 4)
    axes = plots.operation(image, kernel, output, at=(1, 2))
    assert [texts(ax) for ax in axes] == [
        [str(value) for value in part.ravel()] for part in (image, kernel, output)
    ]
    (frame,) = [p for p in axes[0].patches if p.get_linestyle() == "--"]
    assert (frame.get_y(), frame.get_x(), frame.get_height(), frame.get_width()) == (1, 2, 2, 2)
    filled = [p.get_xy() for p in axes[2].patches if p.get_facecolor()[3] > 0]
    assert filled == [(2, 1)]


def test_a_large_matrix_has_no_numbers():
    assert texts(plots.matrix(np.zeros((8, 3)))) == []


def test_an_image_grid_wraps_and_titles():
    axes = plots.image_grid(np.zeros((5, 1, 3, 4), np.uint8), list("abcde"), columns=3)
    assert axes.shape == (2, 3)
    assert [ax.get_title() for ax in axes.flat] == ["a", "b", "c", "d", "e", ""]
    assert axes[0, 0].images[0].get_clim() == (0, 255)


def test_a_signed_map_is_centred_on_zero():
    (ax,) = plots.image_grid([np.array([[-1.0, 3.0]])], signed=True).flat
    assert ax.images[0].get_clim() == (-3, 3)


def test_signed_and_unsigned_images_can_stand_side_by_side():
    image = np.array([[-1.0, 3.0]])
    left, right = plots.image_grid([image, image], signed=[True, False], limits=(0, 2)).flat
    assert left.images[0].get_clim() == (-3, 3)
    assert right.images[0].get_clim() == (0, 2)


def test_a_few_strong_answers_need_not_pale_the_others():
    image = np.array([[1.0] * 99 + [50.0]])
    (ax,) = plots.image_grid([image], signed=True, quantile=0.9).flat
    assert ax.images[0].get_clim() == (-1, 1)


def test_a_row_is_as_high_as_its_images_need():
    (ax,) = plots.image_grid([np.zeros((5, 15))], columns=1, size=3).flat
    assert ax.figure.get_size_inches().tolist() == [3, 1]


def test_titles_that_do_not_match_are_refused():
    with pytest.raises(ValueError, match="`titles` must hold 2 strings; received 1"):
        plots.image_grid(np.zeros((2, 3, 3)), ["only one"])


def test_a_confusion_matrix_counts_true_in_rows_and_predicted_in_columns():
    ax = plots.confusion(np.array([0, 0, 1, 1, 1]), np.array([0, 1, 1, 1, 1]), "ab")
    cells = {(t.get_position()[1], t.get_position()[0]): t.get_text() for t in ax.texts}
    assert cells == {(0, 0): "1", (0, 1): "1", (1, 1): "3"}
    assert ax.images[0].get_array().tolist() == [[0, 1], [0, 0]]


def test_a_history_draws_both_curves():
    table = pd.DataFrame(
        {"train_loss": [2.0, 1.0], "val_loss": [2.5, 1.5]}, index=pd.Index([1, 2], name="epoch")
    )
    ax = plots.history(SimpleNamespace(to_frame=lambda: table))
    assert [line.get_ydata().tolist() for line in ax.lines] == [[2.0, 1.0], [2.5, 1.5]]
    assert [text.get_text() for text in ax.get_legend().texts] == ["training", "validation"]


def test_arms_show_every_seed_and_the_live_run():
    ax = plots.arms({"a": [1, 2, 3, 4, 5], "b": [0, 0, 0, 0, 1]}, live={"b": 0.5})
    drawn = [line.get_xdata() for line in ax.lines]
    assert any(np.array_equal(x, [1, 2, 3, 4, 5]) for x in drawn)
    (rings,) = ax.collections
    assert rings.get_offsets().tolist() == [[0.5, 1.0]]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["a", "b"]


def test_the_same_figure_gives_the_same_bytes(tmp_path):
    files = [tmp_path / name for name in ("a.svg", "b.svg")]
    for file in files:
        axes = plots.operation(np.ones((3, 4)), np.ones((2, 2)), np.ones((2, 3)))
        axes[0].figure.savefig(file, metadata={"Date": None})
    assert files[0].read_bytes() == files[1].read_bytes()
