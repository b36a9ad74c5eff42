"""The networks of the course: known heads give known maps, and photographs are told apart."""

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose

from coursecnn import data, models
from coursecnn.explain import (
    feature_maps,
    grad_cam,
    image_for_unit,
    occlusion,
    randomised,
    saliency,
    unit_activation,
)

LAST = "features.19"  # of EfficientNet-Lite0


@pytest.fixture(scope="module")
def efficientnet():
    return models.build("efficientnet_lite0", pretrained=True)


@pytest.mark.parametrize(
    ("name", "last", "head"),
    [("threeconv", "features.5", "classifier.2"), ("resnet9", "features.9", "classifier.2")],
)
def test_behind_one_number_per_map_grad_cam_is_cam(name, last, head):
    """The mean of h · w places, or the maximum of one of them, has a mean gradient of 1 / (h w)."""
    torch.manual_seed(0)
    model, x = models.build(name, in_channels=3), torch.randn(2, 3, 40, 32)
    maps = feature_maps(model, x, [last])[last]
    weight = model.get_submodule(head).weight.detach().numpy()
    labels = np.array([3, 8])
    cam = np.einsum("nk,nkhw->nhw", weight[labels], maps) / (maps.shape[2] * maps.shape[3])
    found = grad_cam(model, x, last, labels, upsample=False)
    assert_allclose(found, np.maximum(cam, 0), rtol=1e-4, atol=1e-6)


def test_behind_the_dense_layers_of_lenet_grad_cam_is_that_of_their_jacobian():
    torch.manual_seed(0)
    model, digits = models.LeNet5(padding=2).double(), data.mnist("test").images[:2]
    x = torch.as_tensor(digits / 127.5 - 1)
    maps = model.features(x).detach()
    slopes = torch.autograd.functional.jacobian(lambda m: model.classifier(m)[:, 4].sum(), maps)
    cam = (slopes.mean((2, 3), keepdim=True) * maps).sum(1).relu()
    assert_allclose(grad_cam(model, x, "features.5", 4, upsample=False), cam, rtol=1e-10)


@pytest.fixture(scope="module")
def side_by_side():
    """A cat beside a cup of coffee, the other way round, and the classes of both halves."""
    names = models.class_names()
    cat, cup = (models.prepare(data.photo(name), 160) for name in ("chelsea", "coffee"))
    classes = names.index("Egyptian cat"), names.index("espresso")
    return [(torch.cat([cat, cup], 3), classes), (torch.cat([cup, cat], 3), classes[::-1])]


def share(heat, side):
    """How much of a map lies on its left (0) or right (1) half."""
    halves = np.split(heat[0], 2, axis=1)
    return halves[side].sum() / heat.sum()


def test_of_two_photographs_side_by_side_grad_cam_finds_the_one_asked_for(
    efficientnet, side_by_side
):
    for image, classes in side_by_side:
        for side, label in enumerate(classes):
            assert share(grad_cam(efficientnet, image, LAST, label), side) > 0.85
            assert share(saliency(efficientnet, image, label), side) > 0.55


def test_a_network_that_forgot_everything_finds_neither(efficientnet, side_by_side):
    forgetful = randomised(efficientnet)
    for image, classes in side_by_side:
        for side, label in enumerate(classes):
            assert 0.35 < share(grad_cam(forgetful, image, LAST, label), side) < 0.65


def test_without_the_coffee_there_is_less_espresso_and_without_the_cat_more(
    efficientnet, side_by_side
):
    for image, classes in side_by_side:
        espresso = classes.index(models.class_names().index("espresso"))
        found = occlusion(efficientnet, image, classes[espresso], size=160, stride=160)
        assert found.lefts.tolist() == [0, 160]
        drop = found.drop[0, 0]
        assert drop[espresso] > 0 > drop[1 - espresso]


@pytest.mark.thorough
def test_an_image_made_for_the_cat_excites_it_more_than_the_photograph_of_a_cat(efficientnet):
    cat = models.class_names().index("Egyptian cat")
    (photograph,) = unit_activation(
        efficientnet, models.prepare(data.photo("chelsea"), 128), "classifier.3", cat
    )
    made = image_for_unit(
        efficientnet, "classifier.3", cat, shape=(3, 128, 128), steps=40, jitter=4, blur=0.5
    )
    assert unit_activation(efficientnet, made[None], "classifier.3", cat) > 1.4 * photograph
