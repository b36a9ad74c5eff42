"""A randomised copy holds the same numbers elsewhere, from the last layer to the first."""

import numpy as np
import pytest
import torch
from explain import planted
from tiny import same_weights

from coursecnn import models
from coursecnn.explain import grad_cam, randomised, saliency


def changed(model, copy):
    """Names of the tensors in which two models differ."""
    pairs = zip(model.named_parameters(), copy.parameters(), strict=True)
    return [name for (name, old), new in pairs if not torch.equal(old, new)]


def test_every_tensor_keeps_its_numbers_and_loses_their_order():
    torch.manual_seed(0)
    model = models.LeNet5()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    copy = randomised(model)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert changed(model, copy) == list(before)
    for name, value in copy.state_dict().items():
        assert torch.equal(value.flatten().sort().values, before[name].flatten().sort().values)


def test_layers_forget_from_the_last_to_the_first():
    torch.manual_seed(0)
    model = models.LeNet5()
    layers = ["features.0", "features.3", "classifier.1", "classifier.3", "classifier.5"]
    for count in range(len(layers) + 1):
        forgotten = [f"{name}.{kind}" for name in layers[len(layers) - count :]
                     for kind in ("weight", "bias")]  # fmt: skip
        assert changed(model, randomised(model, count)) == forgotten


def test_one_more_layer_leaves_the_others_as_they_were_randomised():
    model = models.LeNet5()
    two, three = randomised(model, 2), randomised(model, 3)
    assert changed(two, three) == ["classifier.1.weight", "classifier.1.bias"]


def test_the_seed_decides_the_order():
    model = models.LeNet5()
    assert same_weights(randomised(model, seed=3), randomised(model, seed=3))
    assert not same_weights(randomised(model, seed=3), randomised(model, seed=4))


def test_the_copy_has_the_mode_of_the_model_and_its_statistics():
    model = models.ThreeConv().eval()
    copy = randomised(model)
    assert not any(module.training for module in copy.modules())
    assert all(torch.equal(a, b) for a, b in zip(model.buffers(), copy.buffers(), strict=True))


def test_maps_of_a_trained_network_change_when_it_forgets():
    """The check that the function is for: an edge detector would pass unchanged."""
    model, (images, _) = planted.trained(), planted.examples(20, seed=5)
    for explained in (
        lambda model: saliency(model, images, images.labels),
        lambda model: grad_cam(model, images, "3", images.labels),
    ):
        before, after = explained(model), explained(randomised(model))
        alike = [
            np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in zip(before, after, strict=True)
        ]
        assert np.nanmean(alike) < 0.6


@pytest.mark.parametrize(
    ("layers", "kind", "told"),
    [
        (6, ValueError, "`layers` must be at most 5, the layers that have weights; received 6"),
        (-1, ValueError, "`layers` must be at least 0, not -1"),
        (0.5, TypeError, r"`layers` must be an integer, not 0\.5"),
    ],
)
def test_more_layers_than_there_are_cannot_forget(layers, kind, told):
    with pytest.raises(kind, match=told):
        randomised(models.LeNet5(), layers)
