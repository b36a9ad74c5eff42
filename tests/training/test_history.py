"""A history is a table that survives a file, number for number."""

import pytest
from tiny import bars, small_cnn

from coursecnn import training
from coursecnn.training import History


@pytest.fixture
def history():
    return training.fit(small_cnn(), bars(), bars(20), epochs=3, device="cpu")


def test_it_is_a_table_indexed_by_epoch(history):
    table = history.to_frame()
    assert table.index.tolist() == [1, 2, 3]
    columns = ["lr", "train_loss", "train_accuracy", "val_loss", "val_accuracy"]
    assert list(table) == columns


def test_a_file_gives_back_the_same_numbers(history, tmp_path):
    file = tmp_path / "history.csv"
    history.to_csv(file)
    assert file.read_text().splitlines()[0].startswith("epoch,lr,train_loss,")
    assert History.read(file).rows == history.rows
    assert [path.name for path in tmp_path.iterdir()] == ["history.csv"]


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "epoch\none\n", "epoch\n1,2\n"])
def test_what_is_no_history_is_refused(tmp_path, content):
    file = tmp_path / "history.csv"
    file.write_text(content)
    with pytest.raises(ValueError, match=r"history\.csv is not the table of a history"):
        History.read(file)


def test_a_table_that_cannot_be_written_leaves_the_old_one(history, tmp_path, monkeypatch):
    file = tmp_path / "history.csv"
    file.write_text("old")

    def full(self):
        raise OSError("no space left")

    monkeypatch.setattr(History, "to_frame", full)
    with pytest.raises(OSError, match="no space"):
        history.to_csv(file)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]
