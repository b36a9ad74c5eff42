"""An image made for a unit: that of a linear unit is known, others must excite it more."""

import numpy as np
import pytest
import torch
from explain import planted
from explain.planted import linear
from numpy.testing import assert_allclose
from scipy.ndimage import gaussian_filter
from torch import nn

from coursecnn.explain import feature_maps, image_for_unit, unit_activation
from coursecnn.explain.unit_images import _smooth
from coursecnn.training import to_input

W = np.array([[[0.3, -0.6, 0.1], [0.5, 0.2, -0.4]]])


def test_for_a_linear_unit_the_penalty_leads_to_its_weights():
    """w · x − l2/2 Σ x² is largest at w / l2."""
    found = image_for_unit(linear(W), "1", 1, shape=(1, 2, 3), l2=2.0, steps=400, lr=0.05)
    assert_allclose(found, W / 2, atol=2e-3)


def test_for_a_linear_unit_without_penalty_the_limits_decide():
    found = image_for_unit(linear(W), "1", 1, shape=(1, 2, 3), steps=400, lr=0.3, limits=(-1, 2))
    assert_allclose(found, np.where(W > 0, 2, -1))


def test_one_step_from_faint_noise_goes_along_the_weights():
    """The noise has a size of about 0.05, the step one of 0.9."""
    found = image_for_unit(linear(W), "1", 1, shape=(1, 2, 3), steps=1, lr=0.9, limits=(-9, 9))
    cosine = (found * W).sum() / np.sqrt((found**2).sum() * (W**2).sum())
    assert cosine > 0.99
    assert np.sqrt((found**2).mean()) == pytest.approx(0.9, abs=0.1)


@pytest.mark.parametrize("options", [{}, {"blur": 0.7}, {"jitter": 2}, {"l2": 1e-3}], ids=str)
def test_the_image_excites_a_trained_unit_more_than_every_image_that_it_learned_from(options):
    model, (images, _) = planted.trained(), planted.examples(256, seed=1)
    for unit in (0, 9, 11):
        seen = unit_activation(model, images, "2", unit)
        made = image_for_unit(model, "2", unit, shape=(1, 24, 24), steps=40, **options)
        assert made.shape == (1, 24, 24)
        assert np.abs(made).max() <= 1
        (own,) = unit_activation(model, made[None], "2", unit)
        assert own > seen.max() + 5 * (seen.max() - seen.min())


def test_the_pattern_of_a_filter_made_by_hand_appears():
    """The neuron in the middle of the map of slanted crosses asks for a slanted cross there."""
    made = image_for_unit(planted.detector(), "0", (1, 9, 9), shape=(1, 24, 24), steps=50)[0]
    window = made[9 : 9 + planted.PATCH, 9 : 9 + planted.PATCH]
    assert_allclose(window, 2 * planted.SLANTED - 1, atol=1e-6)
    rest = made.copy()
    rest[9 : 9 + planted.PATCH, 9 : 9 + planted.PATCH] = 0
    assert np.abs(rest).max() < 0.3  # still the noise of the start


def test_jitter_spreads_what_a_unit_wants_over_the_pixels_within_its_reach():
    """A unit that sees one pixel, with jitter of up to two pixels to either side."""
    weight = np.zeros((1, 9, 9))
    weight[0, 4, 4] = 1.0
    made = image_for_unit(linear(weight), "1", 1, shape=(1, 9, 9), steps=200, lr=0.3, jitter=2)[0]
    assert_allclose(made[2:7, 2:7], 1)
    made[2:7, 2:7] = 0
    assert np.abs(made).max() < 0.3  # still the noise of the start


def test_responses_are_those_of_the_maps():
    model, (images, _) = planted.trained(), planted.examples(5, seed=3)
    maps = feature_maps(model, images)
    assert_allclose(unit_activation(model, images, "2", 3), maps["2"][:, 3].mean((1, 2)), rtol=1e-5)
    assert_allclose(unit_activation(model, images, "2", (3, 5, 7)), maps["2"][:, 3, 5, 7])
    assert_allclose(unit_activation(model, images, model[6], 1), maps["6"][:, 1])


def test_the_gradient_passes_the_bell_of_scipy(rng):
    gradient = rng.normal(size=(1, 2, 9, 12))
    expected = gaussian_filter(gradient, (0, 0, 1.3, 1.3), mode="constant", truncate=4)
    assert_allclose(_smooth(torch.as_tensor(gradient), 1.3), expected, rtol=1e-5, atol=1e-7)


def test_blur_makes_the_image_smoother():
    def roughness(blur):
        made = image_for_unit(planted.trained(), "2", 9, shape=(1, 24, 24), steps=30, blur=blur)
        return np.abs(np.diff(made)).mean() / made.std()

    assert roughness(1.5) < 0.7 * roughness(0)


def test_the_seed_decides_the_start_and_the_jitter():
    options = {"shape": (1, 24, 24), "steps": 5, "jitter": 3}
    first, again, other = (
        image_for_unit(planted.trained(), "2", 0, seed=s, **options) for s in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert not np.allclose(first, other)


def test_a_unit_that_is_silent_wherever_the_image_goes_is_told():
    model = planted.detector()
    model[0].bias.data.fill_(-1e3)
    with pytest.raises(ValueError, match="`unit` did not change with the image in any step; take"):
        image_for_unit(model, "1", 0, shape=(1, 24, 24), steps=3)


@pytest.mark.parametrize(
    ("arguments", "kind", "told"),
    [
        (
            {"unit": 8},
            ValueError,
            "`unit` must lie in what the layer puts out, 8×24×24; received 8",
        ),
        ({"unit": (0, 24, 0)}, ValueError, r"received \(0, 24, 0\)"),
        ({"unit": (0, 1)}, ValueError, r"`unit` must be one integer or 3 of them, not \(0, 1\)"),
        ({"unit": -1}, ValueError, "`unit` must be at least 0, not -1"),
        ({"unit": 0.5}, TypeError, r"`unit` must be an integer, not 0\.5"),
        ({"layer": "6", "unit": (0, 1, 1)}, ValueError, r"puts out, 2; received \(0, 1, 1\)"),
        ({"shape": (24, 24)}, ValueError, "`shape` must be one integer or 3 of them"),
        ({"steps": 0}, ValueError, "`steps` must be at least 1, not 0"),
        ({"jitter": -1}, ValueError, "`jitter` must be at least 0, not -1"),
        ({"lr": 0}, ValueError, "`lr` must be above 0; received 0"),
        ({"l2": -1}, ValueError, "`l2` must be ≥ 0; received -1"),
        ({"blur": -1}, ValueError, "`blur` must be ≥ 0; received -1"),
        ({"limits": (1, 0)}, ValueError, r"`limits` must be in ascending order; received \(1, 0\)"),
    ],
    ids=str,
)
def test_senseless_wishes_are_refused(arguments, kind, told):
    with pytest.raises(kind, match=told):
        image_for_unit(
            planted.trained(),
            **{"layer": "0", "unit": 0, "shape": (1, 24, 24), "steps": 2} | arguments,
        )


def test_the_layer_may_hold_others():
    model = nn.Sequential(nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU()), nn.Flatten())
    x = to_input(np.full((1, 1, 4, 5), 200, np.uint8))
    assert unit_activation(model, x, "0", 1).shape == (1,)
