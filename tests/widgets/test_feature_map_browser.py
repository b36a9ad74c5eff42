"""The feature-map browser as a Python object: its numbers, its changes, its errors, its picture."""

import base64
import io

import numpy as np
import pytest
from bs4 import BeautifulSoup
from numpy.testing import assert_allclose, assert_array_equal
from PIL import Image
from scipy.ndimage import affine_transform
from scipy.spatial.distance import braycurtis

from coursecnn.widgets import FeatureMapBrowser, lenet
from coursecnn.widgets.digits import digits
from coursecnn.widgets.feature_map_browser import LAYERS, changed, difference

THREE = digits()[0][3].astype(float)


def test_the_maps_are_those_of_the_network():
    browser = FeatureMapBrowser(left=2, right=17, layer="S4")
    images = digits()[0][[2, 17]]
    assert_array_equal(browser.images, images)
    assert_array_equal(browser.maps, lenet.forward(images)["S4"])


@pytest.mark.parametrize("layer", LAYERS[:-1])
def test_differences_are_those_of_scipy(layer):
    browser = FeatureMapBrowser(layer=layer, right=13)
    left, right = browser.maps
    for number, found in enumerate(browser.differences):
        if left[number].any() or right[number].any():  # SciPy divides by nothing there
            assert found == pytest.approx(braycurtis(left[number].ravel(), right[number].ravel()))
        else:
            assert found == 0


def test_a_layer_differs_by_all_its_maps_together():
    browser = FeatureMapBrowser(right=5, layer="C1")
    left, right = browser.maps
    assert browser.layer_difference == pytest.approx(braycurtis(left.ravel(), right.ravel()))


def test_differences_by_hand():
    assert difference(np.array([1.0, 2.0]), np.array([3.0, 2.0])) == (2 + 0) / (4 + 4)
    assert difference(np.array([-1.0]), np.array([1.0])) == 1
    assert_array_equal(difference(np.zeros((2, 3)), np.zeros((2, 3))), [0, 0])


def test_orders_and_places_follow_the_state():
    browser = FeatureMapBrowser(layer="C1", map=4)
    assert browser.ordered == [0, 1, 2, 3, 4, 5]
    browser.order = "strength"
    strengths = browser.strengths[browser.ordered]
    assert (np.diff(strengths) <= 0).all()
    assert strengths[0] == browser.maps.max()
    swapped = FeatureMapBrowser(layer="C1", left=browser.right, right=browser.left)
    assert_array_equal(swapped.strengths, browser.strengths)
    for each, place in zip(browser.maps, browser.peaks, strict=True):
        assert each[4][place] == each[4].max()


def test_what_excites_a_map_most_stands_in_order():
    browser = FeatureMapBrowser(layer="S4", map=11)
    responses = [lenet.forward(image)["S4"][11].max() for image in digits()[0]]
    found, values = zip(*browser.exciting, strict=True)
    assert sorted(found) == list(range(20))
    assert_allclose(values, sorted(responses, reverse=True))
    assert_allclose(values, [responses[n] for n in found])


def test_most_logits_are_excited_most_by_a_digit_of_their_class():
    best = [FeatureMapBrowser(layer="output", map=label).exciting[0][0] for label in range(10)]
    assert np.sum(digits()[1][best] == np.arange(10)) >= 8


def test_every_first_digit_is_read_rightly_and_some_of_the_hard_ones_are_not():
    images, labels = digits()
    is_right = lenet.forward(images)["output"].reshape(20, 10).argmax(axis=1) == labels
    assert is_right[:10].all()
    assert 0 < is_right[10:].sum() < 10


def test_a_move_by_a_stride_moves_the_largest_response_by_one_cell():
    browser = FeatureMapBrowser(right=3, layer="C3", amount=2, map=0)
    (row, column), moved = browser.peaks
    assert moved == (row, column + 1)


# --- changes ---


def test_a_shift_by_hand():
    found = changed(THREE, "shift", 3)
    assert_array_equal(found[:, :3], 0)
    assert_array_equal(found[:, 3:], THREE[:, :-3])


@pytest.mark.parametrize("amount", [1, 4, 6])
def test_a_turn_is_that_of_scipy(amount):
    angle, middle = np.deg2rad(10 * amount), 13.5
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    offset = middle - turn @ [middle, middle]
    expected = affine_transform(THREE, turn, offset, order=1, mode="grid-constant")
    assert_allclose(changed(THREE, "turn", amount), expected, atol=1e-9)


def test_noise_is_nearly_normal_and_always_the_same():
    grey = np.full((28, 28), 127.5)
    noise = changed(grey, "noise", 1) - grey
    assert_array_equal(changed(grey, "noise", 1) - grey, noise)
    assert abs(noise.mean()) < 3 * 20 / 28
    assert noise.std() == pytest.approx(20, rel=0.1)
    assert (np.abs(noise) < 2 * 20).mean() == pytest.approx(0.954, abs=0.03)
    assert abs(np.corrcoef(noise[:, 1:].ravel(), noise[:, :-1].ravel())[0, 1]) < 0.1


@pytest.mark.parametrize("change", ["shift", "turn", "noise"])
def test_no_step_changes_nothing_and_ink_stays_ink(change):
    assert_array_equal(changed(THREE, change, 0), THREE)
    found = changed(THREE, change, 6)
    assert found.min() >= 0
    assert found.max() <= 255 + 1e-9


# --- state ---


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"left": 20}, "`left` must be 0 to 19 here; received 20"),
        ({"right": -1}, "`right` must be 0 to 19 here; received -1"),
        ({"change": "blur"}, "`change` must be one of shift, turn, noise; received 'blur'"),
        ({"amount": 7}, "`amount` must be 0 to 6 here; received 7"),
        ({"amount": 1.5}, "`amount` must be a whole number; received 1.5"),
        ({"layer": "C5"}, "`layer` must be one of C1, S2, C3, S4, F5, F6, output; received 'C5'"),
        ({"map": 16}, "`map` must be one of the 16 maps of C3, counted from 0; received 16"),
        ({"layer": "C1", "map": 6}, "`map` must be one of the 6 maps of C1"),
        ({"order": "size"}, "`order` must be one of number, strength, difference"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        FeatureMapBrowser(**state)


def test_the_chosen_map_stays_within_a_smaller_layer():
    browser = FeatureMapBrowser(layer="F5", map=119)
    browser.layer = "C1"
    assert browser.map == 5


# --- the still picture ---


def picture_of(**state):
    """The still picture as a reader's browser has it."""
    return BeautifulSoup(FeatureMapBrowser(**state).still(), "html.parser").svg


def test_the_picture_says_what_is_seen():
    said = picture_of(right=3, amount=1, map=1)["aria-label"]
    assert said.startswith("Two handwritten digits, a 3 and a 3, moved right by 1 pixel, and what")
    assert "layer C3" in said
    assert "16 maps of 10×10. Number 2 is framed" in said
    assert (
        "an 8 and an 8, turned clockwise by 30°"
        in (picture_of(left=8, right=8, change="turn", amount=3)["aria-label"])
    )


@pytest.mark.parametrize("layer", LAYERS)
def test_the_picture_holds_both_digits_and_all_maps_and_is_light(layer):
    picture = picture_of(layer=layer)
    images = picture.select("image")
    assert len(images) == 3
    assert len(str(picture)) < 8000
    count, rows, columns = lenet.LEVELS[layer]
    data = base64.b64decode(images[2]["href"].partition(",")[2])
    pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
    assert (pixels[..., 3] > 0).sum() == 2 * count * rows * columns


def test_the_colours_of_the_maps_are_those_of_their_numbers():
    browser = FeatureMapBrowser(layer="S2")
    picture = BeautifulSoup(browser.still(), "html.parser").select("image")[2]
    data = base64.b64decode(picture["href"].partition(",")[2])
    pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(float)
    # Viridis grows lighter from 0 to the largest.
    for map_, found in zip(browser.maps[:, 0], (pixels[:14, :14], pixels[:14, 14:28]), strict=True):
        assert np.corrcoef(map_.ravel(), found.sum(-1).ravel())[0, 1] > 0.95
