"""`coursecnn data` says what there is, fetches what is asked for and removes what it kept."""

import os
import sys
import time

import numpy as np
import pytest
from click.testing import CliRunner

from coursecnn.cli import main
from coursecnn.data import cache


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A cache folder of one's own, and no torchvision: nothing can be fetched."""
    monkeypatch.setenv("COURSECNN_DATA", str(tmp_path / "cache"))
    monkeypatch.setitem(sys.modules, "torchvision", None)
    return tmp_path / "cache"


def run(*arguments):
    return CliRunner().invoke(main, ["data", *arguments])


def keep(name, count=1000):
    """Put an array of so many bytes into the cache."""
    cache.array(name, (count,), lambda: np.zeros(count, np.uint8))


def test_the_list_names_every_set_and_where_it_is(folder):
    keep("cifar10-test-abc", 2_000_000)
    done = run()
    assert done.exit_code == 0
    lines = dict(line.split(maxsplit=1) for line in done.output.splitlines()[:10])
    assert lines["mnist"].startswith("bundled (1.63 MB)  ")
    assert lines["cifar10"].startswith("bundled (19.4 MB), cached (2 MB)  ")
    assert lines["fashion_mnist"].startswith("not here: fetch it  ")
    assert lines["digits"].startswith("bundled (57.5 kB)  ")
    assert lines["glyphs"].startswith("drawn on demand  ")
    assert lines["mni152"].startswith("bundled (715 kB)  ")
    assert done.output.splitlines()[-1] == f"The cache folder {folder} holds 2 MB of them."


def test_a_card_is_shown(folder):
    done = run("card", "mnist")
    assert done.exit_code == 0
    assert "CC BY-SA 3.0" in done.output
    assert "0217e13bd0668deb198aa7d305edbf0331eb89f8a6e7dd226e03d1aa3a9bd4ef" in done.output


@pytest.mark.parametrize("command", ["card", "fetch", "clean"])
def test_an_unknown_set_is_refused_with_the_names_there_are(folder, command):
    done = run(command, "imagenet")
    assert done.exit_code == 2
    assert "'imagenet' is not one of mnist, fashion_mnist, cifar10" in done.output


def test_fetching_without_a_network_is_one_line(folder):
    done = run("fetch", "fashion_mnist")
    assert done.exit_code == 1
    assert done.output.startswith("Error: Fashion-MNIST could not be fetched: ")
    assert len(done.output.splitlines()) == 1


def test_fetching_what_is_here_says_where(folder):
    rows = np.zeros((70_000, 785), np.uint8)
    cache.array("fashion_mnist-original", rows.shape, lambda: rows)
    done = run("fetch", "fashion_mnist")
    assert done.exit_code == 0
    assert done.output == f"fashion_mnist lies in {folder} (55 MB).\n"


def test_nothing_is_fetched_of_what_is_drawn(folder):
    done = run("fetch", "tones")
    assert done.output == "tones is drawn on demand: there is nothing to fetch.\n"
    assert not folder.exists()


def test_cleaning_removes_what_the_course_has_put_there_and_nothing_else(folder):
    keep("mnist-a")
    keep("moving_digits-b")
    (folder / "mine.npy").write_bytes(b"my own array")
    (folder / "notes.txt").write_text("mine too")
    assert run("clean", "mnist").output.startswith("Removed 1.14 kB from ")
    assert run("clean").output.startswith("Removed 1.14 kB from ")
    assert sorted(file.name for file in folder.iterdir()) == ["mine.npy", "notes.txt"]


def test_cleaning_spares_what_is_being_written_and_removes_what_was_left_behind(folder):
    for name, age in (("mnist-new.part", 0), ("mnist-old.part", 7200)):
        (folder / name).mkdir(parents=True)
        (folder / name / "archive.gz").write_bytes(b"12345")
        os.utime(folder / name, (time.time() - age,) * 2)
    assert run("clean").output.startswith("Removed 5 bytes from ")
    assert [file.name for file in folder.iterdir()] == ["mnist-new.part"]


def test_cleaning_an_empty_cache_is_no_mistake(folder):
    done = run("clean")
    assert done.exit_code == 0
    assert done.output == f"Removed 0 bytes from {folder}; what is bundled stays.\n"
