"""Orientation tuning as a Python object: its state, its errors, its picture."""

import math
import re
import runpy
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from coursecnn.ops import gabor, grating
from coursecnn.widgets import OrientationTuning
from coursecnn.widgets.orientation_tuning import ANGLES, SIZES

EXPERIMENT = Path(__file__).parents[2] / "experiments" / "complex_cells.py"


@pytest.mark.parametrize("preferred", ANGLES)
def test_kernels_of_13_rows_are_those_of_the_library(preferred):
    even, odd = OrientationTuning(preferred=preferred).kernels
    assert_allclose(even, gabor(preferred), atol=1e-15)
    assert_allclose(odd, gabor(preferred, phase=90), atol=1e-15)


def test_the_largest_kernel_is_the_wide_one_of_the_experiment():
    wide = runpy.run_path(str(EXPERIMENT))["wide"]()
    assert_allclose(OrientationTuning(size=25).kernels[0], wide, atol=1e-15)


def test_responses_follow_from_the_sums():
    figure = OrientationTuning(angle=75, phase=120)
    stripes = grating(13, 75, phase=120)
    even, odd = (np.sum(gabor(90, phase=phase) * stripes) for phase in (0, 90))
    assert_allclose(figure.sums, [even, odd])
    assert even < 0
    assert figure.simple == 0
    assert figure.complex == pytest.approx(math.sqrt(even**2 + odd**2))
    figure.phase = 0
    assert figure.simple == figure.sums[0] > 0


@given(angle=st.floats(0, 180), phase=st.floats(0, 180), size=st.sampled_from(SIZES))
def test_half_a_wave_further_on_sums_change_their_sign_and_the_energy_stays(angle, phase, size):
    here = OrientationTuning(angle=angle, phase=phase, size=size)
    there = OrientationTuning(angle=angle, phase=phase + 180, size=size)
    assert_allclose(there.sums, np.negative(here.sums), atol=1e-9)
    assert there.complex == pytest.approx(here.complex, abs=1e-9)
    assert min(here.simple, there.simple) == pytest.approx(0, abs=1e-9)


@given(phase=st.floats(0, 360), preferred=st.sampled_from(ANGLES))
def test_at_its_own_angle_the_complex_cell_hardly_swings(phase, preferred):
    figure = OrientationTuning(angle=preferred, phase=phase, preferred=preferred)
    best = OrientationTuning(angle=preferred, phase=0, preferred=preferred).complex
    assert 0.97 * best < figure.complex < 1.01 * best


def test_what_the_chapters_caption_says_of_the_phase():
    for phase in range(90, 271, 15):
        turned = [OrientationTuning(angle=angle, phase=phase) for angle in range(0, 181, 5)]
        assert max(each.simple for each in turned) < 0.001
        assert max(each.complex for each in turned) > 7


def test_a_larger_field_tolerates_a_smaller_turn():
    def half(size):
        """The first turn, in whole degrees, that leaves less than half of the response."""

        def response(turn):
            return OrientationTuning(size=size, angle=90 + turn, phase=0).complex

        return next(turn for turn in range(90) if response(turn) < response(0) / 2)

    assert [half(size) for size in SIZES] == [35, 23, 16, 12]


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"angle": 181}, "`angle` must be 0 to 180 here; received 181"),
        ({"angle": math.nan}, "`angle` must be a number; received nan"),
        ({"phase": -1}, "`phase` must be 0 to 360 here; received -1"),
        ({"preferred": 20}, "`preferred` must be one of 0, 15, 30, .*, 165; received 20"),
        ({"preferred": True}, "`preferred` must be one of .*; received True"),
        ({"size": 11}, "`size` must be one of 9, 13, 19, 25; received 11"),
        ({"size": "13"}, "`size` must be one of 9, 13, 19, 25; received '13'"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        OrientationTuning(**state)


def soup_of(**state):
    return BeautifulSoup(OrientationTuning(**state).still(), "html.parser")


def test_the_picture_says_what_is_seen():
    alternative = soup_of(angle=75, phase=60).select_one("svg[role=img]")["aria-label"]
    assert alternative.startswith(
        "Stripes of 75° at phase 60°; beside them an even and an odd kernel"
    )
    assert alternative.endswith("responds with 2.69 and the complex cell with 5.31.")


@pytest.mark.parametrize("size", SIZES)
def test_the_curves_run_through_the_responses(size):
    soup = soup_of(angle=60, phase=45, preferred=75, size=size)
    lines = [path["d"] for path in soup.select("path[stroke-width='2.5'][fill=none]")]
    points = [np.array(re.findall(r"[\d.]+", line), float).reshape(-1, 2) for line in lines]
    angles, phases = np.linspace(0, 180, 73), np.linspace(0, 360, 73)
    states = (
        [*({"angle": each, "phase": 45} for each in angles)],
        [*({"angle": 60, "phase": each} for each in phases)],
    )
    for (complex_, simple), chart in zip((points[:2], points[2:]), states, strict=True):
        figures = [OrientationTuning(preferred=75, size=size, **state) for state in chart]
        most = 1.1 * OrientationTuning(angle=75, phase=0, preferred=75, size=size).simple
        assert_allclose(complex_[:, 0], np.linspace(30, 308, len(chart)), atol=0.06)
        for line, cell in ((complex_, "complex"), (simple, "simple")):
            expected = [112 - 104 * getattr(figure, cell) / most for figure in figures]
            assert_allclose(line[:, 1], expected, atol=0.06)


def test_the_mosaic_is_darkest_where_the_weights_are_largest():
    soup = soup_of(preferred=0)
    _, even, _ = soup.select("g[shape-rendering=crispEdges]")
    strongest = even.select_one("path[fill-opacity='1']")
    assert "--cc-gradient" in strongest["fill"]  # above 0, as in the chapter's kernels
    assert strongest["d"].startswith("M6 6h1v1h-1z")  # the middle of 13 rows
