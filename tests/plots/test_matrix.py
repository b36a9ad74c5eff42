"""Grids of numbers: matrices, operations, confusions."""

import numpy as np
import pytest

from coursecnn import ops, plots


def spoken(value):
    return f"{value:g}".replace("-", "−")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_an_operation_writes_every_number_and_frames_the_window():
    image, kernel = np.arange(20).reshape(4, 5), np.eye(2, dtype=int)
    output = np.arange(100, 112).reshape(3, 4)
    axes = plots.operation(image, kernel, output, at=(1, 2))
    assert [texts(ax) for ax in axes] == [
        [str(value) for value in part.ravel()] for part in (image, kernel, output)
    ]
    (frame,) = [p for p in axes[0].patches if p.get_linestyle() == "--"]
    assert (frame.get_y(), frame.get_x(), frame.get_height(), frame.get_width()) == (1, 2, 2, 2)
    (filled,) = [p for p in axes[2].patches if p.get_facecolor()[3] > 0]
    assert (filled.get_x(), filled.get_y()) == (2, 1)


def test_the_framed_window_times_the_kernel_is_the_filled_cell(rng):
    image, kernel = rng.integers(-9, 9, (5, 7)), rng.integers(-9, 9, (2, 3))
    axes = plots.operation(image, kernel, ops.cross_correlate(image, kernel), at=(2, 3))
    (frame,) = [p for p in axes[0].patches if p.get_linestyle() == "--"]
    top, left = int(frame.get_y()), int(frame.get_x())
    (cell,) = [p for p in axes[2].patches if p.get_facecolor()[3] > 0]
    index = int(cell.get_y()) * 5 + int(cell.get_x())
    assert texts(axes[2])[index] == spoken(np.sum(image[top : top + 2, left : left + 3] * kernel))


def test_an_operation_names_what_does_not_fit():
    with pytest.raises(ValueError, match=r"`kernel` must have shape \(H, W\); received \(3,\)"):
        plots.operation([[1]], [1, 2, 3], [[1]])
    with pytest.raises(ValueError, match=r"`at` must be a cell .* \(1, 2\); received \(1, 0\)"):
        plots.operation([[1, 2]], [[1]], [[1, 2]], at=(1, 0))


def test_a_large_matrix_has_no_numbers():
    assert texts(plots.matrix(np.zeros((8, 3)))) == []


def test_a_cell_without_a_number_stays_empty():
    ax = plots.matrix([[np.nan, 1.0], [2.0, np.nan]], role="gradient")
    assert texts(ax) == ["1", "2"]
    assert "Row 1 is empty, 1. Row 2 is 2, empty." in plots.alt_text(ax)


def test_a_filled_cell_writes_in_the_colour_of_the_page():
    for theme, page in (("light", "#fbfaf7"), ("dark", "#14171c")):
        plots.use_style(theme)
        ax = plots.matrix([[1, 2]], shaded=(0, 1))
        assert ax.texts[-1].get_color() == page


@pytest.mark.parametrize(
    ("values", "kind", "message"),
    [
        (np.zeros(3), ValueError, r"`values` must have shape \(H, W\); received \(3,\)"),
        ([["a"]], TypeError, "`values` must hold real numbers; received dtype <U1"),
        (np.zeros((0, 3)), ValueError, r"`values` must not be empty; received shape \(0, 3\)"),
        ([[1, 2], [3]], ValueError, "`values` must hold rows of equal length"),
    ],
)
def test_a_matrix_says_what_it_cannot_draw(values, kind, message):
    with pytest.raises(kind, match=message):
        plots.matrix(values)


def test_a_confusion_matrix_counts_true_in_rows_and_predicted_in_columns():
    ax = plots.confusion(np.array([0, 0, 1, 1, 1]), np.array([0, 1, 1, 1, 1]), "ab")
    cells = {(t.get_position()[1], t.get_position()[0]): t.get_text() for t in ax.texts}
    assert cells == {(0, 0): "1", (0, 1): "1", (1, 1): "3"}
    (error,) = ax.patches
    assert error.get_xy() == (0.5, -0.5)  # column 1, row 0


def test_the_counts_add_up_to_the_images_and_are_those_of_a_table(rng):
    true, predicted = rng.integers(0, 4, (2, 200))
    ax = plots.confusion(true, predicted, "abcd")
    cells = {(t.get_position()[1], t.get_position()[0]): int(t.get_text()) for t in ax.texts}
    assert sum(cells.values()) == 200
    for (row, column), count in cells.items():
        assert count == np.sum((true == row) & (predicted == column))


def test_long_names_lean():
    short = plots.confusion([0, 1], [0, 1], ["0", "1"])
    assert {t.get_rotation() for t in short.get_xticklabels()} == {0}
    long = plots.confusion([0, 1], [0, 1], ["automobile", "airplane"])
    assert {t.get_rotation() for t in long.get_xticklabels()} == {45}


@pytest.mark.parametrize(
    ("true", "predicted", "kind", "message"),
    [
        ([0, 1], [0], ValueError, "`predicted` must hold 2 items, one per image; received 1"),
        ([0, 2], [0, 1], ValueError, "`true` must hold classes from 0 to 1.*received 0 to 2"),
        ([0, 1], [-1, 1], ValueError, "`predicted` must .* from 0 to 1.*received -1 to 1"),
        ([0.0, 1.0], [0, 1], TypeError, "`true` must hold .* integers; received dtype float"),
    ],
)  # fmt: skip
def test_a_confusion_matrix_says_what_it_cannot_count(true, predicted, kind, message):
    with pytest.raises(kind, match=message):
        plots.confusion(true, predicted, "ab")
