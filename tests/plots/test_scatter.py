"""Named points stand where the numbers are, and their names beside them, none over another."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from numpy.testing import assert_allclose
from plots import gallery

from coursecnn import plots
from coursecnn.plots import svg


def circles(ax):
    """Centres and sizes of the circles, family by family."""
    return [
        (marks.get_offsets(), marks.get_sizes())
        for marks in ax.collections
        if len(marks.get_offsets())
    ][::2]


def test_points_stand_where_they_are_and_families_are_joined_from_left_to_right():
    ax = plots.scatter([4, 1, 2], [7, 5, 6], ["c", "a", "b"], families=["F", "F", "G"])
    (first, _), (second, _) = circles(ax)
    assert first.tolist() == [[1, 5], [4, 7]]
    assert second.tolist() == [[2, 6]]
    assert ax.lines[0].get_xydata().tolist() == [[1, 5], [4, 7]]
    assert [text.get_text() for text in ax.texts] == ["c", "F a", "G b"]


def test_areas_are_as_the_sizes():
    ax = plots.scatter([1, 2], [1, 2], "ab", sizes=[1, 4], size_label="kilograms")
    sizes = np.concatenate([size for _, size in circles(ax)])
    assert_allclose(sizes[1] / sizes[0], 4 / 1)
    legend = ax.get_legend()
    assert legend.get_title().get_text() == "kilograms"
    assert [text.get_text() for text in legend.get_texts()] == ["0.05", "0.5", "2"]


def clashes(ax):
    """Pairs of names that share room, and names that reach beyond the axes."""
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in ax.texts]
    pairs = [(a, b) for i, (a, x) in enumerate(boxes) for b, y in boxes[:i] if x.overlaps(y)]
    frame = ax.bbox
    out = [name for name, box in boxes if box.x0 < frame.x0 - 1 or box.x1 > frame.x1 + 1]
    return pairs + out


def test_no_name_stands_over_another_on_a_screen_or_a_telephone():
    ax = gallery.draw("scatter")
    ax.figure.draw_without_rendering()
    assert clashes(ax) == []
    small = Figure(figsize=(svg.NARROW / 96, 9), dpi=96, layout="constrained").add_subplot()
    ax._coursecnn_narrow(small)
    small.figure.draw_without_rendering()
    assert clashes(small) == []
    assert len(small.texts) == len(ax.texts)


def test_names_of_points_at_one_place_stand_apart():
    ax = plots.scatter([1] * 6, [1] * 6, ["the same place"] * 6)
    ax.figure.draw_without_rendering()
    assert clashes(ax) == []


def test_the_alternative_tells_where_families_begin_and_end():
    told = plots.alt_text(
        plots.scatter(
            [1, 10, 5], [60, 80, 70], ["18", "152", "Solo"], families=["Res", "Res", "Solo"],
            log="x", xlabel="cost", ylabel="accuracy",
        )
    )  # fmt: skip
    assert "3 points in 2 families" in told
    assert "horizontal axis is logarithmic" in told
    assert "Res goes from 18 at 1 with 60 to 152 at 10 with 80" in told
    assert "Solo is at 5 with 70" in told
    assert "highest is Res 152 with 80, lowest Res 18 with 60" in told


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (([1, 2], [1], "ab"), {}, "`y` must hold 2 items"),
        (([1, 2], [1, 2], "a"), {}, "`names` must hold 2 items"),
        (([1, np.nan], [1, 2], "ab"), {}, "`x` must hold finite numbers"),
        (([[1, 2]], [1, 2], "ab"), {}, r"`x` must have shape \(n,\); received \(1, 2\)"),
        (([1, 2], [1, 2], "ab"), {"sizes": [0, 1]}, "`sizes` must be above 0; received 0"),
        (([1, 2], [1, 2], "ab"), {"families": ["a"]}, "`families` must hold 2 items"),
        (([0, 2], [1, 2], "ab"), {"log": "x"}, "values above 0; received 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        plots.scatter(*arguments, **options)
