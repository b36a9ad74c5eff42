"""The gallery: every kernel does to an image what its name says."""

import numpy as np
import pytest
import scipy.ndimage
from numpy.testing import assert_allclose, assert_array_equal

from coursecnn.ops import cross_correlate, example, kernels

NAMES = ["identity", "outline", "sobel_left", "sobel_right", "sobel_top", "sobel_bottom",
         "lighten", "darken", "blur", "sharpen", "emboss"]  # fmt: skip
FLAT = np.full((5, 5), 7.0)
LEFT_IS_BRIGHT = np.where(np.arange(6) < 3, 1.0, 0.0) * np.ones((5, 1))
SPOT = np.zeros((5, 5))
SPOT[2, 2] = 1


def test_the_gallery_holds_the_kernels_in_teaching_order():
    assert list(kernels.GALLERY) == NAMES
    for name, kernel in kernels.GALLERY.items():
        assert getattr(kernels, name.upper()) is kernel
        assert (kernel.shape, kernel.dtype) == ((3, 3), np.float64)
        assert not np.signbit(kernel[kernel == 0]).any()  # no printed -0


def test_the_kernels_of_the_notes_have_their_numbers():
    assert kernels.IDENTITY.tolist() == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert kernels.OUTLINE.tolist() == [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]
    assert kernels.SOBEL_LEFT.tolist() == [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
    assert kernels.SOBEL_BOTTOM.tolist() == [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
    assert kernels.LIGHTEN.tolist() == [[0, 0, 0], [0, 1.5, 0], [0, 0, 0]]
    assert kernels.DARKEN.tolist() == [[0, 0, 0], [0, 0.5, 0], [0, 0, 0]]
    assert kernels.SHARPEN.tolist() == [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
    assert kernels.EMBOSS.tolist() == [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]
    assert (16 * kernels.BLUR).tolist() == [[1, 2, 1], [2, 4, 2], [1, 2, 1]]


@pytest.mark.parametrize("name", NAMES)
def test_flat_ground_is_kept_scaled_or_silenced(name):
    edges = {"outline": 0, "sobel_left": 0, "sobel_right": 0, "sobel_top": 0, "sobel_bottom": 0}
    level = (edges | {"lighten": 1.5, "darken": 0.5}).get(name, 1)
    assert_allclose(cross_correlate(FLAT, kernels.GALLERY[name]), level * 7)


def test_each_sobel_kernel_answers_where_its_side_is_bright():
    for side, turns in (("left", 0), ("bottom", 1), ("right", 2), ("top", 3)):
        image = np.rot90(LEFT_IS_BRIGHT, turns)
        answers = {
            other: cross_correlate(image, kernels.GALLERY[f"sobel_{other}"])
            for other in ("left", "right", "top", "bottom")
        }
        assert max(answers, key=lambda other: answers[other].max()) == side
        assert answers[side].max() == 1 + 2 + 1
        assert_array_equal(sum(answers.values()), np.zeros_like(answers[side]))


def test_the_sobel_kernels_are_those_of_scipy(rng):
    image = rng.normal(size=(6, 7))
    for name, axis, sign in (("right", 1, 1), ("bottom", 0, 1), ("left", 1, -1), ("top", 0, -1)):
        ours = cross_correlate(image, kernels.GALLERY[f"sobel_{name}"])
        assert_allclose(ours, sign * scipy.ndimage.sobel(image, axis)[1:-1, 1:-1], atol=1e-12)


def test_blurring_spreads_a_spot_and_sharpening_lifts_it():
    blurred = cross_correlate(SPOT, kernels.BLUR, mode="same")
    assert_allclose(blurred.sum(), 1)
    assert blurred[2, 2] == blurred.max() == 4 / 16
    assert cross_correlate(SPOT, kernels.SHARPEN, mode="same")[2, 2] == 5


def test_embossing_lights_the_upper_left_slope():
    square = np.zeros((7, 7))
    square[2:5, 2:5] = 1
    relief = cross_correlate(square, kernels.EMBOSS, mode="same")
    assert relief[1, 1] > 0 > relief[5, 5]


def test_nobody_can_change_the_gallery_for_others():
    for array in (*kernels.GALLERY.values(), example.IMAGE, example.KERNEL):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 99
