"""Maps point at the evidence: where the test has put it, and where it moves."""

import numpy as np
import pytest
import torch
from explain import planted
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from strategies import sparing

from coursecnn import explain, training

BLACK = -0.84  # the mean of the noise, where bytes are scaled to −1…1
MAPS = {
    "saliency": lambda model, images, target: explain.saliency(model, images, target),
    "SmoothGrad": lambda model, images, target: explain.saliency(
        model, images, target, noise=0.1, samples=10
    ),
    "gradient × input": explain.gradient_times_input,
    "Grad-CAM": lambda model, images, target: explain.grad_cam(model, images, model[-4], target),
}


def hidden(model, images, target):
    """The middle of the window that lowers the probability most, as a map of one point."""
    found = explain.occlusion(model, images, target, size=planted.PATCH, stride=1, fill=BLACK)
    points = np.zeros((len(images), planted.SIZE, planted.SIZE))
    reach = planted.PATCH // 2
    points[:, reach:-reach, reach:-reach] = found.drop
    return points


@pytest.fixture(scope="module")
def two_crosses():
    """Images with an upright and a slanted cross in the same noise, and where they are."""
    corners = planted.places(40, apart=2)
    return planted.canvas(corners, [planted.CROSS, planted.SLANTED]), corners


def test_the_network_made_by_hand_sees_what_it_should(two_crosses):
    model, (images, corners) = planted.detector(), two_crosses
    alone = planted.canvas(corners[:, :1], [planted.CROSS])
    assert (training.predict(model, alone).argmax(1) == 1).all()
    nothing = planted.canvas(corners[:, :0], [])
    assert (training.predict(model, nothing).argmax(1) == 0).all()
    assert (training.predict(model, images)[:, 1:] > 0.34).all()


@pytest.mark.parametrize("name", [*MAPS, "occlusion"])
@pytest.mark.parametrize("target", [1, 2], ids=["upright", "slanted"])
def test_of_two_things_in_an_image_a_map_points_at_the_one_asked_for(name, target, two_crosses):
    images, corners = two_crosses
    heat = MAPS.get(name, hidden)(planted.detector(), images, target)
    assert planted.inside(heat, corners[:, target - 1]).mean() >= 0.95
    assert planted.inside(heat, corners[:, 2 - target]).sum() == 0


@pytest.mark.parametrize("name", [*MAPS, "occlusion"])
def test_a_trained_network_looks_at_what_tells_the_classes_apart(name):
    model, (images, corners) = planted.trained(), planted.examples(40, seed=999)
    assert training.accuracy(model, images) == 1
    heat = MAPS.get(name, hidden)(model, images, None)
    assert planted.inside(heat, corners, margin=1).mean() >= 0.95  # chance: at most 49 of 576


@pytest.mark.parametrize("name", MAPS)
def test_a_network_that_forgot_what_it_learned_points_elsewhere(name):
    """The frame is as bright as the crosses, so what is bright is not what is found."""
    images, corners = planted.examples(80, seed=999)
    hits = [
        planted.inside(MAPS[name](model, images, images.labels), corners, margin=1)
        for model in (explain.randomised(planted.trained(), seed=seed) for seed in range(3))
    ]
    assert np.mean(hits) < 0.7


shifts = st.tuples(st.integers(0, 8), st.integers(0, 6))


@given(seed=st.integers(0, 99), shift=shifts)
def test_where_all_places_are_alike_the_maps_move_with_the_image(seed, shift):
    model = planted.circular(seed)
    x = torch.randn(1, 2, 9, 7, generator=torch.Generator().manual_seed(seed)).double()
    for explained in (
        lambda x: explain.saliency(model, x, 1),
        lambda x: explain.gradient_times_input(model, x, 1),
        lambda x: explain.grad_cam(model, x, "0", 1),
    ):
        moved = explained(x.roll(shift, (2, 3)))
        assert_allclose(moved, np.roll(explained(x), shift, (1, 2)), rtol=1e-9, atol=1e-12)


@sparing
@given(seed=st.integers(0, 99), down=st.integers(0, 3), right=st.integers(0, 2))
def test_the_drops_of_hidden_windows_move_with_the_image(seed, down, right):
    model = planted.circular(seed)
    x = torch.randn(1, 2, 9, 7, generator=torch.Generator().manual_seed(seed)).double()
    options = {"target": 1, "size": (3, 2), "stride": 1}
    still = explain.occlusion(model, x, **options).drop[0]
    moved = explain.occlusion(model, x.roll((down, right), (2, 3)), **options).drop[0]
    rows, columns = still.shape  # windows do not reach over the border
    assert_allclose(
        moved[down:, right:], still[: rows - down, : columns - right], rtol=1e-9, atol=1e-12
    )
