"""A map over an image colours what it says, and its line runs round the right pixels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.path import Path
from numpy.testing import assert_allclose
from strategies import sparing

from coursecnn import plots


def lines(ax):
    """The outlines on a panel, each an array of points (x, y)."""
    return [loop for drawn in ax.collections for loop in drawn.get_paths()[0].to_polygons()]


def hill(shape, row, column, width=2.0):
    rows, columns = np.indices(shape)
    return np.exp(-((rows - row) ** 2 + (columns - column) ** 2) / (2 * width**2))


def test_the_image_comes_first_and_every_map_has_a_title_and_its_scale():
    image = np.arange(60, dtype=np.uint8).reshape(3, 4, 5)
    maps = [np.full((4, 5), 0.25), np.full((4, 5), -3.0)]
    axes = plots.overlays(image, maps, ["a", "b"])
    first, a, b = axes.flat
    assert_allclose(first.images[0].get_array(), image.transpose(1, 2, 0))
    assert [ax.get_title() for ax in axes.flat] == ["image", "a", "b"]
    assert (a.get_xlabel(), b.get_xlabel()) == ("≤ 0.25", "±3")


def test_above_zero_is_purple_below_is_orange_and_zero_leaves_grey():
    values = np.array([[2.0, 0.0, -2.0]])
    _, ax = plots.overlays(np.full((1, 3), 0.5), [values]).flat
    red, green, blue = np.moveaxis(np.asarray(ax.images[0].get_array()), -1, 0)
    assert blue[0, 0] > red[0, 0] > green[0, 0]
    assert red[0, 2] > green[0, 2] > blue[0, 2]
    assert np.ptp([red[0, 1], green[0, 1], blue[0, 1]]) < 0.01


def test_under_the_same_value_a_brighter_pixel_stays_brighter():
    image = np.linspace(0, 1, 6)[None]
    _, ax = plots.overlays(image, [np.full((1, 6), 0.7)]).flat
    assert (np.diff(np.asarray(ax.images[0].get_array()).mean(-1)) > 0).all()


def test_colours_fade_to_the_brightness_that_eyes_see():
    """A green pixel is brighter than a blue one; bytes and floats are the same picture."""
    image = np.zeros((3, 1, 2), np.uint8)
    image[1, 0, 0] = image[2, 0, 1] = 255
    shown = [
        np.asarray(plots.overlays(same, np.zeros((1, 1, 2))).flat[1].images[0].get_array())
        for same in (image, image / 255)
    ]
    assert_allclose(shown[0], shown[1])
    assert shown[0][0, 0].mean() > shown[0][0, 1].mean()


@sparing
@given(st.data())
def test_the_line_runs_round_what_exceeds_half_of_the_largest_value(data):
    row, column = data.draw(st.integers(0, 19)), data.draw(st.integers(0, 15))
    values = hill((20, 16), row, column)
    _, ax = plots.overlays(np.zeros((20, 16)), [values]).flat
    outer, inner = lines(ax)  # the light line and the dark one on it
    assert_allclose(outer, inner)
    rows, columns = np.indices(values.shape)
    pixels = np.stack([columns.ravel(), rows.ravel()], 1)
    within = Path(outer).contains_points(pixels).reshape(values.shape)
    clear = np.abs(values - 0.5) > 0.05
    assert (within == (values > 0.5))[clear].all()
    assert ax.get_xlim() == (-0.5, 15.5)
    assert ax.get_ylim() == (19.5, -0.5)
    plt.close("all")


def test_of_a_large_image_the_line_is_short_and_still_right():
    values = hill((224, 200), 100, 60, width=25)
    _, ax = plots.overlays(np.zeros((224, 200)), [values]).flat
    loop = lines(ax)[0]
    assert len(loop) < 120
    radius = 25 * np.sqrt(2 * np.log(2))
    assert_allclose(np.hypot(*(loop - [60, 100]).T), radius, atol=2)


def test_grain_and_what_is_nowhere_above_zero_have_no_line(rng):
    grain, below = rng.random((30, 30)), -np.ones((30, 30))
    axes = [*plots.overlays(np.zeros((30, 30)), [grain, below]).flat]
    assert [lines(ax) for ax in axes] == [[], [], []]
    assert {(ax.get_xlim(), ax.get_ylim()) for ax in axes} == {((-0.5, 29.5), (29.5, -0.5))}


def test_the_alternative_names_the_place_the_range_and_the_share():
    values = np.zeros((9, 9))
    values[7:, :2] = 3.0
    told = plots.alt_text(
        plots.overlays(np.zeros((9, 9)), [values, -values, np.eye(9)[::-1]], ["a", "b", ""])
    )
    assert "An image of 9×9 pixels and 3 maps over it" in told
    assert (
        "Map 1, a, runs from 0 to 3, largest in the bottom left, and the line encloses 4.94 perc"
        in told
    )
    assert "Map 2, b, runs from −3 to 0, nowhere above 0." in told
    assert "Map 3, runs from 0 to 1, largest in the top right" in told


@pytest.mark.parametrize(
    ("maps", "options", "message"),
    [
        (np.zeros((2, 5, 4)), {}, "`maps` must have the size of the image, 4×5; received 5×4. Enl"),
        (np.zeros((4, 5)), {}, r"`maps` must have shape \(M, H, W\); received \(4, 5\)"),
        (np.full((1, 4, 5), np.inf), {}, "`maps` must hold finite numbers"),
        (np.zeros((2, 4, 5)), {"titles": "a"}, "`titles` must hold 2 items, one per map"),
    ],
)
def test_what_cannot_be_laid_over_an_image_is_refused(maps, options, message):
    with pytest.raises(ValueError, match=message):
        plots.overlays(np.zeros((4, 5)), maps, **options)
