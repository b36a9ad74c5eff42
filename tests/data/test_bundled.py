"""The bundled files are whole, and a damaged one is noticed before it is read."""

import numpy as np
import pytest

from coursecnn.data import DataError, bundled, cifar10, mnist, photo
from coursecnn.data.splits import every_tenth


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A folder in which bundled files can be harmed."""
    monkeypatch.setattr(bundled, "FOLDER", tmp_path)
    return tmp_path / "mnist-10k.npz"


@pytest.mark.parametrize("name", bundled.SHA256)
def test_bundled_files_are_whole(name):
    assert bundled.path(name).is_file()


def test_a_missing_file_is_named_with_the_remedy(copied):
    with pytest.raises(DataError, match=r"mnist-10k\.npz is missing; reinstall the package"):
        mnist()


@pytest.mark.parametrize("harm", [lambda whole: whole[:1000], lambda whole: whole[:-1] + b"x"])
def test_a_truncated_or_altered_file_is_named_with_the_remedy(copied, harm):
    whole = (bundled.Path(bundled.__file__).parent / "bundled" / copied.name).read_bytes()
    copied.write_bytes(harm(whole))
    with pytest.raises(DataError, match=r"mnist-10k\.npz is damaged: .* reinstall the package"):
        mnist()


def test_mnist_is_split_into_disjoint_stratified_parts_of_fixed_size():
    parts = {split: mnist(split) for split in ("train", "val", "test")}
    assert [len(part) for part in parts.values()] == [7000, 1000, 2000]
    shares = [np.bincount(part.labels) / len(part) for part in parts.values()]
    assert np.ptp(shares, axis=0).max() < 0.002
    whole = np.concatenate([part.images.reshape(len(part), -1) for part in parts.values()])
    assert len(np.unique(whole, axis=0)) == 10_000


def test_mnist_shows_bright_ink_on_a_dark_ground():
    ink = mnist("test").images.mean(axis=(0, 1))
    assert ink[14, 14] > 10 * ink[0].max()


@pytest.mark.parametrize("load", [mnist, cifar10])
def test_an_unknown_split_is_refused(load):
    with pytest.raises(ValueError, match=r'`split` must be one of "train", .* received \'dev\''):
        load("dev")


def test_every_tenth_ranks_class_after_class():
    labels = np.array([1, 0] * 10)  # ranks 0…9 are the odd positions, 10…19 the even ones
    assert every_tenth(labels, [0]).tolist() == [0, 1]
    assert every_tenth(labels, [9]).tolist() == [18, 19]


def test_a_photo_is_read_without_a_network():
    camera = photo("camera")
    assert camera.shape == (512, 512)
    assert camera.dtype == np.uint8
    with pytest.raises(ValueError, match=r"`name` must be one of astronaut, .* received 'selfie'"):
        photo("selfie")
