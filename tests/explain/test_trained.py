"""The small CNN for photographs that ships with the course: whole, and as good as is said."""

import pytest

from coursecnn import data, evidence, training
from coursecnn.data import DataError, bundled
from coursecnn.explain import trained, trained_network


def test_it_is_ready_to_look_into_and_small():
    network = trained_network()
    assert not network.training
    assert all(weight.is_floating_point() for weight in network.parameters())
    assert (bundled.FOLDER / trained.FILE).stat().st_size <= 100_000


def test_it_reads_test_photographs_like_those_of_the_experiment():
    table = evidence.load("look_inside")
    seeds = table.loc[table["arm"] == "trained", "accuracy"]
    low, high = evidence.Band.of(seeds).widened(4)
    found = training.accuracy(trained_network(), data.cifar10("test").subset(1000))
    assert low - 0.03 <= found <= high + 0.03


def test_a_damaged_file_is_named_with_the_remedy(tmp_path, monkeypatch):
    whole = (bundled.FOLDER / trained.FILE).read_bytes()
    monkeypatch.setattr(bundled, "FOLDER", tmp_path)
    (tmp_path / trained.FILE).write_bytes(whole[:-1])
    with pytest.raises(DataError, match=r"photo-cnn\.npz is damaged: .* reinstall the package"):
        trained_network()
