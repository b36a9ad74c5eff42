"""Effective receptive fields: kernels by hand, stacks by theory, and what the experiment noted."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.signal import convolve2d
from torch import nn

from coursecnn import evidence, models, shapes
from coursecnn.explain import effective_receptive_field, spread


def kernel_layer(kernel):
    """A convolution of one channel with that kernel, in double precision."""
    layer = nn.Conv2d(1, 1, kernel.shape, bias=False).double()
    layer.weight.data = torch.as_tensor(kernel, dtype=torch.float64)[None, None]
    return layer


def test_of_one_layer_it_is_the_square_of_the_kernel_by_hand():
    layer = kernel_layer(np.array([[1.0, -2.0], [0.0, 3.0], [1.0, 1.0]]))
    found = effective_receptive_field(layer, np.zeros((1, 1, 3, 2)))
    total = 1 * 1 + 2 * 2 + 0 + 3 * 3 + 1 * 1 + 1 * 1
    assert_allclose(found, np.array([[1, 4], [0, 9], [1, 1]]) / total)


def test_the_unit_in_the_middle_of_an_image_that_is_not_square():
    found = effective_receptive_field(kernel_layer(np.array([[2.0]])), np.zeros((1, 1, 5, 8)))
    assert np.argwhere(found).tolist() == [[5 // 2, 8 // 2]]


@given(st.data())
def test_of_two_linear_layers_it_is_the_square_of_their_convolution(data):
    sizes = [(data.draw(st.integers(1, 4)), data.draw(st.integers(1, 4))) for _ in range(2)]
    rng = np.random.default_rng(data.draw(st.integers(0, 999)))
    first, second = (rng.normal(size=size) for size in sizes)
    size = [a + b - 1 for a, b in zip(*sizes, strict=True)]
    model = nn.Sequential(kernel_layer(first), kernel_layer(second))
    found = effective_receptive_field(model, rng.normal(size=(2, 1, *size)))
    squares = convolve2d(first, second) ** 2
    assert_allclose(found, squares / squares.sum(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("layers", [[(3, 1)], [(3, 1), (5, 1)], [(3, 2), (3, 1)], [(3, 1), (2, 2)]])
def test_it_lies_in_the_field_of_the_theory_and_fills_it(layers):
    torch.manual_seed(0)
    model = nn.Sequential(*[nn.Conv2d(1 if i == 0 else 4, 4, k, s)
                            for i, (k, s) in enumerate(layers)])  # fmt: skip
    found = effective_receptive_field(model, torch.randn(2, 1, 25, 24))
    rows, columns = np.nonzero(found)
    size = shapes.receptive_field(layers).size
    assert (np.ptp(rows) + 1, np.ptp(columns) + 1) == (size, size)
    assert (found > 0).sum() == size**2


def test_gaps_of_a_dilated_kernel_are_gaps():
    torch.manual_seed(0)
    found = effective_receptive_field(nn.Conv2d(1, 3, 3, dilation=2), torch.randn(1, 1, 5, 5))
    assert (found[1::2] == 0).all()
    assert (found[:, 1::2] == 0).all()
    assert (found[::2, ::2] > 0).all()


def random_stack(depth, maps=16):
    """Layers of 3×3 with He's weights and ReLU between them, as in `effective_fields.py`."""
    layers, channels = [], 1
    for _ in range(depth):
        convolution = nn.Conv2d(channels, maps, 3)
        nn.init.kaiming_normal_(convolution.weight, nonlinearity="relu")
        nn.init.zeros_(convolution.bias)
        layers, channels = [*layers, convolution, nn.ReLU()], maps
    return nn.Sequential(*layers[:-1])


@pytest.mark.parametrize("depth", [1, 3, 7])
def test_the_numbers_of_the_experiment_come_out_again(depth):
    table = evidence.load("effective_fields").set_index(["depth", "seed"])
    for seed in (0, 1):
        torch.manual_seed(1000 * depth + seed)
        size = 2 * depth + 1
        shares = effective_receptive_field(random_stack(depth), torch.randn(16, 1, size, size))
        width = sum(spread(shares)) / 2
        assert width == pytest.approx(table.loc[(depth, seed), "width"], abs=2e-4)


def test_the_width_of_a_random_stack_grows_with_the_root_of_its_depth():
    """Luo et al., section 2.2: each layer of 3×3 adds a variance of 2/3."""
    for depth in (4, 9):
        torch.manual_seed(depth)
        size = 2 * depth + 1
        shares = effective_receptive_field(random_stack(depth), torch.randn(8, 1, size, size))
        assert sum(spread(shares)) / 2 == pytest.approx(np.sqrt(2 * depth / 3), rel=0.1)


def test_random_signs_have_the_same_mean_as_every_map_in_turn():
    torch.manual_seed(0)
    model, x = random_stack(3), torch.randn(20, 1, 7, 7)
    exact = effective_receptive_field(model, x)
    drawn = effective_receptive_field(model, x, draws=200)
    assert np.abs(drawn - exact).max() < 0.05 * exact.max()
    assert_allclose(drawn.sum(), 1, rtol=1e-5)


def test_the_seed_decides_the_signs():
    torch.manual_seed(0)
    model, x = random_stack(2), torch.randn(1, 1, 5, 5)
    first, again, other = (effective_receptive_field(model, x, draws=1, seed=s) for s in (0, 0, 1))
    assert np.array_equal(first, again)
    assert not np.allclose(first, other)


def test_a_layer_inside_a_model_is_taken_by_its_name():
    torch.manual_seed(0)
    model, x = models.LeNet5(), torch.randn(3, 1, 32, 32)
    inner = effective_receptive_field(model, x, "features.3")
    assert np.array_equal(inner, effective_receptive_field(model.features[:4], x))
    assert np.ptp(np.nonzero(inner)[0]) + 1 == 5 + (2 - 1) + (5 - 1) * 2


def test_the_spread_of_two_halves_and_of_a_plain_field_by_hand():
    halves = np.array([[0.5, 0.0, 0.0, 0.0, 0.5]])
    assert spread(halves) == (0.0, 2.0)
    plain = np.full((1, 3), 1 / 3, np.float32)
    assert spread(plain)[1] == pytest.approx(np.sqrt((1 + 0 + 1) / 3))
    down, across = spread(plain.T)
    assert (down, across) == (pytest.approx(np.sqrt(2 / 3)), 0)


@given(st.integers(0, 999))
def test_the_spread_is_numpys_weighted_deviation_and_does_not_see_where_the_field_is(seed):
    shares = np.random.default_rng(seed).random((5, 7))
    shares /= shares.sum()
    rows, columns = np.indices(shares.shape)
    expected = [np.cov(place.ravel(), aweights=shares.ravel(), ddof=0) for place in (rows, columns)]
    assert_allclose(spread(shares), np.sqrt(expected))
    assert_allclose(spread(np.pad(shares, ((2, 0), (1, 3)))), spread(shares))


@pytest.mark.parametrize(
    ("model", "options", "kind", "told"),
    [
        (nn.Flatten(), {}, ValueError, r"must put out maps, shape \(N, K, h, w\); received \(1, 4"),
        (nn.ReLU(), {}, ValueError, "the units in the middle do not change"),
        (nn.Conv2d(1, 2, 1), {"draws": 0}, ValueError, "`draws` must be at least 1, not 0"),
        (nn.Conv2d(1, 2, 1), {"layer": "x"}, ValueError, "`layer` must name a part of `model`"),
    ],
    ids=str,
)
def test_what_has_no_field_is_refused(model, options, kind, told):
    with pytest.raises(kind, match=told):
        effective_receptive_field(model, -torch.ones(1, 1, 2, 2), **options)


@pytest.mark.parametrize("shares", [np.ones((2, 2)), np.array([1.0]), np.array([[2.0, -1.0]])])
def test_what_are_no_shares_is_refused(shares):
    with pytest.raises(ValueError, match=r"`shares` must have shape \(H, W\), no value below 0"):
        spread(shares)
