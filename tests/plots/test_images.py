"""Pictures show the numbers that they are given: read back, they are the same."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from numpy.testing import assert_allclose, assert_array_equal

from coursecnn import plots
from coursecnn.plots import _titles


def drawn(ax):
    """The numbers of the picture on some axes."""
    return np.asarray(ax.images[0].get_array())


def test_an_image_grid_wraps_and_titles():
    axes = plots.image_grid(np.zeros((5, 1, 3, 4), np.uint8), list("abcde"), columns=3)
    assert axes.shape == (2, 3)
    assert [ax.get_title() for ax in axes.flat] == ["a", "b", "c", "d", "e", ""]
    assert axes[0, 0].images[0].get_clim() == (0, 255)


def test_images_are_drawn_as_they_are(rng):
    grey, colour = rng.random((3, 5)), rng.random((3, 4, 6))
    first, second = plots.image_grid([grey, colour]).flat
    assert_array_equal(drawn(first), grey)
    assert_array_equal(drawn(second), np.moveaxis(colour, 0, -1))


def test_a_signed_map_is_centred_on_zero():
    (ax,) = plots.image_grid([np.array([[-1.0, 3.0]])], signed=True).flat
    assert ax.images[0].get_clim() == (-3, 3)


def test_signed_and_unsigned_images_can_stand_side_by_side():
    image = np.array([[-1.0, 3.0]])
    left, right = plots.image_grid([image, image], signed=[True, False], limits=(0, 2)).flat
    assert left.images[0].get_clim() == (-3, 3)
    assert right.images[0].get_clim() == (0, 2)


def test_a_few_strong_answers_need_not_pale_the_others():
    image = np.array([[1.0] * 99 + [50.0]])
    (ax,) = plots.image_grid([image], signed=True, quantile=0.9).flat
    assert ax.images[0].get_clim() == (-1, 1)


def test_a_row_is_as_high_as_its_images_need():
    (ax,) = plots.image_grid([np.zeros((5, 15))], columns=1, size=3).flat
    assert ax.figure.get_size_inches().tolist() == [3, 1]


def test_long_titles_are_broken_at_the_middle_gap_and_stay_readable():
    titles, size, height = _titles.fit(["4 → 9  0.87", "3"], cell=0.6)
    assert titles == ["4 → 9\n0.87", "3"]
    assert size * 96 / 72 >= 12
    assert height * 72 >= 2 * size


@given(st.lists(st.text("abc 0", min_size=1), min_size=1), st.floats(0.4, 3))
def test_breaking_a_title_loses_no_letter(titles, cell):
    broken, size, _ = _titles.fit(titles, cell)
    assert [title.split() for title in broken] == [title.split() for title in titles]
    assert size * 96 / 72 >= 12


@pytest.mark.parametrize(
    ("images", "options", "kind", "message"),
    [
        (np.zeros((2, 3, 3)), {"titles": ["one"]}, ValueError, "`titles` must hold 2 .*received 1"),
        (np.zeros((2, 3, 3)), {"signed": [True]}, ValueError, "`signed` must hold 2 .*received 1"),
        (np.zeros((2, 3, 3)), {"columns": 0}, ValueError, "`columns` must be at least 1"),
        (np.full((2, 3, 3), np.nan), {}, ValueError, "`images` must hold finite numbers"),
        ([], {}, ValueError, "`images` must hold at least one image; received none"),
        (np.zeros((1, 4, 4, 3)), {}, ValueError, r"channels first; received \(4, 4, 3\)"),
        (["cat.png"], {}, TypeError, "`images` must hold real numbers; received dtype <U7"),
    ],
)  # fmt: skip
def test_an_image_grid_says_what_it_cannot_show(images, options, kind, message):
    with pytest.raises(kind, match=message):
        plots.image_grid(images, **options)


def test_feature_maps_share_a_scale_that_a_bar_explains(rng):
    maps = rng.random((5, 3, 4)) * np.arange(1, 6)[:, None, None]
    axes = plots.feature_maps(maps, columns=3)
    assert axes.shape == (2, 3)
    for one, ax in zip(maps, axes.flat, strict=False):
        assert_array_equal(drawn(ax), one)
        assert ax.images[0].get_clim() == (0, maps.max())
    (bar,) = set(axes[0, 0].figure.axes) - {*axes.flat}
    assert_allclose(bar.get_xlim(), (0, maps.max()))


def test_feature_maps_on_their_own_scales_have_them_written_below(rng):
    maps = rng.normal(size=(3, 4, 5)) * [[[1]], [[10]], [[0]]]
    axes = plots.feature_maps(maps, shared=False)
    tops = [np.abs(one).max() or 1 for one in maps]
    assert [ax.images[0].get_clim() for ax in axes.flat] == [(-top, top) for top in tops]
    assert [ax.get_xlabel() for ax in axes.flat] == [f"±{top:.3g}" for top in tops]
    assert len(axes[0, 0].figure.axes) == 3


def test_scaling_all_maps_changes_the_scale_and_no_colour(rng):
    maps = rng.normal(size=(2, 3, 4))
    first, second = (plots.feature_maps(factor * maps).flat[1].images[0] for factor in (1, 1000))
    assert_allclose(first.to_rgba(first.get_array()), second.to_rgba(second.get_array()))


def test_the_image_comes_first_and_the_titles_belong_to_the_maps():
    axes = plots.feature_maps(np.ones((2, 3, 4)), ["a", "b"], image=np.full((1, 6, 8), 7.0))
    assert [ax.get_title() for ax in axes.flat] == ["input", "a", "b"]
    assert drawn(axes.flat[0]).shape == (6, 8)


@pytest.mark.parametrize(
    ("maps", "options", "kind", "message"),
    [
        (np.zeros((3, 4)), {}, ValueError, r"`maps` must .* \(C, H, W\); received \(3, 4\)"),
        (np.zeros((1, 2, 3, 4)), {}, ValueError, r"received \(1, 2, 3, 4\)"),
        (np.full((1, 2, 3), np.nan), {}, ValueError, "`maps` must hold finite .* received 6 NaN"),
        (-np.ones((1, 2, 3)), {"signed": False}, ValueError, "received −1. Leave `signed` out"),
        (np.zeros((2, 2, 3)), {"titles": "abc"}, ValueError, "`titles` must hold 2 .*one per map"),
        (torch.ones(1, 2, 3, requires_grad=True), {}, TypeError, r"`tensor.detach\(\).cpu"),
    ],
)  # fmt: skip
def test_feature_maps_say_what_they_cannot_show(maps, options, kind, message):
    with pytest.raises(kind, match=message):
        plots.feature_maps(maps, **options)


def test_grey_kernels_are_drawn_around_zero(rng):
    weight = rng.normal(size=(4, 1, 3, 5))
    for kernel, ax in zip(weight, plots.kernels(weight).flat, strict=True):
        assert_array_equal(drawn(ax), kernel[0])
        assert ax.images[0].get_clim() == (-np.abs(weight).max(), np.abs(weight).max())


@pytest.mark.parametrize("shared", [True, False])
def test_the_weights_of_colour_kernels_can_be_read_back(rng, shared):
    weight = rng.normal(size=(4, 3, 2, 5))
    for kernel, ax in zip(weight, plots.kernels(weight, shared=shared).flat, strict=True):
        top = np.abs(weight if shared else kernel).max()
        assert_allclose((drawn(ax) - 0.5) * 2 * top, kernel.transpose(1, 2, 0), atol=1e-12)


def test_the_negative_of_a_kernel_is_its_colour_negative(rng):
    weight = rng.normal(size=(1, 3, 2, 5))
    (plus,), (minus,) = plots.kernels(weight).flat, plots.kernels(-weight).flat
    assert_allclose(drawn(plus) + drawn(minus), 1)
    plt.close("all")
    (silent,) = plots.kernels(0 * weight).flat
    assert_array_equal(drawn(silent), 0.5)


def test_kernels_of_a_deeper_layer_need_a_choice_of_channel():
    with pytest.raises(ValueError, match=r"received 6 in shape .*`weight\[:, \[0\]\]`"):
        plots.kernels(np.zeros((16, 6, 5, 5)))
    with pytest.raises(ValueError, match=r"shape \(K, C, kH, kW\) or \(K, kH, kW\); received \(5,"):
        plots.kernels(np.zeros((5, 5)))


def test_right_and_wrong_differ_in_sign_text_and_hatching():
    axes = plots.predictions(np.zeros((2, 4, 6)), [0, 1], [0, 0], ["cat", "dog"])
    right, wrong = axes.flat
    assert (right.get_title(), wrong.get_title()) == ("✓ cat", "✗ dog → cat")
    assert [bool(patch.get_hatch()) for patch in right.patches] == [False]
    assert sorted(bool(patch.get_hatch()) for patch in wrong.patches) == [False, True]


def test_right_and_wrong_pictures_have_the_same_size():
    axes = plots.predictions(np.zeros((2, 4, 6)), [0, 1], [0, 0], probabilities=[0.9, 0.51])
    assert axes[0, 0].get_xlim() == axes[0, 1].get_xlim()
    assert [ax.get_title().split()[-1] for ax in axes.flat] == ["0.90", "0.51"]


def test_the_ticks_are_as_many_as_the_right_answers(rng):
    true, predicted = rng.integers(0, 3, (2, 12))
    titles = [
        ax.get_title() for ax in plots.predictions(np.zeros((12, 2, 3)), true, predicted).flat
    ]
    assert sum(title.startswith("✓") for title in titles) == np.sum(true == predicted)


@pytest.mark.parametrize(
    ("true", "predicted", "options", "kind", "message"),
    [
        ([0], [0, 1], {}, ValueError, "`true` must hold 2 items, one per image; received 1"),
        ([0, 1], [0.0, 1.0], {}, TypeError, "`predicted` must hold classes as integers"),
        ([0, 1], [0, 2], {"class_names": "ab"}, ValueError, "has 2 names.*classes from 0 to 2"),
        ([0, 1], [0, 1], {"probabilities": [1]}, ValueError, "`probabilities` must hold 2 items"),
    ],
)
def test_predictions_say_what_does_not_belong_together(true, predicted, options, kind, message):
    with pytest.raises(kind, match=message):
        plots.predictions(np.zeros((2, 3, 4)), true, predicted, **options)
