"""Numbers that a figure carries with it are kept in a module and come back as they were."""

import numpy as np
import pytest

from coursecnn.widgets import stored


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder in place of that of the modules."""
    monkeypatch.setattr(stored, "FOLDER", tmp_path)
    return tmp_path


def test_what_is_written_is_read(folder, rng):
    arrays = {
        "conv.weight": rng.integers(-128, 128, (6, 1, 5, 5)).astype(np.int8),
        "scale": rng.normal(size=6).astype(np.float32),
    }
    file = stored.write("lenet", "experiments/some.py", **arrays)
    assert file.read_text().startswith("// Made by experiments/some.py;")
    found = stored.read("lenet")
    assert list(found) == list(arrays)
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


def test_a_transposed_array_keeps_its_order(folder):
    array = np.arange(6, dtype=np.uint8).reshape(2, 3).T
    stored.write("turned", "some.py", array=array)
    assert stored.read("turned")["array"].tolist() == [[0, 3], [1, 4], [2, 5]]


def test_lists_and_words_are_kept_as_json(folder):
    kept = {"5×5": [1, [2, 3]], "a }, b": {"none": None}}
    stored.write("words", "some.py", words=kept, numbers=np.arange(3, dtype=np.uint8))
    found = stored.read("words")
    assert found["words"] == kept
    assert found["numbers"].tolist() == [0, 1, 2]


def test_other_types_are_refused_by_name(folder):
    with pytest.raises(
        ValueError, match=r"`weights` must be an array of int8, .*; received float64"
    ):
        stored.write("lenet", "some.py", weights=np.zeros(2))
    assert list(folder.iterdir()) == []


def test_an_unknown_module_is_answered_with_those_there_are(folder):
    stored.write("lenet", "some.py", one=np.zeros(1, np.int8))
    with pytest.raises(ValueError, match="`name` must be one of lenet; received 'vgg'"):
        stored.read("vgg")
