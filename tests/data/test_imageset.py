"""An image set refuses what does not fit, and draws what it promises."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursecnn.data import ImageSet, MaskedSet, SignalSet, VideoSet


def image_set(labels, n_classes=3):
    labels = np.asarray(labels)
    images = np.arange(len(labels), dtype=np.uint8).reshape(-1, 1, 1, 1)
    return ImageSet(images, labels, tuple("abc"[:n_classes]), "train", "made for a test")


def test_an_image_set_says_what_it_holds():
    assert repr(image_set([0, 1, 2])) == "ImageSet(train: 3 images of 1×1×1, 3 classes)"


def test_float_pixels_are_refused():
    with pytest.raises(TypeError, match=r"`images` must be uint8 .* received float64"):
        ImageSet(np.zeros((1, 1, 2, 3)), np.zeros(1, int), ("a",), "train", "")


@pytest.mark.parametrize(
    ("images", "labels", "message"),
    [
        (np.zeros((2, 3, 3), np.uint8), [0, 0], r"`images` must have shape \(N, C, H, W\)"),
        (np.zeros((2, 1, 3, 3), np.uint8), [0], r"`labels` must have shape \(2,\)"),
        (np.zeros((2, 1, 3, 3), np.uint8), [0, 1], r"`labels` must lie in 0…0"),
    ],
)
def test_shapes_that_disagree_are_refused(images, labels, message):
    with pytest.raises(ValueError, match=message):
        ImageSet(images, np.array(labels), ("a",), "train", "")


def test_take_keeps_pixels_and_labels_together():
    taken = image_set([2, 0, 1, 0]).take([3, 0])
    assert taken.images.ravel().tolist() == [3, 0]
    assert taken.labels.tolist() == [0, 2]


@given(st.lists(st.integers(0, 2), min_size=6, max_size=60), st.integers(0, 5), st.data())
def test_a_subset_has_distinct_images_and_classes_that_differ_by_at_most_one(labels, seed, data):
    whole = image_set(labels)
    n = data.draw(st.integers(1, len(whole)))
    part = whole.subset(n, seed=seed)
    assert len(np.unique(part.images)) == n
    there, here = np.bincount(labels, minlength=3), np.bincount(part.labels, minlength=3)
    open_classes = here[here < there]  # classes that have not run out
    if len(open_classes):
        assert here.max() <= open_classes.min() + 1


def test_the_seed_decides_which_images_are_drawn():
    whole = image_set([0] * 50 + [1] * 50)
    first, again, other = (whole.subset(10, seed=seed).images.ravel() for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("n", [0, 4])
def test_a_subset_cannot_be_empty_or_larger_than_the_set(n):
    with pytest.raises(ValueError, match=r"`n` must lie in 1…3"):
        image_set([0, 1, 2]).subset(n)


def test_signals_and_videos_have_their_own_axes():
    labels, rest = np.zeros(2, int), (("a",), "train", "")
    video = VideoSet(np.zeros((2, 1, 4, 3, 5), np.uint8), labels, *rest)
    assert repr(video) == "VideoSet(train: 2 videos of 1×4×3×5, 1 classes)"
    signal = SignalSet(np.zeros((2, 1, 9), np.uint8), labels, *rest, 8000)
    assert repr(signal) == "SignalSet(train: 2 signals of 1×9, 1 classes)"
    assert signal.subset(1).rate == 8000
    with pytest.raises(ValueError, match=r"\(N, C, T, H, W\), received \(2, 1, 9\)"):
        VideoSet(signal.images, labels, *rest)
    with pytest.raises(ValueError, match=r"\(N, C, L\), received \(2, 1, 4, 3, 5\)"):
        SignalSet(video.images, labels, *rest, 8000)


def test_masks_must_fit_their_images():
    images, masks = np.zeros((2, 3, 4, 5), np.uint8), np.zeros((2, 4, 4), np.uint8)
    with pytest.raises(ValueError, match=r"`masks` must have shape \(2, 4, 5\), one per image"):
        MaskedSet(images, np.zeros(2, int), ("a",), "train", "", masks)
