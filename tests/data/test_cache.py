"""The cache gives back what was made, repairs what is damaged, leaves nothing half-written."""

import numpy as np
import pytest

from coursecnn.data import DataError, cache, cifar10


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSECNN_DATA", str(tmp_path / "cache"))
    return tmp_path / "cache"


def pixels():
    return np.arange(6, dtype=np.uint8).reshape(2, 3)


def never():
    raise AssertionError("the array was made again")


def test_an_array_is_made_once(folder):
    assert np.array_equal(cache.array("a", (2, 3), pixels), pixels())
    assert np.array_equal(cache.array("a", (2, 3), never), pixels())
    assert [file.name for file in folder.iterdir()] == ["a.npy"]


@pytest.mark.parametrize("harm", [lambda raw: raw[:-2], lambda raw: b"", lambda raw: b"not npy"])
def test_a_damaged_array_is_made_again(folder, harm):
    cache.array("a", (2, 3), pixels)
    file = folder / "a.npy"
    file.write_bytes(harm(file.read_bytes()))
    assert np.array_equal(cache.array("a", (2, 3), pixels), pixels())


def test_an_array_of_another_shape_is_made_again(folder):
    cache.array("a", (3, 2), lambda: pixels().T)
    assert np.array_equal(cache.array("a", (2, 3), pixels), pixels())


def test_a_run_that_dies_leaves_nothing_half_written(folder, monkeypatch):
    def die(stream, array):
        stream.write(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(cache.np, "save", die)
    with pytest.raises(KeyboardInterrupt):
        cache.array("a", (2, 3), pixels)
    assert list(folder.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_named_with_the_remedy(folder):
    folder.write_text("a file stands where the folder should be")
    with pytest.raises(DataError, match=r"cannot write the cache folder .*cache .*COURSECNN_DATA"):
        cache.array("a", (2, 3), pixels)


def test_cifar10_decodes_to_sorted_classes_and_disjoint_splits():
    train, val, test = (cifar10(split) for split in ("train", "val", "test"))
    assert [len(part) for part in (train, val, test)] == [45_000, 5_000, 10_000]
    for part in (train, val, test):
        assert np.ptp(np.bincount(part.labels)) == 0
        assert part.images.shape[1:] == (3, 32, 32)
    sums = [part.images[part.labels == 0].mean() for part in (train, val, test)]
    assert np.ptp(sums) < 8  # the same sky in each split: classes were not mixed up


def test_the_two_parts_of_the_cifar10_training_set_share_no_image():
    train, val = cifar10("train"), cifar10("val")
    seen = {image.tobytes() for image in train.images}
    assert sum(image.tobytes() in seen for image in val.images) < 20  # the original repeats a few
