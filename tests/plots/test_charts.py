"""Lines, bands and dots stand where the numbers are."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from numpy.testing import assert_allclose, assert_array_equal

from coursecnn import plots
from coursecnn.plots._end_labels import spread


def band(collection):
    """The lower and the upper edge of a band, from left to right."""
    (path,) = collection.get_paths()
    x, y = path.vertices.T
    return [np.array([pick(y[x == place]) for place in np.unique(x)]) for pick in (min, max)]


def names(ax):
    return [text.get_text() for text in ax.texts]


def test_a_curve_is_the_mean_and_its_band_reaches_from_run_to_run():
    ax = plots.curves({"a": [[1, 5], [3, 4], [2, 9]]}, [10, 20])
    (line,) = ax.lines
    assert line.get_xydata().tolist() == [[10, (1 + 3 + 2) / 3], [20, (5 + 4 + 9) / 3]]
    low, high = band(ax.collections[0])
    assert (low.tolist(), high.tolist()) == ([1, 4], [3, 9])
    assert names(ax) == ["a"]


def test_a_band_of_one_standard_deviation_is_that_of_pandas(rng):
    runs = rng.normal(size=(5, 7))
    ax = plots.curves({"a": runs}, band="sd")
    table = pd.DataFrame(runs)
    assert_allclose(band(ax.collections[0])[0], table.mean() - table.std())
    assert_allclose(band(ax.collections[0])[1], table.mean() + table.std())


def test_more_by_a_constant_is_higher_by_it_and_the_order_of_runs_means_nothing(rng):
    runs = rng.normal(size=(4, 6))
    first, second = (
        plots.curves({"a": values}, ax=plt.figure().gca()) for values in (runs, 7 + runs[::-1])
    )
    assert_allclose(second.lines[0].get_ydata(), first.lines[0].get_ydata() + 7)
    assert_allclose(band(second.collections[0]), np.add(band(first.collections[0]), 7))


def test_one_run_has_no_band_and_counts_from_one():
    ax = plots.curves({"a": [4, 5, 6], "b": [[1, 2, 3]]})
    assert not ax.collections
    assert [line.get_xdata().tolist() for line in ax.lines] == [[1, 2, 3]] * 2


def test_no_band_is_drawn_where_none_is_wanted():
    assert not plots.curves({"a": [[1, 2], [3, 4]]}, band=None).collections


def test_a_missing_value_leaves_a_gap():
    ax = plots.curves({"a": [[1, np.nan, 3], [3, 4, 5]]})
    assert_array_equal(ax.lines[0].get_ydata(), [2, np.nan, 4])


def test_arms_may_have_points_of_their_own():
    ax = plots.curves({"a": [1, 2], "b": [1, 2, 3]}, {"a": [0, 9], "b": [5, 6, 7]})
    assert [line.get_xdata().tolist() for line in ax.lines] == [[0, 9], [5, 6, 7]]


def test_the_run_of_the_page_is_drawn_as_rings():
    ax = plots.curves({"a": [1, 2], "b": [3, 4]}, live={"b": [5, 6], "a": ([7], [8])})
    rings = [line for line in ax.lines if line.get_markerfacecolor() == "none"]
    assert [ring.get_xydata().tolist() for ring in rings] == [[[1, 5], [2, 6]], [[7, 8]]]
    assert names(ax) == ["a", "b", "this page"]
    assert rings[0].get_color() == ax.lines[1].get_color()


def test_an_arm_keeps_its_look_from_figure_to_figure():
    every = plots.curves({"a": [1], "b": [2], "c": [3]})
    some = plots.curves({"c": [3], "a": [1]}, looks={"c": 2}, ax=plt.figure().gca())
    for line, same in zip(some.lines, (every.lines[2], every.lines[0]), strict=True):
        assert line.get_color() == same.get_color()
        assert line.get_marker() == same.get_marker()


def test_a_logarithmic_axis_has_plain_numbers():
    ax = plots.curves({"a": [0.01, 0.1, 20]}, [1, 10, 1000], log="xy")
    ax.figure.draw_without_rendering()
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    ticks = [tick.get_text() for tick in ax.get_yticklabels()]
    assert {"0.01", "0.1", "1", "10"} <= {*ticks}


@pytest.mark.parametrize(
    ("values", "x", "options", "kind", "message"),
    [
        ({}, None, {}, ValueError, "`values` must map names to numbers"),
        ([1, 2], None, {}, ValueError, r"`values` must map names .* received list \[1, 2\]"),
        ({"a": []}, None, {}, ValueError, r"`values\['a'\]` must not be empty"),
        ({"a": "bc"}, None, {}, TypeError, r"`values\['a'\]` must hold real numbers"),
        ({"a": np.ones((2, 2, 2))}, None, {}, ValueError, r"\(runs, n\); received \(2, 2, 2\)"),
        ({"a": [1, 2]}, [1], {}, ValueError, r"`x` must have shape \(2,\).*'a'; received \(1,\)"),
        ({"a": [1]}, {"b": [1]}, {}, ValueError, "`x` must have an entry for 'a'; received b"),
        ({"a": [1]}, None, {"band": "se"}, ValueError, "`band` must be one of .* received 'se'"),
        ({"a": [1]}, None, {"log": "z"}, ValueError, "`log` must be one of .* received 'z'"),
        ({"a": [0, 1]}, None, {"log": "y"}, ValueError, "`log` with 'y' .* received 0"),
        ({"a": [1]}, [-1], {"log": "x"}, ValueError, "`log` with 'x' .* received −1"),
        ({"a": [1]}, None, {"live": {"b": [1]}}, ValueError, "`live` must name arms.*'b'"),
        ({"a": [1]}, None, {"live": {"a": [1, 2]}}, ValueError, r"`live\['a'\]` .*\(2,\)"),
        ({key: [1] for key in "abcdefghi"}, None, {}, ValueError, "at most 8 curves"),
        ({"a": [1]}, None, {"looks": {"a": 8}}, ValueError, "at most 8 curves"),
        ({"a": [1]}, None, {"looks": {"b": 1}}, ValueError, "`looks` must name arms.*'b'"),
        ({"a": [1], "b": [1]}, None, {"looks": {"a": 1, "b": 1}}, ValueError, "of its own"),
    ],
)
def test_curves_say_what_they_cannot_draw(values, x, options, kind, message):
    with pytest.raises(kind, match=message):
        plots.curves(values, x, **options)


def table(*runs):
    """Runs as (arm, seed, {x: y}) in one table."""
    return pd.DataFrame(
        [{"arm": a, "seed": s, "x": x, "y": y} for a, s, run in runs for x, y in run.items()]
    )


def test_runs_are_gathered_by_arm_on_common_points():
    runs = table(("b", 0, {0: 0, 4: 8}), ("b", 1, {1: 5, 3: 7, 9: 0}), ("a", 0, {2: 1}))
    values, points = plots.by_arm(runs, "x", "y")
    assert [*values] == ["b", "a"]
    assert points["b"].tolist() == [1, 3, 4]
    assert values["b"].tolist() == [[2, 6, 8], [5, 7, 7 - 7 / 6]]
    assert (points["a"].tolist(), values["a"].tolist()) == ([2], [[1]])


@given(st.data())
def test_runs_at_equal_points_are_taken_as_they_are(data):
    count, seeds = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 3))
    numbers = st.lists(st.integers(-9, 9), min_size=count, max_size=count)
    runs = [data.draw(numbers) for _ in range(seeds)]
    long = table(*(("a", seed, dict(enumerate(run))) for seed, run in enumerate(runs)))
    shuffled = long.sample(frac=1, random_state=1).sort_values("seed", kind="stable")
    values, points = plots.by_arm(shuffled, "x", "y")
    assert points["a"].tolist() == [*range(count)]
    assert values["a"].tolist() == runs


def test_common_points_agree_with_the_interpolation_of_pandas():
    first, second = {0: 1.0, 2: 5.0, 5: 2.0}, {0: 0.0, 1: 3.0, 5: 4.0}
    values, points = plots.by_arm(table(("a", 0, first), ("a", 1, second)), "x", "y")
    joined = pd.DataFrame([first, second]).T.sort_index().interpolate("index")
    assert_allclose(points["a"], joined.index)
    assert_allclose(values["a"], joined.T)


def test_a_table_that_cannot_be_gathered_says_why():
    with pytest.raises(KeyError, match="`table` has no column z; it has arm, seed, x, y"):
        plots.by_arm(table(("a", 0, {1: 1})), "x", "z")
    with pytest.raises(ValueError, match="'a' have no stretch of `x` in common"):
        plots.by_arm(table(("a", 0, {1: 1}), ("a", 1, {2: 1})), "x", "y")
    with pytest.raises(ValueError, match="'a' has a value of `x` twice"):
        plots.by_arm(table(("a", 0, {1: 1}), ("a", 0, {1: 2})), "x", "y")


RUN = pd.DataFrame(
    {"train_loss": [2.0, 1.0], "val_loss": [2.5, 1.5], "val_accuracy": [0.1, 0.2]},
    index=pd.Index([1, 2], name="epoch"),
)


def test_a_history_draws_both_curves_and_names_them_at_their_ends():
    ax = plots.history(SimpleNamespace(to_frame=lambda: RUN))
    assert [line.get_ydata().tolist() for line in ax.lines] == [[2.0, 1.0], [2.5, 1.5]]
    assert names(ax) == ["training", "validation"]
    assert ax.get_legend() is None


def test_several_runs_have_a_mean_and_a_band():
    ax = plots.history([RUN, RUN + 2, RUN + 1])
    assert [line.get_ydata().tolist() for line in ax.lines] == [[3.0, 2.0], [3.5, 2.5]]
    assert np.array(band(ax.collections[1])).tolist() == [[2.5, 1.5], [4.5, 3.5]]


def test_the_mean_ends_with_the_shortest_run():
    ax = plots.history([RUN, RUN[:1]])
    assert_array_equal(ax.lines[0].get_ydata(), [2.0, np.nan])


def test_rows_as_numpy_net_returns_them_are_one_run():
    rows = [{"epoch": 1, "train_loss": 3.0}, {"epoch": 2, "train_loss": 2.0}]
    (line,) = plots.history(rows, log="y").lines
    assert line.get_xydata().tolist() == [[1, 3], [2, 2]]


def test_a_measure_that_one_part_lacks_is_drawn_for_the_other():
    ax = plots.history(RUN, "accuracy")
    assert names(ax) == ["validation"]


def test_a_history_says_what_it_cannot_draw():
    with pytest.raises(ValueError, match="one of accuracy, loss; received 'f1'"):
        plots.history(RUN, "f1")
    with pytest.raises(TypeError, match=r"`run` must be what `fit` returned.* received int"):
        plots.history(3)
    with pytest.raises(TypeError, match=r"`run` must be what `fit` returned.* received list"):
        plots.history([])


def test_arms_show_every_seed_and_the_live_run():
    ax = plots.arms({"a": [1, 2, 3, 4, 5], "b": [0, 0, 0, 0, 1]}, live={"b": 0.5})
    drawn = [line.get_xdata() for line in ax.lines]
    assert any(np.array_equal(x, [1, 2, 3, 4, 5]) for x in drawn)
    (rings,) = ax.collections
    assert rings.get_offsets().tolist() == [[0.5, 1.0]]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["a", "b"]
    assert names(ax) == ["this page"]


def test_the_bar_of_an_arm_is_its_standard_deviation(rng):
    seeds = rng.normal(size=6)
    (bar,) = plots.arms({"a": seeds}).patches
    assert_allclose(bar.get_x() + bar.get_width() / 2, seeds.mean())
    assert_allclose(bar.get_width() / 2, pd.Series(seeds).std())


def test_a_single_seed_has_no_bar():
    ax = plots.arms({"a": [3]})
    assert not ax.patches
    assert [3] in [line.get_xdata().tolist() for line in ax.lines]


@pytest.mark.parametrize(
    ("values", "live", "message"),
    [
        ({}, None, "`values` must map names to numbers"),
        ({"a": [1, np.nan]}, None, r"`values\['a'\]` must hold finite numbers; received 1 NaN"),
        ({"a": [1]}, {"c": 2}, "`live` must name arms of `values`, a; received 'c'"),
    ],
)
def test_arms_say_what_they_cannot_draw(values, live, message):
    with pytest.raises(ValueError, match=message):
        plots.arms(values, live=live)


@given(st.lists(st.integers(-100, 100).map(float), min_size=1, max_size=8), st.integers(1, 20))
def test_names_are_spread_without_changing_their_order(wanted, gap):
    placed = np.array(spread(wanted, gap))
    order = np.argsort(wanted, kind="stable")
    assert np.all(np.diff(placed[order]) >= gap - 1e-9)
    if np.all(np.diff(np.sort(wanted)) >= gap):
        assert_allclose(placed, wanted)  # nobody moves without need
    assert_allclose(placed.mean(), np.mean(wanted))  # and none side gives way alone


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_names_stand_at_the_height_of_their_ends_on_any_scale(scale):
    ax = plots.curves({"low": [9.0, 1.0], "high": [1.0, 9.0]})
    ax.set_yscale(scale)
    ax.figure.draw_without_rendering()
    for line, text in zip(ax.lines, ax.texts, strict=True):
        end = ax.transData.transform(line.get_xydata()[-1])
        box = text.get_window_extent()
        name = plt.Text.get_window_extent(text)
        assert (name.y0 + name.y1) / 2 == pytest.approx(end[1], abs=3)
        assert name.x0 > ax.bbox.x1
        assert box.x1 <= ax.figure.bbox.x1
