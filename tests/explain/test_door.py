"""What all explanations promise: they take bytes or floats, and leave the model as it was."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from explain.planted import linear
from tiny import bars, small_cnn
from torch import nn

from coursecnn import explain
from coursecnn.training import to_input

LOOK = {
    "adversarial_step": lambda m, x: explain.adversarial_step(m, x, 0, 0.1, limits=(-9, 9)),
    "adversarial_steps": lambda m, x: explain.adversarial_steps(m, x, 0, 0.1, limits=(-9, 9)),
    "effective_receptive_field": lambda m, x: explain.effective_receptive_field(m, x, "0"),
    "feature_maps": lambda m, x: explain.feature_maps(m, x)["0"],
    "grad_cam": lambda m, x: explain.grad_cam(m, x, "0"),
    "gradient_times_input": explain.gradient_times_input,
    "image_for_unit": lambda m, x: explain.image_for_unit(m, "0", 0, shape=(1, 8, 7), steps=2),
    "occlusion": lambda m, x: explain.occlusion(m, x, size=4).drop,
    "saliency": explain.saliency,
    "unit_activation": lambda m, x: explain.unit_activation(m, x, "0", 0),
}
NO_LOOK = {
    "Occlusion", "calibration_error", "filters", "gabor_fit", "randomised", "reliability", "spread",
    "trained_network",
}  # fmt: skip
LOOKERS = [name for name in LOOK if name != "image_for_unit"]  # what is given images


def test_every_way_of_looking_is_in_the_list_above():
    assert {*explain.__all__} == {*LOOK} | NO_LOOK


def model_and_images():
    """A network with a normalisation whose mode matters, one layer of it in another mode."""
    model = small_cnn(0, nn.BatchNorm2d(4), nn.Dropout(0.5))
    model[2].eval()
    return model, to_input(bars(6).images)


@pytest.mark.parametrize("name", LOOK)
def test_the_model_is_afterwards_as_it_was(name):
    model, x = model_and_images()
    model[-1].weight.requires_grad_(False)
    model[0].weight.grad = torch.ones_like(model[0].weight)
    before = {key: value.clone() for key, value in model.state_dict().items()}
    LOOK[name](model, x)
    assert all(torch.equal(value, before[key]) for key, value in model.state_dict().items())
    assert [m.training for m in model.modules()] == [
        True,
        True,
        True,
        False,
        True,
        True,
        True,
        True,
    ]
    assert [p.requires_grad for p in model.parameters()] == [True] * 4 + [False, True]
    assert (model[0].weight.grad == 1).all()
    assert all(p.grad is None for p in [*model.parameters()][1:])
    assert not any(module._forward_hooks for module in model.modules())


@pytest.mark.parametrize("name", LOOK)
def test_hooks_and_modes_are_put_right_when_something_goes_wrong_on_the_way(name):
    class Broken(nn.Module):
        def forward(self, x):
            raise RuntimeError("on the way")

    model = small_cnn(0, Broken())
    with pytest.raises(RuntimeError, match="on the way"):
        LOOK[name](model, to_input(bars(6).images))
    assert model.training
    assert not any(module._forward_hooks for module in model.modules())


@pytest.mark.parametrize("name", LOOKERS)
def test_bytes_and_image_sets_are_scaled_as_for_training(name):
    model, _ = model_and_images()
    images = bars(6)
    expected = np.asarray(LOOK[name](model, to_input(images.images)))
    for same in (images, images.images, torch.as_tensor(images.images)):
        np.testing.assert_array_equal(np.asarray(LOOK[name](model, same)), expected)


@pytest.mark.parametrize("name", LOOK)
def test_the_same_call_gives_the_same_numbers_and_the_modes_do_not_matter(name):
    model, x = model_and_images()
    first = np.asarray(LOOK[name](model, x))
    np.testing.assert_array_equal(np.asarray(LOOK[name](model.eval(), x)), first)


@pytest.mark.parametrize("name", LOOK)
def test_frozen_weights_and_switched_off_gradients_do_not_matter(name):
    model, x = model_and_images()
    expected = np.asarray(LOOK[name](model, x))
    model.requires_grad_(False)
    with torch.no_grad():
        np.testing.assert_array_equal(np.asarray(LOOK[name](model, x)), expected)


# A mean over all images, and starts that are drawn for all images together.
TOGETHER = {"effective_receptive_field", "adversarial_steps"}


@pytest.mark.parametrize("name", [name for name in LOOKERS if name not in TOGETHER])
def test_an_image_is_explained_alike_alone_and_in_company(name):
    model, x = model_and_images()
    together = np.asarray(LOOK[name](model, x))
    alone = np.asarray(LOOK[name](model, x[2:3]))
    np.testing.assert_allclose(alone[0], together[2], rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("name", LOOKERS)
@pytest.mark.parametrize(
    ("images", "kind", "told"),
    [
        (torch.zeros(1, 8, 7), ValueError, r"\(N, C, H, W\); received \(1, 8, 7\); add .*\[None\]"),
        (torch.zeros(0, 1, 8, 7), ValueError, r"received \(0, 1, 8, 7\); give at least one"),
        (np.zeros((1, 1, 8, 7), int), TypeError, r"`images` must hold bytes .*torch\.int64"),
    ],
    ids=["no batch", "none", "integers"],
)
def test_what_are_no_images_is_refused(name, images, kind, told):
    with pytest.raises(kind, match=told):
        LOOK[name](small_cnn(), images)


def test_an_array_that_must_not_be_written_is_read():
    images = bars(4).images
    images.setflags(write=False)
    assert explain.saliency(small_cnn(), replace(bars(4), images=images)).shape == (4, 8, 7)


@pytest.mark.parametrize(
    ("target", "kind", "told"),
    [
        (2, ValueError, r"`target` must lie in 0…1, the classes of the model; received 2…2"),
        ([0, -1], ValueError, "received -1…0"),
        ([0, 1, 0], ValueError, r"`target` must be one class, or 2, one per image; .*\(3,\)"),
        (0.0, TypeError, r"`target` must hold classes as whole numbers; received torch\.float64"),
        (True, TypeError, r"received torch\.bool"),
    ],
    ids=str,
)
def test_classes_that_the_model_does_not_have_are_refused(target, kind, told):
    with pytest.raises(kind, match=told):
        explain.saliency(small_cnn(), bars(2), target)


def test_a_class_may_be_given_for_all_or_for_each_or_left_to_the_model():
    model = linear([[1.0, -2.0]])
    x = np.array([[[[3.0, 1.0]]], [[[1.0, 3.0]]]])  # scores of class 1: 1 and −5
    assert explain.saliency(model, x, 1).tolist() == [[[1, 2]], [[1, 2]]]
    for own in ([1, 0], np.array([1, 0]), torch.tensor([1, 0]), None):
        assert explain.saliency(model, x, own).tolist() == [[[1, 2]], [[0, 0]]]


@pytest.mark.parametrize("model", [nn.Conv2d(1, 2, 3), nn.GRU(7, 2)], ids=["maps", "tuple"])
def test_a_model_that_does_not_classify_is_refused(model):
    x = torch.zeros(1, 1, 8, 7)
    wrapped = model if isinstance(model, nn.Conv2d) else nn.Sequential(nn.Flatten(1, 2), model)
    with pytest.raises(ValueError, match=r"`model` must put out logits .* received (\(|tuple)"):
        explain.saliency(wrapped, x)


@pytest.mark.parametrize(
    ("layer", "told"),
    [
        ("conv", r"`layer` must name a part of `model`; received 'conv'. There are 0, 1, 2, 3, 4"),
        (nn.ReLU(), r"`layer` must be a part of `model`; received another ReLU\(\)"),
    ],
)
def test_a_layer_that_is_not_there_is_refused(layer, told):
    with pytest.raises(ValueError, match=told):
        explain.grad_cam(small_cnn(), bars(1), layer)


def test_a_misspelled_layer_brings_a_suggestion():
    from coursecnn.models import LeNet5

    with pytest.raises(ValueError, match=r"received 'feature\.3'. There are features\.3"):
        explain.filters(LeNet5(), "feature.3")
