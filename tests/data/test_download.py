"""Whole sets come through torchvision when asked for; without a network the course goes on.

No test reaches for the network: torchvision is replaced.
"""

import io
import socket
import sys
from dataclasses import replace
from importlib import import_module
from types import ModuleType, SimpleNamespace
from urllib.error import URLError

import numpy as np
import pytest

from coursecnn.data import DataError, OfflineWarning, cache, cifar10, fashion_mnist, mnist
from coursecnn.data.catalogue import ORIGINALS

ROOMS = {name: import_module(f"coursecnn.data.{name}") for name in ORIGINALS}


@pytest.fixture
def published(monkeypatch, folder):
    """Small originals, and a torchvision whose sets a test can make; `calls` says what it did."""
    datasets, calls = SimpleNamespace(), []
    torchvision = ModuleType("torchvision")
    torchvision.datasets = datasets
    monkeypatch.setitem(sys.modules, "torchvision", torchvision)

    def publish(answer):
        """Let every set of torchvision answer with a call of `answer(n, shape)`."""
        for name, room in ROOMS.items():
            small = replace(ORIGINALS[name], n_train=40, n_test=20)
            monkeypatch.setattr(room, "ORIGINAL", small)

            def make(root, *, train, download, small=small):
                calls.append((small.torchvision, train, download))
                (cache.Path(root) / "archive.gz").write_bytes(b"fetched")
                return answer(small.n_train if train else small.n_test, small.shape)

            setattr(datasets, small.torchvision, make)
        return calls

    return publish


def as_published(n, shape):
    """What torchvision's sets hold: channels last if in colour, labels as they come."""
    channels, height, width = shape
    pixels = np.arange(n * np.prod(shape)).reshape(n, height, width, channels) % 251
    pixels = pixels.astype(np.uint8)
    return SimpleNamespace(data=pixels[..., 0] if channels == 1 else pixels,
                           targets=[i % 10 for i in range(n)])  # fmt: skip


def absent(n, shape):
    raise URLError("Name or service not known")


FAILURES = {
    "no network": URLError("Name or service not known"),
    "no answer": TimeoutError("timed out"),
    "all mirrors": RuntimeError(
        "Error downloading a.gz:\nTried https://a, got:\n<urlopen error>\n"
    ),
    "wrong checksum": RuntimeError("File not found or corrupted."),
    "no word": ConnectionResetError(),
}


def test_torchvision_has_the_sets_that_are_asked_of_it():
    from torchvision import datasets

    for original in ORIGINALS.values():
        assert issubclass(getattr(datasets, original.torchvision), datasets.VisionDataset)


@pytest.mark.parametrize("load", [mnist, cifar10, fashion_mnist])
def test_a_set_is_fetched_once_and_then_read_from_the_cache(published, load):
    calls = published(as_published)
    train, val, test = (load(split, source="download") for split in ("train", "val", "test"))
    assert [len(part) for part in (train, val, test)] == [36, 4, 20]
    assert [call[1:] for call in calls] == [(True, True), (False, True)]
    shape = train.images.shape[1:]
    assert np.array_equal(test.images, as_published(20, shape).data.reshape(20, *shape[1:], -1)
                          .transpose(0, 3, 1, 2))  # fmt: skip
    assert test.labels.tolist() == [i % 10 for i in range(20)]
    assert "validation" in train.provenance


def test_what_was_fetched_leaves_one_file(published, folder):
    published(as_published)
    mnist(source="download")
    assert [file.name for file in folder.iterdir()] == ["mnist-original.npy"]


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
def test_without_a_network_the_bundled_digits_take_their_place(published, folder, failure):
    def fail(n, shape):
        raise failure

    published(fail)
    with pytest.warns(OfflineWarning) as told:
        fallen_back = mnist("val", source="download")
    line = str(told[0].message)
    assert line.startswith("the full MNIST could not be fetched: ")
    assert line.endswith("; the 10,000 bundled digits take its place")
    assert "\n" not in line
    assert told[0].filename == __file__
    assert np.array_equal(fallen_back.images, mnist("val").images)
    assert fallen_back.provenance == mnist("val").provenance
    assert list(folder.iterdir()) == []


def test_without_torchvision_too(monkeypatch, folder):
    monkeypatch.setitem(sys.modules, "torchvision", None)
    with pytest.warns(OfflineWarning, match=r"could not be fetched: .*torchvision"):
        assert len(mnist(source="download")) == 7000


def test_cifar10_falls_back_on_its_jpeg_files(published, monkeypatch):
    published(absent)
    monkeypatch.setattr(ROOMS["cifar10"], "_PER_CLASS", {"train": 10, "test": 10})
    monkeypatch.setattr(
        ROOMS["cifar10"], "_decode", lambda part: np.full((100, 3, 32, 32), 7, np.uint8)
    )
    with pytest.warns(OfflineWarning, match=r"Name or service .*; the bundled JPEG files take"):
        assert (cifar10("test", source="download").images == 7).all()


def test_fashion_mnist_never_asks_the_network_unless_told_to(published):
    calls = published(absent)
    with pytest.raises(DataError, match=r"Fashion-MNIST is not in the cache .* fetch fashion_mni"):
        fashion_mnist()
    assert calls == []


def test_fashion_mnist_without_a_network_names_the_remedy(published):
    published(absent)
    with pytest.raises(DataError, match=r"not known.*does not ship.*`coursecnn data fetch fash"):
        fashion_mnist(source="download")


def test_fashion_mnist_that_was_fetched_is_found(published):
    calls = published(as_published)
    fashion_mnist(source="download")
    assert len(fashion_mnist("test")) == 20
    assert len(calls) == 2


def test_a_damaged_download_is_fetched_again(published, folder):
    calls = published(as_published)
    before = mnist("test", source="download").images
    file = folder / "mnist-original.npy"
    raw = bytearray(file.read_bytes())
    raw[-1000] ^= 1
    file.write_bytes(raw)
    assert np.array_equal(mnist("test", source="download").images, before)
    assert len(calls) == 4


def test_a_set_of_another_size_is_not_taken_for_the_original(published, folder):
    published(lambda n, shape: as_published(n + 1, shape))
    with pytest.raises(DataError, match=r"measures \(62, 785\), expected \(60, 785\)"):
        mnist(source="download")
    assert list(folder.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_not_called_a_missing_network(published, folder):
    published(as_published)
    folder.write_text("a file stands where the folder should be")
    with pytest.raises(DataError, match=r"cannot write the cache folder .*COURSECNN_DATA"):
        mnist(source="download")


def test_a_run_that_is_interrupted_leaves_nothing(published, folder):
    def interrupt(n, shape):
        raise KeyboardInterrupt

    published(interrupt)
    with pytest.raises(KeyboardInterrupt):
        mnist(source="download")
    assert list(folder.iterdir()) == []


def test_a_silent_server_is_given_up_and_bars_are_quiet(published, monkeypatch, capsys):
    limits = []

    def answer(n, shape):
        limits.append(socket.getdefaulttimeout())
        print("100%|██████████| 9.91M/9.91M", file=sys.stderr)
        return as_published(n, shape)

    published(answer)
    monkeypatch.setenv("COURSECNN_PROGRESS", "0")
    mnist(source="download")
    assert capsys.readouterr().err == ""
    assert limits == [30, 30]
    assert socket.getdefaulttimeout() is None


def test_bars_are_shown_otherwise(published, monkeypatch):
    def answer(n, shape):
        print("100%", file=sys.stderr)
        return as_published(n, shape)

    published(answer)
    monkeypatch.setenv("COURSECNN_PROGRESS", "1")
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    mnist(source="download")
    assert sys.stderr.getvalue() == "100%\n" * 2


@pytest.mark.parametrize("load", [mnist, cifar10, fashion_mnist])
def test_an_unknown_source_is_refused(load):
    with pytest.raises(ValueError, match=r"`source` must be one of .*\"download\"; .*'internet'"):
        load(source="internet")
