"""The sizes that the lecture notes work out, on real arrays."""

import numpy as np
import pytest

from coursecnn.ops import conv2d
from coursecnn.shapes import conv_parameters

# image (C, H, W), kernels (K, C, kH, kW), geometry, what the notes say comes out
FIGURES = [
    ((3, 6, 6), (10, 3, 3, 3), {}, (10, 4, 4)),
    ((1, 32, 32), (1, 1, 5, 5), {}, (1, 28, 28)),
    ((3, 32, 32), (1, 3, 5, 5), {}, (1, 28, 28)),
    ((1, 32, 32), (6, 1, 5, 5), {}, (6, 28, 28)),
    ((3, 32, 32), (6, 3, 5, 5), {}, (6, 28, 28)),
    ((3, 28, 28), (5, 3, 8, 8), {}, (5, 21, 21)),
    ((3, 5, 5), (2, 3, 3, 3), {"padding": 1}, (2, 5, 5)),
    ((3, 5, 5), (2, 3, 3, 3), {"padding": 1, "stride": 2}, (2, 3, 3)),
]


@pytest.mark.parametrize(("image", "weight", "geometry", "expected"), FIGURES, ids=str)
def test_the_feature_maps_have_the_size_that_the_notes_give(rng, image, weight, geometry, expected):
    x, kernels, bias = (rng.normal(size=size) for size in (image, weight, weight[:1]))
    assert conv2d(x, kernels, bias, **geometry).shape == expected
    assert kernels.size + bias.size == conv_parameters(weight[1], weight[0], weight[2:])


def test_a_5_by_5_kernel_has_25_weights_and_a_dense_unit_10_000():
    image, kernel = np.zeros((100, 100)), np.zeros((5, 5))
    assert (kernel.size, image.size) == (25, 10_000)
    assert conv_parameters(1, 1, kernel.shape, bias=False) == 25
    assert conv_parameters(1, 1, image.shape, bias=False) == 10_000
