"""Adversarial steps: by hand on a linear model, uphill on others, never further than ε."""

from copy import deepcopy

import numpy as np
import pytest
import torch
from explain import planted
from explain.planted import linear
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import training
from coursecnn.explain import adversarial_step, adversarial_steps
from coursecnn.training import to_input

W = np.array([[[1.0, -2.0, 0.5]]])
NEAR = {"atol": 1e-6}  # of rounding at the edge of the ball


def losses(model, x, labels):
    with torch.no_grad():
        return F.cross_entropy(model(x), torch.as_tensor(labels), reduction="none")


def test_a_step_against_a_linear_model_by_hand():
    """Away from class 1 every value moves against the sign of its weight, and 0.95 to the limit."""
    x = torch.tensor([[[[0.2, 0.0, -0.95]]]], dtype=torch.float64)
    expected = [[[[0.2 - 0.1, 0.0 + 0.1, -1.0]]]]
    assert_allclose(adversarial_step(linear(W), x, 1, 0.1), expected)
    assert_allclose(adversarial_step(linear(W), x, [0], 0.1), [[[[0.3, -0.1, -0.85]]]])


@given(st.integers(0, 10**6), st.floats(0, 0.5))
def test_a_step_lowers_the_score_of_a_linear_model_by_epsilon_times_its_weights(seed, epsilon):
    """Section 3 of the paper: w · (x + η) = w · x − ε Σ |w|."""
    rng = np.random.default_rng(seed)
    weight, x = rng.normal(size=(2, 4, 3)), rng.uniform(-0.5, 0.5, (3, 2, 4, 3))
    model = linear(weight)
    step = adversarial_step(model, x, 1, epsilon)
    scores = [model(torch.as_tensor(values))[:, 1].detach() for values in (x, step)]
    assert_allclose(scores[1], scores[0] - epsilon * np.abs(weight).sum(), atol=1e-9)


def test_many_steps_against_a_linear_model_end_where_one_ends():
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, (3, 1, 4, 3))
    model = linear(rng.normal(size=(1, 4, 3)))
    assert_allclose(
        adversarial_steps(model, x, 1, 0.3, steps=7), adversarial_step(model, x, 1, 0.3)
    )


def test_a_step_raises_the_loss_of_every_image_of_a_trained_network():
    """In double precision: losses of this network lie as low as 1e-9."""
    images, _ = planted.examples(60, seed=7)
    step = adversarial_step(planted.trained(), images, images.labels, 0.05)
    model = deepcopy(planted.trained()).double()
    before = losses(model, to_input(images.images).double(), images.labels)
    after = losses(model, step.double(), images.labels)
    assert (after > before).all()


def test_the_gradient_is_that_of_the_cross_entropy():
    """Seen through the step: its signs are those of torch's own loss, class by class."""
    model, x = planted.circular(4), torch.rand(3, 2, 6, 5).double()
    for label in range(3):
        x.requires_grad_()
        F.cross_entropy(model(x), torch.full((3,), label), reduction="sum").backward()
        step = adversarial_step(model, x, label, 0.01, limits=(-9, 9))
        assert_allclose(step, (x + 0.01 * x.grad.sign()).detach())
        x = x.detach()


def test_a_network_that_is_sure_is_led_away_as_well():
    """In float32 its probability is exactly 1, and the loss exactly 0."""
    model = linear([[[30.0, 0.0, -30.0]]]).float()
    x = torch.tensor([[[[0.9, 0.0, -0.9]]]])
    assert losses(model, x, [1]) == 0
    assert_allclose(adversarial_step(model, x, 1, 0.1), [[[[0.8, 0.0, -0.8]]]], **NEAR)


def test_small_steps_find_more_than_one_large_one_and_mislead_the_network():
    model, (images, _) = planted.trained(), planted.examples(60, seed=7)
    labels, epsilon = images.labels, 0.5
    x = to_input(images.images)
    one = adversarial_step(model, images, labels, epsilon)
    many = adversarial_steps(model, images, labels, epsilon, steps=20)
    assert losses(model, many, labels).mean() > losses(model, one, labels).mean()
    found = model(many).argmax(1)
    assert (
        (found == torch.as_tensor(labels)).float().mean() < 0.5 < training.accuracy(model, images)
    )
    noise = x + epsilon * torch.randn(x.shape, generator=torch.Generator().manual_seed(0)).sign()
    kept = model(noise.clamp(-1, 1)).argmax(1) == torch.as_tensor(labels)
    assert kept.float().mean() > 0.9  # the same change in a random direction is harmless


@given(
    seed=st.integers(0, 99),
    epsilon=st.floats(0, 0.6),
    steps=st.integers(1, 6),
    step_size=st.one_of(st.none(), st.floats(0, 2)),
    limits=st.sampled_from([(-1.0, 1.0), (0.0, 1.0)]),
    random_start=st.booleans(),
)
def test_steps_stay_in_the_ball_and_within_the_limits(
    seed, epsilon, steps, step_size, limits, random_start
):
    model = planted.circular(0, double=False)
    x = torch.rand(2, 2, 4, 3, generator=torch.Generator().manual_seed(seed))
    x = limits[0] + (limits[1] - limits[0]) * x
    options = {"steps": steps, "step_size": step_size, "random_start": random_start}
    found = adversarial_steps(model, x, [0, 1], epsilon, limits=limits, seed=seed, **options)
    assert (found - x).abs().max() <= epsilon + 1e-6
    assert limits[0] <= found.min()
    assert found.max() <= limits[1]
    one = adversarial_step(model, x, [0, 1], epsilon, limits=limits)
    assert (one - x).abs().max() <= epsilon + 1e-6
    assert limits[0] <= one.min()
    assert one.max() <= limits[1]


def test_without_a_random_start_one_full_step_is_the_fast_one():
    model, x = planted.circular(0), torch.rand(2, 2, 6, 5).double()
    many = adversarial_steps(model, x, 0, 0.1, steps=1, step_size=0.1, random_start=False)
    assert_allclose(many, adversarial_step(model, x, 0, 0.1), **NEAR)


def test_a_random_start_may_lie_anywhere_in_the_ball_and_within_the_limits():
    """With steps of no length the start is the result; near a limit the ball is cut off."""
    model, x = planted.circular(0), torch.zeros(1, 2, 30, 30).double()
    x[:, 1] = 0.9
    start = adversarial_steps(model, x, 0, 0.4, steps=1, step_size=0.0)[0].numpy()
    for values, low, high in ((start[0], -0.4, 0.4), (start[1], 0.5, 1.0)):
        assert stats.kstest(values.ravel(), stats.uniform(low, high - low).cdf).pvalue > 0.01


def test_the_seed_decides_the_start():
    model, x = planted.circular(0), torch.rand(2, 2, 6, 5).double()
    options = {"steps": 1, "step_size": 0.01}
    first, again, other = (
        adversarial_steps(model, x, 0, 0.2, seed=s, **options) for s in (1, 1, 2)
    )
    assert torch.equal(first, again)
    assert not torch.allclose(first, other)


def test_no_change_is_allowed_and_made():
    model, x = planted.circular(0), torch.rand(2, 2, 6, 5).double()
    assert torch.equal(adversarial_step(model, x, 0, 0), x)
    assert torch.equal(adversarial_steps(model, x, 0, 0), x)


@pytest.mark.parametrize("attack", [adversarial_step, adversarial_steps])
@pytest.mark.parametrize(
    ("arguments", "kind", "told"),
    [
        ({"epsilon": -0.1}, ValueError, r"`epsilon` must be ≥ 0; received -0\.1"),
        ({"epsilon": float("nan")}, ValueError, "`epsilon` must be ≥ 0; received nan"),
        ({"labels": [0]}, ValueError, "`labels` must be one class, or 2, one per image"),
        ({"labels": 3}, ValueError, r"`labels` must lie in 0…2, the classes of the model"),
        ({"labels": 0.5}, TypeError, "`labels` must hold classes as whole numbers"),
        ({"limits": (0, 1)}, ValueError, r"`images` must lie within `limits`, 0…1; .*-0\.5…-0\.5"),
    ],
    ids=str,
)
def test_senseless_attacks_are_refused(attack, arguments, kind, told):
    images = torch.full((2, 2, 4, 3), -0.5)
    with pytest.raises(kind, match=told):
        attack(
            planted.circular(0, double=False), images, **{"labels": 0, "epsilon": 0.1} | arguments
        )


def test_steps_of_no_sense_are_refused():
    model, x = planted.circular(0), torch.zeros(1, 2, 4, 3)
    with pytest.raises(ValueError, match="`steps` must be at least 1, not 0"):
        adversarial_steps(model, x, 0, 0.1, steps=0)
    with pytest.raises(ValueError, match=r"`step_size` must be ≥ 0; received -1"):
        adversarial_steps(model, x, 0, 0.1, step_size=-1)
