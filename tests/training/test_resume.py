"""A run that was killed goes on as if nothing had happened, and never goes on with another's."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
import training_script as script
from tiny import bars, same_weights, small_cnn
from torch import nn

from coursecnn import augment, training
from coursecnn.training import CheckpointError
from coursecnn.training.checkpoint import Checkpoint


class KilledError(Exception):
    """Stands for a kill in the tests that stay within one process."""


def noisy_cnn(seed=0):
    """A network with everything that a checkpoint may forget: dropout, and averages of batches."""
    return small_cnn(seed, nn.BatchNorm2d(4), nn.Dropout(0.3))


def fit(model, file=None, kill_at=None, **options):
    """Train with every kind of chance; raise in the middle of batch `kill_at`."""
    batches, shifts = iter(range(1, 1000)), augment.random_shift(1)

    def shift(images, generator):
        if next(batches) == kill_at:
            raise KilledError
        return shifts(images, generator)

    settings = {"epochs": 4, "batch_size": 25, "lr": 0.02, "device": "cpu", "checkpoint": file}
    return training.fit(model, bars(110), bars(40, 1), augment=shift, **settings | options)


def interrupted(file, kill_at, **options):
    """Train until the kill, then once more from other weights and another state of chance."""
    torch.manual_seed(1)
    with pytest.raises(KilledError):
        fit(noisy_cnn(), file, kill_at, **options)
    model = noisy_cnn(99)
    return model, fit(model, file, **options)


@pytest.fixture(scope="module")
def whole():
    """A run that nobody kills: its model and its history."""
    model = noisy_cnn()
    return model, fit(model)


@pytest.mark.parametrize("kill_at", [6, 7, 13, 20])
@pytest.mark.parametrize("steps", [1, 3, None])
def test_wherever_it_is_killed_the_end_is_the_same(tmp_path, whole, kill_at, steps):
    resumed, history = interrupted(tmp_path / "run.pt", kill_at, checkpoint_steps=steps)
    assert same_weights(whole[0], resumed)
    assert history.rows == whole[1].rows


@pytest.mark.parametrize(
    "options",
    [
        {"optimizer": "momentum", "schedule": "step", "lr": 0.1},
        {"optimizer": "adam", "schedule": "cosine", "clip_norm": 0.5},
        {"optimizer": "sgd", "schedule": "constant", "label_smoothing": 0.1, "accumulate": 2},
        {"mix": augment.random_mixup()},
        {"module_lr": {"6": 0.1, "0": 0.001}, "optimizer": "momentum"},
        {"channels_last": True, "precision": "bf16-mixed"},
    ],
    ids=", ".join,
)
def test_no_setting_is_forgotten(tmp_path, options):
    whole = noisy_cnn()
    expected = fit(whole, **options)
    resumed, history = interrupted(tmp_path / "run.pt", 12, checkpoint_steps=3, **options)
    assert same_weights(whole, resumed)
    assert history.rows == expected.rows


@pytest.mark.parametrize("after", [1, 2])
def test_how_long_the_best_epoch_is_ago_is_not_forgotten(tmp_path, after):
    options = {"epochs": 40, "patience": 3, "lr": 0.2, "schedule": "constant"}
    whole = noisy_cnn()
    expected = fit(whole, **options)
    best = expected["val_loss"].index(min(expected["val_loss"]))  # counts from 0
    assert len(expected.rows) == best + 1 + 3 < 40
    kill_at = 5 * (best + 1 + after) + 2  # five batches an epoch
    resumed, history = interrupted(tmp_path / "run.pt", kill_at, **options)
    assert same_weights(whole, resumed)
    assert history.rows == expected.rows


@pytest.mark.thorough  # above, kills are played, bit for bit; test_devices kills two processes
def test_killed_by_the_system_in_the_middle_of_an_epoch(tmp_path):
    options = {"epochs": 3, "batch_size": 16, "device": "cpu", "dropout": True}
    plain, resumed, kept = (tmp_path / name for name in ("plain.pt", "resumed.pt", "run.pt"))
    keep = options | {"checkpoint": str(kept), "checkpoint_steps": 3}
    command = [sys.executable, script.__file__, resumed, json.dumps(keep), "14"]
    killed = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert killed.returncode == -9, killed.stderr
    assert torch.load(kept, weights_only=True)["state"]["step"] == 12
    script.run(plain, options)
    script.run(resumed, keep)
    first, second = torch.load(plain), torch.load(resumed)
    assert first["rows"] == second["rows"]
    assert all(torch.equal(w, second["weights"][name]) for name, w in first["weights"].items())


def test_a_finished_run_is_not_run_again(tmp_path):
    first, again, file = noisy_cnn(), noisy_cnn(7), tmp_path / "run.pt"
    expected = fit(first, file, epochs=8, patience=1)
    history = fit(again, file, kill_at=1, epochs=8, patience=1)
    assert history.rows == expected.rows
    assert same_weights(first, again)


@pytest.fixture
def kept(tmp_path):
    """The checkpoint of a finished run, and the one before it."""
    file = tmp_path / "run.pt"
    fit(noisy_cnn(), file, epochs=2)
    return file


def test_a_file_of_a_run_that_knew_of_no_frozen_weights_is_read(kept):
    content = torch.load(kept, weights_only=True)
    del content["about"]["frozen"], content["about"]["module_lr"]
    torch.save(content, kept)
    fit(noisy_cnn(), kept, epochs=2)
    with pytest.raises(CheckpointError, match=r"`module_lr` was None, now it is {'6': 0\.1}"):
        fit(noisy_cnn(), kept, epochs=2, module_lr={"6": 0.1})


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"lr": 0.03}, r"`lr` was 0\.02, now it is 0\.03"),
        ({"epochs": 5, "seed": 1}, r"`epochs` was 2, now it is 5; `seed` was 0, now it is 1"),
        ({"patience": 3}, r"`patience` was None, now it is 3"),
    ],
)
def test_a_run_with_other_settings_is_refused_and_the_file_stays(kept, options, told):
    before = kept.read_bytes()
    with pytest.raises(CheckpointError, match=rf"another run: {told}\. Give another `checkpoint`"):
        fit(noisy_cnn(), kept, **{"epochs": 2} | options)
    assert kept.read_bytes() == before


@pytest.mark.parametrize(
    "between", [(), (nn.BatchNorm2d(4), nn.Dropout2d(0.3))], ids=["fewer layers", "another kind"]
)
def test_another_model_is_refused_and_both_stay(kept, between):
    other = small_cnn(0, *between)
    before, weight = kept.read_bytes(), other[0].weight.clone()
    with pytest.raises(CheckpointError, match="another run: `model` was Sequential"):
        fit(other, kept, epochs=2)
    assert kept.read_bytes() == before
    assert torch.equal(other[0].weight, weight)


def test_other_images_are_refused(kept):
    with pytest.raises(CheckpointError, match=r"`train` was 110×1×8×7 .*, now it is 110×1×8×7"):
        training.fit(noisy_cnn(), bars(110, 5), checkpoint=kept, device="cpu")


def test_a_truncated_file_names_the_one_before_it_from_which_the_run_goes_on(kept):
    whole = noisy_cnn()
    fit(whole, epochs=2)
    kept.write_bytes(kept.read_bytes()[:-200])
    with pytest.raises(
        CheckpointError, match=r"run\.pt is damaged.* rename .*run\.pt\.previous to"
    ):
        fit(noisy_cnn(), kept, epochs=2)
    (kept.parent / "run.pt.previous").replace(kept)
    resumed = noisy_cnn(5)
    fit(resumed, kept, epochs=2)
    assert same_weights(whole, resumed)


def test_one_wrong_bit_is_noticed(kept):
    content = bytearray(kept.read_bytes())
    at = content.index(torch.load(kept)["state"]["model"]["0.weight"].numpy().tobytes())
    content[at + 3] ^= 64
    kept.write_bytes(content)
    with pytest.raises(CheckpointError, match=r"run\.pt is damaged"):
        fit(noisy_cnn(), kept, epochs=2)


@pytest.mark.parametrize("links", [True, False])
def test_there_is_a_checkpoint_at_every_moment(kept, monkeypatch, links):
    """A kill may come between any two renames."""
    replace, before = Path.replace, kept.read_bytes()

    def watched(self, target):
        replace(self, target)
        assert torch.load(kept, weights_only=True)

    def refuse(*names):
        raise OSError("no links here")

    monkeypatch.setattr(Path, "replace", watched)
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    Checkpoint(kept, {}).write({"step": 1})
    assert torch.load(kept)["state"] == {"step": 1}
    assert kept.with_name("run.pt.previous").read_bytes() == before
    assert sorted(file.name for file in kept.parent.iterdir()) == ["run.pt", "run.pt.previous"]


def test_what_a_killed_run_has_left_half_written_goes(kept):
    left = kept.with_name("run-0123456789ab.part")
    left.write_bytes(b"half")
    os.utime(left, (1, 1))
    Checkpoint(kept, {}).write({"step": 1})
    assert not left.exists()


def test_without_the_file_the_run_starts_anew(kept):
    kept.unlink()
    with pytest.raises(KilledError):
        fit(noisy_cnn(), kept, kill_at=10, epochs=2)  # the last batch


@pytest.mark.parametrize("content", [b"", b"weights", None], ids=["empty", "text", "weights"])
def test_a_foreign_file_is_no_checkpoint_and_stays(tmp_path, content):
    file = tmp_path / "run.pt"
    if content is None:
        torch.save(small_cnn().state_dict(), file)
    else:
        file.write_bytes(content)
    before = file.read_bytes()
    with pytest.raises(CheckpointError, match=r"run\.pt is .*no checkpoint"):
        fit(noisy_cnn(), file)
    assert file.read_bytes() == before


def test_a_folder_that_does_not_exist_is_told_before_anything_is_trained(tmp_path):
    with pytest.raises(CheckpointError, match=r"folder that does not exist; make .*none first"):
        fit(noisy_cnn(), tmp_path / "none" / "run.pt", kill_at=1)


def test_a_file_has_the_names_of_its_format_so_that_older_runs_go_on(kept):
    content = torch.load(kept, weights_only=True)
    assert content["format"] == 1
    assert set(content["state"]) == {
        "model", "optimizer", "schedule", "precision", "batches", "best",
        "step", "total", "rows", "chance",
    }  # fmt: skip
    assert set(content["state"]["best"]) == {"value", "weights", "waited"}
    assert set(content["state"]["batches"]) == {"generator", "order", "place"}


def test_the_file_is_written_when_asked(tmp_path):
    seen = []
    file = tmp_path / "run.pt"

    def look(row):
        steps = torch.load(file, weights_only=True)["state"]["step"] if file.exists() else None
        seen.append(steps)

    fit(noisy_cnn(), file, on_epoch=look, checkpoint_epochs=2, epochs=5)  # 5 steps an epoch
    assert seen == [None, None, 10, 10, 20]
    assert torch.load(file, weights_only=True)["state"]["step"] == 25
