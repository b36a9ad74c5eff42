"""The cache gives back what was made, repairs what is damaged, leaves nothing half-written."""

import subprocess
import sys

import numpy as np
import pytest

from coursecnn.data import DataError, cache, cifar10


def pixels():
    return np.arange(6, dtype=np.uint8).reshape(2, 3)


def never():
    raise AssertionError("the array was made again")


def test_an_array_is_made_once(folder):
    assert np.array_equal(cache.array("a", (2, 3), pixels), pixels())
    assert np.array_equal(cache.array("a", (2, 3), never), pixels())
    assert [file.name for file in folder.iterdir()] == ["a.npy"]


HARMS = {
    "cut short": lambda raw: raw[:-2],
    "cut in the pixels": lambda raw: raw[:-12],
    "empty": lambda raw: b"",
    "something else": lambda raw: b"not npy",
    "one bit": lambda raw: raw[:-12] + bytes([raw[-12] ^ 1]) + raw[-11:],
    "an array of an older release": lambda raw: raw[:-9],
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS.keys())
def test_a_damaged_array_is_made_again(folder, harm):
    cache.array("a", (2, 3), pixels)
    file = folder / "a.npy"
    file.write_bytes(harm(file.read_bytes()))
    assert np.array_equal(cache.array("a", (2, 3), pixels), pixels())


def test_an_array_of_another_shape_is_made_again(folder):
    cache.array("a", (3, 2), lambda: pixels().T)
    assert np.array_equal(cache.array("a", (2, 3), pixels), pixels())


def test_what_does_not_fit_is_not_kept(folder):
    with pytest.raises(DataError, match=r"a\.npy measures \(2, 3\), expected \(3, 3\)"):
        cache.array("a", (3, 3), pixels)
    assert not folder.exists()


def test_a_file_of_the_cache_is_an_array_that_numpy_reads(folder):
    cache.array("a", (2, 3), pixels)
    assert np.array_equal(np.load(folder / "a.npy"), pixels())


WRITER = """
import sys, time
import numpy as np
from coursecnn.data import cache

def make():
    time.sleep(float(sys.argv[1]))
    return np.full((300, 1000), 7, np.uint8)

assert (cache.array("a", (300, 1000), make) == 7).all()
"""


def test_processes_may_make_one_array_at_the_same_time(folder):
    started = [
        subprocess.Popen([sys.executable, "-c", WRITER, seconds])
        for seconds in ("0.5", "0.5", "0.6")
    ]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    assert [file.name for file in folder.iterdir()] == ["a.npy"]


def test_a_process_that_is_killed_while_it_writes_does_no_harm(folder):
    slow = WRITER.replace(
        "def make",
        """
def save(stream, pixels):
    stream.write(b"half")
    stream.flush()
    print("writing", flush=True)
    time.sleep(60)

cache.np.save = save

def make""",
    )
    writing = subprocess.Popen([sys.executable, "-c", slow, "0"], stdout=subprocess.PIPE, text=True)
    with writing:
        assert writing.stdout.readline() == "writing\n"
        writing.kill()
    assert [file.suffix for file in folder.iterdir()] == [".part"]
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


@pytest.fixture(scope="module")
def splits():
    """The three parts of CIFAR-10."""
    return [cifar10(split) for split in ("train", "val", "test")]


def test_cifar10_decodes_to_sorted_classes_and_disjoint_splits(splits):
    train, val, test = splits
    assert [len(part) for part in (train, val, test)] == [45_000, 5_000, 10_000]
    for part in (train, val, test):
        assert np.ptp(np.bincount(part.labels)) == 0
        assert part.images.shape[1:] == (3, 32, 32)
    sums = [part.images[part.labels == 0].mean() for part in (train, val, test)]
    assert np.ptp(sums) < 8  # the same sky in each split: classes were not mixed up


def test_the_two_parts_of_the_cifar10_training_set_share_no_image(splits):
    train, val, _ = splits
    seen = {image.tobytes() for image in train.images}
    assert sum(image.tobytes() in seen for image in val.images) < 20  # the original repeats a few
