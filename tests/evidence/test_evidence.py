"""The asserts behind the text accept what is so, and fail when the effect is switched off."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from coursecnn import evidence

BETTER = np.array([0.982, 0.985, 0.981, 0.984, 0.983])
WORSE = np.array([0.972, 0.974, 0.973, 0.971, 0.975])


def test_a_band_is_mean_and_sample_deviation():
    band = evidence.Band.of([1, 2, 3, 4, 5])
    assert (band.mean, band.sd, band.n) == (3.0, np.sqrt((4 + 1 + 0 + 1 + 4) / 4), 5)
    assert band.widened(2) == (3 - 2 * np.sqrt(2.5), 3 + 2 * np.sqrt(2.5))


def test_fewer_than_five_seeds_are_refused():
    with pytest.raises(ValueError, match="at least 5 seeds; received 4"):
        evidence.Band.of([1, 2, 3, 4])


@given(st.lists(st.floats(-10, 10), min_size=5, max_size=12))
def test_the_lower_bound_is_that_of_scipys_t_interval(values):
    if np.std(values) < 1e-6:
        return
    expected = stats.t.interval(0.9, len(values) - 1, np.mean(values), stats.sem(values))[0]
    assert np.isclose(evidence.lower_bound(values), expected)


def test_a_clear_difference_passes_and_its_margin_is_respected():
    evidence.assert_better(BETTER, WORSE, 0.005)
    with pytest.raises(evidence.EvidenceError, match=r"above 0\.00\d+ only .* claims 0.01"):
        evidence.assert_better(BETTER, WORSE, 0.01)


def test_with_the_effect_switched_off_the_assert_fails():
    swapped = np.where([True, False] * 2 + [True], BETTER, WORSE)
    rest = np.where([True, False] * 2 + [True], WORSE, BETTER)
    with pytest.raises(evidence.EvidenceError):
        evidence.assert_better(swapped, rest, 0.0)


def test_a_tie_needs_both_bounds_inside_the_margin():
    jitter = np.array([1, -1, 2, -2, 0]) * 1e-3
    evidence.assert_equivalent(BETTER, BETTER + jitter, 0.01)
    with pytest.raises(evidence.EvidenceError, match=r"not within ±0\.01"):
        evidence.assert_equivalent(BETTER, WORSE, 0.01)
    with pytest.raises(evidence.EvidenceError, match=r"not within ±0\.001"):
        evidence.assert_equivalent(BETTER, BETTER + jitter, 0.001)


def test_a_live_run_outside_the_band_fails():
    evidence.assert_in_band(BETTER.mean() + 3 * BETTER.std(ddof=1), BETTER)
    with pytest.raises(evidence.EvidenceError, match=r"the live run gave 0\.97, outside the band"):
        evidence.assert_in_band(0.97, BETTER)


@pytest.fixture
def results(tmp_path, monkeypatch):
    """A folder of results that is not that of the course."""
    monkeypatch.setattr(evidence, "RESULTS", tmp_path)
    return tmp_path


def test_results_come_back_as_they_were_saved_with_a_header(results):
    table = pd.DataFrame({"seed": [0, 1], "accuracy": [0.5, 0.25]})
    file = evidence.save("try", table)
    assert file == results / "try.csv"
    pd.testing.assert_frame_equal(evidence.load("try"), table)
    header = file.read_text().splitlines()[:5]
    assert [line.split(":")[0] for line in header] == [
        "# command", "# date", "# versions", "# threads", "# CPU seconds"
    ]  # fmt: skip


def test_what_a_script_notes_stands_in_the_header_and_can_be_read(results):
    evidence.save("try", pd.DataFrame({"a": ["# no header"]}), {"processor": "a: fast one"})
    made = evidence.made("try")
    assert [*made][:5] == ["command", "date", "versions", "threads", "CPU seconds"]
    assert made["processor"] == "a: fast one"
    assert len(made) == 6
    with pytest.raises(FileNotFoundError, match=r"make it: python experiments/nothing\.py"):
        evidence.made("nothing")


def test_a_missing_result_names_the_command_that_makes_it(results):
    with pytest.raises(FileNotFoundError, match=r"make it: python experiments/nothing\.py"):
        evidence.load("nothing")


def test_each_script_has_its_results_and_each_result_its_script():
    scripts = {script.stem for script in (Path(__file__).parents[2] / "experiments").glob("*.py")}
    assert scripts == {file.stem for file in evidence.RESULTS.iterdir()}
