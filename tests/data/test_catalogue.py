"""Every set has a card that says where it comes from, and the card goes along with its images."""

import inspect
import re
import subprocess
import sys

import numpy as np
import pytest

from coursecnn import data
from coursecnn.data import bundled, cache
from coursecnn.data.catalogue import CARDS, ORIGINALS, holding
from coursecnn.data.photos import PHOTOS

LOADERS = {
    name: value
    for name, value in vars(data).items()
    if inspect.isfunction(value) and name in data.__all__
}
each_card = pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())


def test_every_loader_has_a_card_and_every_card_a_loader():
    assert {*CARDS} == {*LOADERS} - {"photo", "image_folder"}


@each_card
def test_a_card_says_what_must_be_known(card):
    for text in (card.origin, card.licence, card.splits, card.caveats):
        assert text.endswith(".")
        assert text in str(card)
        assert text in card.provenance
    assert card.where in ("bundled", "drawn", "download")
    assert (card.where == "bundled") == bool(card.files)
    assert all(bundled.SHA256[file] in str(card) for file in card.files)
    assert bool(card.original) == (card.name in ORIGINALS)


@each_card
def test_a_loader_s_documentation_says_under_which_terms(card):
    text = inspect.getdoc(LOADERS[card.name])
    if card.where in ("bundled", "download"):
        assert re.search(r"licence|CC BY", text)
    assert ("Parameters" in text) == bool(inspect.signature(LOADERS[card.name]).parameters)
    assert "Returns" in text


@pytest.mark.parametrize("name", ["mnist", "digits", "glyphs", "geometric_shapes",
                                  "moving_digits", "tones", "photos", "mni152"])  # fmt: skip
def test_images_carry_the_card_of_their_set(usual, name):
    assert usual(name).provenance.startswith(CARDS[name].provenance)


def test_importing_the_room_imports_none_of_the_packages_that_single_sets_need():
    heavy = ["torch", "torchvision", "matplotlib", "sklearn", "skimage"]
    code = f"import sys, coursecnn.data; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_this_machine_holds_is_measured(folder):
    assert holding(CARDS["mnist"]) == data.catalogue.Holding(bundled=1_626_545, cached=0)
    cache.array("mnist-small", (2, 3), lambda: np.zeros((2, 3), np.uint8))
    assert holding(CARDS["mnist"]).cached == (folder / "mnist-small.npy").stat().st_size
    assert holding(CARDS["fashion_mnist"]) == data.catalogue.Holding(0, 0)


def test_digits_are_those_of_scikit_learn():
    from sklearn.datasets import load_digits

    parts = [data.digits(split) for split in ("train", "val", "test")]
    assert [len(part) for part in parts] == [1260, 179, 358]
    ours = np.concatenate([part.images[:, 0] for part in parts])
    theirs = np.round(load_digits().images * 255 / 16)
    assert ours.max() == 255
    assert sorted(map(bytes, ours)) == sorted(map(bytes, theirs.astype(np.uint8)))
    shares = [np.bincount(part.labels) / len(part) for part in parts]
    assert np.ptp(shares, axis=0).max() < 0.01


def test_photos_come_in_one_size_each_a_class_of_its_own():
    shown = data.photos((60, 80))
    assert shown.images.shape == (10, 3, 60, 80)
    assert shown.class_names == PHOTOS
    assert shown.class_names[shown.labels[2]] == "camera"
    assert np.ptp(shown.images[2].astype(int), axis=0).max() == 0  # grey: three equal channels
    assert np.ptp(shown.images[9].astype(int), axis=0).max() > 100
    with pytest.raises(ValueError, match=r"`size`"):
        data.photos(0)


def test_photos_are_those_of_scikit_image_and_scikit_learn():
    from skimage import data as scikit_image
    from sklearn.datasets import load_sample_image

    for name in PHOTOS:
        learn = name in ("china", "flower")
        theirs = load_sample_image(f"{name}.jpg") if learn else getattr(scikit_image, name)()
        assert np.array_equal(data.photo(name), theirs), name


@pytest.mark.parametrize("name", PHOTOS)
def test_every_photo_is_read_without_a_network(name):
    pixels = data.photo(name)
    assert pixels.dtype == np.uint8
    assert pixels.ndim in (2, 3)
    assert min(pixels.shape[:2]) >= 300
    assert pixels.std() > 10
