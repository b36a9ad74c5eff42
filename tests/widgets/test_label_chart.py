"""The chart of labels as a Python object: what it reads off the runs, its errors, its picture."""

import re

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from label_table import ARMS, LABELS, SECONDS, TARGETS, table
from numpy.testing import assert_allclose
from scipy import stats

from coursecnn import evidence
from coursecnn.plots._series import MARKERS
from coursecnn.widgets import LabelChart, bundle
from coursecnn.widgets.label_chart import MARKS
from coursecnn.widgets.label_results import Results, between, crossing, of_table

TABLE = table()
RESULTS = of_table(TABLE)


def chart(**state):
    return LabelChart(**{"results": RESULTS, **state})


def runs(arm, labels, target="boats"):
    """Accuracies of the table, seed by seed."""
    kept = TABLE[(TABLE["target"] == target) & (TABLE["arm"] == arm) & (TABLE["labels"] == labels)]
    return kept.sort_values("seed")["accuracy"].to_numpy()


def test_bands_are_those_of_the_evidence():
    shown = LabelChart(results=TABLE)
    for arm in ARMS:
        for labels in LABELS:
            band = evidence.Band.of(runs(arm, labels))
            assert shown.band(arm, labels) == pytest.approx((band.mean, band.sd))


def test_a_difference_has_the_interval_of_scipys_paired_test():
    found = chart().difference("frozen + MLP", "scratch", 100)
    first, second = runs("frozen + MLP", 100), runs("scratch", 100)
    test = stats.ttest_rel(first, second)
    assert (found.mean, found.n) == (pytest.approx(np.mean(first - second)), 5)
    assert [found.low, found.high] == pytest.approx([*test.confidence_interval(0.95)])
    assert found.is_open == (test.pvalue > 0.05)


def test_a_difference_by_hand():
    rows = [("one", 0, 0.5), ("one", 1, 0.7), ("two", 0, 0.4), ("two", 1, 0.65), ("two", 2, 0.1)]
    small = pd.DataFrame(rows, columns=["arm", "seed", "accuracy"]).assign(target="boats", labels=7)
    found = LabelChart(results=small).difference("one", "two")
    assert found.mean == pytest.approx((0.5 - 0.4 + 0.7 - 0.65) / 2)
    assert (found.n, found.low, found.high, found.is_open) == (2, None, None, True)


@given(st.lists(st.floats(0, 1), min_size=5, max_size=9), st.data())
def test_to_swap_two_arms_turns_their_difference_round(first, data):
    second = data.draw(st.lists(st.floats(0, 1), min_size=len(first), max_size=len(first)))
    results = {
        "targets": ["boats"], "arms": ["one", "two"], "labels": [10], "seeds": [*range(len(first))],
        "accuracy": [[[first], [second]]], "seconds": [[[None], [None]]],
    }  # fmt: skip
    read = Results(results, "boats")
    there, back = read.difference("one", "two", 10), read.difference("two", "one", 10)
    assert_allclose([there.mean, there.low, there.high], [-back.mean, -back.high, -back.low],
                    atol=1e-12)  # fmt: skip
    assert there.low <= there.mean <= there.high


def test_the_best_arm_leads_all_others_in_order():
    first, others = chart().lead(200)
    means = {arm: runs(arm, 200).mean() for arm in ARMS}
    assert [first, *others] == sorted(means, key=means.get, reverse=True)
    assert [over.mean for over in others.values()] == pytest.approx(
        [means[first] - means[arm] for arm in others]
    )
    assert chart(shown=["scratch"]).lead() == ("scratch", {})
    assert chart(shown=[]).lead() == (None, {})


def test_a_crossing_lies_straight_over_the_logarithm():
    # half of the way from 0.6 to 0.8, half of the way from 10¹ to 10²
    assert crossing([10, 100], [0.6, 0.8], 0.7) == pytest.approx(10**1.5)
    assert crossing([10, 100], [0.6, 0.8], 0.6) == 10
    assert crossing([10, 100], [0.6, 0.8], 0.81) is None
    assert between([10, 1000], [1, 100], 100) == pytest.approx(10)


@given(
    values=st.lists(st.floats(0, 1), min_size=2, max_size=6),
    level=st.floats(0, 1),
)
def test_where_a_curve_reaches_a_level_it_has_that_level(values, level):
    labels = [10 * 2**k for k in range(len(values))]
    place = crossing(labels, values, level)
    if place is None:
        assert max(values) < level
    elif place > 10:
        assert np.interp(np.log(place), np.log(labels), values) == pytest.approx(level, abs=1e-6)
        assert (
            max(value for n, value in zip(labels, values, strict=True) if n < place * (1 - 1e-9))
            < level
        )


def test_what_an_arm_needs_is_read_from_its_curve():
    shown = chart(reference="frozen + linear", learner="scratch", labels=20)
    needed = shown.needed()
    curve = [runs("scratch", n).mean() for n in LABELS]
    assert needed.level == pytest.approx(runs("frozen + linear", 20).mean())
    assert np.interp(np.log(needed.labels), np.log(LABELS), curve) == pytest.approx(needed.level)
    assert len(needed.by_draw) == 5
    assert needed.seconds == pytest.approx(SECONDS[0] * (needed.labels / 20) ** 0.3, rel=0.1)
    shown.reference, shown.learner = shown.learner, shown.reference
    assert shown.needed().labels == 10


def test_a_table_comes_back_from_what_the_browser_gets():
    results = of_table(TABLE.sample(frac=1, random_state=3).sort_values("target", kind="stable"))
    assert (set(results["arms"]), results["labels"]) == (set(ARMS), [*LABELS])
    for target in TARGETS:
        read = Results(results, target)
        for arm in ARMS:
            for labels in LABELS:
                expected = runs(arm, labels, target)
                assert_allclose(read.at(arm, labels), expected if expected.size else [np.nan] * 5)
    deer = Results(results, "deer")
    assert deer.band("fine-tuned, all", 50) is None
    assert np.isnan(deer.seconds("fine-tuned, all")).tolist() == [True, False, True, False, True]
    assert LabelChart(results=results).results == results


def test_a_table_without_times_has_none():
    results = of_table(TABLE.drop(columns="train_seconds"))
    assert {time for arms in results["seconds"] for arm in arms for time in arm} == {None}
    assert LabelChart(results=results, across="seconds").needed().seconds is None


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"results": 3}, "`results` must be a table of runs; received 3"),
        ({"results": TABLE.drop(columns="seed")}, "`results` must have the columns .*: seed"),
        ({"results": pd.concat([TABLE, TABLE])}, "one row per run; received .*scratch.* twice"),
        ({"results": {"arms": []}}, "`results` must have targets, arms, .*; received arms"),
        ({"results": TABLE.assign(accuracy=70)}, "hold accuracy of 0 to 1 for 3×4×5×5 runs"),
        ({"results": TABLE.assign(train_seconds=0)}, "train_seconds of more than 0 for 3×4×5 runs"),
        ({"results": TABLE.assign(arm="fine_tuned", seed=range(len(TABLE)))}, "1 to 20 seeds"),
        ({"results": TABLE.replace("deer", "a_deer")}, "without underscores; received 'a_deer'"),
        ({"results": TABLE.assign(accuracy=None)}, "at least one run; received none"),
        ({"target": "ships"}, "`target` must be one of boats, deer, pixels permuted; .*'ships'"),
        ({"target": ""}, "`target` must be 1 to 40 letters; received ''"),
        ({"labels": 30}, "`labels` must be one of 10, 20, 50, 100, 200; received 30"),
        ({"shown": "scratch"}, "`shown` must be a list of names of arms; received 'scratch'"),
        ({"shown": ["SVM"]}, r"`shown` must be a list of scratch, .*; received \['SVM'\]"),
        ({"reference": "SVM"}, "`reference` must be one of scratch, .*; received 'SVM'"),
        ({"guessed": "SVM"}, "`guessed` must be one of scratch, .*; received 'SVM'"),
        ({"guess": [0.5]}, "`guess` must have an entry for each of 5 numbers .*; received 1"),
        ({"guess": [2] * 5}, r"`guess` must be a list of numbers from 0 to 1, .*; received \[2, 2"),
        ({"across": "hours"}, "`across` must be one of labels, seconds; received 'hours'"),
        ({"chance": 2}, "`chance` must be 0 to 1 here; received 2"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_by_name(state, message):

    with pytest.raises(ValueError, match=message):
        chart(**state)


def test_what_new_runs_do_not_have_begins_anew():
    shown = chart(target="deer", labels=200, reference="fine-tuned, all", guessed="scratch",
                  guess=[0.5] * 5)  # fmt: skip
    few = TABLE[(TABLE["target"] == "boats") & (TABLE["labels"] < 200)]
    shown.results = few[few["arm"].isin(ARMS[1:3])]
    state = shown.state()
    assert (state["target"], state["labels"], state["guessed"]) == ("boats", 20, None)
    assert (state["learner"], state["reference"]) == ARMS[1:3]
    assert (state["shown"], state["guess"]) == ([*ARMS[1:3]], [None] * 4)


def soup_of(**state):
    return BeautifulSoup(chart(**state).still(), "html.parser")


def test_the_picture_says_what_is_seen():
    alternative = soup_of(labels=200).select_one("svg[role=img]")["aria-label"]
    low, high = (100 * runs("scratch", n).mean() for n in (10, 200))
    assert f"scratch {low:.1f} % with 10 and {high:.1f} % with 200 labels" in alternative
    over = chart().difference("fine-tuned, all", "frozen + MLP", 200)
    start = "undecided: " if over.is_open else ""
    interval = f"{100 * over.low:.1f} to {100 * over.high:.1f}".replace("-", "−")
    assert alternative.endswith(
        f"With 200 labels {start}fine-tuned, all is {100 * over.mean:.1f} points above "
        f"frozen + MLP, 95 % interval {interval}."
    )


def test_the_picture_draws_the_means_where_they_are():
    soup = soup_of(shown=["scratch"], chance=0.5)
    rule, ticks = soup.select_one("path[d]"), soup.select("text")
    heights = [float(y) for y in re.findall(r"M\d+ ([\d.]+)h", rule["d"])]
    levels = [float(t.text[:-2]) for t in ticks if t.text.endswith(" %") and float(t["x"]) < 60]
    places = {t.text: float(t["x"]) for t in ticks if t.text.isdigit()}
    marks = [p["transform"] for p in soup.select("path[transform]")][: len(LABELS)]
    drawn = np.array([re.findall(r"[\d.]+", mark)[:2] for mark in marks], float)
    assert_allclose(drawn[:, 0], [places[str(n)] for n in LABELS], atol=0.06)
    means = [100 * runs("scratch", n).mean() for n in LABELS]
    assert_allclose(drawn[:, 1], np.interp(means, levels, heights), atol=0.06)


def test_a_curve_that_the_reader_has_to_guess_is_in_the_picture_that_is_printed():
    whole, hidden = (soup_of(guessed=arm).select("path[transform]") for arm in (None, "scratch"))
    assert [p["d"] for p in whole] == [p["d"] for p in hidden]


def test_the_looks_are_those_of_the_plots():
    assert len(MARKS) == len(MARKERS)
    script = (bundle.FOLDER / "label-chart.js").read_text("utf-8")
    assert [mark for mark in MARKS if f'"{mark}"' not in script] == []
