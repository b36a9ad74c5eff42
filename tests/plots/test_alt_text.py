"""What is told of a figure is true of what is drawn in it."""

import re

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib import pyplot as plt

from coursecnn import plots
from coursecnn.plots._words import extremes, number, tendency

CURVES = arrays(float, st.integers(2, 12), elements=st.integers(-50, 50).map(float))


@pytest.mark.parametrize(
    ("y", "told"),
    [
        ([1, 2, 4], "rises from 1 at 1 to 4 at 3"),
        ([4, 2, 1], "falls from 4 at 1 to 1 at 3"),
        ([1, 9, 4], "rises from 1 at 1 to 9 at 2 and then falls to 4 at 3"),
        ([9, 1, 4], "falls from 9 at 1 to 1 at 2 and then rises to 4 at 3"),
        ([2, 2, 2], "stays at 2"),
        ([3, 0, 9, 4], "goes from 3 at 1 to 4 at 4, "
         "with its lowest, 0 at 2, and its highest, 9 at 3, between"),
        ([np.nan, 1, 2], "rises from 1 at 2 to 2 at 3"),
        ([np.nan, np.nan], "has no finite value"),
    ],
)  # fmt: skip
def test_a_tendency_in_words(y, told):
    assert tendency(np.arange(1, len(y) + 1), np.array(y, float)) == told


@given(CURVES)
def test_a_tendency_names_the_ends_and_never_turns_them_round(y):
    x = np.arange(100.0, 100 + len(y))
    told = tendency(x, y)
    if y.min() == y.max():
        assert told == f"stays at {number(y[0])}"
        return
    assert f"from {number(y[0])} at 100" in told
    assert f"{number(y[-1])} at {number(x[-1])}" in told
    first, *rest = told.split()
    if first in ("rises", "falls") and "then" not in rest:
        assert (first == "rises") == (y[-1] > y[0])
        margin = 0.05 * np.ptp(y)  # what is not told is small
        assert min(y[0], y[-1]) - margin <= y.min() <= y.max() <= max(y[0], y[-1]) + margin
    for value, place in re.findall(r"(−?\d+) at (\d+)", told):
        assert number(y[int(place) - 100]) == value


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(-999, 999), min_size=2))
def test_the_extremes_are_the_extremes(ends):
    told = extremes(ends)
    high, low = max(ends.values()), min(ends.values())
    if high == low:
        assert told == f"all are equal at {number(high)}"
        return
    best, worst = re.fullmatch(r"highest is (.+) with .+, lowest (.+) with .+", told).groups()
    assert best.split(" and ") == [name for name, value in ends.items() if value == high]
    assert worst.split(" and ") == [name for name, value in ends.items() if value == low]


@given(st.floats(-1e6, 1e6))
def test_a_number_is_told_to_three_digits(value):
    told = float(number(value).replace("−", "-").replace(",", ""))
    assert told == pytest.approx(value, rel=6e-3, abs=1e-300)


def test_curves_are_told_with_axes_bands_tendencies_and_the_highest():
    values = {"SGD": [[10, 30], [20, 50]], "Adam": [[30, 60], [40, 70]]}
    ax = plots.curves(values, [1, 10], xlabel="seconds", ylabel="accuracy, %", log="x")
    assert plots.alt_text(ax) == (
        "Line chart of accuracy, % against seconds, 2 curves, each the mean of up to 2 runs with a "
        "band from the smallest to the largest. The horizontal axis is logarithmic. "
        "SGD rises from 15 at 1 to 40 at 10. Adam rises from 35 at 1 to 65 at 10. "
        "At the end highest is Adam with 65, lowest SGD with 40."
    )


def test_what_the_reader_changes_afterwards_is_told_as_it_is():
    ax = plots.curves({"a": [1, 2]})
    assert "logarithmic" not in plots.alt_text(ax)
    ax.set(yscale="log", ylabel="loss")
    assert "loss against x" in plots.alt_text(ax)
    assert "The vertical axis is logarithmic." in plots.alt_text(ax)


def test_a_history_is_told_as_far_as_every_run_reaches():
    runs = [
        [{"epoch": k, "train_loss": 9 - k - run, "val_loss": 5} for k in range(1, 4 - run)]
        for run in (0, 1)
    ]
    assert plots.alt_text(plots.history(runs, band="sd")) == (
        "Line chart of loss against epoch for training and validation, means of 2 runs with a band "
        "of one standard deviation to either side. "
        "The training curve falls from 7.5 at 1 to 6.5 at 2. The validation curve stays at 5."
    )


def test_arms_are_told_with_mean_spread_and_live_run():
    ax = plots.arms({"a": [1, 2, 3], "b": [4, 4, 4]}, live={"a": 2.5}, xlabel="error")
    assert plots.alt_text(ax) == (
        "Dot plot of 2 arms against error, 3 dots each, with mean and standard deviation. "
        "a has mean 2 ± 1. b has mean 4 ± 0. Of the means highest is b with 4, lowest a with 2. "
        "Rings show the runs of this page, a 2.5."
    )


def test_a_confusion_matrix_is_told_with_its_share_and_worst_error():
    ax = plots.confusion([0, 0, 1, 1, 1, 2], [0, 1, 1, 2, 2, 2], ["cat", "dog", "fox"])
    assert plots.alt_text(ax) == (
        "A table of 3 by 3 classes, true class in rows and predicted class in columns. "
        "Of 6 images 3 or 50 % are on the diagonal. 2 cells off the diagonal hold errors. "
        "The most frequent, 2 times, is dog taken for fox."
    )
    perfect = plots.confusion([0, 1], [0, 1], "ab", ax=plt.figure().gca())
    assert plots.alt_text(perfect).endswith("All other cells are empty.")


def test_an_operation_is_told_number_by_number():
    axes = plots.operation([[1, 2], [3, -4]], [[5]], [[5, 10], [15, -20]], at=(0, 1))
    assert plots.alt_text(axes) == (
        "Input, a grid of numbers with 2 rows and 2 columns. Row 1 is 1, 2. Row 2 is 3, −4. "
        "A dashed frame holds rows 1 to 1 of columns 2 to 2. "
        "Kernel, a grid of numbers with 1 row and 1 column. Row 1 is 5. "
        "Output, a grid of numbers with 2 rows and 2 columns. Row 1 is 5, 10. Row 2 is 15, −20. "
        "The cell in row 1, column 2 is filled."
    )


def test_maps_and_kernels_are_told_with_range_and_the_strongest():
    maps = np.zeros((3, 2, 4))
    maps[1], maps[0, 0, 0] = -2, 1
    told = plots.alt_text(plots.feature_maps(maps, image=np.ones((5, 6))))
    assert "An image and what a layer answers to it. 3 feature maps of 2×4, on one scale" in told
    assert "from −2 to 1" in told
    assert "map 1 is the strongest" in told
    assert "1 map is 0 everywhere" in told
    told = plots.alt_text(plots.kernels(np.stack([np.ones((3, 3, 5)), np.full((3, 3, 5), -4)])))
    assert "2 kernels of 3×5 for colour images" in told
    assert "from −4 to 1" in told
    assert "kernel 1 has the largest" in told


def test_predictions_are_told_with_what_was_taken_for_what():
    images = np.zeros((3, 4, 5))
    told = plots.alt_text(plots.predictions(images, [0, 1, 1], [0, 0, 1], ["cat", "dog"]))
    assert told == (
        "3 images with predictions, 2 right and 1 wrong. "
        "Wrong, as true → predicted, are dog → cat. Right are cat, dog."
    )


def test_a_figure_with_another_drawn_into_it_tells_both():
    axes = plots.image_grid([np.zeros((4, 4)), np.ones((4, 4))])
    plots.matrix([[7]], ax=axes[0, 1])
    told = plots.alt_text(axes)
    assert told.startswith("2 grey images in 1 row, 4×4 pixels each.")
    assert told.endswith("Row 1 is 7.")


def test_lines_drawn_without_us_are_told_too():
    ax = plt.figure().gca()
    ax.plot([0, 1], [5, 3], label="falling")
    assert plots.alt_text(ax) == "Line chart of y against x. falling falls from 5 at 0 to 3 at 1."


NASTY = [
    "a: b",
    "- x",
    "# no",
    "'q'",
    '"q"',
    "{x",
    "[x",
    "x #y",
    "&a",
    "*a",
    "!t",
    "%p",
    "@x",
    "a\nb",
]


@pytest.mark.parametrize("name", NASTY)
def test_no_name_breaks_the_head_of_a_cell(name):
    told = plots.alt_text(plots.arms({name: [1, 2]}, xlabel=name))
    assert yaml.safe_load(f"image:\n  alt: {told}\n") == {"image": {"alt": told}}


def test_what_cannot_be_told_is_refused():
    with pytest.raises(TypeError, match="`axes` must be what a plot returned; received str"):
        plots.alt_text("figure")
    with pytest.raises(ValueError, match=r"nothing that `coursecnn.plots` drew"):
        plots.alt_text(plt.figure().gca())
