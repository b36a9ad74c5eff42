"""A plane shows each class where it is, and every point where it lies."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from coursecnn import plots

POINTS = np.array([[0.5, 1.0], [-1.5, 0.0], [1.0, -1.0]])


def test_rows_go_upwards_and_points_stand_by_their_class():
    values = np.array([[-1.0, -1.0], [1.0, 0.5]])  # class 1 above
    (ax,) = plots.plane([values], POINTS, [1, 0, 1], ["model"], reach=2).flat
    picture = ax.images[0]
    assert_array_equal(picture.get_array(), values)
    assert picture.origin == "lower"
    assert picture.get_extent() == [-2, 2, -2, 2]
    circles, triangles = (marks.get_offsets() for marks in ax.collections)
    assert_array_equal(circles, POINTS[[1]])
    assert_array_equal(triangles, POINTS[[0, 2]])
    assert ax.get_title() == "model"


def test_the_alternative_counts_points_and_areas():
    maps = [np.full((2, 2), -1.0), np.array([[1.0, -1.0], [-1.0, -1.0]])]
    told = plots.alt_text(plots.plane(maps, POINTS, [1, 0, 1], ["none", "a corner"], reach=2))
    assert "2 squares with 1 circle and 2 triangles" in told
    assert "none, 0 percent, a corner, 25 percent" in told


@pytest.mark.parametrize(
    ("maps", "points", "labels", "titles", "message"),
    [
        ([], POINTS, [1, 0, 1], [], "at least one map"),
        ([np.zeros((2, 2))], POINTS.T[:, :3], [1, 0], ["a"], r"shape \(N, 2\)"),
        ([np.zeros((2, 2))], POINTS, [1, 0], ["a"], r"received \(3, 2\) and \(2,\)"),
        ([np.zeros((2, 2))], POINTS, [1, 0, 1], [], "one per map"),
    ],
)
def test_what_cannot_be_drawn_is_refused(maps, points, labels, titles, message):
    with pytest.raises(ValueError, match=message):
        plots.plane(maps, points, labels, titles, reach=2)
