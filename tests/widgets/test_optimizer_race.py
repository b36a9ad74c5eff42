"""The optimizer race as a Python object: its paths, its limits, its errors, its picture."""

import math
import re

import numpy as np
import pytest
import torch
from bs4 import BeautifulSoup
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from coursecnn.widgets import OptimizerRace
from coursecnn.widgets.optimizer_race import BETAS, BOUND, CONDITIONS, NAMES, REACH, SURFACES

POINTS = st.tuples(*(st.floats(-reach, reach) for reach in REACH))
BOWLS, RATES = SURFACES[:2], {"sgd": "sgd_rate", "momentum": "momentum_rate"}


def test_one_step_is_what_paper_and_pencil_say():
    race = OptimizerRace(
        condition=10, start=(1, 0.5), sgd_rate=0.1, momentum_rate=0.1, adam_rate=0.1
    )
    assert_allclose(race.path("sgd", 1), [[1, 0.5], [1 - 0.1 * 1, 0.5 - 0.1 * 10 * 0.5]])
    velocity = 0.5 * (10 * 0.5) + 10 * 0.0  # half of the first gradient, and the second one
    assert_allclose(race.path("momentum", 2)[1:, 1], [0.0, 0.0 - 0.1 * velocity])
    assert_allclose(race.path("adam", 1)[1], [1 - 0.1, 0.5 - 0.1], atol=1e-7)


def torch_loss(race, point):
    """The surfaces once more, the turned bowl by turning the point."""
    x, y = point
    if race.surface == "turned bowl":
        x, y = (x + y) / math.sqrt(2), (x - y) / math.sqrt(2)
    if race.surface == "valley":
        return ((1 - x) ** 2 + race.condition * (y - (x**2 - 1) / 2) ** 2) / 2
    return (x**2 + race.condition * y**2) / 2


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", NAMES)
def test_paths_are_those_of_torch(surface, name):
    race = OptimizerRace(surface=surface, condition=5, beta=0.8, sgd_rate=0.05, momentum_rate=0.02)
    point = torch.tensor(race.start, dtype=torch.float64, requires_grad=True)
    optimizer = {
        "sgd": lambda: torch.optim.SGD([point], lr=0.05),
        "momentum": lambda: torch.optim.SGD([point], lr=0.02, momentum=0.8),
        "adam": lambda: torch.optim.Adam([point], lr=race.adam_rate),
    }[name]()
    walked = [point.detach().numpy().copy()]
    for _ in range(60):
        optimizer.zero_grad()
        torch_loss(race, point).backward()
        optimizer.step()
        walked.append(point.detach().numpy().copy())
    assert_allclose(race.path(name, 60), walked, atol=1e-9)


@given(point=POINTS, surface=st.sampled_from(SURFACES), condition=st.sampled_from(CONDITIONS))
def test_losses_and_gradients_are_those_of_torch(point, surface, condition):
    race = OptimizerRace(surface=surface, condition=condition)
    there = torch.tensor(point, dtype=torch.float64, requires_grad=True)
    loss = torch_loss(race, there)
    loss.backward()
    assert_allclose(race.loss(point), loss.item(), rtol=1e-12, atol=1e-12)
    assert_allclose(race.gradient(point), there.grad.numpy(), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_largest_curvature_is_the_largest_eigenvalue_of_the_hessian(surface, condition):
    race = OptimizerRace(surface=surface, condition=condition)
    lowest = torch.tensor([1.0, 0.0] if surface == "valley" else [0.0, 0.0], dtype=torch.float64)
    hessian = torch.autograd.functional.hessian(lambda point: torch_loss(race, point), lowest)
    assert race.curvature == pytest.approx(torch.linalg.eigvalsh(hessian).max().item())


@given(
    surface=st.sampled_from(BOWLS),
    condition=st.sampled_from(CONDITIONS),
    beta=st.sampled_from(BETAS),
    start=POINTS,
    share=st.floats(0.1, 3),
    name=st.sampled_from(sorted(RATES)),
)
def test_the_limit_predicts_which_paths_diverge(surface, condition, beta, start, share, name):
    race = OptimizerRace(surface=surface, condition=condition, beta=beta, start=start)
    x, y = start
    steep = max(abs(x), abs(y)) if condition == 1 else abs(y if surface == "bowl" else x - y)
    rate = share * race.limits[name]
    assume(abs(share - 1) > 0.03 and steep > 0.01 and 0.001 <= rate <= 10)
    setattr(race, RATES[name], rate)
    path = race.path(name, 1000)
    assert (race.loss(path[-1]) > BOUND) == (share > 1)
    if share < 1:
        assert race.loss(path[-1]) < 0.1 * race.loss(start)


@given(
    curvature=st.floats(0.1, 100),
    beta=st.floats(0, 0.999),
    rate=st.floats(0.001, 10),
)
def test_momentum_is_stable_up_to_two_times_one_plus_beta_over_lambda(curvature, beta, rate):
    # A step as a matrix on (velocity, distance): v ← βv + λx, x ← x − η(βv + λx).
    step = np.array([[beta, curvature], [-rate * beta, 1 - rate * curvature]])
    largest = abs(np.linalg.eigvals(step)).max()
    limit = 2 * (1 + beta) / curvature
    assume(abs(rate / limit - 1) > 1e-3)
    assert (largest > 1) == (rate > limit)


@given(rate=st.floats(0.001, 10), start=POINTS, surface=st.sampled_from(BOWLS))
def test_adams_steps_are_bounded_by_its_rate(rate, start, surface):
    race = OptimizerRace(adam_rate=rate, start=start, surface=surface, condition=50)
    steps = abs(np.diff(race.path("adam"), axis=0))
    # D. Kingma and J. Ba, section 2.1: the rate times (1 − β₁)/√(1 − β₂) at most
    assert steps.max() <= rate * (1 - 0.9) / math.sqrt(1 - 0.999) * (1 + 1e-9)


@pytest.mark.parametrize("surface", SURFACES)
def test_all_points_of_a_contour_have_its_loss(surface):
    race = OptimizerRace(surface=surface, condition=20)
    for level in (0.02, 1.0, 50.0):
        losses = [race.loss(point) for point in race.contour(level)]
        assert_allclose(losses, level, rtol=1e-10)


def test_a_path_that_diverges_ends():
    race = OptimizerRace(condition=10, sgd_rate=0.3, start=(1, 1))
    path = race.paths["sgd"]
    # |1 − 0.3 · 10| = 2: the distance doubles at each step
    assert_allclose(path[:, 1], [(-2.0) ** step for step in range(len(path))])
    assert [race.loss(path[-2]) > BOUND, race.loss(path[-1]) > BOUND] == [False, True]


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"surface": "hill"}, "`surface` must be one of bowl, turned bowl, valley; .*'hill'"),
        ({"condition": 3}, "`condition` must be one of 1, 2, 5, 10, 20, 50; received 3"),
        ({"beta": 1.0}, "`beta` must be one of 0.0, 0.5, 0.8, 0.9, 0.99; received 1.0"),
        ({"start": (1, 2)}, r"`start` must lie within x from -2 to 2 and y .*; received \(1, 2\)"),
        ({"start": (1,)}, r"`start` must be two numbers, \(x, y\); received \(1,\)"),
        ({"start": "ab"}, r"`start` must be two numbers, \(x, y\); received 'ab'"),
        ({"start": (0, math.nan)}, r"`start` must be two numbers, \(x, y\); received \(0, nan\)"),
        ({"start": [[1, 2]]}, r"`start` must be two numbers, \(x, y\)"),
        ({"sgd_rate": 0}, "`sgd_rate` must be 0.001 to 10 here; received 0"),
        ({"adam_rate": "1"}, "`adam_rate` must be a number; received '1'"),
        ({"position": 101}, "`position` must be 0 to 100 here; received 101"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        OptimizerRace(**state)


def soup_of(**state):
    return BeautifulSoup(OptimizerRace(**state).still(), "html.parser")


def test_the_picture_says_what_is_seen():
    soup = soup_of(condition=10, sgd_rate=0.3, momentum_rate=0.1)
    alternative = soup.select_one("svg[role=img]")["aria-label"]
    assert "Rates: SGD 0.3, momentum 0.1, Adam 0.2." in alternative
    assert "Limits of stability: SGD 0.2 and momentum 0.3." in alternative
    assert re.search(r"after 30 steps: SGD above a million at step \d+, momentum ", alternative)
    texts = [text.get_text() for text in soup.select("text")]
    assert "SGD: rate 0.3; limit 2/λ = 0.2" in texts
    assert "Adam: rate 0.2; no limit of this form" in texts


def test_the_picture_draws_the_paths_where_they_run():
    race = OptimizerRace()
    soup = BeautifulSoup(race.still(), "html.parser")
    # On the surface a path's line comes first, in the chart of the losses it comes second.
    lines = [path["d"] for path in soup.select("svg svg path[stroke-dasharray='7 4']")]
    on_map, in_chart = (np.array(re.findall(r"-?[\d.]+", d), float).reshape(-1, 2) for d in lines)
    path = race.paths["momentum"][:31]
    expected = np.stack([200 + 100 * path[:, 0], 100 - 100 * path[:, 1]], axis=1)
    assert_allclose(on_map, expected, atol=0.06)
    losses = [race.loss(point) for point in path]
    assert_allclose(in_chart[:, 1], 160 * (6 - np.log10(losses)) / 18, atol=0.06)
    assert_allclose(in_chart[:, 0], 1.9 * np.arange(31), atol=0.06)


def test_a_path_that_diverges_is_drawn_up_to_twenty_times_its_first_loss():
    soup = soup_of(condition=10, sgd_rate=0.3, start=(0, 0.3), position=5)
    line = soup.select_one("svg svg path[stroke-dasharray=none]")["d"]
    # 0.3, −0.6, 1.2, −2.4: four times the loss at each step
    assert line == "M200.0 70.0L200.0 160.0L200.0 -20.0L200.0 340.0"
