"""Grad-CAM: the equations by hand, CAM where they are the same, and layers that do not fit."""

import numpy as np
import pytest
import torch
from explain.planted import circular
from numpy.testing import assert_allclose
from torch import nn

from coursecnn import models
from coursecnn.explain import feature_maps, grad_cam


def one_by_one(weight, head):
    """A convolution of 1×1, the mean of each map, and a dense layer: CAM's own network."""
    weight, head = (torch.tensor(values, dtype=torch.float64) for values in (weight, head))
    model = nn.Sequential(
        nn.Conv2d(weight.shape[1], len(weight), 1, bias=False),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(*head.T.shape, bias=False),
    ).double()  # fmt: skip
    model[0].weight.data, model[3].weight.data = weight[:, :, None, None], head
    return model


def test_behind_a_global_mean_it_is_cam_by_hand():
    """Maps A₀ = x and A₁ = −2x of 1×3; class 1 weighs them with 3 and 1, and a mean is over 3."""
    model = one_by_one([[1.0], [-2.0]], [[1.0, 1.0], [3.0, 1.0]])
    x = np.array([[[[4.0, -1.0, 2.0]]]])
    by_hand = [max(0, (3 * a + 1 * -2 * a) / 3) for a in (4, -1, 2)]
    assert_allclose(grad_cam(model, x, "0", 1), [[by_hand]])
    against = [max(0, (1 * a + 1 * -2 * a) / 3) for a in (4, -1, 2)]
    assert_allclose(grad_cam(model, x, "0", 0), [[against]])


def test_it_is_cam_of_maps_with_several_channels(rng):
    weight, head = rng.normal(size=(4, 2)), rng.normal(size=(3, 4))
    x = rng.normal(size=(2, 2, 5, 6))
    maps = np.einsum("kc,nchw->nkhw", weight, x)
    labels = np.array([2, 0])
    cam = np.einsum("nk,nkhw->nhw", head[labels], maps) / (5 * 6)
    found = grad_cam(one_by_one(weight, head), x, "0", labels)
    assert_allclose(found, np.maximum(cam, 0), rtol=1e-10, atol=1e-12)


def test_the_weights_are_the_slopes_of_the_score_when_a_whole_map_rises(rng):
    """Equation 1 by differences: the score, when a constant is added to one map."""
    model, x = circular(2), torch.as_tensor(rng.normal(size=(1, 2, 6, 5)))
    maps = model[:3](x).detach()

    def slope(k):
        shifted = torch.stack([maps, maps])
        shifted[0, :, k] += 1e-6
        shifted[1, :, k] -= 1e-6
        high, low = (model[3:](part)[0, 1].item() for part in shifted)
        return (high - low) / 2e-6

    alpha = torch.tensor([slope(k) for k in range(4)]).double() / (6 * 5)
    expected = (alpha[:, None, None] * maps[0]).sum(0).relu()
    assert_allclose(grad_cam(model, x, "2", 1)[0], expected, rtol=1e-6, atol=1e-9)


def test_a_map_is_enlarged_to_the_size_of_the_images():
    torch.manual_seed(0)
    model, x = models.LeNet5(), torch.randn(2, 1, 32, 32)
    small = grad_cam(model, x, "features.5", 3, upsample=False)
    large = grad_cam(model, x, "features.5", 3)
    assert (small.shape, large.shape) == ((2, 5, 5), (2, 32, 32))
    assert large.max() <= small.max()
    assert_allclose(large[:, :3, :3], np.broadcast_to(small[:, :1, :1], (2, 3, 3)), rtol=1e-5)


def test_between_the_cells_the_enlarged_map_rises_evenly():
    """Cells of two pixels hold 8 and 4 in their middle; pixels lie at quarters of the way."""
    model = nn.Sequential(
        nn.AvgPool2d((1, 2)), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1, 1, bias=False)
    )
    model[3].weight.data.fill_(2.0)  # and a mean over two cells: α = 1
    x = torch.tensor([[[[7.0, 9.0, 4.0, 4.0]]]])
    by_hand = [8, 0.75 * 8 + 0.25 * 4, 0.25 * 8 + 0.75 * 4, 4]
    assert_allclose(grad_cam(model, x, "0", 0), [[by_hand]])


def test_a_layer_that_the_next_one_overwrites_is_taken_as_it_was():
    torch.manual_seed(0)
    models_ = [
        nn.Sequential(
            nn.Conv2d(1, 4, 3), nn.ReLU(inplace=inplace), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
            nn.Linear(4, 2),
        )
        for inplace in (False, True)
    ]  # fmt: skip
    models_[1].load_state_dict(models_[0].state_dict())
    x = torch.randn(1, 1, 6, 5)
    plain, overwritten = (grad_cam(model, x, "0", 1) for model in models_)
    assert_allclose(overwritten, plain)
    assert feature_maps(models_[1], x)["0"].min() < 0


class SideTrack(nn.Module):
    """A classifier with a layer beside the way to the scores."""

    def __init__(self):
        super().__init__()
        self.main, self.side = nn.Conv2d(1, 2, 3), nn.Conv2d(1, 2, 3)
        self.idle = nn.Conv2d(1, 2, 3)

    def forward(self, x):
        self.side(x)
        return self.main(x).mean((2, 3))


@pytest.mark.parametrize(
    ("layer", "told"),
    [
        ("side", "`layer` has no influence on the scores"),
        ("idle", "`layer` gave no tensor: the model does not call it"),
    ],
)
def test_a_layer_beside_the_way_is_refused(layer, told):
    with pytest.raises(ValueError, match=told):
        grad_cam(SideTrack(), torch.zeros(1, 1, 5, 5), layer)


def test_a_layer_without_maps_is_refused():
    with pytest.raises(ValueError, match=r"must put out maps, .* received \(1, 84\)"):
        grad_cam(models.LeNet5(), torch.zeros(1, 1, 32, 32), "classifier.3")
