"""The two losses: by hand from the paper's logarithms, against torch, and by their slopes."""

from math import exp, log

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.gan import discriminator_loss, generator_loss

scores = st.lists(st.floats(-8, 8), min_size=1, max_size=5)


def sigmoid(score):
    return 1 / (1 + exp(-score))


def test_the_discriminators_loss_by_hand():
    real, generated = torch.tensor([2.0, 0.0]), torch.tensor([-1.0, 3.0, 0.0])
    on_real = -(log(sigmoid(2)) + log(sigmoid(0))) / 2
    on_generated = -(log(1 - sigmoid(-1)) + log(1 - sigmoid(3)) + log(1 - sigmoid(0))) / 3
    loss = discriminator_loss(real, generated).item()
    assert loss == pytest.approx(on_real + on_generated, rel=1e-6)


def test_only_the_real_side_is_smoothed():
    real, generated = torch.tensor([2.0]), torch.tensor([-1.0])
    on_real = -(0.9 * log(sigmoid(2)) + 0.1 * log(1 - sigmoid(2)))
    on_generated = -log(1 - sigmoid(-1))
    loss = discriminator_loss(real, generated, real_label=0.9).item()
    assert loss == pytest.approx(on_real + on_generated, rel=1e-6)


def test_the_generators_loss_by_hand():
    loss = generator_loss(torch.tensor([2.0, -4.0])).item()
    assert loss == pytest.approx(-(log(sigmoid(2)) + log(sigmoid(-4))) / 2, rel=1e-6)


def test_both_agree_with_torchs_formula_on_probabilities():
    torch.manual_seed(0)
    real, generated = torch.randn(7, dtype=torch.float64), torch.randn(4, dtype=torch.float64)
    on_real = F.binary_cross_entropy(real.sigmoid(), torch.full_like(real, 0.8))
    on_generated = F.binary_cross_entropy(generated.sigmoid(), torch.zeros_like(generated))
    loss = discriminator_loss(real, generated, real_label=0.8)
    torch.testing.assert_close(loss, on_real + on_generated)
    wish = F.binary_cross_entropy(generated.sigmoid(), torch.ones_like(generated))
    torch.testing.assert_close(generator_loss(generated), wish)


def test_the_generators_loss_does_not_saturate():
    sure = torch.tensor([-12.0], requires_grad=True)
    generator_loss(sure).backward()
    assert sure.grad.item() == pytest.approx(-(1 - sigmoid(-12)))
    assert sigmoid(-12) < 1e-5  # what the slope of ln(1 − D) would be


def test_smoothing_lets_the_best_score_be_finite():
    best = torch.tensor([log(0.9 / 0.1)], requires_grad=True)
    discriminator_loss(best, torch.zeros(1), real_label=0.9).backward()
    assert best.grad.item() == pytest.approx(0, abs=1e-6)


@given(real=scores, generated=scores)
def test_the_order_does_not_matter_and_copies_of_all_change_nothing(real, generated):
    first, second = torch.tensor(real), torch.tensor(generated)
    loss = discriminator_loss(first, second)
    torch.testing.assert_close(discriminator_loss(first.flip(0), second.flip(0)), loss)
    torch.testing.assert_close(discriminator_loss(first.repeat(3), second.repeat(2)), loss)
    torch.testing.assert_close(generator_loss(second.flip(0).repeat(2)), generator_loss(second))


@pytest.mark.parametrize("label", [0, 1.1, -0.5])
def test_a_label_that_is_no_probability_above_0_is_refused(label):
    with pytest.raises(ValueError, match="`real_label` must be above 0 and at most 1; received"):
        discriminator_loss(torch.zeros(1), torch.zeros(1), real_label=label)
