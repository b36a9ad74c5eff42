"""Gradients at the image: those of a linear model by hand, others by differences, and a law."""

import numpy as np
import pytest
import torch
from explain.planted import circular, linear
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from oracles import moved
from torch import nn

from coursecnn.explain import gradient_times_input, saliency

W = np.array([[[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]]])  # one channel of 2×3


def test_the_saliency_of_a_linear_model_is_the_size_of_its_weights():
    x = np.random.default_rng(0).normal(size=(2, 1, 2, 3))
    expected = [[[1, 2, 0.5], [3, 0, 1]]] * 2
    assert_allclose(saliency(linear(W), x, 1), expected)
    assert_allclose(saliency(linear(W), x, 0), np.zeros((2, 2, 3)))


def test_of_several_channels_the_largest_counts():
    weight = np.array([[[1.0, -2.0]], [[-4.0, 0.5]]])  # two channels of 1×2
    x = np.array([[[[5.0, 6.0]], [[7.0, 8.0]]]])
    assert_allclose(saliency(linear(weight), x, 1), [[[max(1, 4), max(2, 0.5)]]])
    products = [[[1 * 5 + -4 * 7, -2 * 6 + 0.5 * 8]]]
    assert_allclose(gradient_times_input(linear(weight), x, 1), products)


def test_the_pixels_of_a_linear_model_add_up_to_its_score():
    x = np.random.default_rng(0).normal(size=(1, 1, 2, 3))
    total = gradient_times_input(linear(W, bias=7.0), x, 1).sum()
    assert total + 7.0 == pytest.approx((W * x).sum() + 7.0)


def test_saliency_agrees_with_differences_of_the_score(rng):
    model, x = circular(3), rng.normal(size=(1, 2, 6, 5))

    def score(x):
        with torch.no_grad():
            return model(torch.as_tensor(x))[0, 2].item()

    slopes = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        high, low = (score(moved(x, index, by)) for by in (1e-5, -1e-5))
        slopes[index] = (high - low) / 2e-5
    assert_allclose(saliency(model, x, 2), np.abs(slopes).max(1), rtol=1e-5, atol=1e-8)
    assert_allclose(
        gradient_times_input(model, x, 2), (slopes * x).sum(1), rtol=1e-5, atol=1e-8
    )  # fmt: skip


@given(st.integers(0, 10**6))
def test_without_biases_the_pixels_add_up_to_the_score(seed):
    """Euler's theorem: twice the image gives twice the score."""
    torch.manual_seed(seed)
    model = nn.Sequential(
        nn.Conv2d(2, 4, 3, bias=False), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(4, 3, (1, 2), bias=False), nn.LeakyReLU(), nn.AvgPool2d(2), nn.Flatten(),
        nn.Linear(3, 4, bias=False),
    ).double()  # fmt: skip
    x = torch.randn(2, 2, 7, 8).double()
    expected = model(x)[:, 3].detach()
    assert_allclose(gradient_times_input(model, x, 3).sum((1, 2)), expected, rtol=1e-9, atol=1e-12)


def test_noise_changes_nothing_where_the_gradient_is_the_same_everywhere():
    x = np.random.default_rng(0).normal(size=(1, 1, 2, 3))
    assert_allclose(saliency(linear(W), x, 1, noise=0.5, samples=3), np.abs(W))


class Bowl(nn.Module):
    """The score of class 1 is Σ x³ / 3, with the gradient x²."""

    def forward(self, x):
        cubes = (x**3 / 3).sum((1, 2, 3))
        return torch.stack([torch.zeros_like(cubes), cubes], 1)


def test_the_mean_gradient_of_noisy_copies_is_that_of_the_theory():
    """E (x + e)² = x² + σ², with σ a share of the range of the image: here 0.2 · (4 − 0)."""
    x = torch.tensor([0.0, 1.0, 2.0, 4.0]).reshape(1, 1, 1, 4)
    found = saliency(Bowl(), x.expand(1000, -1, -1, -1), 1, noise=0.2, samples=40).mean(0)
    assert_allclose(found, (x**2 + 0.8**2)[0, 0], rtol=0.03)
    assert_allclose(saliency(Bowl(), x, 1), (x**2)[:, 0])


def test_the_seed_decides_the_noise():
    model, x = circular(0, double=False), torch.randn(1, 2, 6, 5)
    first, again, other = (saliency(model, x, 0, noise=0.3, seed=s) for s in (4, 4, 5))
    assert np.array_equal(first, again)
    assert not np.allclose(first, other)


def test_noise_does_not_change_the_class_that_is_explained():
    """The image lies so near the border between two classes that noise would change sides."""
    x = np.full((1, 1, 2, 3), 1e-9)
    x[0, 0, 0, 0] = 1.0
    small = linear(W * 1e-3, bias=-0.00099)
    assert_allclose(saliency(small, x, noise=0.5, samples=20, seed=1), np.abs(W) * 1e-3)


@pytest.mark.parametrize(
    ("options", "kind", "told"),
    [
        ({"noise": -0.1}, ValueError, r"`noise` must be ≥ 0; received -0\.1"),
        ({"samples": 0}, ValueError, "`samples` must be at least 1, not 0"),
        ({"samples": 2.5}, TypeError, r"`samples` must be an integer, not 2\.5"),
    ],
)
def test_senseless_noise_is_refused(options, kind, told):
    with pytest.raises(kind, match=told):
        saliency(linear(W), np.zeros((1, 1, 2, 3)), **options)
